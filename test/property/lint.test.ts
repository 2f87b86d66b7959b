/**
 * What lint says can go, can go: taking away everything that is said to be redundant, never reached, or to match nothing, all at once, changes no verdict. Tables are compared whole, and the reference judges flows. One
 * thing may happen: whether a rule matches is open for each rule by itself (model/policy.ts), so without one that comes too late an unknown verdict can be known.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { type ManifestObjects, printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type { LintFinding } from '../../src/lint/finding.ts';
import { lint } from '../../src/lint/lint.ts';
import type { Verdict } from '../../src/model/decision.ts';
import { objectKey, refOf } from '../../src/model/object-names.ts';
import { compareReach } from '../../src/reach/compare-reach.ts';
import { reference } from '../../src/reference/reference.ts';
import { checkProperty } from '../support/check.ts';

const file = 'test/property/lint.test.ts';
const REMOVING = ['selects-nothing', 'peer-matches-nothing', 'redundant-rule', 'redundant-here', 'unreachable-rule', 'unreachable-here'];

interface RuleObject {
  readonly from?: readonly unknown[] | null;
  readonly to?: readonly unknown[] | null;
  readonly ports?: readonly unknown[] | null;
  readonly protocols?: readonly unknown[] | null;
}

type PolicyObject = World['networkPolicies'][number] | World['adminPolicies'][number];

/** Indices by field of a policy: `spec.ingress[0].from` -> [1, 2]; `spec.ingress` -> [0]. A policy that goes as a whole has the field ''. */
function removalsOf(findings: readonly LintFinding[]): Map<string, Map<string, Set<number>>> {
  const removals = new Map<string, Map<string, Set<number>>>();
  for (const { object, field, rule } of findings) {
    const whole = rule === 'selects-nothing' || field === null;
    const [, list = '', index = '0'] = whole ? [] : (/^(.*)\[(\d+)\]$/.exec(field ?? '') ?? []);
    const ofObject = removals.get(objectKey(object)) ?? new Map<string, Set<number>>();
    removals.set(objectKey(object), ofObject);
    ofObject.set(list, (ofObject.get(list) ?? new Set()).add(Number(index)));
  }
  return removals;
}

