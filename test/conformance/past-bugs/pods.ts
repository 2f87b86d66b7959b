/**
 * Rows 47 to 53: pods, their state, their place and their names.
 */
import { NINE_PODS, NS_Y, namespace, POD_A, POD_B, pod, policy } from '../cases/case.ts';
import { block, egress, ingress, type PastBug, tcp } from './past-bug.ts';

const POD_C = { matchLabels: { pod: 'c' } };

/** One address, first of a pod that has run to its end in this phase, then of a pod with other labels. */
function reusedAddress(phase: string): readonly unknown[] {
  return [
    pod('x/a', { ip: '10.0.1.1' }),
    pod('x/old', { ip: '10.0.1.9', labels: { pod: 'b' }, status: { phase } }),
    pod('x/new', { ip: '10.0.1.9', labels: { pod: 'new' } }),
    pod('x/b', { ip: '10.0.1.2' }),
    policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
  ];
}

/** Two namespaces with the label `stage`, and a policy that lets the live one in. */
function stages(one: string, two: string): readonly unknown[] {
  return [
    pod('one/a', { ip: '10.0.1.1' }),
    pod('two/a', { ip: '10.0.2.1' }),
    pod('x/a', { ip: '10.0.3.1' }),
    namespace('one', { stage: one }),
    namespace('two', { stage: two }),
    policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: { matchLabels: { stage: 'live' } } }] })),
  ];
}

const HOST_PODS: readonly unknown[] = [
  pod('x/a', { ip: '10.0.1.1', node: 'n1' }),
  pod('x/b', { ip: '10.0.1.2', node: 'n1' }),
  pod('x/agent', { ip: '192.168.0.2', labels: { pod: 'b' }, node: 'n2', hostIP: '192.168.0.2', spec: { hostNetwork: true } }),
];

