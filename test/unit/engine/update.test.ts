/**
 * Updates of an engine: what each kind of change does to an answer that is known by hand, and that compiling anew says the same. Where an answer depends on something else than
 * what has changed, that is what the case is about.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { ObjectsByPlace } from '../../../src/engine/objects-by-place.ts';
import {
  type CniProfile,
  compile,
  type Engine,
  engineFromTables,
  type FlowQuery,
  manifestsFromObjects,
  profileOf,
} from '../../../src/index.ts';
import { objectKey, refOf } from '../../../src/model/object-names.ts';
import type { Manifests } from '../../../src/model/resource.ts';

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const pod = (
  namespace: string,
  name: string,
  rest: { labels?: object; spec?: object; status?: object; ownerReferences?: object[] } = {},
): ApiObject => {
  const { labels = { app: name }, ownerReferences, ...others } = rest;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels, ...(ownerReferences && { ownerReferences }) } as ApiObject['metadata'],
    ...others,
  };
};
const namespace = (name: string, labels: object = {}): ApiObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels } as ApiObject['metadata'],
});
const policy = (inNamespace: string, name: string, spec: object): ApiObject => {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace: inNamespace, name }, ...{ spec } };
};
const node = (name: string, ...addresses: string[]): ApiObject => {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    ...{ status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) } },
  };
};
const service = (address: string): ApiObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name: 'front' },
  ...{ spec: { clusterIP: address } },
});
const clusterPolicy = (spec: object): ApiObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'c' },
  ...{ spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ...spec } },
});
const DENY_ALL = policy('shop', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const at = (...ips: string[]) => ({ podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) });

const CLUSTER = [
  namespace('shop', { team: 'a' }),
  namespace('other', { team: 'b' }),
  pod('shop', 'cart', { status: at('10.0.0.1') }),
  pod('shop', 'db', { status: at('10.0.0.2') }),
  pod('other', 'job', { status: at('10.0.1.1') }),
];

interface Change {
  readonly apply?: readonly ApiObject[];
  readonly remove?: readonly ApiObject[];
}

interface Setting {
  readonly objects?: readonly ApiObject[];
  readonly cni?: CniProfile;
  readonly unread?: Partial<Manifests>;
}

/** An engine that went through the changes, and one that was compiled of what is there afterwards. */
function through(
  changes: readonly Change[],
  { objects = CLUSTER, cni = spec, unread = {} }: Setting = {},
): { updated: Engine; anew: Engine } {
  const keyOf = ({ kind, metadata }: ApiObject) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
  const state = new Map(objects.map((object) => [keyOf(object), object]));
  const compiled = () => compile({ ...manifestsFromObjects([...state.values()]), ...unread }, { cni });
  let updated = compiled();
  for (const change of changes) {
    updated = updated.update(change);
    for (const object of change.remove ?? []) state.delete(keyOf(object));
    for (const object of change.apply ?? []) state.set(keyOf(object), object);
  }
  return { updated, anew: compiled() };
}

function verdict({ updated, anew }: ReturnType<typeof through>, from: string, to: string, port = 80): string {
  const query: FlowQuery = { from, to, protocol: 'TCP', port };
  const decision = updated.canReach(query);
  expect(decision, 'compiled anew').toEqual(anew.canReach(query));
  expect(updated.verdict(query)).toBe(decision.verdict);
  return decision.verdict;
}

