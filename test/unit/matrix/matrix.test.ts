/**
 * Rows of the matrix for clusters that one can read, and what is asked for of them.
 */
import { describe, expect, it } from 'vitest';
import { compile, type Engine } from '../../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { type MatrixOptions, reachabilityMatrix } from '../../../src/matrix/matrix.ts';
import { openText } from '../../../src/report/matrix-words.ts';
import { endText } from '../../support/matrix.ts';

const NODES = ['a', 'b'].map((name, i) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address: `10.9.0.${i + 1}` }] },
}));

const OWNER = { web: 'ReplicaSet', db: 'StatefulSet' } as const;

function pod(
  name: string,
  labels: Record<string, string>,
  ip: string,
  more: { owner?: keyof typeof OWNER; node?: string; namespace?: string } = {},
) {
  const { owner, node, namespace = 'shop' } = more;
  const ownerReferences =
    owner === undefined ? [] : [{ apiVersion: 'apps/v1', kind: OWNER[owner], name: owner, uid: `${owner}-uid`, controller: true }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, ownerReferences },
    spec: node === undefined ? {} : { nodeName: node },
    status: { podIPs: ip.split(' ').map((each) => ({ ip: each })) },
  };
}

function policy(name: string, spec: object, namespace = 'shop'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** web: two pods, of which one is a canary; db: one pod, which web's stable pod reaches; a tool in a namespace of its own, which nothing stands before. */
const SHOP = [
  ...NODES,
  pod('web-1', { app: 'web', track: 'stable' }, '10.0.0.1', { owner: 'web', node: 'a' }),
  pod('web-2', { app: 'web', track: 'canary' }, '10.0.0.2', { owner: 'web', node: 'b' }),
  pod('db-0', { app: 'db' }, '10.0.0.3', { owner: 'db', node: 'a' }),
  pod('tool', { app: 'tool' }, '10.0.1.1', { namespace: 'ops' }),
  policy('db', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { track: 'stable' } } }], ports: [{ port: 5432 }] }],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.8/29'] } }], ports: [{ port: 443 }] }],
  }),
  policy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 8080, endPort: 8090 }] }],
  }),
];

function told(engine: Engine, options: MatrixOptions = {}): string[] {
  return [...reachabilityMatrix(engine, options).rows()].map(
    ({ from, to, ports }) => `${endText(from)} → ${endText(to)}: ${openText(ports)}`,
  );
}

const ALL4 = '0.0.0.0-255.255.255.255';
const BUT_DB = '192.0.2.0-192.0.2.7 192.0.2.16-192.0.2.255';

describe('rows', () => {
  const engine = compile(manifestsFromObjects(SHOP));

  it('are of workloads, which say where their pods differ; a pod and itself is no pair', () => {
    expect(told(engine)).toEqual([
      'ops/tool → shop/ReplicaSet/web: TCP/8080-8090',
      `ops/tool → ${ALL4}: every port`,
      'shop/StatefulSet/db → '.concat(`${BUT_DB}: TCP/443`),
      'shop/ReplicaSet/web → ops/tool: every port',
      'shop/ReplicaSet/web → shop/StatefulSet/db: some pairs: TCP/5432 (allow, deny)',
      'shop/ReplicaSet/web → shop/ReplicaSet/web: TCP/8080-8090',
      `shop/ReplicaSet/web → ${ALL4}: every port`,
      `${ALL4} → ops/tool: every port`,
      `${ALL4} → shop/ReplicaSet/web: TCP/8080-8090`,
    ]);
  });

  it('are of pods', () => {
    expect(told(engine, { by: 'pod', peers: 'pods' })).toEqual([
      'ops/tool → shop/web-1: TCP/8080-8090',
      'ops/tool → shop/web-2: TCP/8080-8090',
      'shop/web-1 → ops/tool: every port',
      'shop/web-1 → shop/db-0: TCP/5432',
      'shop/web-1 → shop/web-2: TCP/8080-8090',
      'shop/web-2 → ops/tool: every port',
      'shop/web-2 → shop/web-1: TCP/8080-8090',
    ]);
  });

  it('are of namespaces', () => {
    expect(told(engine, { by: 'namespace', peers: 'pods' })).toEqual([
      'ops → shop: some pairs: TCP/8080-8090 (allow, deny)',
      'shop → ops: some pairs: every port (allow, deny)',
      'shop → shop: some pairs: TCP/5432, TCP/8080-8090 (allow, deny)',
    ]);
  });

  it('are of nodes when asked for: a pod and its own node reach each other whatever policies say', () => {
    const rows = told(engine, { nodes: true }).filter((row) => row.includes('nodes'));
    expect(rows).toEqual([
      'ops/tool → nodes a b: every port',
      'shop/StatefulSet/db → nodes a: every port',
      'shop/ReplicaSet/web → nodes a b: every port',
      'nodes a b → ops/tool: every port',
      'nodes a → shop/StatefulSet/db: every port',
      'nodes a b → shop/ReplicaSet/web: TCP/8080-8090; some pairs: TCP/1-8079, TCP/8091-65535, every UDP port, every SCTP port (allow, deny)',
    ]);
  });

  it('hold every pair when they are to be told with what is denied', () => {
    const rows = [...reachabilityMatrix(engine, { by: 'pod', denied: true, peers: 'pods' }).rows()];
    expect(rows).toHaveLength(4 * 3);
    expect(rows.find(({ from, to }) => endText(from) === 'shop/db-0' && endText(to) === 'ops/tool')?.ports).toEqual({
      allow: [],
      unknown: [],
      some: [],
      deny: (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ protocol, from: 1, to: 65535 })),
    });
  });

  it('count pairs of endpoints', () => {
    const pairs = [...reachabilityMatrix(engine, { peers: 'pods' }).rows()].map((row) => row.pairs);
    expect(pairs).toEqual([2, 2, 2, 2]);
  });
});

