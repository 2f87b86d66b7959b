/**
 * The naive loop is a base line, so it has to be right: against the reference on generated clusters of what it knows, and refused what it does not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NaiveLoop } from '../../bench/support/naive.ts';
import { makeFlows } from '../../bench/workloads/flows.ts';
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type { Verdict } from '../../src/model/decision.ts';
import { reference } from '../../src/reference/reference.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import { ALLOW, DENY } from '../../src/tables/layout.ts';

const NUMBERS: Readonly<Record<Verdict, number>> = { allow: ALLOW, deny: DENY, unknown: -1 };

/** How often loop and reference gave each verdict, over worlds that the loop knows. Fails at the first difference. */
function compareOn(preset: PresetName, worlds: number): Record<Verdict, number> & { refused: number } {
  const seen = { allow: 0, deny: 0, unknown: 0, refused: 0 };
  for (const each of fc.sample(world(PRESETS[preset]), { seed: 7, numRuns: worlds })) {
    const manifests = toManifests(each);
    const { tables } = compile(manifests);
    const naive = new NaiveLoop(manifests);
    const oracle = reference(manifests);
    const questions = new EndpointQuestions(tables);
    const flows = makeFlows(tables, 'aimed', 60, 1);
    for (let i = 0; i < flows.count; i++) {
      const query = questions.query(flows, i);
      if (query === undefined) continue;
      const { verdict } = oracle.canReach(query);
      seen[verdict]++;
      try {
        const got = naive.verdict(naive.prepare(query));
        if (verdict !== 'unknown') expect([got, query]).toEqual([NUMBERS[verdict], query]);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('the naive loop knows no')) throw error;
        seen.refused++;
      }
    }
  }
  return seen;
}

describe('the naive loop says what the reference says', () => {
  it.each(['mixed', 'selectors', 'addresses', 'ports', 'tiers'] as const)('on worlds of the preset %s', (preset) => {
    const { allow, deny, refused } = compareOn(preset, 60);
    expect(Math.min(allow, deny)).toBeGreaterThan(100);
    expect(refused).toBeLessThan((allow + deny) / 2);
  });
});

describe('what the naive loop does not know', () => {
  const pod = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'a' } },
    ...{ spec: { nodeName: 'n' }, status: { phase: 'Running', podIP: `10.0.0.${name.length}` } },
  });
  const denies = (to: object) => ({
    ...{ apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: 'p' } },
    spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Deny', to: [to] }] },
  });
  const verdict = (to: object) => {
    const naive = new NaiveLoop(manifestsFromObjects([pod('x'), pod('yy'), denies(to)]));
    return naive.verdict(naive.prepare({ from: { pod: 'a/x' }, to: { pod: 'a/yy' }, protocol: 'TCP', port: 80 }));
  };

  it('is refused in words', () => {
    expect(() => verdict({ nodes: { matchLabels: { role: 'edge' } } })).toThrow('the naive loop knows no peers of the kind `nodes`');
    expect(() => verdict({ domainNames: ['example.com'] })).toThrow('the naive loop knows no policies that could not be read');
    expect(verdict({ networks: ['10.0.0.0/8'] })).toBe(DENY);
    expect(verdict({ networks: ['10.1.0.0/16'] })).toBe(ALLOW);
  });
});
