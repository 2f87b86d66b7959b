/**
 * Objects that the API server would not take, or not as they were meant.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { badCases, ndjson, podObject, policyObject, policyYaml, ruleYaml } from './bad-case.ts';

const GOOD = policyYaml();
const namespaceYaml = (rest = ''): string => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n${rest}`;

describe('what the object is', () => {
  badCases([
    {
      title: 'A version that does not exist is not supported.',
      text: GOOD.replace('/v1', '/v2'),
      mended: GOOD,
      code: 'unsupported-version',
      says: 'networking.k8s.io/v1',
      at: '1:1',
      outcome: 'policy',
    },
    {
      title: 'The version before v1 is not supported.',
      text: GOOD.replace('networking.k8s.io/v1', 'extensions/v1beta1'),
      mended: GOOD,
      code: 'unsupported-version',
      at: '1:1',
      outcome: 'policy',
    },
    {
      title: 'A version is needed.',
      text: GOOD.slice(GOOD.indexOf('\n') + 1),
      mended: GOOD,
      code: 'missing-field',
      says: '`apiVersion`',
      outcome: 'policy',
    },
    {
      title: 'A kind in lower case is no kind.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: networkpolicy'),
      mended: GOOD,
      code: 'unknown-kind',
      says: 'did you mean `NetworkPolicy`?',
      at: '2:1',
      outcome: 'policy',
    },
    {
      title: 'A mistyped kind is no kind.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: NetworkPolciy'),
      mended: GOOD,
      code: 'unknown-kind',
      says: 'did you mean `NetworkPolicy`?',
      outcome: 'policy',
    },
    {
      title: 'A name is needed.',
      text: GOOD.replace('  name: p\n', ''),
      mended: GOOD,
      code: 'missing-field',
      field: 'metadata.name',
      at: '3:1',
      outcome: 'policy',
    },
    {
      title: 'A namespace that is not written is `default`, and this is said.',
      text: GOOD.replace('  namespace: shop\n', ''),
      mended: GOOD,
      code: 'default-namespace',
      severity: 'info',
      outcome: 'kept',
    },
    {
      title: 'A mistyped namespace is not `default`.',
      text: GOOD.replace('namespace:', 'namespce:'),
      mended: GOOD,
      code: 'unknown-field',
      says: 'did you mean `namespace`?',
      at: '5:3',
      outcome: 'policy',
    },
    {
      title: 'A mistyped field is an error, because the object would mean something else without it.',
      text: policyYaml('spec:\n  podSelector: {}\n  ingres: []\n'),
      mended: policyYaml('spec:\n  podSelector: {}\n  ingress: []\n'),
      code: 'unknown-field',
      says: 'did you mean `ingress`?',
      at: '8:3',
      outcome: 'policy',
    },
    {
      title: 'A mistyped field deep inside is an error too.',
      text: ruleYaml('from:\n- namespaceSelector:\n    matchLabel: {a: b}'),
      mended: ruleYaml('from:\n- namespaceSelector:\n    matchLabels: {a: b}'),
      code: 'unknown-field',
      says: 'did you mean `matchLabels`?',
      at: '11:9',
      outcome: 'policy',
    },
    {
      title: 'Two policies of one name are both unreadable.',
      text: ndjson(policyObject({ podSelector: {} }), policyObject({ podSelector: { matchLabels: { a: 'b' } } })),
      mended: ndjson(policyObject({ podSelector: {} }), policyObject({ podSelector: {} }, { name: 'q' })),
      code: 'duplicate-object',
      says: 'bad.yaml:1:1',
      at: '2:1',
      outcome: 'policy',
    },
    {
      title: 'The same policy twice is one policy.',
      text: `${GOOD}---\n${GOOD}`,
      mended: GOOD,
      code: 'duplicate-object',
      severity: 'warning',
      says: 'bad.yaml:1:1',
      at: '9:1',
      outcome: 'kept',
    },
  ]);
});

describe('pods and namespaces', () => {
  const withPort = (port: object): string =>
    JSON.stringify(podObject({ spec: { containers: [{ ports: [{ containerPort: 80, ...port }] }] } }));
  const withStatus = (status: object): string => JSON.stringify(podObject({ status }));
  badCases([
    {
      title: 'A namespace that is being deleted is said.',
      text: namespaceYaml('  deletionTimestamp: "2024-01-01T00:00:00Z"\n'),
      mended: namespaceYaml(),
      code: 'terminating-namespace',
      severity: 'warning',
      at: '5:3',
      outcome: 'kept',
    },
    {
      title: 'A namespace cannot have the name label of another.',
      text: namespaceYaml('  labels:\n    kubernetes.io/metadata.name: bank\n'),
      mended: namespaceYaml('  labels:\n    kubernetes.io/metadata.name: shop\n'),
      code: 'false-name-label',
      says: 'expected `shop`',
      at: '6:5',
      outcome: 'object',
    },
    {
      title: 'An address of two running pods is said.',
      text: ndjson(podObject({ status: { podIP: '10.0.0.1' } }), podObject({ status: { podIP: '10.0.0.1' } }, { name: 'b' })),
      mended: ndjson(
        podObject({ status: { podIP: '10.0.0.1' } }),
        podObject({ status: { podIP: '10.0.0.1', phase: 'Failed' } }, { name: 'b' }),
      ),
      code: 'duplicate-pod-ip',
      severity: 'warning',
      says: 'shop/a at bad.yaml:1:1',
      at: '2:1',
      outcome: 'kept',
    },
    {
      title: 'A pod has one address of each family.',
      text: withStatus({ podIPs: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }] }),
      mended: withStatus({ podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] }),
      code: 'too-many-pod-ips',
      outcome: 'object',
    },
    {
      title: 'The first address of a pod is its address.',
      text: withStatus({ podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.1' }] }),
      mended: withStatus({ podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] }),
      code: 'pod-ip-mismatch',
      outcome: 'object',
    },
    {
      title: 'An address with leading zeros is no address.',
      text: withStatus({ podIP: '10.0.0.01' }),
      mended: withStatus({ podIP: '' }),
      code: 'invalid-address',
      says: '`10.0.0.01`',
      outcome: 'object',
    },
    {
      title: 'A container port is a port.',
      text: withPort({ containerPort: 65536 }),
      mended: withPort({ containerPort: 65535 }),
      code: 'invalid-port',
      outcome: 'object',
    },
    {
      title: 'The name of a port has at most 15 characters.',
      text: withPort({ name: 'a'.repeat(16) }),
      mended: withPort({ name: 'a'.repeat(15) }),
      code: 'invalid-port',
      says: '16',
      outcome: 'object',
    },
    {
      title: 'The name of a port is in lower case.',
      text: withPort({ name: 'HTTP' }),
      mended: withPort({ name: 'http' }),
      code: 'invalid-port',
      says: '`HTTP`',
      outcome: 'object',
    },
  ]);
});

describe('policies of other APIs', () => {
  it.each([
    ['crd.antrea.io/v1beta1', 'ClusterNetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['security.istio.io/v1', 'AuthorizationPolicy'],
  ])('%s %s is counted, and it is said that it is not taken into account.', (apiVersion, kind) => {
    const { skipped, diagnostics, unreadable } = parseManifests(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n---\n${GOOD}`,
    );
    expect([...skipped]).toEqual([[kind, 1]]);
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning policy-not-considered']);
    expect(unreadable).toEqual([]);
  });
});