describe('a focus', () => {
  const engine = compile(manifestsFromObjects(SHOP));

  it('on a workload tells rows from it and to it, each once', () => {
    expect(told(engine, { focus: 'shop/web', peers: 'pods' })).toEqual([
      'shop/ReplicaSet/web → ops/tool: every port',
      'shop/ReplicaSet/web → shop/StatefulSet/db: some pairs: TCP/5432 (allow, deny)',
      'shop/ReplicaSet/web → shop/ReplicaSet/web: TCP/8080-8090',
      'ops/tool → shop/ReplicaSet/web: TCP/8080-8090',
    ]);
  });

  it('on a pod of a workload is that pod', () => {
    expect(told(engine, { focus: 'shop/web-2', peers: 'pods' })).toEqual([
      'shop/web-2 → ops/tool: every port',
      'shop/web-2 → shop/ReplicaSet/web: TCP/8080-8090',
      'ops/tool → shop/web-2: TCP/8080-8090',
      'shop/ReplicaSet/web → shop/web-2: TCP/8080-8090',
    ]);
  });

  it('has a direction', () => {
    expect(told(engine, { focus: 'shop/replicaset/web', direction: 'ingress' })).toEqual([
      'ops/tool → shop/ReplicaSet/web: TCP/8080-8090',
      'shop/ReplicaSet/web → shop/ReplicaSet/web: TCP/8080-8090',
      `${ALL4} → shop/ReplicaSet/web: TCP/8080-8090`,
    ]);
    expect(told(engine, { focus: 'shop/db', direction: 'egress' })).toEqual([`shop/StatefulSet/db → ${BUT_DB}: TCP/443`]);
  });

  it('on a namespace is what is in it, or the namespace', () => {
    expect(told(engine, { focus: 'ops', direction: 'egress', peers: 'pods' })).toEqual(['ops/tool → shop/ReplicaSet/web: TCP/8080-8090']);
    expect(told(engine, { focus: 'ops', direction: 'egress', peers: 'pods', by: 'namespace' })).toEqual([
      'ops → shop: some pairs: TCP/8080-8090 (allow, deny)',
    ]);
  });

  it('on a port tells nothing else', () => {
    const rows = [...reachabilityMatrix(engine, { port: 8085, protocol: 'TCP', peers: 'pods', denied: true }).rows()];
    expect(rows.map(({ ports }) => [...ports.allow, ...ports.unknown, ...ports.some, ...ports.deny])).toEqual(
      rows.map(() => [expect.objectContaining({ protocol: 'TCP', from: 8085, to: 8085 })]),
    );
    expect(told(engine, { port: 8085, peers: 'pods', focus: 'ops/tool', direction: 'egress' })).toEqual([
      'ops/tool → shop/ReplicaSet/web: TCP/8085',
    ]);
    expect(told(engine, { protocol: 'UDP', peers: 'pods' })).toEqual(['shop/ReplicaSet/web → ops/tool: every UDP port']);
  });

  it.each([
    [{ focus: 'shop/weeb' }, /there is no pod or workload `shop\/weeb`: did you mean `shop\/web`\?/],
    [{ focus: 'sho' }, /there is no pod in a namespace `sho`: did you mean `shop`\?/],
    [{ focus: '10.0.0.1' }, /there is no pod in a namespace/],
    [{ focus: '::1' }, /is an address/],
    [{ focus: '' }, /there is no pod in a namespace ``/],
    [{ direction: 'egress' }, /a direction is that of a focus/],
    [{ port: 0 }, /port must be a whole number in 1\.\.65535, got `0`/],
    [{ port: 1.5 }, /port must be/],
    [{ by: 'node' }, /by must be one of `workload`, `namespace`, `pod`, got `node`/],
    [{ protocol: 'tcp' }, /protocol must be one of/],
    [{ peers: 'nodes' }, /peers must be one of/],
    [{ peers: 'pods', nodes: true }, /nodes are not among the ends when only `pods` are asked for/],
  ])('that makes no sense is refused: %j', (options, message) => {
    expect(() => reachabilityMatrix(engine, options as MatrixOptions)).toThrow(message);
  });
});