describe('a change of', () => {
  const fromTeam = (team: string) =>
    policy('shop', 'db', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team } } }] }],
    });

  test('a policy', () => {
    expect(verdict(through([]), 'other/job', 'shop/db')).toBe('allow');
    expect(verdict(through([{ apply: [DENY_ALL] }]), 'other/job', 'shop/db')).toBe('deny');
    expect(verdict(through([{ apply: [DENY_ALL] }]), 'shop/cart', 'other/job')).toBe('deny');
    expect(verdict(through([{ apply: [DENY_ALL] }]), 'other/job', '203.0.113.1')).toBe('allow');
    expect(verdict(through([{ apply: [DENY_ALL] }, { apply: [fromTeam('b')] }]), 'other/job', 'shop/db')).toBe('allow');
    expect(verdict(through([{ apply: [DENY_ALL] }, { remove: [DENY_ALL] }]), 'other/job', 'shop/db')).toBe('allow');
    expect(verdict(through([{ apply: [fromTeam('a')] }, { apply: [fromTeam('b')] }]), 'other/job', 'shop/db')).toBe('allow');
    expect(verdict(through([{ apply: [fromTeam('b')] }, { apply: [fromTeam('a')] }]), 'other/job', 'shop/db')).toBe('deny');
  });

  test('a namespace', () => {
    const objects = [...CLUSTER, fromTeam('b')];
    expect(verdict(through([], { objects }), 'other/job', 'shop/db')).toBe('allow');
    expect(verdict(through([{ apply: [namespace('other', { team: 'c' })] }], { objects }), 'other/job', 'shop/db')).toBe('deny');
    expect(verdict(through([{ remove: [namespace('other')] }], { objects }), 'other/job', 'shop/db')).toBe('deny');
    expect(verdict(through([{ apply: [namespace('shop', { team: 'b' })] }], { objects }), 'shop/cart', 'shop/db')).toBe('allow');
  });

  test('a pod', () => {
    const objects = [...CLUSTER, fromTeam('b')];
    expect(verdict(through([{ apply: [pod('shop', 'new')] }], { objects }), 'shop/cart', 'shop/new')).toBe('allow');
    expect(verdict(through([{ apply: [pod('shop', 'new', { labels: { app: 'db' } })] }], { objects }), 'shop/cart', 'shop/new')).toBe(
      'deny',
    );
    expect(verdict(through([{ apply: [pod('shop', 'db', { labels: { app: 'cart' } })] }], { objects }), 'shop/cart', 'shop/db')).toBe(
      'allow',
    );
    const removed = through([{ remove: [pod('shop', 'cart')] }], { objects });
    expect(() => removed.updated.canReach({ from: 'shop/cart', to: 'shop/db', protocol: 'TCP', port: 80 })).toThrow(
      'there is no pod or workload `shop/cart`',
    );
    expect(verdict(removed, 'other/job', 'shop/db')).toBe('allow');
    const completed = pod('shop', 'cart', { status: { ...at('10.0.0.1'), phase: 'Succeeded' } });
    expect(() =>
      through([{ apply: [completed] }]).updated.verdict({ from: 'shop/cart', to: 'shop/db', protocol: 'TCP', port: 80 }),
    ).toThrow('there is no pod');
    expect(verdict(through([{ apply: [completed] }, { apply: [pod('shop', 'cart')] }]), 'shop/cart', 'shop/db')).toBe('allow');
  });

  test('the pods of a workload', () => {
    const owned = (name: string, labels: object) =>
      pod('shop', name, { labels, ownerReferences: [{ kind: 'StatefulSet', name: 'store', controller: true }] });
    const objects = [...CLUSTER, fromTeam('b'), owned('store-0', { app: 'store' })];
    expect(verdict(through([], { objects }), 'shop/cart', 'shop/statefulset/store')).toBe('allow');
    expect(verdict(through([{ apply: [owned('store-1', { app: 'db' })] }], { objects }), 'shop/cart', 'shop/statefulset/store')).toBe(
      'unknown',
    );
    expect(verdict(through([{ apply: [owned('store-0', { app: 'db' })] }], { objects }), 'shop/cart', 'shop/store')).toBe('deny');
  });

  test('the last pod of a workload that is in the input', () => {
    const workload = (kind: string, name: string, metadata: object = {}) => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: { namespace: 'shop', name, ...metadata },
      ...{ spec: { selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } } } } },
    });
    const ownedBy = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
    const web = pod('shop', 'web-x', { labels: { app: 'other' }, ...ownedBy('Deployment', 'web') });
    const objects = [...CLUSTER, fromTeam('b'), workload('Deployment', 'web'), web];
    expect(verdict(through([], { objects }), 'shop/cart', 'shop/web')).toBe('allow');
    // A workload without pods stands for one of its own.
    expect(verdict(through([{ remove: [web] }], { objects }), 'shop/cart', 'shop/web')).toBe('deny');
    const nested = [
      ...CLUSTER,
      fromTeam('b'),
      workload('Deployment', 'web'),
      workload('ReplicaSet', 'web-1', ownedBy('Deployment', 'web')),
    ];
    expect(verdict(through([{ remove: [workload('Deployment', 'web')] }], { objects: nested }), 'shop/cart', 'shop/web-1')).toBe('deny');
  });

  test('a workload, of which pods are a part then, and not for the engine before', () => {
    const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
    const replicas = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { namespace: 'shop', name: 'web-1', ...owner('Deployment', 'web') },
      spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } } } },
    };
    const manifests = manifestsFromObjects([...CLUSTER, DENY_ALL, pod('shop', 'web-1-x', owner('ReplicaSet', 'web-1'))]);
    const before = compile(manifests);
    const ask = (engine: Engine, to: string) => engine.verdict({ from: 'other/job', to, protocol: 'TCP', port: 80 });
    expect(ask(before, 'shop/web-1')).toBe('deny');
    expect(ask(before.update({ apply: [replicas] }), 'shop/web')).toBe('deny');
    expect(manifests.pods.find(({ object }) => object.metadata.name === 'web-1-x')?.object.workload).toEqual({
      kind: 'ReplicaSet',
      name: 'web-1',
    });
    expect(ask(before.update({ remove: [DENY_ALL] }), 'shop/web-1')).toBe('allow');
  });

  test('whatever is compiled anew: workloads, Services, nodes, policies of administrators', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } } } },
    };
    const admin = clusterPolicy({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] });
    const objects = [...CLUSTER, fromTeam('b')];
    const grown = through([{ apply: [pod('shop', 'x')] }, { apply: [deployment] }, { apply: [pod('shop', 'y')] }], { objects });
    expect([verdict(grown, 'shop/cart', 'shop/web'), verdict(grown, 'shop/x', 'shop/y')]).toEqual(['deny', 'allow']);
    expect(verdict(through([{ apply: [admin] }]), 'other/job', 'shop/db')).toBe('deny');
    expect(verdict(through([{ apply: [admin] }, { apply: [pod('shop', 'x')] }]), 'shop/cart', 'shop/x')).toBe('deny');
    expect(verdict(through([{ apply: [service('10.9.9.9')] }]), 'other/job', '10.9.9.9')).toBe('unknown');
    expect(verdict(through([{ apply: [service('10.9.9.9')] }, { remove: [service('10.9.9.9')] }]), 'other/job', '10.9.9.9')).toBe('allow');
  });
});

