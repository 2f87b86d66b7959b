/**
 * The plain style of YAML is read from its lines; a comment behind a value leaves the same document to the parser. Nothing else may depend on which of them reads it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { checkProperty } from '../../support/check.ts';

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: p
  namespace: a
  labels:
    x: z
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector: {}
      ports:
        - port: 80
`;
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: w
  namespace: a
  labels:
    app: web
spec:
  nodeName: n
  containers:
    - name: c
      ports:
        - containerPort: 80
status:
  podIP: 10.0.0.1
`;

/** What is read, without how: objects by kind, diagnostics, what could not be read. */
function readAs(text: string): unknown {
  const { networkPolicies, pods, namespaces, services, nodes, diagnostics, unreadable } = parseManifests(text, { file: 'f.yaml' });
  const objects = [networkPolicies, pods, namespaces, services, nodes].map((list) =>
    list.map(({ object, origin }) => ({ object, origin })),
  );
  return { objects, diagnostics, unreadable };
}

const EXTRA = [
  'apiVersion: v1',
  'uid: x',
  'kind: Pod',
  'labels:',
  'name: q',
  'annotations:',
  'spec:',
  'x: 1',
  'creationTimestamp: null',
  '- x',
  'namespace: b',
];

/** A document with lines put in: each at a place, with an indentation. */
function changed([text, more]: [string, [at: number, indent: number, line: string][]]): string {
  const lines = text.trimEnd().split('\n');
  for (const [at, indent, line] of more) lines.splice(1 + (at % lines.length), 0, `${'  '.repeat(indent)}${line}`);
  return `${lines.join('\n')}\n`;
}

describe('a document that is read from its lines and the same with a comment', () => {
  it.each([
    ['a field of the object that is no field of its metadata', POLICY.replace('  labels:', '  apiVersion: v1\n  uid: x\n  labels:')],
    ['a field that is not read in metadata', POLICY.replace('  labels:', '  uid: x\n  labels:')],
  ])('are the same with %s', (_, text) => {
    expect(readAs(text)).toEqual(readAs(text.replace('namespace: a', 'namespace: a # c')));
  });

  it('refuses `apiVersion` in metadata either way', () => {
    const text = POLICY.replace('  labels:', '  apiVersion: v1\n  uid: x\n  labels:');
    const { unreadable, networkPolicies } = parseManifests(text);
    expect([unreadable.length, networkPolicies.length]).toEqual([1, 0]);
    expect(parseManifests(POLICY).diagnostics).toEqual([]);
    expect(parseManifests(POLICY).networkPolicies).toHaveLength(1);
  });

  it.each(['foo.io/v1', 'networking.k8s.io/v1beta9'])(
    'takes an item of a list that says only `apiVersion: %s` for what the list holds',
    (apiVersion) => {
      const item = { apiVersion, metadata: { name: 'p', namespace: 'a' }, spec: { podSelector: {} } };
      const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: [item] };
      const yaml = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicyList
items:
- apiVersion: ${apiVersion}
  metadata:
    name: p
    namespace: a
  spec:
    podSelector: {}
`;
      const texts = [yaml, yaml.replace('{}', '{} # c'), JSON.stringify(list)];
      expect(texts.map((text) => parseManifests(text).networkPolicies.map(({ object }) => object.metadata.name))).toEqual([
        ['p'],
        ['p'],
        ['p'],
      ]);
    },
  );

  it('are the same with lines put in anywhere', () => {
    checkProperty(
      fc.tuple(
        fc.constantFrom(POLICY, POD),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.constantFrom(...EXTRA)), { minLength: 1, maxLength: 3 }),
      ),
      (change) => {
        const text = changed(change);
        expect(readAs(text)).toEqual(readAs(`${text.trimEnd()} # c\n`));
      },
      { runs: 2000, file: 'test/unit/input/plain-or-parsed.test.ts', print: changed },
    );
  });
});