export const POD_BUGS: readonly PastBug[] = [
  {
    key: '47a',
    wrong: 'a pod that has succeeded kept its address in the sets, and a new pod with that address got its rights',
    objects: reusedAddress('Succeeded'),
    probes: ['10.0.1.9 -> x/a TCP/80 deny', 'x/new -> x/a TCP/80 deny', '10.0.1.2 -> x/a TCP/80 allow'],
  },
  {
    key: '47b',
    wrong: 'a pod that has failed was not counted among those that are over',
    objects: reusedAddress('Failed'),
    probes: ['10.0.1.9 -> x/a TCP/80 deny', 'x/new -> x/a TCP/80 deny', '10.0.1.2 -> x/a TCP/80 allow'],
  },
  {
    key: '48a',
    wrong: 'host-network pods were peers: a selector let the whole node in',
    objects: [...HOST_PODS, policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] }))],
    probes: ['x/agent -> x/a TCP/80 deny', '192.168.0.2 -> x/a TCP/80 deny', 'x/b -> x/a TCP/80 allow'],
  },
  {
    key: '48b',
    wrong: 'host-network pods were isolated by policies, and with them what else runs at the address of the node',
    objects: [...HOST_PODS, policy('x/closed', ingress(POD_B)), policy('x/out', egress(POD_B))],
    probes: ['x/a -> x/agent TCP/80 allow', 'x/agent -> x/a TCP/80 allow', 'x/a -> x/b TCP/80 deny', 'x/b -> x/a TCP/80 deny'],
  },
  {
    key: '49',
    wrong: 'a pod that has no address yet stopped the reading of all the others',
    objects: [
      pod('x/a', { ip: '10.0.1.1' }),
      pod('x/waiting', { labels: { pod: 'b' }, status: { phase: 'Pending', podIP: '', podIPs: [] } }),
      pod('x/b', { ip: '10.0.1.2' }),
      pod('x/c', { ip: '10.0.1.3' }),
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
      policy('x/closed', ingress(POD_B)),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/waiting -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 deny', 'x/a -> x/waiting TCP/80 deny'],
  },
  {
    key: '50',
    wrong: 'the labels of one pod were used for another workload of the namespace',
    objects: [
      ...['web', 'web-admin'].map((name) => ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: 'x' },
        spec: {
          selector: { matchLabels: { app: name } },
          template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'main' }] } },
        },
      })),
      pod('x/a', { ip: '10.0.1.1' }),
      policy('x/in', ingress(POD_A, { from: [{ podSelector: { matchLabels: { app: 'web' } } }] })),
      policy('x/closed', ingress({ matchLabels: { app: 'web-admin' } })),
    ],
    probes: ['x/web -> x/a TCP/80 allow', 'x/web-admin -> x/a TCP/80 deny', 'x/a -> x/web TCP/80 allow', 'x/a -> x/web-admin TCP/80 deny'],
  },
  {
    key: '51',
    wrong: 'a namespace that got another label was still judged by the one before',
    before: { objects: stages('live', 'retired'), probes: ['one/a -> x/a TCP/80 allow', 'two/a -> x/a TCP/80 deny'] },
    objects: stages('retired', 'live'),
    probes: ['one/a -> x/a TCP/80 deny', 'two/a -> x/a TCP/80 allow'],
  },
  {
    key: '52a',
    wrong: 'pods were known by a key of name and namespace joined by a dash, which two different pods can share',
    objects: [
      // `a-b-c`, the namespace first.
      pod('a-b/c', { ip: '10.0.1.1' }),
      pod('a/b-c', { ip: '10.0.2.1' }),
      pod('a/d', { ip: '10.0.2.2' }),
      policy('a/in', ingress({ matchLabels: { pod: 'b-c' } }, { from: [{ podSelector: { matchLabels: { pod: 'd' } } }] })),
      // `a-b-c`, the name first.
      pod('b-c/a', { ip: '10.0.3.1' }),
      pod('c/a-b', { ip: '10.0.4.1' }),
      pod('c/d', { ip: '10.0.4.2' }),
      policy('c/in', ingress({ matchLabels: { pod: 'a-b' } }, { from: [{ podSelector: { matchLabels: { pod: 'd' } } }] })),
    ],
    probes: [
      'a-b/c -> a/b-c TCP/80 deny',
      'a/d -> a/b-c TCP/80 allow',
      'a/d -> a-b/c TCP/80 allow',
      'b-c/a -> c/a-b TCP/80 deny',
      'c/d -> c/a-b TCP/80 allow',
      'c/d -> b-c/a TCP/80 allow',
    ],
  },
  {
    key: '52c',
    wrong: 'the name of a pod lost its dots, or what comes after the first one, and was that of another pod',
    objects: [
      pod('x/web.v1', { ip: '10.0.1.1' }),
      pod('x/web-v1', { ip: '10.0.1.2' }),
      pod('x/web', { ip: '10.0.1.3' }),
      pod('x/c', { ip: '10.0.1.4' }),
      policy('x/in', ingress({ matchLabels: { pod: 'web.v1' } }, { from: [{ podSelector: POD_C }] })),
    ],
    probes: [
      'x/c -> x/web.v1 TCP/80 allow',
      'x/web-v1 -> x/web.v1 TCP/80 deny',
      'x/web -> x/web.v1 TCP/80 deny',
      'x/web.v1 -> x/web-v1 TCP/80 allow',
      'x/web.v1 -> x/web TCP/80 allow',
    ],
  },
  {
    key: '52b',
    wrong: 'keys were joined by a character that may stand in names and labels: dots and dashes made two selectors one',
    objects: [
      pod('x/one', { ip: '10.0.1.1', labels: { 'a.b': 'c' } }),
      pod('x/two', { ip: '10.0.1.2', labels: { a: 'b.c' } }),
      pod('x/three', { ip: '10.0.1.7', labels: { 'k-l': 'm' } }),
      pod('x/four', { ip: '10.0.1.8', labels: { k: 'l-m' } }),
      pod('x/a', { ip: '10.0.1.3' }),
      pod('x/b', { ip: '10.0.1.4' }),
      pod('x/c', { ip: '10.0.1.5' }),
      pod('x/d', { ip: '10.0.1.6' }),
      pod('x/five', { ip: '10.0.1.9', labels: { 'p.q': '1', r: '1' } }),
      pod('x/six', { ip: '10.0.1.10', labels: { p: '1', 'q.r': '1' } }),
      pod('x/seven', { ip: '10.0.1.11', labels: { 'u-v': '1', w: '1' } }),
      pod('x/eight', { ip: '10.0.1.12', labels: { u: '1', 'v-w': '1' } }),
      ...['e', 'f', 'g', 'h'].map((name, i) => pod(`x/${name}`, { ip: `10.0.1.${20 + i}` })),
      ...['p.q', 'q.r', 'u-v', 'v-w'].map((key, i) =>
        policy(`x/names-${i}`, ingress({ matchLabels: { pod: 'efgh'[i]! } }, { from: [{ podSelector: { matchLabels: { [key]: '1' } } }] })),
      ),
      policy('x/dot-one', ingress(POD_A, { from: [{ podSelector: { matchLabels: { 'a.b': 'c' } } }] })),
      policy('x/dot-two', ingress(POD_B, { from: [{ podSelector: { matchLabels: { a: 'b.c' } } }] })),
      policy('x/dash-one', ingress(POD_C, { from: [{ podSelector: { matchLabels: { 'k-l': 'm' } } }] })),
      policy('x/dash-two', ingress({ matchLabels: { pod: 'd' } }, { from: [{ podSelector: { matchLabels: { k: 'l-m' } } }] })),
    ],
    probes: [
      'x/one -> x/a TCP/80 allow',
      'x/two -> x/a TCP/80 deny',
      'x/one -> x/b TCP/80 deny',
      'x/two -> x/b TCP/80 allow',
      'x/three -> x/c TCP/80 allow',
      'x/four -> x/c TCP/80 deny',
      'x/three -> x/d TCP/80 deny',
      'x/four -> x/d TCP/80 allow',
      'x/five -> x/e TCP/80 allow',
      'x/six -> x/e TCP/80 deny',
      'x/five -> x/f TCP/80 deny',
      'x/six -> x/f TCP/80 allow',
      'x/seven -> x/g TCP/80 allow',
      'x/eight -> x/g TCP/80 deny',
      'x/seven -> x/h TCP/80 deny',
      'x/eight -> x/h TCP/80 allow',
    ],
  },
  {
    key: '53',
    wrong: 'a policy for a pod that is gone stayed with its address and hit the new pod that has it',
    objects: [
      pod('x/old', { ip: '10.0.1.9', labels: { pod: 'b' }, status: { phase: 'Succeeded' } }),
      pod('x/new', { ip: '10.0.1.9', labels: { pod: 'new' } }),
      pod('x/b', { ip: '10.0.1.2' }),
      pod('x/a', { ip: '10.0.1.1' }),
      policy('x/closed', ingress(POD_B)),
    ],
    probes: ['x/a -> 10.0.1.9 TCP/80 allow', 'x/a -> x/new TCP/80 allow', 'x/a -> x/b TCP/80 deny'],
  },
  {
    key: 'GHSA-pfhr-pccp-hwmh',
    wrong: 'a pod could wear a label that looks like one of its namespace, and namespace selectors believed it',
    objects: [
      ...NINE_PODS,
      pod('z/liar', { ip: '10.0.3.9', labels: { ns: 'y', 'kubernetes.io/metadata.name': 'y' } }),
      policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: NS_Y }] })),
      policy('x/by-name', ingress(POD_B, { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] })),
    ],
    probes: [
      'z/liar -> x/a TCP/80 deny',
      'z/liar -> x/b TCP/80 deny',
      'y/a -> x/a TCP/80 allow',
      'y/a -> x/b TCP/80 allow',
      'z/a -> x/a TCP/80 deny',
    ],
  },
  {
    key: 'CVE-2023-39347',
    wrong: 'labels that say which namespace a pod is in were believed from the pod itself, so that whoever may label a pod could move it',
    objects: [
      ...NINE_PODS,
      pod('z/liar', { ip: '10.0.3.9', labels: { pod: 'b', 'io.kubernetes.pod.namespace': 'x' } }),
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
      policy('z/closed', ingress(POD_B)),
    ],
    probes: ['z/liar -> x/a TCP/80 deny', 'x/b -> x/a TCP/80 allow', 'x/c -> z/liar TCP/80 deny', 'x/c -> z/c TCP/80 allow'],
  },
  {
    key: 'CVE-2023-41333',
    wrong: 'a policy whose selector asks that the namespace label is not there selected pods of other namespaces too',
    objects: [
      ...NINE_PODS,
      policy('x/closed', ingress({ matchExpressions: [{ key: 'io.kubernetes.pod.namespace', operator: 'DoesNotExist' }] })),
    ],
    probes: ['z/a -> x/a TCP/80 deny', 'z/a -> y/a TCP/80 allow', 'x/a -> z/b TCP/80 allow'],
  },
  {
    key: 'CVE-2023-27594',
    wrong: 'the source of an IPv6 packet was not recognised as the pod that it is, and judged as somebody else',
    objects: [
      namespace('x'),
      pod('x/a', { ips: ['10.0.1.1', 'fd00::1'] }),
      pod('x/b', { ips: ['10.0.1.2', 'fd00::2'] }),
      pod('x/c', { ips: ['10.0.1.3', 'fd00::3'] }),
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
      policy('x/outside', ingress(POD_B, { from: [block('::/0', 'fd00::/16')] })),
    ],
    probes: ['fd00::2 -> x/a TCP/80 allow', 'fd00::3 -> x/a TCP/80 deny', 'fd00::4 -> x/a TCP/80 deny', 'fd00::3 -> x/b TCP/80 deny'],
  },
  {
    key: 'CVE-2025-30163',
    wrong: 'nodes were matched by the labels of pods, and pods by those of nodes',
    objects: [
      ...NINE_PODS,
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'n1', labels: { pod: 'b' } },
        status: { addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] },
      },
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] })),
    ],
    probes: ['192.168.0.1 -> x/a TCP/80 deny', 'x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 deny'],
  },
  {
    key: 'CVE-2025-64715',
    wrong: 'a group of destinations that resolves to nothing vanished when it was written out, and what was left said: every destination',
    objects: [
      ...NINE_PODS,
      policy('x/out', egress(POD_A, { to: [{ namespaceSelector: { matchLabels: { group: 'empty' } } }], ports: [tcp(443)] })),
      policy('x/some', egress(POD_B, { to: [{ namespaceSelector: NS_Y }], ports: [tcp(443)] })),
    ],
    probes: ['x/a -> 203.0.113.1 TCP/443 deny', 'x/a -> y/a TCP/443 deny', 'x/b -> y/a TCP/443 allow', 'x/b -> z/a TCP/443 deny'],
  },
  {
    key: 'CVE-2026-33726',
    wrong: 'the ingress of a pod was not enforced for traffic that comes from another pod of its node',
    objects: [
      pod('x/a', { ip: '10.0.1.1', node: 'n1', hostIP: '192.168.0.1' }),
      pod('x/b', { ip: '10.0.1.2', node: 'n1', hostIP: '192.168.0.1' }),
      pod('x/c', { ip: '10.0.1.3', node: 'n1', hostIP: '192.168.0.1' }),
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_C }], ports: [tcp(80)] })),
    ],
    probes: ['x/b -> x/a TCP/80 deny', 'x/c -> x/a TCP/80 allow', '192.168.0.1 -> x/a TCP/81 allow'],
  },
  {
    key: 'CVE-2024-7598',
    wrong: 'the policies of a namespace that is being deleted went before its pods, which were open for a while',
    objects: [
      ...NINE_PODS,
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'ending', deletionTimestamp: '2024-01-01T00:00:00Z' },
        status: { phase: 'Terminating' },
      },
      pod('ending/a', { ip: '10.0.9.1' }),
      policy('ending/in', ingress({}, { from: [{ namespaceSelector: NS_Y }] })),
    ],
    probes: ['x/a -> ending/a TCP/80 deny', 'y/a -> ending/a TCP/80 allow'],
  },
  {
    key: 'CVE-2026-32254',
    wrong: 'the addresses that a Service claims were believed, so that a Service could take the address of a pod',
    objects: [
      ...NINE_PODS,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'thief', namespace: 'z' },
        spec: { clusterIP: '10.96.0.1', externalIPs: ['10.0.1.1'] },
        status: { loadBalancer: { ingress: [{ ip: '10.0.1.2' }] } },
      },
      policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: NS_Y }] })),
    ],
    probes: ['z/a -> 10.0.1.1 TCP/80 deny', 'y/a -> 10.0.1.1 TCP/80 allow', 'z/a -> 10.0.1.2 TCP/80 allow'],
  },
  {
    key: 'GHSA-c66w-hq56-4q97',
    wrong: 'ICMP echo went through whatever the policies said, because the check did not know the protocol',
    objects: [...NINE_PODS, policy('x/closed', ingress(POD_A))],
    probes: ['y/a -> x/a TCP/80 deny', 'y/a -> x/b TCP/80 allow'],
    refused: [{ from: 'y/a', to: 'x/a', protocol: 'ICMP' as 'TCP', port: 0 }],
  },
];
