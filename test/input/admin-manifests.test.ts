/**
 * Administrators' policies among other objects: forms of text, places, versions, duplicates, what stays certain of a policy that cannot be read, and warnings that need
 * all objects.
 */
import { describe, expect, it } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Manifests, UnreadablePolicy } from '../../src/model/resource.ts';
import { listYaml, ndjson } from './bad-case.ts';

const GROUP = 'policy.networking.k8s.io';
const LABELLED = { namespaces: { matchLabels: { a: 'b' } } };

interface Spec {
  readonly [field: string]: unknown;
}

const cnp = (name: string, spec: Spec = {}): object => {
  const egress = [
    { action: 'Deny', to: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { range: { start: 1000, end: 2000 } } } }] },
    { name: 'second', action: 'Accept', to: [{ networks: ['10.0.0.0/8'] }, { nodes: {} }, { domainNames: ['*.example.com'] }] },
  ];
  const all = { tier: 'Admin', priority: 5, subject: { namespaces: {} }, egress, ...spec };
  return { apiVersion: `${GROUP}/v1alpha2`, kind: 'ClusterNetworkPolicy', metadata: { name }, spec: all };
};

const older = (kind: string, name: string, spec: Spec): object => ({ apiVersion: `${GROUP}/v1alpha1`, kind, metadata: { name }, spec });

const ALLOW_ALL = [{ action: 'Allow', from: [{ namespaces: {} }], ports: [{ portNumber: { port: 80 } }, { namedPort: 'web' }] }];
const anp = (name: string, spec: Spec = {}): object =>
  older('AdminNetworkPolicy', name, { priority: 7, subject: { namespaces: {} }, ingress: ALLOW_ALL, ...spec });
const banp = (spec: Spec = {}): object =>
  older('BaselineAdminNetworkPolicy', 'default', { subject: { namespaces: {} }, ingress: ALLOW_ALL, ...spec });

const OBJECTS = [cnp('c'), anp('a'), banp()];
const yamlOf = (object: object): string => `${JSON.stringify(object, null, 1)}\n`.replaceAll('"', '');
/** YAML without the brackets of JSON. */
const BLOCK = `apiVersion: ${GROUP}/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: c
spec:
  tier: Baseline
  priority: 5
  subject:
    pods:
      namespaceSelector: {}
      podSelector: {}
  ingress:
  - action: Pass
    from:
    - namespaces: {}
  egress:
  - action: Deny
    to:
    - networks: [10.0.0.0/8]
  - action: Accept
    to:
    - namespaces: {}
    protocols:
    - destinationNamedPort: web
`;

const errorsOf = ({ diagnostics }: Manifests): string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
const contentOf = ({ adminPolicies }: Manifests): unknown[] => adminPolicies.map(({ object }) => object);
const withoutVersion = (object: object): object => {
  const { apiVersion: _, ...rest } = object as { apiVersion: string };
  return rest;
};

