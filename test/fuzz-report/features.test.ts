/**
 * The grammar of generated input against the schemas: a field that is read and that nobody generates would be missing from every comparison without a word.
 */
import { describe, expect, test } from 'vitest';
import { FEATURES, isInGrammar, SCHEMA_FIELDS } from './features.ts';

/** Fields that are read, and that the grammar does not ask for, each with the reason. */
const NOT_ASKED: readonly (readonly [path: RegExp, reason: string])[] = [
  [/\/kind$/, 'says which schema reads the object'],
  [/\/metadata\/ownerReferences/, 'lead from a pod to its workload, which generated pods name themselves: test/input'],
  [/^(?:namespaces|nodes)\/\*\/metadata\/namespace$/, 'belong to no namespace'],
  [/^(?:nodes|services|networkPolicies)\/\*\/metadata\/labels$/, 'nothing selects these objects by label: past bug CVE-2025-30163'],
  [/^(?:namespaces|nodes|services|networkPolicies)\/\*\/metadata\/deletionTimestamp$/, 'no verdict asks for it: past bug CVE-2024-7598'],
  [/^nodes\/\*\/status\/addresses$/, 'is set wherever there is a status'],
  [/^pods\/\*\/spec$/, 'the API server refuses a pod without one'],
  [/^pods\/\*\/spec\/containers\/\*\/restartPolicy$/, 'only init containers have one that is asked for'],
  [/^services\/\*\/spec$/, 'a Service without one has no address'],
  [
    /^services\/\*\/spec\/(?:type|selector|ports.*|externalName|ipFamil.*|(?:in|ex)ternalTrafficPolicy)$/,
    'verdicts ask a Service for its addresses only: past bugs 26 and 27; what it leads to: test/unit/services',
  ],
  [/\/metadata\/annotations/, 'no verdict asks for them: test/lint'],
  [/^pods\/\*\/spec\/(?:initContainers|containers)\/\*\/ports\/\*\/hostPort$/, 'only a question to a node asks for it: test/unit/services'],
  [/^services\/\*\/status\/loadBalancer(?:\/ingress\/\*\/ip)?$/, 'is set wherever the list of ingress points is'],
];

describe('the grammar', () => {
  const missing = SCHEMA_FIELDS.filter(({ path, required }) => !required && !isInGrammar(path)).map(({ path }) => path);

  test('speaks of every field that is read and not required, or it is said why not', () => {
    expect(missing.filter((path) => !NOT_ASKED.some(([pattern]) => pattern.test(path)))).toEqual([]);
  });

  test.each(NOT_ASKED)('leaves out what %s matches, which nothing else explains', (pattern) => {
    expect(missing.filter((path) => pattern.test(path)).length).toBeGreaterThan(0);
  });

  test('leaves out no field of the spec of a NetworkPolicy', () => {
    expect(missing.filter((path) => path.startsWith('networkPolicies/*/spec'))).toEqual([]);
  });

  test.each([
    ...['missing', 'null', 'empty', 'set'].flatMap((form) => [
      `networkPolicies/*/spec/ingress/*/from/*/podSelector ${form}`,
      `networkPolicies/*/spec/egress/*/to/*/podSelector/matchLabels ${form}`,
      `networkPolicies/*/spec/ingress/*/from/*/namespaceSelector/matchExpressions ${form}`,
    ]),
    'networkPolicies/*/spec/egress/*/ports/*/protocol = "SCTP"',
    'both selectors in one peer of egress',
    'several peers of ingress',
    'several port items of ingress',
  ])('asks for %s', (name) => {
    expect(FEATURES.map((each) => each.name)).toContain(name);
  });

  test('names each form once', () => {
    expect(new Set(FEATURES.map(({ name }) => name)).size).toBe(FEATURES.length);
  });
});
