/**
 * Secrets and ConfigMaps are recognised before a parser sees them. Canaries stand wherever secret text can stand; nothing that comes out may hold one.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';

const { parsed } = vi.hoisted(() => ({ parsed: [] as string[] }));
vi.mock('js-yaml', async (original) => {
  const real = await original<typeof import('js-yaml')>();
  return {
    ...real,
    load: (text: string, options?: object) => {
      parsed.push(text);
      return real.load(text, options);
    },
  };
});

const { parseManifests } = await import('../../../src/input/parse-manifests.ts');
type Manifests = ReturnType<typeof parseManifests>;

const CANARY = 'c4n4ry';

afterEach(() => {
  parsed.length = 0;
});

/** All that a caller can see, places included. */
function visible(manifests: Manifests): string {
  const places = manifests.networkPolicies.map((policy) =>
    ['spec', 'spec.ingress[0]', 'metadata.annotations'].map((field) => policy.locate(field)),
  );
  return JSON.stringify([manifests, [...manifests.skipped], [...manifests.counts], places]);
}

const secretYaml = `apiVersion: v1
data:
  password: ${CANARY}
  ${CANARY}: !!binary [broken
kind: Secret
metadata:
  name: ${CANARY}
stringData: "${CANARY}
`;
const podYaml = `apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: x
  annotations:
    token: ${CANARY}
  managedFields: [{manager: ${CANARY}}]
spec:
  containers:
  - env: [{name: A, value: ${CANARY}}]
    args: [${CANARY}]
`;
const policyYaml = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: p
  namespace: x
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"a": "${CANARY}"}
spec:
  ingress:
  - {}
`;

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ').replace('  ', '- ');

describe('a Secret', () => {
  it.each([
    ['a document', `${secretYaml}---\n${podYaml}---\n${policyYaml}`],
    ['a ConfigMap', `${secretYaml.replace('Secret', 'ConfigMap')}---\n${podYaml}---\n${policyYaml}`],
    ['with a quoted kind', `${secretYaml.replace('kind: Secret', '"kind": "Secret" # x')}---\n${podYaml}---\n${policyYaml}`],
    ['with CRLF', `${secretYaml}---\n${podYaml}---\n${policyYaml}`.replaceAll('\n', '\r\n')],
    ['an item of a list', `apiVersion: v1\nitems:\n${indent(secretYaml)}${indent(podYaml)}${indent(policyYaml)}kind: List\n`],
    ['an item of a top-level list', `${indent(secretYaml)}${indent(podYaml)}${indent(policyYaml)}`],
    [
      'an item of a list in a list',
      `kind: List\nitems:\n- kind: List\n  items:\n${`${indent(secretYaml)}${indent(podYaml)}${indent(policyYaml)}`.replaceAll(/^(?=.)/gm, '  ')}`,
    ],
    [
      'an item of a SecretList',
      `apiVersion: v1\nitems:\n- data:\n    a: ${CANARY}\n    b: [broken\nkind: SecretList\n---\n${podYaml}---\n${policyYaml}`,
    ],
  ])('in YAML, %s, is counted and never parsed or kept', (title, text) => {
    const manifests = parseManifests(text);
    const kind = title === 'a ConfigMap' ? 'ConfigMap' : 'Secret';
    expect([...manifests.skipped]).toEqual([[kind, 1]]);
    expect(manifests.pods).toHaveLength(1);
    expect(manifests.networkPolicies).toHaveLength(1);
    expect(manifests.diagnostics).toEqual([]);
    expect(visible(manifests)).not.toContain(CANARY);
    expect(parsed.join('\n')).not.toContain('broken');
  });

  const secret = { apiVersion: 'v1', data: { password: CANARY }, kind: 'Secret', metadata: { name: CANARY }, stringData: { a: CANARY } };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'x', annotations: { a: CANARY } },
    spec: { containers: [{ env: [{ name: 'A', value: CANARY }] }] },
  };
  it.each([
    ['in a row', `${JSON.stringify(secret)}\n${JSON.stringify(pod)}`],
    ['in a list', JSON.stringify({ apiVersion: 'v1', items: [secret, pod], kind: 'List' }, null, 2)],
    ['in a list in a list', JSON.stringify({ kind: 'List', items: [{ items: [secret, pod], kind: 'List' }] })],
    ['in a SecretList', `${JSON.stringify({ items: [{ data: { a: CANARY } }], kind: 'SecretList' })}\n${JSON.stringify(pod)}`],
  ])('in JSON, %s, is counted and never kept', (_, text) => {
    const manifests = parseManifests(text);
    expect([...manifests.skipped]).toEqual([['Secret', 1]]);
    expect(manifests.pods).toHaveLength(1);
    expect(manifests.diagnostics).toEqual([]);
    expect(visible(manifests)).not.toContain(CANARY);
    expect(parsed).toEqual([]);
  });

  it('that is broken, or of a form that only a parser can tell, is not quoted in errors', () => {
    for (const text of [
      `{kind: Secret, apiVersion: v1, data: {a: ${CANARY}}}`,
      `{kind: Secret, data: {a: "${CANARY}}`,
      `? kind\n: Secret\ndata: {a: ${CANARY}, a: ${CANARY}}`,
      `{"kind":"Secret","data":{"a":"${CANARY}"`,
      `{"kind":"Secret","data":{"a":"${CANARY}\u0001"}}`,
      `{"kind":"Secret","data":{"a":${CANARY}}}`,
      `kind: Secret\n"kind": Pod\ndata: ${CANARY}`,
      `data: ${CANARY}\n`,
      `- ${CANARY}\n`,
      CANARY,
    ]) {
      expect(visible(parseManifests(text)), text).not.toContain(CANARY);
    }
  });
});
