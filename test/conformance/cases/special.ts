/**
 * Named cases for networkpolicy-semantics b.9: own pod, own node, host network, completed pods, pods without address, Services, addresses with several owners.
 */
import { type ConformanceCase, NINE_PODS, namespace, node, POD_A, POD_B, pod, policy } from './case.ts';

const CLOSED = policy('x/closed', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const ON_NODES: readonly unknown[] = [
  namespace('x'),
  namespace('y'),
  node('n1', '192.168.0.1', 'fd01::1'),
  node('n2', '192.168.0.2'),
  pod('x/a', { ip: '10.0.1.1', node: 'n1', hostIP: '192.168.0.1' }),
  pod('x/b', { ip: '10.0.1.2', node: 'n2', hostIP: '192.168.0.2' }),
  pod('y/c', { ip: '10.0.2.3', node: 'n2', hostIP: '192.168.0.2' }),
  pod('y/host', {
    ip: '192.168.0.1',
    node: 'n1',
    hostIP: '192.168.0.1',
    labels: { pod: 'b' },
    ports: ['web:80'],
    spec: { hostNetwork: true },
  }),
];

export const SPECIAL: readonly ConformanceCase[] = [
  {
    points: [48],
    title: 'a pod always reaches itself, by name and by its own address; another pod of its workload is another pod',
    objects: [namespace('x'), pod('x/a', { ip: '10.0.1.1' }), pod('x/b', { ip: '10.0.1.2' }), CLOSED],
    probes: ['x/a -> x/a TCP/80 allow', '10.0.1.1 -> x/a TCP/80 allow', 'x/a -> x/b TCP/80 deny', 'x/a -> 10.0.1.2 TCP/80 deny'],
  },
  {
    points: [48],
    title: 'where the profile judges a pod talking to itself, policies apply',
    profile: { hairpin: 'policy' },
    objects: [namespace('x'), pod('x/a', { ip: '10.0.1.1' }), pod('y/b', { ip: '10.0.2.2' }), CLOSED],
    probes: ['x/a -> x/a TCP/80 deny', 'y/b -> y/b TCP/80 allow'],
  },
  {
    points: [49],
    title: 'a pod and its own node always reach each other, whichever address of the node; other nodes do not',
    objects: [...ON_NODES, CLOSED],
    probes: [
      '192.168.0.1 -> x/a TCP/80 allow',
      'x/a -> 192.168.0.1 TCP/80 allow',
      '192.168.0.2 -> x/a TCP/80 deny',
      'x/a -> 192.168.0.2 TCP/80 deny',
      '192.168.0.2 -> x/b TCP/80 allow',
      'y/c -> 192.168.0.1 TCP/80 allow',
    ],
  },
  {
    points: [49],
    title: 'where the profile judges traffic with the own node, policies apply',
    profile: { ownNode: 'policy' },
    objects: [...ON_NODES, CLOSED],
    probes: ['192.168.0.1 -> x/a TCP/80 deny', 'x/a -> 192.168.0.1 TCP/80 deny', '192.168.0.2 -> y/c TCP/80 allow'],
  },
  {
    points: [49],
    title: 'a node without a Node object is known by its pods',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1', node: 'n1', hostIP: '192.168.0.1' }),
      pod('x/b', { ip: '10.0.1.2', node: 'n2', hostIP: '192.168.0.2' }),
      CLOSED,
    ],
    probes: [
      '192.168.0.1 -> x/a TCP/80 allow',
      'x/b -> 192.168.0.2 TCP/80 allow',
      '192.168.0.2 -> x/a TCP/80 deny',
      'x/b -> 192.168.0.1 TCP/80 deny',
    ],
  },
  {
    points: [50],
    title: 'selectors do not see host-network pods, as subject or as peer; blocks see their address',
    objects: [
      ...ON_NODES,
      policy('x/in', { podSelector: POD_B, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }] }] }),
      policy('y/all', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.1/32' } }] }] }),
    ],
    probes: [
      'y/host -> x/b TCP/80 deny',
      'y/c -> x/b TCP/80 allow',
      'x/b -> y/host TCP/80 allow',
      'x/b -> y/c TCP/80 deny',
      'y/host -> y/c TCP/80 allow',
      '192.168.0.1 -> y/c TCP/80 allow',
    ],
  },
  {
    points: [50],
    title: 'a host-network pod is its node towards the other pods of the node',
    objects: [...ON_NODES, CLOSED],
    probes: ['y/host -> x/a TCP/80 allow', 'x/a -> y/host TCP/80 allow', 'y/host -> x/b TCP/80 deny', 'x/b -> y/host TCP/80 deny'],
  },
  {
    points: [50],
    title: 'where the profile takes host-network pods for pods, selectors see them',
    profile: { hostNetwork: 'pod' },
    objects: [
      ...ON_NODES,
      policy('x/in', {
        podSelector: POD_B,
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ namespaceSelector: {}, podSelector: POD_B }] }],
      }),
      policy('y/all', { podSelector: POD_B, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'web' }] }] }),
    ],
    probes: ['y/host -> x/b TCP/80 allow', 'y/c -> x/b TCP/80 deny', 'x/b -> y/host TCP/80 allow', 'x/b -> y/host TCP/81 deny'],
  },
  {
    points: [50],
    title: 'where the profile says that blocks match no nodes, they match neither nodes nor host-network pods',
    profile: { ipBlockMatchesNodes: false },
    objects: [
      ...ON_NODES,
      policy('x/in', { podSelector: POD_B, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }] }),
    ],
    probes: ['192.168.0.1 -> x/b TCP/80 deny', 'y/host -> x/b TCP/80 deny', '192.168.7.7 -> x/b TCP/80 allow'],
  },
  {
    points: [51],
    title: 'completed pods are gone and their address is used again; terminating pods still count',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1' }),
      pod('x/done', { ip: '10.0.1.9', labels: { pod: 'b' }, status: { phase: 'Succeeded' } }),
      pod('x/failed', { ip: '10.0.1.9', labels: { pod: 'b' }, status: { phase: 'Failed' } }),
      pod('x/new', { ip: '10.0.1.9', labels: { pod: 'new' } }),
      pod('x/b', { ip: '10.0.1.2' }),
      policy('x/in', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: POD_B }] }] }),
    ],
    probes: ['10.0.1.9 -> x/a TCP/80 deny', 'x/new -> x/a TCP/80 deny', 'x/b -> x/a TCP/80 allow'],
  },
  {
    points: [52],
    title: 'a pod without address is selected by selectors and matched by no block',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1' }),
      pod('x/b', { status: { phase: 'Pending' } }),
      policy('x/in', {
        podSelector: POD_A,
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ podSelector: POD_B }], ports: [{ port: 80 }] },
          { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }] },
        ],
      }),
      policy('x/closed', { podSelector: POD_B, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80 }] }] }),
    ],
    probes: [
      'x/b -> x/a TCP/80 allow',
      'x/b -> x/a TCP/81 deny',
      '10.9.9.9 -> x/a TCP/81 allow',
      'x/a -> x/b TCP/80 allow',
      'x/a -> x/b TCP/81 deny',
    ],
  },
  {
    points: [53],
    title: 'the address of a Service has no verdict of its own: it is the pods behind it that are judged',
    objects: [
      ...NINE_PODS,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'x' },
        spec: { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], externalIPs: ['203.0.113.200'], ports: [{ port: 80 }] },
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.201' }] } },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'headless', namespace: 'x' },
        spec: { clusterIP: 'None', clusterIPs: ['None'] },
      },
    ],
    probes: [
      'y/a -> 10.96.0.1 TCP/80 unknown',
      'y/a -> 203.0.113.200 TCP/80 unknown',
      'y/a -> 203.0.113.201 TCP/80 unknown',
      'y/a -> 10.96.0.2 TCP/80 allow',
      'y/a -> x/a TCP/80 allow',
    ],
  },
  {
    points: [51],
    title: 'an address that two running pods have is certain only where both agree',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1' }),
      pod('x/b', { ip: '10.0.1.9' }),
      pod('x/c', { ip: '10.0.1.9' }),
      pod('x/d', { ip: '10.0.1.4' }),
      policy('x/in', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: POD_B }] }] }),
      policy('x/none', { podSelector: { matchLabels: { pod: 'd' } }, policyTypes: ['Ingress'] }),
    ],
    probes: ['10.0.1.9 -> x/a TCP/80 unknown', '10.0.1.9 -> x/d TCP/80 deny', 'x/b -> x/a TCP/80 allow', 'x/c -> x/a TCP/80 deny'],
  },
];