describe('an address belongs to whom it belongs to now', () => {
  const objects = [...CLUSTER, DENY_ALL];
  const moved = (name: string, ...ips: string[]) => ({ apply: [pod('shop', name, { status: at(...ips) })] });

  test('a pod that comes, goes, or gets another', () => {
    expect(verdict(through([], { objects }), 'other/job', '10.0.0.7')).toBe('allow');
    expect(verdict(through([moved('new', '10.0.0.7')], { objects }), 'other/job', '10.0.0.7')).toBe('deny');
    expect(verdict(through([moved('cart', '10.0.0.7')], { objects }), 'other/job', '10.0.0.7')).toBe('deny');
    expect(verdict(through([moved('cart', '10.0.0.7')], { objects }), 'other/job', '10.0.0.1')).toBe('allow');
    expect(verdict(through([{ remove: [pod('shop', 'cart')] }], { objects }), 'other/job', '10.0.0.1')).toBe('allow');
  });

  test('two pods', () => {
    const shared = through([{ apply: [pod('other', 'twin', { status: at('10.0.0.1') })] }], { objects });
    expect(verdict(shared, 'other/job', '10.0.0.1')).toBe('unknown');
    expect(shared.updated.canReach({ from: 'other/job', to: '10.0.0.1', protocol: 'TCP', port: 80 }).unknown?.cause).toBe(
      'address-ambiguous',
    );
    expect(
      verdict(
        through([{ apply: [policy('other', 'p', { podSelector: {} })] }], {
          objects: [...objects, pod('other', 'twin', { status: at('10.0.0.1') })],
        }),
        'other/job',
        '10.0.0.1',
      ),
    ).toBe('deny');
  });

  test('a pod of a namespace in which something else has changed', () => {
    expect(verdict(through([{ apply: [DENY_ALL] }]), '203.0.113.1', '10.0.0.2')).toBe('deny');
    expect(verdict(through([{ apply: [DENY_ALL] }]), '203.0.113.1', '10.0.1.1')).toBe('allow');
  });

  test('a pod, written in another way', () => {
    const added = through([moved('new', 'fd00::a')], { objects });
    expect(verdict(added, '2001:db8::1', 'fd00:0::000A')).toBe('deny');
    expect(verdict(added, '2001:db8::1', 'fd00::b')).toBe('allow');
  });

  test('a Service, where a pod of the other end has changed', () => {
    const withService = [...CLUSTER, service('10.9.9.9')];
    expect(verdict(through([{ apply: [DENY_ALL] }], { objects: withService }), 'shop/cart', '10.9.9.9')).toBe('unknown');
    expect(verdict(through([{ apply: [DENY_ALL] }], { objects: withService }), 'shop/cart', '10.9.9.8')).toBe('deny');
  });

  test('something that could not be read', () => {
    const unread = {
      unreadableEnds: [
        { object: { kind: 'Pod', namespace: 'shop', name: 'odd' }, addresses: ['fd00::0a'], origin: { file: 'x', line: 1, column: 1 } },
      ],
    };
    const changed = through([{ apply: [pod('other', 'job', { status: at('10.0.1.1', 'fd00:1::1') })] }], { unread });
    expect([verdict(changed, 'other/job', 'fd00::a'), verdict(changed, 'other/job', 'fd00::b')]).toEqual(['unknown', 'allow']);
    // The object itself is read at last.
    const { updated } = through([{ apply: [pod('shop', 'odd', { status: at('fd00::a') })] }], { unread });
    expect(updated.verdict({ from: '2001:db8::1', to: 'fd00::a', protocol: 'TCP', port: 80 })).toBe('allow');
  });
});