describe('forms', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: OBJECTS };
  it.each([
    ['JSON', JSON.stringify(list)],
    ['JSON over lines', JSON.stringify(list, null, 2)],
    ['NDJSON', ndjson(...OBJECTS)],
    ['JSON with odd spaces', ndjson(...OBJECTS).replaceAll('":', '" :')],
    ['YAML', OBJECTS.map((object) => yamlOf(object).replace('*.example.com', '"*.example.com"')).join('---\n')],
    ['a YAML list', listYaml(...OBJECTS.map((object) => JSON.stringify(object)))],
    [
      'lists of their kinds',
      [cnp('c'), anp('a'), banp()]
        .map((object) => {
          const {
            kind,
            apiVersion,
            metadata,
            spec: itsSpec,
          } = object as { kind: string; apiVersion: string; metadata: object; spec: object };
          return JSON.stringify({ apiVersion, kind: `${kind}List`, metadata: {}, items: [{ metadata, spec: itsSpec }] });
        })
        .join('\n'),
    ],
  ])('They are read from %s.', (_, text) => {
    const manifests = parseManifests(text);
    expect(errorsOf(manifests)).toEqual([]);
    expect(contentOf(manifests)).toEqual(OBJECTS.map(withoutVersion));
    expect([...manifests.counts]).toEqual([
      ['ClusterNetworkPolicy', 1],
      ['AdminNetworkPolicy', 1],
      ['BaselineAdminNetworkPolicy', 1],
    ]);
    expect([...manifests.skipped]).toEqual([]);
    expect(manifests.pods).toEqual([]);
  });

  it('They are read from objects, which stay as they are.', () => {
    const objects = [{ ...cnp('c'), status: { conditions: [] } }];
    const before = JSON.stringify(objects);
    const manifests = manifestsFromObjects(objects);
    expect(contentOf(manifests)).toEqual([withoutVersion(cnp('c'))]);
    expect(JSON.stringify(objects)).toBe(before);
  });

  it.each<[string, string, Record<string, RegExp>]>([
    [
      'YAML',
      BLOCK,
      {
        'spec.ingress[0]': /action: Pass/,
        'spec.egress[0].to[0]': /networks:/,
        'spec.egress[1]': /action: Accept/,
        'spec.egress[1].protocols[0].destinationNamedPort': /destinationNamedPort/,
        'spec.egress[9]': /egress:/,
      },
    ],
    [
      'JSON',
      JSON.stringify(cnp('c'), null, 1),
      {
        'spec.egress[0]': /\{\s*"action": "Deny"/,
        'spec.egress[0].protocols[0]': /\{\s*"tcp"/,
        'spec.egress[1]': /\{\s*"name": "second"/,
        'spec.egress[1].to[2].domainNames[0]': /"\*\.example/,
        'spec.priority': /"priority"/,
      },
    ],
  ])('Places of rules are known in %s.', (_, text, marks) => {
    const [policy] = parseManifests(text, { file: 'x' }).adminPolicies;
    for (const [field, mark] of Object.entries(marks)) {
      const before = text.slice(0, text.search(mark));
      const place = { file: 'x', line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
      expect([field, policy!.locate(field)]).toEqual([field, place]);
    }
  });
});

describe('versions and kinds', () => {
  const refused = (object: object, kind: string, apiVersion: string): Manifests => manifestsFromObjects([{ ...object, kind, apiVersion }]);

  it.each([
    ['ClusterNetworkPolicy', `${GROUP}/v1alpha1`],
    ['ClusterNetworkPolicy', `${GROUP}/v1beta1`],
    ['ClusterNetworkPolicy', 'networking.k8s.io/v1'],
    ['AdminNetworkPolicy', `${GROUP}/v1alpha2`],
    ['BaselineAdminNetworkPolicy', 'policy.networking.k8s.o/v1alpha1'],
  ])('%s of %s is there and cannot be read.', (kind, apiVersion) => {
    const { unreadable, adminPolicies, diagnostics } = refused(cnp('c'), kind, apiVersion);
    expect(adminPolicies).toEqual([]);
    expect(unreadable.map(({ origin: _, reason: __, ...rest }) => rest)).toEqual([{ kind, name: 'c' }]);
    expect(diagnostics).toMatchObject([{ code: 'unsupported-version', severity: 'error', object: { kind, name: 'c' } }]);
    expect(diagnostics[0]!.hint).toContain('v1alpha2 has ClusterNetworkPolicy');
    expect(diagnostics[0]!.object).not.toHaveProperty('namespace');
  });

  it('A version is needed.', () => {
    const { apiVersion: _, ...object } = cnp('c') as { apiVersion: string };
    const { unreadable, diagnostics } = manifestsFromObjects([object]);
    expect(unreadable).toMatchObject([{ kind: 'ClusterNetworkPolicy', name: 'c' }]);
    expect(diagnostics).toMatchObject([{ code: 'missing-field', severity: 'error' }]);
  });

  it('A mistyped kind is taken for what it is near to.', () => {
    const { unreadable, diagnostics } = refused(cnp('c'), 'ClusterNetworkPolcy', `${GROUP}/v1alpha2`);
    expect(unreadable.map(({ origin: _, reason: __, ...rest }) => rest)).toEqual([{ kind: 'ClusterNetworkPolicy', name: 'c' }]);
    expect(diagnostics[0]).toMatchObject({ code: 'unknown-kind', hint: 'did you mean `ClusterNetworkPolicy`?' });
  });

  it('The same kind of another API is left out, and this is said.', () => {
    const { unreadable, diagnostics, skipped } = refused(cnp('c'), 'ClusterNetworkPolicy', 'crd.antrea.io/v1beta1');
    expect(unreadable).toEqual([]);
    expect([...skipped]).toEqual([['ClusterNetworkPolicy', 1]]);
    expect(diagnostics).toMatchObject([{ code: 'policy-not-considered', severity: 'warning' }]);
  });
});

describe('what stays certain of a policy that cannot be read', () => {
  const scopeOf = (object: object): Partial<UnreadablePolicy> => {
    const { unreadable, adminPolicies } = manifestsFromObjects([object]);
    expect(adminPolicies).toEqual([]);
    expect(unreadable).toHaveLength(1);
    const { origin: _, reason: __, ...rest } = unreadable[0]!;
    return rest;
  };
  const bad = [{ action: 'Reject', to: [{ namespaces: {} }] }];
  const kind = 'ClusterNetworkPolicy';

  it.each<[string, Spec, object]>([
    ['all of it', { tier: 'Baseline', subject: LABELLED }, { tier: 'Baseline', priority: 5, subject: LABELLED, directions: ['egress'] }],
    ['both directions', { ingress: bad }, { tier: 'Admin', priority: 5, subject: { namespaces: {} } }],
    ['no tier', { tier: 'admin' }, { priority: 5, subject: { namespaces: {} }, directions: ['egress'] }],
    ['no priority', { priority: 1001 }, { tier: 'Admin', subject: { namespaces: {} }, directions: ['egress'] }],
    ['no priority that is no number', { priority: '5' }, { tier: 'Admin', subject: { namespaces: {} }, directions: ['egress'] }],
    ['no subject of two', { subject: { ...LABELLED, pods: {} } }, { tier: 'Admin', priority: 5, directions: ['egress'] }],
    [
      'no subject that is wrong',
      { subject: { namespaces: { matchLabels: { 'a b': 'c' } } } },
      { tier: 'Admin', priority: 5, directions: ['egress'] },
    ],
    [
      'no subject of which something would be dropped',
      { subject: { namespaces: { sameLabels: ['a'] } } },
      { tier: 'Admin', priority: 5, directions: ['egress'] },
    ],
    ['no direction beside a field that may be one', { ingres: [] }, { tier: 'Admin', priority: 5, subject: { namespaces: {} } }],
  ])('It is %s.', (_, fields, scope) => {
    expect(scopeOf(cnp('c', { egress: bad, ...fields }))).toEqual({ kind, name: 'c', ...scope });
  });

  it('It is nothing where the spec is none.', () => {
    expect(scopeOf({ ...cnp('c'), spec: [] })).toEqual({ kind, name: 'c' });
    expect(scopeOf({ ...cnp('c'), metadata: { name: 5 } })).toMatchObject({ kind, tier: 'Admin', priority: 5 });
  });

  it('The kinds of v1alpha1 say their tier themselves.', () => {
    const ingress = [{ action: 'Accept', from: [{ namespaces: {} }] }];
    const scope = { subject: { namespaces: {} }, directions: ['ingress'] };
    expect(scopeOf(anp('a', { ingress }))).toEqual({ kind: 'AdminNetworkPolicy', name: 'a', priority: 7, ...scope });
    expect(scopeOf(banp({ ingress }))).toEqual({ kind: 'BaselineAdminNetworkPolicy', name: 'default', ...scope });
    expect(scopeOf(banp({ ingress, priority: 3 }))).not.toHaveProperty('priority');
  });

  it('It says where and why.', () => {
    const { unreadable } = parseManifests(BLOCK.replace('Pass', 'Reject'), { file: 'x' });
    expect(unreadable).toMatchObject([{ origin: { file: 'x', line: 1, column: 1 } }]);
    expect(unreadable[0]!.reason).toMatch(/^spec\.ingress\[0\]\.action: found `Reject`/);
  });

  it('Two of one name are both not read; the same twice is one.', () => {
    const { unreadable, adminPolicies, diagnostics } = manifestsFromObjects([cnp('c'), cnp('c', { priority: 6, subject: LABELLED })]);
    expect(adminPolicies).toEqual([]);
    const common = { kind, name: 'c', tier: 'Admin', directions: ['egress'] };
    expect(unreadable).toMatchObject([
      { ...common, priority: 5, subject: { namespaces: {} } },
      { ...common, priority: 6, subject: LABELLED },
    ]);
    expect(diagnostics.find(({ code }) => code === 'duplicate-object')?.object).toEqual({ kind, name: 'c' });
    expect(manifestsFromObjects([cnp('c'), cnp('c')]).adminPolicies).toHaveLength(1);
    expect(manifestsFromObjects([cnp('c', { subject: LABELLED }), anp('c')]).adminPolicies).toHaveLength(2);
  });

  it('One that is read beside one of its name that is not, is not either.', () => {
    const bad = { ...cnp('c'), spec: { tier: 'Admin', priority: 5000 } };
    const { unreadable, adminPolicies } = manifestsFromObjects([cnp('c'), bad]);
    expect(adminPolicies).toEqual([]);
    expect(unreadable).toMatchObject([
      { kind, name: 'c' },
      { kind, name: 'c', priority: 5, subject: { namespaces: {} } },
    ]);
    expect(manifestsFromObjects([cnp('d'), bad]).adminPolicies).toHaveLength(1);
    expect(manifestsFromObjects([anp('c'), bad]).adminPolicies).toHaveLength(1);
  });
});

describe('namespaces whose labels are not known', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns', labels: { 'a b': 'c' } } };
  const byName = { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'ns' } } };
  const unreadableOf = (...objects: readonly object[]): Partial<UnreadablePolicy>[] => [...manifestsFromObjects(objects).unreadable];
  const rules = (peer: object): object[] => [{ action: 'Deny', to: [peer] }];

  it('A peer by label makes the policy unreadable; its subject stays.', () => {
    const [first, ...others] = unreadableOf(namespace, cnp('c', { subject: byName, egress: rules(LABELLED) }));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      kind: 'ClusterNetworkPolicy',
      name: 'c',
      tier: 'Admin',
      priority: 5,
      subject: byName,
      directions: ['egress'],
    });
    expect(first!.reason).toContain('`ns`');
    const pods = { pods: { namespaceSelector: LABELLED.namespaces, podSelector: {} } };
    expect(unreadableOf(namespace, cnp('c', { egress: rules(pods) }))).toHaveLength(1);
  });

  it('A subject by label leaves the subject open.', () => {
    const [first] = unreadableOf(namespace, cnp('c', { subject: LABELLED }));
    expect(first).toMatchObject({ name: 'c', priority: 5 });
    expect(first).not.toHaveProperty('subject');
  });

  it('Policies by name, or of every namespace, are read.', () => {
    expect(unreadableOf(namespace, cnp('c', { subject: byName, egress: rules(byName) }), anp('a'))).toEqual([]);
    const good = { ...namespace, metadata: { name: 'ns', labels: { a: 'b' } } };
    expect(unreadableOf(good, cnp('c', { subject: LABELLED, egress: rules(LABELLED) }))).toEqual([]);
  });

  it('A file that cannot be read may hold the labels.', () => {
    const objects = [cnp('c', { egress: rules(LABELLED) }), cnp('d', { priority: 6 })];
    const { adminPolicies, unreadable } = manifestsFromObjects([...objects, { metadata: {}, spec: {} }]);
    expect(adminPolicies.map(({ object }) => object.metadata.name)).toEqual(['d']);
    expect(unreadable).toMatchObject([{ kind: '(unreadable)' }, { name: 'c' }]);
  });
});

