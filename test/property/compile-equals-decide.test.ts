/**
 * The compiler against the one-screen meaning of the internal form: ordered tiers with every action, more than NetworkPolicy needs.
 * When this fails, compiling is wrong; when only engine-equals-reference fails, lowering is.
 */
import { describe, expect, test } from 'vitest';
import { printObjects } from '../../src/fuzz/manifests.ts';
import { checkProperty } from '../support/check.ts';
import { compareTiers, tieredWorld } from '../support/compare-tiers.ts';
import { PATH, SEED } from '../support/seed.ts';

const FILE = 'test/property/compile-equals-decide.test.ts';
const CLUSTERS = 600;
const FLOWS = 200;

describe(`compiled tables say what the internal form means (seed ${SEED})`, () => {
  const verdicts = { allow: 0, deny: 0, unknown: 0 };
  const actions = new Set<string>();

  test(`on ${CLUSTERS} clusters with ordered tiers`, () => {
    const check = (each: Parameters<typeof compareTiers>[0]) =>
      compareTiers(each, FLOWS, ({ verdict, egress, ingress }) => {
        verdicts[verdict]++;
        for (const { action } of [...egress.reasons, ...ingress.reasons]) actions.add(action);
      });
    checkProperty(tieredWorld, check, {
      runs: CLUSTERS,
      file: FILE,
      print: ({ cluster, policies }) => `${JSON.stringify(policies, null, 1)}\n${printObjects({ ...cluster, networkPolicies: [] })}`,
    });
  });

  test.skipIf(PATH !== undefined)('and the flows had every verdict and met every action that decides', () => {
    const all = verdicts.allow + verdicts.deny + verdicts.unknown;
    expect(verdicts.allow / all).toBeGreaterThan(0.2);
    expect(verdicts.deny / all).toBeGreaterThan(0.2);
    expect(verdicts.unknown).toBeGreaterThan(0);
    // A rule that passes is a reason where ways part at it.
    expect([...actions].sort()).toEqual(['allow', 'deny', 'pass', 'unknown']);
  });
});