describe('nodes', () => {
  const admin = (peer: object) => clusterPolicy({ egress: [{ action: 'Deny', to: [peer] }] });
  const onNode = (name: string, nodeName: string | undefined, hostIP: string, ip: string) =>
    pod('shop', name, { spec: { nodeName }, status: { ...at(ip), hostIP } });

  test('that Node objects tell are known to a question about an address outside', () => {
    const objects = [...CLUSTER, node('n1', '192.168.0.1'), node('n3', '192.168.0.3'), admin({ nodes: {} })];
    const changed = through([{ apply: [policy('shop', 'p', { podSelector: { matchLabels: { no: 'pod' } } })] }], { objects });
    expect(verdict(changed, 'shop/cart', '192.168.0.1')).toBe('deny');
    expect(verdict(changed, 'shop/cart', '192.168.0.3')).toBe('deny');
    expect(verdict(changed, 'shop/cart', '192.168.0.2')).toBe('allow');
  });

  test('let their own pods through, wherever the pod says it is', () => {
    const objects = [...CLUSTER, DENY_ALL, node('n1', '192.168.0.1'), node('n2', '192.168.0.2')];
    const placed = through([{ apply: [onNode('new', 'n1', '192.168.0.1', '10.0.0.9')] }], { objects });
    expect([verdict(placed, '192.168.0.1', 'shop/new'), verdict(placed, '192.168.0.2', 'shop/new')]).toEqual(['allow', 'deny']);
    const byAddress = through([{ apply: [onNode('new', undefined, '192.168.0.2', '10.0.0.9')] }], { objects });
    expect([verdict(byAddress, '192.168.0.1', 'shop/new'), verdict(byAddress, '192.168.0.2', 'shop/new')]).toEqual(['deny', 'allow']);
  });

  test('that only pods tell come and go with them', () => {
    const objects = [
      ...CLUSTER,
      onNode('a', 'n1', '192.168.0.1', '10.0.0.8'),
      policy('other', 'p', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }] }),
    ];
    const ask = (changes: readonly Change[]) =>
      verdict(through(changes, { objects, cni: { ...spec, name: 'test', ipBlockMatchesNodes: false } }), 'other/job', '192.168.0.2');
    // An address outside is in the block; that of a node is not matched by blocks.
    expect(ask([])).toBe('allow');
    expect(ask([{ apply: [onNode('b', 'n2', '192.168.0.2', '10.0.0.9')] }])).toBe('deny');
    expect(ask([{ apply: [onNode('b', undefined, '192.168.0.2', '10.0.0.9')] }])).toBe('deny');
    expect(ask([{ apply: [onNode('b', 'n2', '192.168.0.2', '10.0.0.9')] }, { remove: [pod('shop', 'b')] }])).toBe('allow');
    // A second pod that says the same changes nothing, nor does it when it goes.
    const twice = [{ apply: [onNode('b', 'n2', '192.168.0.2', '10.0.0.9')] }, { apply: [onNode('c', 'n2', '192.168.0.2', '10.0.0.10')] }];
    expect(ask([...twice, { remove: [pod('shop', 'c')] }])).toBe('deny');
    expect(ask([...twice, { remove: [pod('shop', 'b')] }])).toBe('deny');
    expect(ask([{ apply: [onNode('b', undefined, '192.168.0.2', '10.0.0.9')] }, { remove: [pod('shop', 'b')] }])).toBe('allow');
    // What a pod says that has completed does not count.
    const onNode2 = onNode('b', 'n2', '192.168.0.2', '10.0.0.9') as ApiObject & { readonly status: object };
    const completed = { ...onNode2, status: { ...onNode2.status, phase: 'Succeeded' } };
    const other = { ...completed, metadata: { ...completed.metadata, name: 'c' } };
    expect(ask([{ apply: [onNode2] }, { apply: [completed] }])).toBe('allow');
    expect(ask([{ apply: [onNode2, other] }, { remove: [onNode2] }])).toBe('allow');
    expect(ask([{ apply: [completed] }, { apply: [onNode2] }])).toBe('deny');
  });
});