function without<T extends PolicyObject>(
  policies: readonly T[],
  removals: ReturnType<typeof removalsOf>,
  emptied: ReadonlySet<string>,
): T[] {
  return policies.flatMap((policy): T[] => {
    const fields = removals.get(objectKey(refOf(policy.kind, policy.metadata)));
    if (fields === undefined) return [policy];
    if (fields.has('')) return [];
    const cut = { ...policy, spec: { ...policy.spec } } as T & { spec: Record<string, unknown> };
    for (const direction of ['ingress', 'egress'] as const) {
      const rules: readonly RuleObject[] = (policy.spec?.[direction] ?? []) as readonly RuleObject[];
      const kept = rules.flatMap((rule, i) =>
        fields.get(`spec.${direction}`)?.has(i) ? [] : withoutItems(rule, `spec.${direction}[${i}]`, fields),
      );
      // Where a peer matches nothing, the hint asks for it. What is redundant goes without: defaulting reads an egress list that is there.
      if (
        emptied.has(objectKey(refOf(policy.kind, policy.metadata))) &&
        policy.kind === 'NetworkPolicy' &&
        !policy.spec?.policyTypes?.length
      )
        (cut.spec as Record<string, unknown>).policyTypes = (policy.spec?.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
      (cut.spec as Record<string, unknown>)[direction] = kept;
    }
    return [cut];
  });
}

/** A rule without its last peer would match everybody: it goes. */
function withoutItems(rule: RuleObject, path: string, fields: ReadonlyMap<string, ReadonlySet<number>>): RuleObject[] {
  const cut: Record<string, unknown> = { ...rule };
  for (const list of ['from', 'to', 'ports', 'protocols'] as const) {
    const gone = fields.get(`${path}.${list}`);
    if (gone === undefined) continue;
    const kept = (rule[list] ?? []).filter((_, i) => !gone.has(i));
    if (kept.length === 0) {
      if (list === 'ports' || list === 'protocols') throw new Error(`all ports of ${path} could go, and not the rule`);
      return [];
    }
    cut[list] = kept;
  }
  return [cut as RuleObject];
}

describe('what lint says can go', () => {
  const seen = new Map<string, number>();

  for (const preset of ['mixed', 'addresses', 'ports', 'tiers', 'selectors'] as const) {
    it(`changes nothing when it does (${preset})`, { timeout: 120_000 }, () => {
      checkProperty(
        fc.record({ generated: world(PRESETS[preset]), isSpec: fc.boolean() }),
        ({ generated, isSpec }) => {
          const profile = isSpec ? spec : generated.profile;
          const objects: ManifestObjects = { ...generated, unreadable: [], unreadableEnds: [] };
          const options = { cni: profile, domainNames: generated.domainNames };
          const before = toManifests(objects);
          const { findings } = lint(before, { ...options, rules: REMOVING });
          // Of these the advice is not to take something away.
          const going = findings.filter(({ message }) => !message.includes('host network'));
          for (const { rule } of going) seen.set(rule, (seen.get(rule) ?? 0) + 1);
          const removals = removalsOf(going);
          const emptied = new Set(going.filter(({ rule }) => rule === 'peer-matches-nothing').map(({ object }) => objectKey(object)));
          const after = toManifests({
            ...objects,
            networkPolicies: without(generated.networkPolicies, removals, emptied),
            adminPolicies: without(generated.adminPolicies, removals, emptied),
          });
          const engines = [before, after].map((each) => compile(each, { ...options, shared: false }));
          const { differences, complete } = compareReach(engines[0]!.tables, engines[1]!.tables);
          const losesLateRule = going.some(({ rule }) => rule === 'unreachable-rule');
          const mayChange = (was: Verdict): boolean => losesLateRule && was === 'unknown';
          const wrong = differences.filter(({ changes }) => !changes.every(({ before: was }) => mayChange(was)));
          expect([complete, wrong.length], JSON.stringify(going.map(({ rule, object, field }) => [rule, object, field]))).toEqual([
            true,
            0,
          ]);
          const definitions = [before, after].map((each) => reference(each, options));
          const next = flowsOf({ ...generated, unreadable: [], unreadableEnds: [] });
          for (let i = 0; i < 20; i++) {
            const flow = next();
            const was = definitions[0]!.canReach(flow).verdict;
            if (!mayChange(was)) expect(definitions[1]!.canReach(flow).verdict).toBe(was);
          }
        },
        { runs: 20, file, print: ({ generated, isSpec }) => `spec: ${isSpec}\n${printObjects(generated)}` },
      );
    });
  }

  it('is the same whatever the order of the input', { timeout: 120_000 }, () => {
    checkProperty(
      world(PRESETS.tiers),
      (generated) => {
        const { pods, namespaces, networkPolicies, adminPolicies } = generated;
        const told = (objects: ManifestObjects): string[] =>
          lint(toManifests(objects), { cni: generated.profile, domainNames: generated.domainNames })
            .findings.map(({ rule, object, field }) => `${rule} ${objectKey(object)} ${field}`)
            .sort();
        const turned = { ...generated, pods: pods.toReversed(), namespaces: namespaces.toReversed() };
        const policies = { networkPolicies: networkPolicies.toReversed(), adminPolicies: adminPolicies.toReversed() };
        expect(told({ ...turned, ...policies })).toEqual(told(generated));
      },
      { runs: 15, file, print: printObjects },
    );
  });

  it('has met the rules often', () => {
    // Some are rare: docs/lint shows each.
    for (const rule of REMOVING.slice(0, 4)) expect(seen.get(rule) ?? 0, rule).toBeGreaterThan(3);
  });
});