describe('warnings that need all objects', () => {
  const found = (code: string, ...objects: readonly object[]): Diagnostic[] =>
    manifestsFromObjects(objects).diagnostics.filter((diagnostic) => diagnostic.code === code);
  const inNamespaces = (value: string): object => ({ namespaces: { matchLabels: { a: value } } });
  const DENY = [{ action: 'Deny', from: [{ namespaces: {} }] }];

  it('Two policies of one tier and priority whose subjects may overlap are named.', () => {
    const [warning, ...others] = found('equal-priority', cnp('c'), cnp('d'));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ severity: 'warning', object: { kind: 'ClusterNetworkPolicy', name: 'd' }, field: 'spec.priority' });
    expect(warning!.message).toContain('the ClusterNetworkPolicy `c` at <objects> has the priority 5 in the tier Admin too');
  });

  it('The tier Admin has policies of both versions.', () => {
    expect(
      found('equal-priority', cnp('c', { priority: 7, ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] }), anp('a')),
    ).toHaveLength(1);
  });

  it.each<[string, object, object]>([
    ['of two priorities', cnp('c'), cnp('d', { priority: 6 })],
    ['of two tiers', cnp('c'), cnp('d', { tier: 'Baseline' })],
    ['that apply to different namespaces', cnp('c', { subject: inNamespaces('x') }), cnp('d', { subject: inNamespaces('y') })],
    [
      'that apply to different pods',
      cnp('c', { subject: { pods: { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } } } }),
      cnp('d', {
        subject: { pods: { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } } },
      }),
    ],
    [
      'whose values exclude each other',
      cnp('c', { subject: inNamespaces('x') }),
      cnp('d', { subject: { namespaces: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['x'] }] } } }),
    ],
    ['of which one has no rules for the direction', cnp('c'), cnp('d', { egress: [], ingress: DENY })],
    [
      'that do the same in words of two versions',
      cnp('c', { priority: 7, egress: [], ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }] }),
      anp('a'),
    ],
    ['that do the same', cnp('c', { egress: [], ingress: DENY }), cnp('d', { egress: [], ingress: DENY })],
    ['of which one is the baseline', cnp('c', { tier: 'Baseline', priority: 1000, ingress: DENY }), banp()],
  ])('Nothing is said of two policies %s.', (_, first, second) => {
    expect(found('equal-priority', first, second)).toEqual([]);
  });

  it('Selectors that do not contradict each other may overlap.', () => {
    const other = { namespaces: { matchExpressions: [{ key: 'a', operator: 'In', values: ['w', 'x'] }] } };
    expect(found('equal-priority', cnp('c', { subject: inNamespaces('x') }), cnp('d', { subject: other }))).toHaveLength(1);
  });

  it('Many policies of one priority are not all listed.', () => {
    const warnings = found('equal-priority', ...Array.from({ length: 40 }, (_, i) => cnp(`c${i}`)));
    expect(warnings).toHaveLength(21);
    expect(warnings.some(({ message }) => message.startsWith('19 more policies'))).toBe(true);
  });

  it('Two versions at once are said once.', () => {
    const [warning, ...others] = found('mixed-admin-apis', cnp('c'), anp('a'), anp('b', { priority: 8 }), banp());
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ severity: 'warning', object: { kind: 'AdminNetworkPolicy', name: 'a' } });
    expect(found('mixed-admin-apis', anp('a'), banp())).toEqual([]);
    expect(found('mixed-admin-apis', cnp('a'), cnp('b', { priority: 8 }))).toEqual([]);
  });

  it('Nodes are needed where a rule selects them.', () => {
    const [warning] = found('nodes-not-given', cnp('c'));
    expect(warning).toMatchObject({ severity: 'warning', field: 'spec.egress[1].to[1].nodes', hint: 'add the Node objects to the input' });
    expect(found('nodes-not-given', cnp('c'), { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } })).toEqual([]);
    expect(found('nodes-not-given', anp('a'))).toEqual([]);
  });

  const pod = (ports: object[]): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { containers: [{ ports }] },
  });

  it('A port name that no pod has is named, of whatever protocol.', () => {
    const [warning] = found('unknown-port-name', anp('a'), pod([{ name: 'wed', containerPort: 80 }]));
    expect(warning).toMatchObject({ object: { kind: 'AdminNetworkPolicy', name: 'a' }, field: 'spec.ingress[0].ports[1].namedPort' });
    expect(warning).toMatchObject({
      message: 'no pod has a port of the name `web`, which therefore matches nothing',
      hint: 'did you mean `wed`?',
    });
    expect(found('unknown-port-name', anp('a'), pod([{ name: 'web', containerPort: 80, protocol: 'SCTP' }]))).toEqual([]);
    const named = cnp('c', { egress: [{ action: 'Deny', to: [{ namespaces: {} }], protocols: [{ destinationNamedPort: 'dns' }] }] });
    expect(found('unknown-port-name', named, pod([]))).toMatchObject([{ field: 'spec.egress[0].protocols[0].destinationNamedPort' }]);
  });

  it('Namespaces that policies select by label should be given.', () => {
    const [warning] = found('namespace-not-given', cnp('c', { subject: LABELLED }), pod([]));
    expect(warning!.message).toContain('policies such as `c` select namespaces by labels');
    expect(found('namespace-not-given', cnp('c'), pod([]))).toEqual([]);
  });
});

it('A node has the labels of its object; of others they are not known.', () => {
  const node = (name: string, labels?: object): object => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, ...(labels && { labels }) },
  });
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { nodeName: 'referred' } };
  const manifests = manifestsFromObjects([node('a', { 'kubernetes.io/os': 'linux', empty: null }), node('b'), pod]);
  const { nodes } = buildCluster(manifests, spec).cluster;
  expect(nodes.map(({ name, labels }) => [name, labels === undefined ? undefined : Object.fromEntries(labels)])).toEqual([
    ['a', { 'kubernetes.io/os': 'linux', empty: '' }],
    ['b', {}],
    ['referred', undefined],
  ]);
});