describe('what changes more than itself', () => {
  test('a name of a port, where a profile looks it up in the whole cluster', () => {
    const cni = profileOf('kube-router');
    const web = (number: number) => pod('other', 'web', { spec: { containers: [{ ports: [{ name: 'web', containerPort: number }] }] } });
    const named = policy('shop', 'p', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 'web' }] }],
    });
    const objects = [...CLUSTER, named];
    // No pod has the name: the rule is written without a port, and opens every one.
    expect(verdict(through([], { objects, cni }), 'shop/cart', 'other/job')).toBe('allow');
    expect(verdict(through([{ apply: [web(80)] }], { objects, cni }), 'shop/cart', 'other/job', 81)).toBe('deny');
  });

  test('what could not be read and is applied', () => {
    const unread = {
      unreadable: [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'p', origin: { file: 'x', line: 1, column: 1 }, reason: 'odd' }],
    };
    const open = policy('shop', 'q', { podSelector: { matchLabels: { no: 'pod' } } });
    const still = compile({ ...manifestsFromObjects(CLUSTER), ...unread }).update({ apply: [open] });
    expect(still.verdict({ from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 })).toBe('unknown');
    expect(still.verdict({ from: 'other/job', to: 'other/job', protocol: 'TCP', port: 80 })).toBe('allow');
    const { namespace: _, ...anywhere } = unread.unreadable[0]!;
    expect(verdict(through([{ apply: [open] }], { unread: { unreadable: [anywhere] } }), 'other/job', 'shop/db')).toBe('unknown');
    const read = still.update({ apply: [policy('shop', 'p', { podSelector: {} })] });
    expect(read.verdict({ from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 })).toBe('deny');
    const gone = still.update({ remove: [policy('shop', 'p', {})] });
    expect(gone.verdict({ from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 })).toBe('allow');
  });
});

test('a policy beside one of its name that cannot be read, in whichever namespace that may be', () => {
  const open = policy('shop', 'p', { podSelector: {}, ingress: [{}] });
  const odd = { ...policy('shop', 'p', {}), metadata: { name: 'p', namespace: 5 } };
  const ask = (object: object) => {
    const query: FlowQuery = { from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 };
    const updated = compile(manifestsFromObjects([...CLUSTER, object])).update({ apply: [open] });
    const anew = compile(manifestsFromObjects([...CLUSTER, object, open]));
    expect(updated.canReach(query)).toEqual(anew.canReach(query));
    return updated.verdict(query);
  };
  expect(ask(odd)).toBe('unknown');
  expect(ask({ ...odd, metadata: { ...odd.metadata, name: 'q' } })).toBe('allow');
});

