/**
 * Policies written in another way (laws N6 to N11) are proven equivalent; with one thing done wrong they are not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachabilityDiff } from '../../src/diff/diff.ts';
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import type { World } from '../../src/fuzz/world.ts';
import type { Lab } from '../laws/lab.ts';
import type { AnyLaw, Check } from '../laws/law.ts';
import { POLICY_LAWS } from '../laws/policies.ts';
import { REWRITING_LAWS } from '../laws/rewriting.ts';
import { checkProperty } from '../support/check.ts';

const file = 'test/property/diff-laws.test.ts';
const LAWS = [...POLICY_LAWS, ...REWRITING_LAWS].filter(({ id }) => ['N6', 'N7', 'N8', 'N9', 'N10', 'N11'].includes(id));

/** The worlds that a check would look at; undefined where its precondition is void. */
function worldsOf<I>(check: Check<I>, instance: I): readonly [World, World] | undefined {
  let worlds: readonly [World, World] | undefined;
  const lab: Lab = {
    name: 'engine',
    observe: (given) => {
      worlds = given as unknown as readonly [World, World];
      return { count: 0, worlds: given.map(() => NOTHING), flow: () => ({ from: { ip: '' }, to: { ip: '' }, protocol: 'TCP', port: 1 }) };
    },
  };
  check(instance, lab);
  return worlds;
}

const NOTHING = {
  verdict: new Uint8Array(),
  egress: new Uint8Array(),
  ingress: new Uint8Array(),
  egressBy: new Uint8Array(),
  ingressBy: new Uint8Array(),
};

const engineOf = (each: World) => compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames, shared: false });

it('has the laws', () => {
  expect(LAWS.map(({ id }) => id).sort()).toEqual(['N10', 'N11', 'N6', 'N7', 'N8', 'N9']);
});

describe.each(LAWS.map((law) => [law.id, law.law, law] as [string, string, AnyLaw]))('%s: %s', (_, __, law) => {
  it('leaves no difference', () => {
    let [proven, unknown] = [0, 0];
    checkProperty(
      law.instance as fc.Arbitrary<unknown>,
      (instance) => {
        const worlds = worldsOf(law.check, instance);
        if (worlds === undefined) return;
        const diff = reachabilityDiff(engineOf(worlds[0]), engineOf(worlds[1]));
        const { reason: _reason, reasonComplete, unknown: inBoth, ...changed } = diff.pairs;
        expect([diff.rows, changed, diff.added, diff.removed, reasonComplete]).toEqual([
          [],
          { opened: 0, closed: 0, changed: 0, uncertain: 0 },
          [],
          [],
          true,
        ]);
        expect([diff.movedRanges, diff.services]).toEqual([0, { added: [], removed: [], changed: [] }]);
        const { doubts, caveats, unreadable } = diff;
        expect(diff.equivalent).toBe(inBoth + doubts.length + caveats.length + unreadable.before.length === 0);
        if (diff.equivalent) proven++;
        else unknown++;
      },
      { runs: 40, file, print: law.print },
    );
    expect([proven > 0, unknown > 0]).toEqual([true, true]);
  });

  it('notices what is done wrong', () => {
    const isNoticed = fc.sample(law.instance as fc.Arbitrary<unknown>, { seed: 1, numRuns: 60 }).some((instance) => {
      const worlds = worldsOf(law.foil.check, instance);
      return worlds !== undefined && reachabilityDiff(engineOf(worlds[0]), engineOf(worlds[1])).rows.length > 0;
    });
    expect(isNoticed).toBe(true);
  });
});
