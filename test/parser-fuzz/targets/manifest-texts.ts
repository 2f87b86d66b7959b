/**
 * Manifests to begin with, from generated clusters: a few objects each, so that a change hits something.
 */
import fc from 'fast-check';
import { PRESETS, world } from '../../../src/fuzz/fuzz.ts';

/** Lists of one to four objects, and a hand-written one for each kind that worlds do not have. */
export function manifestObjects(): readonly (readonly object[])[] {
  const settings = [PRESETS.mixed, PRESETS.selectors, PRESETS.addresses, PRESETS.ports, PRESETS.prototypes];
  const worlds = settings.flatMap((each, i) => fc.sample(world(each), { seed: 1 + i, numRuns: 4 }));
  const lists = worlds.map(({ namespaces, pods, nodes, services, networkPolicies }) => [
    ...versioned('v1', [namespaces[0], pods[0], nodes[0], services[0]]).slice(0, 2),
    ...versioned('networking.k8s.io/v1', networkPolicies.slice(0, 2)),
  ]);
  return [...lists.filter((list) => list.length > 0), ...HAND_WRITTEN.map((object) => [object])];
}

function versioned(apiVersion: string, objects: readonly (object | undefined)[]): object[] {
  return objects.filter((object) => object !== undefined).map((object) => ({ apiVersion, ...object }));
}

const POLICY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { namespaceSelector: {} }],
        ports: [{ port: 80, endPort: 90 }],
      },
    ],
    egress: [{ to: [{ podSelector: {} }], ports: [{ port: 'http', protocol: 'UDP' }] }, {}],
  },
};
const POD_SPEC = { containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 8080 }] }], hostNetwork: false };
const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: POD_SPEC };
const HAND_WRITTEN: readonly object[] = [
  POLICY,
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: [POLICY, { ...POLICY, metadata: { name: 'q' } }] },
  {
    apiVersion: 'v1',
    kind: 'List',
    items: [POLICY, { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] }],
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd', namespace: 'shop' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: TEMPLATE },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'j' },
    spec: { schedule: '@daily', jobTemplate: { spec: { template: TEMPLATE } } },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { password: 'aGlkZGVu' } },
  { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'c' }, spec: { endpointSelector: {} } },
];