test('a policy that was not trusted is read again when the labels of the namespace are', () => {
  const selecting = policy('shop', 'p', { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] }] });
  const admin = clusterPolicy({
    subject: { namespaces: { matchLabels: { team: 'a' } } },
    ingress: [
      {
        action: 'Deny',
        from: [{ namespaces: { matchLabels: { team: 'b' } } }],
        protocols: [{ tcp: { destinationPort: { number: 81 } } }],
      },
    ],
  });
  const odd = namespace('other', { team: 5 });
  const objects = [...CLUSTER.filter(({ metadata: { name } }) => name !== 'other'), odd, selecting, admin];
  const engine = compile(manifestsFromObjects(objects));
  const ask = (of: Engine, port = 80) => of.verdict({ from: 'other/job', to: 'shop/db', protocol: 'TCP', port });
  expect(ask(engine)).toBe('unknown');
  expect(ask(engine.update({ apply: [namespace('shop', { team: 'a' })] }))).toBe('unknown');
  const read = engine.update({ apply: [namespace('other', { team: 'b' })] });
  expect([ask(read), ask(read, 81)]).toEqual(['allow', 'deny']);
  expect(read.diagnostics).toEqual([]);
  expect(ask(engine.update({ apply: [namespace('other', { team: 'c' })] }))).toBe('deny');
  expect(ask(engine.update({ remove: [selecting, admin] }))).toBe('allow');
});

test('a policy is not trusted either that is applied where labels of namespaces could not be read', () => {
  const from = (peer: object) => policy('shop', 'p', { podSelector: {}, ingress: [{ from: [peer] }] });
  const byLabel = { namespaceSelector: { matchLabels: { team: 'a' } } };
  const withoutLabel = { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } };
  const ask = (unread: object, peer: object) => {
    const updated = compile(manifestsFromObjects([...CLUSTER, unread])).update({ apply: [from(peer)] });
    return updated.verdict({ from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 });
  };
  expect([ask(namespace('third', { team: 5 }), byLabel), ask(namespace('third'), byLabel)]).toEqual(['unknown', 'deny']);
  // It may be a namespace, and whatever else.
  const anything = { apiVersion: 'v1', metadata: { name: 'x' }, spec: {} };
  expect([ask(anything, withoutLabel), ask(pod('shop', 'x'), withoutLabel)]).toEqual(['unknown', 'deny']);
  const engine = compile(manifestsFromObjects([...CLUSTER, anything]));
  const updated = engine.update({ apply: [from(withoutLabel)] });
  expect(
    updated.canReach({ from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 }).ingress.reasons.map(({ policy }) => policy.name),
  ).toContain('p');
});

test('a policy of a kind that is not read is told of', () => {
  const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { namespace: 'shop', name: 'c' } };
  const { updated, anew } = through([{ apply: [cilium] }]);
  expect(updated.diagnostics.map(({ code }) => code)).toEqual(['policy-not-considered']);
  expect(updated.diagnostics).toEqual(anew.diagnostics);
});

test('what could not be read can be removed, whatever it is', () => {
  const unread = [
    pod('shop', 'host', { spec: { hostNetwork: true, containers: 5 } }),
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'shop', name: 'web' }, ...{ spec: { selector: 5 } } },
    service(5 as never),
    policy('shop', 'p', { podSelector: {}, policyTypes: ['Up'] }),
  ];
  const engine = compile(manifestsFromObjects([...CLUSTER, ...unread]));
  expect(engine.diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  for (const object of unread) {
    const after = engine.update({ remove: [object] });
    expect(after.diagnostics.filter(({ object: named }) => named?.name === object.metadata.name)).toEqual([]);
    expect(() => after.update({ remove: [object] })).toThrow(`${object.kind} \`shop/${object.metadata.name}\` cannot be removed`);
  }
  expect(engine.update({ remove: unread }).diagnostics).toEqual([]);
});