describe('what is not certain', () => {
  it('is unknown, and neither allowed nor denied', () => {
    const broken = policy('broken', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: 7 }] });
    const engine = compile(manifestsFromObjects([...SHOP, broken]));
    const row = told(engine, { peers: 'pods' }).find((each) => each.startsWith('ops/tool'));
    expect(row).toMatch(/^ops\/tool → shop\/ReplicaSet\/web: TCP\/8080-8090; unknown: TCP\/1-8079, /);
  });

  it('names whom addresses belong to that could not be read', () => {
    const yaml = `apiVersion: v1
kind: Pod
metadata: {name: odd, namespace: shop, labels: {app: 7}}
status: {podIP: 10.0.0.9}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
`;
    expect(reachabilityMatrix(compile(parseManifests(yaml))).unreadable).toEqual(['Pod shop/odd']);
  });
});

it('a pair whose halves are never open at the same port has no row', () => {
  const engine = compile(
    manifestsFromObjects([
      pod('from', { app: 'from' }, '10.0.0.1'),
      pod('to', { app: 'to' }, '10.0.0.2'),
      policy('from', { podSelector: { matchLabels: { app: 'from' } }, policyTypes: ['Egress'], egress: [{ ports: [{ port: 80 }] }] }),
      policy('to', {
        podSelector: { matchLabels: { app: 'to' } },
        ingress: [
          {
            ports: [
              { port: 1, endPort: 79 },
              { port: 81, endPort: 65535 },
            ],
          },
        ],
      }),
    ]),
  );
  expect(told(engine, { peers: 'pods' })).toEqual(['shop/to → shop/from: every port']);
  expect(told(engine, { focus: 'shop/to', direction: 'ingress', peers: 'pods' })).toEqual([]);
});

it('families are told apart as pairs of one row, and ends without a common one have none', () => {
  const engine = compile(
    manifestsFromObjects([
      pod('dual', { app: 'dual' }, '10.0.0.1 fd00::1'),
      pod('four', { app: 'four' }, '10.0.0.2'),
      pod('six', { app: 'six' }, 'fd00::2'),
      pod('other', { app: 'other' }, '10.0.0.3 fd00::3'),
      policy('dual', { podSelector: { matchLabels: { app: 'dual' } }, ingress: [{ from: [{ ipBlock: { cidr: 'fd00::/8' } }] }] }),
    ]),
  );
  const rows = told(engine, { peers: 'pods', denied: true });
  expect(rows.filter((row) => row.includes('four') && row.includes('six'))).toEqual([]);
  expect(rows.filter((row) => row.includes('→ shop/dual'))).toEqual([
    'shop/four → shop/dual: nothing',
    'shop/other → shop/dual: some pairs: every port (allow, deny)',
    'shop/six → shop/dual: every port',
  ]);
});

it('ranges outside are disjoint, and merged where no rule or no address is between them', () => {
  const blocks = (cidrs: readonly string[]): object => ({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }],
  });
  const engine = compile(
    manifestsFromObjects([
      pod('web', {}, '10.0.0.1'),
      policy(
        'blocks',
        blocks(['10.0.0.0/32', '10.0.0.1/32', '10.0.0.2/31', '10.1.0.0/16', '10.1.2.0/24', '192.0.2.0/25', '2001:db8::/32']),
      ),
    ]),
  );
  expect(told(engine, { focus: 'shop/web', direction: 'egress' })).toEqual([
    'shop/web → 10.0.0.0-10.0.0.3 10.1.0.0-10.1.255.255 192.0.2.0-192.0.2.127: every port',
  ]);
});
