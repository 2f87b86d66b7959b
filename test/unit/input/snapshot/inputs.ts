/**
 * Inputs with everything that a snapshot keeps.
 */
const NAMESPACES = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: cart}}
status: {podIP: 10.0.0.2}
---
`;

export const FULL = `${NAMESPACES}apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: shop
spec:
  podSelector:
    matchLabels: {app: cart}
  policyTypes: [Ingress]
  ingress:
    # the comment moves the rule
    - ports:
        - {port: 80}
      from:
        - podSelector: {matchLabels: {app: cart}}
        - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: first}
spec:
  tier: Admin
  priority: 5
  subject: {namespaces: {}}
  egress:
    - {action: Accept, to: [{namespaces: {matchLabels: {team: a}}}]}
    - action: Deny
      to:
        - networks: [10.9.0.0/16]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: back, namespace: shop}
spec:
  selector: {matchLabels: {app: back}}
  template: {metadata: {labels: {app: back}}}
`;

export const FIELDS: readonly string[] = [
  '',
  'metadata.name',
  'spec',
  'spec.podSelector.matchLabels.app',
  'spec.policyTypes[0]',
  'spec.ingress[0]',
  'spec.ingress[0].ports[0].port',
  'spec.ingress[0].from[1].ipBlock.except[0]',
  'spec.ingress[7].from',
  'spec.egress[1].to[0].networks[0]',
  'spec.priority',
  'nothing.like.it',
];

const policy = (spec: string, name = 'p'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n---\n`;

export const BROKEN: readonly (readonly [title: string, text: string])[] = [
  [
    'a policy with a certain selector and direction',
    NAMESPACES + policy('{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: [{oops: 1}]}'),
  ],
  ['a policy of which nothing is certain', NAMESPACES + policy('{podSelector: 5}')],
  ['two policies of one name', NAMESPACES + policy('{podSelector: {}}') + policy('{podSelector: {}, policyTypes: [Egress]}')],
  [
    'a pod with an impossible address',
    `${NAMESPACES}apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nstatus: {podIP: 1.2.3.4, hostIP: no}\n`,
  ],
  [
    'a namespace whose labels cannot be read, and a policy that selects by them',
    `${NAMESPACES}apiVersion: v1\nkind: Namespace\nmetadata: {name: odd, labels: {a: [b]}}\n---\n${policy('{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}}]}]}')}`,
  ],
  [
    "an administrator's policy",
    `${NAMESPACES}apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: x}\nspec: {tier: Admin, priority: 3, subject: {namespaces: {}}, ingress: [{}]}\n`,
  ],
  ['policies of other kinds', `${NAMESPACES}apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x}\n`],
  ['a file that is no YAML', `${NAMESPACES}a: [\n`],
  ['names that no terminal should see', `${NAMESPACES}apiVersion: "v1"\nkind: Pod\nmetadata: {name: "a\\u001b[31mb"}\n`],
];
