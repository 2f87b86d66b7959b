/**
 * Clusters with one weakness each: an invariant that holds as they are, and that one mutation of one kind breaks.
 */
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Invariant } from '../../src/invariants/invariant.ts';
import { always, never, unchanged } from '../../src/invariants/state-invariants.ts';
import type { Manifests } from '../../src/model/resource.ts';
import type { Mutation, MutationKind } from '../../src/neighbours/mutation.ts';

export interface Planted {
  readonly kind: MutationKind;
  readonly manifests: Manifests;
  readonly invariant: Invariant;
  /** Does the mutation make what was planted show? */
  readonly isIt: (mutation: Mutation) => boolean;
}

const PODS = `
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {env: dev}}
---
apiVersion: v1
kind: Namespace
metadata: {name: prod, labels: {env: prod}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: dev, labels: {app: api}}
status: {podIP: 10.0.1.2}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: dev, labels: {app: job, tier: batch}}
status: {podIP: 10.0.1.3}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
status: {podIP: 10.0.2.2}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: prod, labels: {app: db}}
spec: {containers: [{name: main, ports: [{name: sql, containerPort: 5432}]}]}
status: {podIP: 10.0.2.3, podIPs: [{ip: 10.0.2.3}, {ip: 'fd00::23'}]}
`;

/** NetworkPolicies: `namespace/name` with their spec in flow style. */
export function cluster(policies: Readonly<Record<string, string>>, more = ''): Manifests {
  const texts = Object.entries(policies).map(([name, spec]) => {
    const [namespace, own] = name.split('/');
    return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${own}, namespace: ${namespace}}\nspec: ${spec}\n`;
  });
  const manifests = parseManifests([PODS, ...texts, ...(more === '' ? [] : [more])].join('---\n'));
  const wrong = manifests.diagnostics.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('; '));
  return manifests;
}

const DB = 'prod/db';
const DEV = { namespace: 'dev' };
const CLOSED = '{podSelector: {}, policyTypes: [Ingress]}';

function adminPolicy(name: string, priority: number, action: string): string {
  return `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec:
  tier: Admin
  priority: ${priority}
  subject: {pods: {namespaceSelector: {matchLabels: {env: prod}}, podSelector: {}}}
  ingress: [{action: ${action}, from: [{namespaces: {matchLabels: {env: dev}}}]}]
`;
}

const ONLY_WEB = cluster({
  'prod/db': '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}',
});

export const PLANTED: readonly Planted[] = [
  {
    kind: 'relabel',
    manifests: ONLY_WEB,
    invariant: never(DEV, DB),
    isIt: (each) => each.kind === 'relabel' && each.pod === DB && each.key === 'app',
  },
  {
    kind: 'scale',
    manifests: cluster({ 'prod/db': '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.0.1.2/31}}]}]}' }),
    invariant: always(DEV, DB, [5432]),
    isIt: (each) => each.kind === 'scale' && each.more === 1 && each.pod.startsWith('dev/'),
  },
  {
    kind: 'move',
    manifests: cluster({
      'prod/db':
        '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]}',
    }),
    invariant: never(DEV, DB),
    isIt: (each) => each.kind === 'move' && each.pod === 'prod/web' && each.namespace === 'dev',
  },
  {
    kind: 'namespace',
    manifests: cluster({ 'prod/closed': CLOSED }),
    invariant: never({ namespaceLabels: { env: 'dev' } }, { namespaceLabels: { env: 'prod' } }),
    isIt: (each) => each.kind === 'namespace' && each.like === 'prod',
  },
  {
    kind: 'address',
    manifests: cluster({ 'prod/db': '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.0.2.0/24}}]}]}' }),
    invariant: never(DEV, DB),
    isIt: (each) => each.kind === 'address' && each.pod.startsWith('dev/') && each.near.startsWith('prod/'),
  },
  {
    kind: 'dual-stack',
    manifests: cluster({ 'dev/egress': "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: '::/0'}}]}]}" }),
    invariant: never(DEV, DB),
    isIt: (each) => each.kind === 'dual-stack' && each.pod.startsWith('dev/'),
  },
  {
    kind: 'ports',
    manifests: cluster({
      'prod/db': '{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: sql}]}]}',
      'prod/web': '{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 22}]}]}',
    }),
    invariant: never(DEV, DB, [22]),
    isIt: (each) => each.kind === 'ports' && each.pod === DB && each.port === 22,
  },
  {
    kind: 'relabel-namespace',
    manifests: cluster({
      'prod/closed': '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {env: prod}}}]}]}',
    }),
    invariant: never(DEV, { namespace: 'prod' }),
    isIt: (each) => each.kind === 'relabel-namespace' && each.namespace === 'dev' && each.value === 'prod',
  },
  {
    kind: 'drop',
    manifests: cluster({ 'prod/closed': CLOSED, 'prod/web': '{podSelector: {matchLabels: {app: web}}, ingress: [{}]}' }),
    invariant: never(DEV, DB),
    isIt: (each) => each.kind === 'drop' && each.policy.name === 'closed',
  },
  {
    kind: 'reorder',
    manifests: cluster({}, `${adminPolicy('first', 10, 'Deny')}---\n${adminPolicy('second', 20, 'Accept')}`),
    invariant: never(DEV, DB),
    isIt: (each) => each.kind === 'reorder' && each.what === 'priorities',
  },
  {
    kind: 'relabel',
    manifests: ONLY_WEB,
    invariant: unchanged(
      cluster({
        'prod/db':
          '{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}',
      }),
    ),
    isIt: (each) => each.kind === 'relabel' && each.pod.startsWith('prod/') && each.key === 'app',
  },
];
