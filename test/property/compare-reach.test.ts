/**
 * `compareReach` is exact: it says what both tables say about every pair of ends at every port, and nothing else.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROFILE_NAMES, profileOf } from '../../src/cni/check-profile.ts';
import { compile } from '../../src/engine/engine.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { profile } from '../../src/fuzz/profiles.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import { compareReach } from '../../src/reach/compare-reach.ts';
import { checkProperty } from '../support/check.ts';
import { wrongInComparison } from '../support/compare-reach.ts';

const file = 'test/property/compare-reach.test.ts';

/** A cluster under two profiles, or with and without one of its policies. */
interface Case {
  readonly generated: World;
  readonly after: CniProfile;
  /** Index of a policy that is not there before. */
  readonly without: number | undefined;
}

const named = fc.constantFrom(...PROFILE_NAMES.map(profileOf));
const pair = (worlds: fc.Arbitrary<World>): fc.Arbitrary<Case> =>
  fc.record({
    generated: worlds,
    after: fc.oneof(named, profile()),
    without: fc.option(fc.nat(5), { nil: undefined }),
  });

function tablesOf({ generated, after, without }: Case) {
  const manifests = toManifests(generated);
  const { domainNames } = generated;
  const fewer = { ...manifests, networkPolicies: manifests.networkPolicies.filter((_, i) => i !== without) };
  return [
    compile(fewer, { cni: generated.profile, domainNames, shared: false }).tables,
    compile(manifests, { cni: after, domainNames, shared: false }).tables,
  ] as const;
}

describe('compareReach', () => {
  const seen = { flows: 0, differing: 0, own: 0, uncertain: 0, ipv6: 0, none: 0 };

  for (const preset of ['mixed', 'addresses', 'ports', 'tiers'] as const) {
    it(`says what both tables say (${preset})`, () => {
      checkProperty(
        pair(world(PRESETS[preset])),
        (each) => {
          const [before, after] = tablesOf(each);
          const comparison = compareReach(before, after);
          expect(comparison.complete).toBe(true);
          const wrong = wrongInComparison(before, after, comparison, seen);
          if (wrong !== undefined) throw new Error(wrong);
          const { differences, endpoints } = comparison;
          if (differences.length > 0) seen.differing++;
          else seen.none++;
          if (differences.some(({ own }) => own)) seen.own++;
          if (differences.some(({ changes }) => changes.some(({ before: b, after: a }) => b === 'unknown' || a === 'unknown')))
            seen.uncertain++;
          if (differences.some(({ from }) => [...from].some((end) => endpoints.family[end] === 6))) seen.ipv6++;
        },
        { runs: 60, file, print: ({ generated, after, without }) => `${JSON.stringify({ after, without })}\n${printObjects(generated)}` },
      );
    });
  }

  it('has met what it should', () => {
    for (const [what, count] of Object.entries(seen)) expect([what, count > 0]).toEqual([what, true]);
  });

  it('finds nothing between tables of the same', () => {
    checkProperty(
      world(PRESETS.mixed),
      (generated) => {
        const tables = () => compile(toManifests(generated), { cni: generated.profile, shared: false }).tables;
        const { differences, complete, endpoints } = compareReach(tables(), tables());
        expect([differences, complete]).toEqual([[], true]);
        expect(endpoints.unmatched.map(({ length }) => length)).toEqual([0, 0]);
      },
      { runs: 60, file, print: printObjects },
    );
  });
});
