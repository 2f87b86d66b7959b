/**
 * Policies, subjects and rules of ClusterNetworkPolicy, AdminNetworkPolicy and BaselineAdminNetworkPolicy: what the API server would not take, and what it would silently
 * drop. The limits are those of the CustomResourceDefinitions of policy.networking.k8s.io.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import {
  ALL,
  anp,
  banp,
  cnp,
  egress,
  egressOf,
  egressV1,
  errors,
  HEADS,
  ingress,
  peers,
  policy,
  RULE,
  RULE_V1,
  times,
  toAll,
  toAllV1,
  warnings,
} from './admin-case.ts';

describe('the policy', () => {
  errors([
    [
      'A tier is needed.',
      policy('ClusterNetworkPolicy', 'priority: 5', `subject: ${ALL}`, `egress: [${RULE}]`),
      cnp(`egress: [${RULE}]`),
      'missing-field',
      '`tier`',
      'spec.tier',
      '5:1',
    ],
    [
      'A tier is one of two.',
      egressOf('tier: admin'),
      egressOf('tier: Baseline'),
      'invalid-value',
      'did you mean `Admin`?',
      'spec.tier',
      '6:3',
    ],
    [
      'The tier of NetworkPolicy is none of them.',
      egressOf('tier: NetworkPolicy'),
      egressOf('tier: Admin'),
      'invalid-value',
      '`Admin` or `Baseline`',
      'spec.tier',
    ],
    [
      'A priority is needed.',
      policy('AdminNetworkPolicy', `subject: ${ALL}`, `egress: [${RULE_V1}]`),
      anp(`egress: [${RULE_V1}]`),
      'missing-field',
      '`priority`',
      'spec.priority',
    ],
    [
      'A priority is at most 1000.',
      egressOf('priority: 1001'),
      egressOf('priority: 1000'),
      'invalid-priority',
      'found 1001, expected a priority from 0 to 1000',
      'spec.priority',
      '7:3',
    ],
    ['A priority is at least 0.', egressOf('priority: -1'), egressOf('priority: 0'), 'invalid-priority', 'found -1', 'spec.priority'],
    [
      'A priority is a whole number.',
      egressOf('priority: 1.5'),
      egressOf('priority: 1'),
      'ambiguous-value',
      'a whole number',
      'spec.priority',
    ],
    ['A priority is no text.', egressOf('priority: "5"'), egressOf('priority: 5'), 'wrong-type', 'a whole number', 'spec.priority'],
    [
      'The priority of v1alpha1 has the same limits.',
      anp(`egress: [${RULE_V1}]`).replace('priority: 5', 'priority: 1001'),
      anp(`egress: [${RULE_V1}]`),
      'invalid-priority',
      '1001',
      'spec.priority',
    ],
    ['A spec is needed.', HEADS.ClusterNetworkPolicy, cnp(`egress: [${RULE}]`), 'missing-field', '`spec`', 'spec'],
    [
      'A field that is unknown changes the meaning.',
      cnp('egres: []'),
      cnp(`egress: [${RULE}]`),
      'unknown-field',
      'did you mean `egress`?',
      'spec.egres',
      '9:3',
    ],
    [
      'The fields of a NetworkPolicy are not here.',
      cnp('policyTypes: [Egress]'),
      cnp(`egress: [${RULE}]`),
      'unknown-field',
      'a direction without rules is not affected',
      'spec.policyTypes',
    ],
    [
      'There are at most 25 rules.',
      cnp(`egress: [${times(26, () => RULE).join(', ')}]`),
      cnp(`egress: [${times(25, () => RULE).join(', ')}]`),
      'too-many-items',
      'found 26 items, at most 25',
      'spec.egress',
      '9:3',
    ],
    [
      'There are at most 100 rules in v1alpha1.',
      anp(`egress: [${times(101, () => RULE_V1).join(', ')}]`),
      anp(`egress: [${times(100, () => RULE_V1).join(', ')}]`),
      'too-many-items',
      'at most 100',
      'spec.egress',
    ],
    [
      'The baseline of v1alpha1 has one name.',
      banp(`egress: [${RULE_V1}]`).replace('name: default', 'name: p'),
      banp(`egress: [${RULE_V1}]`),
      'invalid-name',
      'found `p`, expected `default`',
      'metadata.name',
      '4:3',
    ],
    [
      'The baseline of v1alpha1 has no priority.',
      banp('priority: 5', `egress: [${RULE_V1}]`),
      banp(`egress: [${RULE_V1}]`),
      'unknown-field',
      'there is one baseline',
      'spec.priority',
      '7:3',
    ],
    [
      'v1alpha1 has no tiers.',
      anp('tier: Admin', `egress: [${RULE_V1}]`),
      anp(`egress: [${RULE_V1}]`),
      'unknown-field',
      'a kind for each tier',
      'spec.tier',
    ],
  ]);

  warnings([
    ['A policy without rules does nothing.', cnp(), cnp(`egress: [${RULE}]`), 'no-rules', 'does nothing', 'spec'],
    [
      'A policy with empty lists does nothing.',
      cnp('ingress: []', 'egress: null'),
      cnp(`egress: [${RULE}]`),
      'no-rules',
      'does nothing',
      'spec',
    ],
    [
      'It is in no namespace.',
      cnp(`egress: [${RULE}]`).replace('name: p', 'name: p\n  namespace: shop'),
      cnp(`egress: [${RULE}]`),
      'namespace-of-cluster-scoped',
      'ignored',
      'metadata.namespace',
    ],
  ]);
});

describe('the subject', () => {
  const good = egressOf('subject: {namespaces: {matchLabels: {a: b}}}');
  errors([
    [
      'It must say which pods.',
      egressOf('subject: {}'),
      good,
      'invalid-subject',
      'for every pod write `namespaces: {}`',
      'spec.subject',
      '8:3',
    ],
    ['Null says nothing.', egressOf('subject: {namespaces: }'), good, 'invalid-subject', 'names no pods', 'spec.subject'],
    [
      'It must say it once.',
      egressOf('subject: {namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}'),
      good,
      'invalid-subject',
      '`namespaces` and `pods`',
      'spec.subject',
    ],
    [
      'It is needed.',
      policy('ClusterNetworkPolicy', 'tier: Admin', 'priority: 5', `egress: [${RULE}]`),
      good,
      'missing-field',
      '`subject`',
      'spec.subject',
    ],
    [
      'Pods need a selector of pods.',
      egressOf('subject: {pods: {namespaceSelector: {}}}'),
      good,
      'missing-field',
      '`podSelector`',
      'spec.subject.pods.podSelector',
    ],
    [
      'Pods need a selector of namespaces in v1alpha1.',
      anp(`egress: [${RULE_V1}]`).replace(ALL, '{pods: {podSelector: {}}}'),
      anp(`egress: [${RULE_V1}]`),
      'missing-field',
      '`namespaceSelector`',
      'spec.subject.pods.namespaceSelector',
    ],
    [
      'A selector is checked as everywhere.',
      egressOf('subject: {namespaces: {matchLabels: {"a b": c}}}'),
      good,
      'invalid-label-key',
      '`a b`',
      'spec.subject.namespaces.matchLabels[a b]',
    ],
    [
      'Operators need their values.',
      egressOf('subject: {namespaces: {matchExpressions: [{key: a, operator: In}]}}'),
      good,
      'missing-values',
      '`In`',
      'spec.subject.namespaces.matchExpressions[0]',
    ],
    [
      'An unknown field alone leaves a subject that is refused.',
      egressOf('subject: {namespace: {matchLabels: {a: b}}}'),
      good,
      'invalid-subject',
      'names no pods',
      'spec.subject',
    ],
    ['A list is no subject.', egressOf('subject: [a]'), good, 'wrong-type', 'a list', 'spec.subject'],
  ]);

  warnings([
    [
      'The form before v0.1.2 is every namespace.',
      egressOf('subject: {namespaces: {namespaceSelector: {matchLabels: {a: b}}}}'),
      good,
      'pruned-field',
      'the API server drops it without a word, and `{}` is left, which selects every namespace; write `matchLabels`',
      'spec.subject.namespaces.namespaceSelector',
      '8:26',
    ],
    [
      'sameLabels are every namespace.',
      egressOf('subject: {namespaces: {sameLabels: [a]}}'),
      good,
      'pruned-field',
      'selects every namespace',
      'spec.subject.namespaces.sameLabels',
    ],
    [
      'What is beside an unknown field stays.',
      egressOf('subject: {namespaces: {matchLabels: {a: b}, notSameLabels: [a]}}'),
      good,
      'pruned-field',
      '`matchLabels` alone is left',
      'spec.subject.namespaces.notSameLabels',
    ],
    [
      'A second subject that is unknown is dropped.',
      egressOf('subject: {namespaces: {}, services: {}}'),
      good,
      'pruned-field',
      '`namespaces` alone is left',
      'spec.subject.services',
    ],
    [
      'Pods by an old field are pods of every namespace.',
      egressOf('subject: {pods: {namespaces: {matchLabels: {a: b}}, podSelector: {}}}'),
      good,
      'pruned-field',
      '`podSelector` alone is left; did you mean `namespaceSelector`?',
      'spec.subject.pods.namespaces',
    ],
    [
      'Pods of v1alpha2 without a selector of namespaces are in any.',
      egressOf('subject: {pods: {podSelector: {}}}'),
      good,
      'null-selector',
      'pods of every namespace are selected',
      'spec.subject.pods',
    ],
    [
      'A selector whose labels are null selects everything.',
      egressOf('subject: {namespaces: {matchLabels: }}'),
      good,
      'null-selector',
      'restricts nothing',
      'spec.subject.namespaces.matchLabels',
    ],
  ]);

  it('What is dropped is not read.', () => {
    const { adminPolicies } = parseManifests(egressOf('subject: {namespaces: {namespaceSelector: {matchLabels: {a: b}}}}'));
    expect(adminPolicies[0]?.object.spec.subject).toEqual({ namespaces: {} });
  });

  it('Who is strict does not get it.', () => {
    const text = egressOf('subject: {namespaces: {sameLabels: [a]}}');
    const { adminPolicies, unreadable, diagnostics } = parseManifests(text, { strict: true });
    expect(adminPolicies).toEqual([]);
    expect(unreadable).toMatchObject([{ kind: 'ClusterNetworkPolicy', name: 'p', tier: 'Admin', priority: 5, directions: ['egress'] }]);
    expect(unreadable[0]).not.toHaveProperty('subject');
    expect(diagnostics).toMatchObject([{ code: 'pruned-field', severity: 'error' }]);
  });
});

describe('rules', () => {
  const good = egress(`action: Deny, to: [${ALL}]`);
  const goodV1 = egressV1(`action: Deny, to: [${ALL}]`);
  errors([
    ['An action is needed.', egress(`to: [${ALL}]`), good, 'missing-field', '`action`', 'spec.egress[0].action', '10:5'],
    [
      'v1alpha2 accepts.',
      egress(`action: Allow, to: [${ALL}]`),
      good,
      'invalid-value',
      'did you mean `Accept`?',
      'spec.egress[0].action',
      '10:6',
    ],
    [
      'v1alpha1 allows.',
      egressV1(`action: Accept, to: [${ALL}]`),
      goodV1,
      'invalid-value',
      'did you mean `Allow`?',
      'spec.egress[0].action',
      '9:6',
    ],
    [
      'Actions have a capital.',
      egress(`action: deny, to: [${ALL}]`),
      good,
      'invalid-value',
      'did you mean `Deny`?',
      'spec.egress[0].action',
    ],
    [
      'The baseline of v1alpha1 does not pass.',
      banp(`egress: [{action: Pass, to: [${ALL}]}]`),
      banp(`egress: [${RULE_V1}]`),
      'invalid-value',
      'expected `Allow` or `Deny`',
      'spec.egress[0].action',
    ],
    ['Peers are needed.', egress('action: Deny'), good, 'missing-field', '`to`', 'spec.egress[0].to'],
    ['Peers that are null are needed.', egress('action: Deny, to: '), good, 'missing-field', '`to`', 'spec.egress[0].to'],
    ['No peers are not every peer.', egress('action: Deny, to: []'), good, 'empty-list', 'expected 1 to 25', 'spec.egress[0].to'],
    [
      'No peers are not every peer in v1alpha1.',
      egressV1('action: Deny, to: []'),
      goodV1,
      'empty-list',
      'expected 1 to 100',
      'spec.egress[0].to',
    ],
    [
      'There are at most 25 peers.',
      peers(...times(26, () => ALL)),
      peers(...times(25, () => ALL)),
      'too-many-items',
      'found 26',
      'spec.egress[0].to',
    ],
    [
      'There are at most 100 peers in v1alpha1.',
      egressV1(`action: Deny, to: [${times(101, () => ALL)}]`),
      egressV1(`action: Deny, to: [${times(100, () => ALL)}]`),
      'too-many-items',
      'found 101',
      'spec.egress[0].to',
    ],
    [
      'Egress has destinations.',
      egress(`action: Deny, from: [${ALL}]`),
      good,
      'unknown-field',
      'did you mean `to`?',
      'spec.egress[0].from',
    ],
    ['Ingress has sources.', ingress(`action: Deny, to: [${ALL}]`), good, 'unknown-field', 'did you mean `from`?', 'spec.ingress[0].to'],
    [
      'A name has at most 100 characters.',
      toAll(`name: ${'é'.repeat(101)}`),
      toAll(`name: ${'😀'.repeat(100)}`),
      'invalid-rule-name',
      '101',
      'spec.egress[0].name',
    ],
    [
      'v1alpha2 has protocols.',
      toAll('ports: [{portNumber: {port: 80}}]'),
      good,
      'unknown-field',
      'did you mean `protocols`',
      'spec.egress[0].ports',
    ],
    [
      'v1alpha1 has ports.',
      toAllV1('protocols: [{tcp: {destinationPort: {number: 80}}}]'),
      goodV1,
      'unknown-field',
      'did you mean `ports`',
      'spec.egress[0].protocols',
    ],
    ['A rule that is null is no rule.', cnp('egress: [null]'), good, 'null-entry', 'null', 'spec.egress[0]'],
  ]);
});