describe('an updated engine', () => {
  const query: FlowQuery = { from: 'other/job', to: 'shop/db', protocol: 'TCP', port: 80 };

  test('leaves the engine before as it was, and both can be updated', () => {
    const before = compile(manifestsFromObjects(CLUSTER));
    const denied = before.update({ apply: [DENY_ALL] });
    const other = before.update({ apply: [pod('shop', 'x')] });
    expect([before, denied, other, denied.update({ remove: [DENY_ALL] })].map((each) => each.verdict(query))).toEqual([
      'allow',
      'deny',
      'allow',
      'allow',
    ]);
    expect(() => before.verdict({ ...query, to: 'shop/x' })).toThrow('there is no pod or workload `shop/x`');
  });

  test('has tables and diagnostics of what is there now, and goes on from there', () => {
    const updated = compile(manifestsFromObjects(CLUSTER)).update({
      apply: [DENY_ALL, policy('shop', 'q', { podSelector: {}, ingress: [{ ports: [{ port: 'nobody' }] }] })],
    });
    expect(engineFromTables(updated.tables).verdict(query)).toBe('deny');
    expect(updated.diagnostics.map(({ code }) => code)).toEqual(['unknown-port-name']);
    expect(updated.profileName).toBe('spec');
    const passing = compile(manifestsFromObjects(CLUSTER))
      .update({ apply: [pod('shop', 'x')] })
      .update({ remove: [pod('shop', 'x')] });
    expect(engineFromTables(passing.tables).verdict(query)).toBe('allow');
    expect(updated.verdict(query)).toBe('deny');
    expect(updated.update({ remove: [DENY_ALL] }).verdict({ ...query, from: 'shop/cart', to: 'other/job' })).toBe('allow');
  });

  test('says of what was applied what reading says of it, in the order in which it was applied', () => {
    const bits = policy('shop', 'bits', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.1/8' } }] }] });
    const ports = Array.from({ length: 6 }, (_, i) =>
      policy('shop', `p${i}`, { podSelector: {}, ingress: [{ ports: [{ port: `n${i}` }] }] }),
    );
    const { updated, anew } = through([{ apply: ports }, { apply: [bits] }, { apply: [pod('shop', 'x')] }]);
    expect(updated.diagnostics.map(({ code, object }) => [code, object?.name])).toEqual([
      ['cidr-host-bits', 'bits'],
      ...ports.map(({ metadata }) => ['unknown-port-name', metadata.name]),
    ]);
    expect(updated.diagnostics).toEqual(anew.diagnostics);
    expect(updated.update({ apply: [bits] }).diagnostics).toEqual(anew.diagnostics);
    expect(updated.update({ remove: [bits, ...ports] }).diagnostics).toEqual([]);
  });

  test('keeps the options of the compilation, and reads with those of the update', () => {
    const admin = clusterPolicy({ egress: [{ action: 'Accept', to: [{ domainNames: ['example.com'] }] }] });
    const engine = compile(manifestsFromObjects([...CLUSTER, admin]), { domainNames: { 'example.com': ['203.0.113.1'] } });
    const denied = engine.update({ apply: [DENY_ALL] });
    const ask = (to: string) => denied.verdict({ from: 'shop/cart', to, protocol: 'TCP', port: 80 });
    expect([ask('203.0.113.1'), ask('203.0.113.2')]).toEqual(['allow', 'deny']);
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { selector: {}, template: { metadata: { labels: {} } } },
    };
    const grown = denied.update({ apply: [deployment] }, { workloadPods: 2 });
    expect(grown.verdict({ ...query, to: 'shop/web-1' })).toBe('deny');
    expect(() => denied.update({ apply: [{ ...DENY_ALL, odd: 1 }] }, { strict: true })).toThrow('odd');
    expect(() => denied.update({}, { workloadPods: -1 })).toThrow('workloadPods must be');
  });

  test('answers many questions, those that it has forgotten too', () => {
    const pods = Array.from({ length: 70 }, (_, i) => pod('shop', `p${i}`, { labels: { odd: String(i % 2) } }));
    const engine = compile(manifestsFromObjects([...CLUSTER, ...pods])).update({
      apply: [policy('shop', 'p', { podSelector: { matchLabels: { odd: '1' } } })],
    });
    for (let round = 0; round < 2; round++) {
      expect(pods.map((_, i) => engine.verdict({ ...query, to: `shop/p${i}` }))).toEqual(
        pods.map((_, i) => (i % 2 === 1 ? 'deny' : 'allow')),
      );
    }
  });

  test('refuses what every engine refuses', () => {
    const engine = compile(manifestsFromObjects(CLUSTER)).update({ apply: [DENY_ALL] });
    const ask = (change: object) => () => engine.canReach({ ...query, ...change } as FlowQuery);
    expect(ask({ port: 0 })).toThrow('port must be a whole number in 1..65535');
    expect(ask({ from: 'shop' })).toThrow('expected `namespace/name`');
    expect(ask({ from: 'shop/a/b/c' })).toThrow('expected `namespace/name`');
    expect(ask({ from: 5n as never })).toThrow(/5|BigInt/);
    expect(ask({ from: null })).toThrow('expected a flow end');
    expect(() => engine.verdict(null as never)).toThrow('expected a question');
  });

  test('takes a change of more objects than can be kept beside the tables', () => {
    const pods = Array.from({ length: 1001 }, (_, i) => pod('shop', `p${i}`));
    const engine = compile(manifestsFromObjects([...CLUSTER, DENY_ALL])).update({ apply: pods });
    expect(engine.verdict({ ...query, to: 'shop/p1000' })).toBe('deny');
    expect(engine.verdict({ ...query, to: 'other/job' })).toBe('allow');
  });

  test('knows nothing any more of what came and went', () => {
    const before = ObjectsByPlace.of(manifestsFromObjects(CLUSTER));
    const job = manifestsFromObjects([
      namespace('batch'),
      pod('batch', 'once', {
        spec: { nodeName: 'n1' },
        status: at('10.0.9.9'),
        ownerReferences: [{ kind: 'Job', name: 'once', controller: true }],
      }),
      policy('batch', 'p', { podSelector: {} }),
    ]);
    const resources = [...job.namespaces, ...job.pods, ...job.networkPolicies];
    const changedBy = (objects: ObjectsByPlace, isThere: boolean): ObjectsByPlace => {
      return resources.reduce((all, resource) => {
        const ref = refOf(resource.object.kind, resource.object.metadata);
        return all.with(objectKey(ref), { ref, resource: isThere ? resource : undefined, warnings: [] });
      }, objects);
    };
    const changed = ({ changed, keysAt }: ObjectsByPlace) => [changed, ...Object.values(keysAt)].map((map) => [...map.changes()].length);
    const came = changedBy(before, true);
    expect(changed(came)).toEqual([3, 1, 1, 1, 1]);
    const found = [came.podsOfWorkload('batch', 'once'), came.podsOnNode('n1'), came.podsAt('10.0.9.9'), came.policiesIn('batch')];
    expect(found.map((each) => each.map(({ object }) => object.metadata.name))).toEqual([['once'], ['once'], ['once'], ['p']]);
    expect(changed(changedBy(came, true))).toEqual([3, 1, 1, 1, 1]);
    expect(changed(changedBy(came, false))).toEqual([0, 0, 0, 0, 0]);
    const { updated } = through([{ apply: [pod('shop', 'x', { status: at('10.0.0.9') }), DENY_ALL] }, { remove: [pod('shop', 'x')] }]);
    expect(updated.verdict({ ...query, to: '10.0.0.9' })).toBe('allow');
    expect(updated.verdict(query)).toBe('deny');
  });

  test('has no accessors of its own, which would keep every version in memory, and functions that can be passed on', () => {
    const engine = compile(manifestsFromObjects(CLUSTER)).update({ apply: [DENY_ALL] });
    expect(Object.values(Object.getOwnPropertyDescriptors(engine)).filter(({ get }) => get !== undefined)).toEqual([]);
    const { canReach, verdict, update } = engine;
    expect([canReach(query).verdict, verdict(query), update({ remove: [DENY_ALL] }).verdict(query)]).toEqual(['deny', 'deny', 'allow']);
  });

  test('throws where a change cannot be made, and stays as it is', () => {
    const engine = compile(manifestsFromObjects(CLUSTER)).update({ apply: [DENY_ALL] });
    expect(() => engine.update({ remove: [DENY_ALL, pod('shop', 'nobody')] })).toThrow(
      'Pod `shop/nobody` cannot be removed: there is no such object',
    );
    expect(() => engine.update({ apply: [{ kind: 'Pod' }] })).toThrow('an object that is to be applied cannot be used');
    expect(() => engine.update({ apply: [pod('shop', 'x'), null] })).toThrow('apply[1]: expected an object, got null');
    expect(() => engine.update({ apply: new Array(1) })).toThrow('apply[0]: expected an object, got undefined');
    expect(engine.verdict(query)).toBe('deny');
    const gone = engine.update({ remove: [DENY_ALL] });
    expect(() => gone.update({ remove: [DENY_ALL] })).toThrow('NetworkPolicy `shop/deny` cannot be removed: there is no such object');
    expect(() => engineFromTables(engine.tables).update({})).toThrow('an engine that was made from tables does not know their objects');
  });
});
