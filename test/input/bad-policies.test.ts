/**
 * Fields of a NetworkPolicy that the API server would not take, or not as they were meant.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { badCases, labelYaml, policyYaml, ruleYaml } from './bad-case.ts';

const GOOD = policyYaml();
const expression = (lines: string): string => policyYaml(`spec:\n  podSelector:\n    matchExpressions:\n    - ${lines}\n`);

describe('the policy', () => {
  const types = (written: string): string => policyYaml(`spec:\n  podSelector: {}\n  policyTypes: ${written}\n`);
  badCases([
    {
      title: 'A selector that is null selects every pod, and this is said.',
      text: policyYaml('spec:\n  podSelector:\n'),
      mended: GOOD,
      code: 'null-selector',
      severity: 'warning',
      at: '7:3',
      outcome: 'kept',
    },
    {
      title: 'A rule that is null is no rule.',
      text: policyYaml('spec:\n  podSelector: {}\n  ingress: [null]\n'),
      mended: policyYaml('spec:\n  podSelector: {}\n  ingress: [{}]\n'),
      code: 'null-entry',
      field: 'spec.ingress[0]',
      outcome: 'policy',
    },
    {
      title: 'Peers that are an empty list are every peer, and this is said.',
      text: ruleYaml('from: []'),
      mended: ruleYaml('ports: []'),
      code: 'empty-peers',
      severity: 'warning',
      at: '9:5',
      outcome: 'kept',
    },
    {
      title: 'A peer that names nothing is an error.',
      text: ruleYaml('from:\n- {}'),
      mended: ruleYaml('from:\n- podSelector: {}'),
      code: 'empty-peer',
      at: '10:7',
      field: 'spec.ingress[0].from[0]',
      outcome: 'policy',
    },
    {
      title: 'A peer of two sorts is an error.',
      text: ruleYaml('from:\n- podSelector: {}\n  ipBlock: {cidr: 10.0.0.0/8}'),
      mended: ruleYaml('from:\n- podSelector: {}\n- ipBlock: {cidr: 10.0.0.0/8}'),
      code: 'ambiguous-peer',
      says: 'two list items',
      at: '10:7',
      outcome: 'policy',
    },
    {
      title: 'A policy type in lower case is an error.',
      text: types('[ingress]'),
      mended: types('[Ingress]'),
      code: 'invalid-value',
      says: 'did you mean `Ingress`?',
      outcome: 'policy',
    },
    {
      title: 'An unknown policy type is an error.',
      text: types('[Ingress, Forward]'),
      mended: types('[Ingress, Egress]'),
      code: 'invalid-value',
      field: 'spec.policyTypes[1]',
      outcome: 'policy',
    },
    {
      title: 'A policy type that is no list is an error.',
      text: types('Ingress'),
      mended: types('[]'),
      code: 'wrong-type',
      at: '8:3',
      outcome: 'policy',
    },
    {
      title: 'A policy type twice is said.',
      text: types('[Ingress, Ingress]'),
      mended: types('[Ingress]'),
      code: 'duplicate-policy-type',
      severity: 'warning',
      outcome: 'kept',
    },
    {
      title: 'Rules of a direction that the policy does not have are said.',
      text: policyYaml('spec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  egress: [{}]\n'),
      mended: policyYaml('spec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n  egress: [{}]\n'),
      code: 'rules-without-effect',
      severity: 'warning',
      at: '9:3',
      outcome: 'kept',
    },
  ]);

  it.each([
    ['null', 'null', 0],
    ['an empty list', '[]', 0],
    ['one empty rule', '[{}]', 1],
  ])('Ingress may be %s.', (_title, written, rules) => {
    const { networkPolicies, diagnostics } = parseManifests(policyYaml(`spec:\n  podSelector: {}\n  ingress: ${written}\n`));
    expect(networkPolicies[0]?.object.spec?.ingress ?? []).toHaveLength(rules);
    expect(diagnostics).toEqual([]);
  });
});

describe('selectors', () => {
  badCases([
    {
      title: 'An operator in lower case is an error.',
      text: expression('{key: a, operator: in, values: [x]}'),
      mended: expression('{key: a, operator: In, values: [x]}'),
      code: 'invalid-value',
      says: 'did you mean `In`?',
      outcome: 'policy',
    },
    {
      title: '`In` without values is an error.',
      text: expression('{key: a, operator: In}'),
      mended: expression('{key: a, operator: Exists}'),
      code: 'missing-values',
      at: '9:7',
      outcome: 'policy',
    },
    {
      title: '`NotIn` with an empty list is an error.',
      text: expression('{key: a, operator: NotIn, values: []}'),
      mended: expression('{key: a, operator: NotIn, values: [""]}'),
      code: 'missing-values',
      outcome: 'policy',
    },
    {
      title: '`Exists` with values is an error.',
      text: expression('{key: a, operator: Exists, values: [x]}'),
      mended: expression('{key: a, operator: Exists, values: []}'),
      code: 'forbidden-values',
      says: 'found 1',
      outcome: 'policy',
    },
    {
      title: 'A requirement without a key is an error.',
      text: expression('{operator: Exists}'),
      mended: expression('{key: a, operator: Exists}'),
      code: 'missing-field',
      outcome: 'policy',
    },
    {
      title: 'A label key is at most 63 characters.',
      text: labelYaml(`${'a'.repeat(64)}: x`),
      mended: labelYaml(`${'a'.repeat(63)}: x`),
      code: 'invalid-label-key',
      says: '64',
      at: '9:7',
      outcome: 'policy',
    },
    {
      title: 'A label key has no space.',
      text: labelYaml('a b: x'),
      mended: labelYaml('a_b: x'),
      code: 'invalid-label-key',
      outcome: 'policy',
    },
    {
      title: 'The prefix of a label key is a DNS name.',
      text: labelYaml('Example.com/a: x'),
      mended: labelYaml('example.com/A: x'),
      code: 'invalid-label-key',
      says: 'prefix',
      outcome: 'policy',
    },
    {
      title: 'A label value is at most 63 characters.',
      text: labelYaml(`a: ${'x'.repeat(64)}`),
      mended: labelYaml(`a: ${'x'.repeat(63)}`),
      code: 'invalid-label-value',
      says: '64',
      outcome: 'policy',
    },
    {
      title: 'A label value has no space.',
      text: labelYaml('a: x y'),
      mended: labelYaml('a: ""'),
      code: 'invalid-label-value',
      says: '`x y`',
      outcome: 'policy',
    },
  ]);
});
