/**
 * The Kubernetes objects that generated clusters are made of, as plain objects with the fields that matter to policies.
 */
import type {
  AdminNetworkPolicyObject,
  ClusterNetworkPolicyObject,
  LabelSelector,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../model/resource.ts';

export type Labels = Readonly<Record<string, string>>;

/** A plain Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly spec?: unknown;
  readonly status?: unknown;
}

export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

export function namespaceObject(name: string, labels: Labels = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [NAMESPACE_NAME]: name, ...labels } } };
}

export function nodeObject(name: string, address: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** One of each family at most; the first is `podIP`. */
  readonly addresses: readonly string[];
  readonly node?: { readonly name: string; readonly address?: string };
}

export function podObject({ namespace, name, labels, addresses, node }: PodFacts): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { ...(node === undefined ? {} : { nodeName: node.name }), containers: [{ name: 'main', image: 'registry.example/main:1' }] },
    status: {
      phase: 'Running',
      ...(node?.address === undefined ? {} : { hostIP: node.address }),
      podIP: addresses[0],
      podIPs: addresses.map((ip) => ({ ip })),
    },
  };
}

export function policyObject(namespace: string, name: string, spec: NetworkPolicySpec): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function adminPolicyObject(name: string, spec: AdminNetworkPolicyObject['spec']): KubernetesObject {
  return { apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name }, spec };
}

export function clusterPolicyObject(name: string, spec: ClusterNetworkPolicyObject['spec']): KubernetesObject {
  return { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name }, spec };
}

/** A rule of either direction, which call their peers by different names. */
export interface Rule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** A NetworkPolicy of one direction. */
export function oneWay(direction: 'Ingress' | 'Egress', podSelector: LabelSelector, rules: readonly Rule[]): NetworkPolicySpec {
  const portsOf = ({ ports = [] }: Rule): { ports?: readonly NetworkPolicyPort[] } => (ports.length === 0 ? {} : { ports });
  if (direction === 'Ingress') {
    const ingress = rules.map((rule): NetworkPolicyIngressRule => ({ from: rule.peers, ...portsOf(rule) }));
    return { podSelector, policyTypes: ['Ingress'], ingress };
  }
  const egress = rules.map((rule): NetworkPolicyEgressRule => ({ to: rule.peers, ...portsOf(rule) }));
  return { podSelector, policyTypes: ['Egress'], egress };
}

export function tcp(port: number, endPort?: number): NetworkPolicyPort {
  return { protocol: 'TCP', port, ...(endPort === undefined ? {} : { endPort }) };
}

export function anyOf(key: string, values: readonly string[]): LabelSelector {
  return { matchExpressions: [{ key, operator: 'In', values }] };
}

export function hasKey(key: string): LabelSelector {
  return { matchExpressions: [{ key, operator: 'Exists' }] };
}

/** The address `offset` past `first`, which is a number of 32 bits. */
export function ipv4(first: number, offset = 0): string {
  const address = first + offset;
  if (address >= 2 ** 32) throw new RangeError(`there is no IPv4 address ${offset} past ${ipv4(first)}`);
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** 10.128.0.1, where pods begin: 2^23 - 2 of them fit. */
export const FIRST_POD_ADDRESS = 0x0a800001;
/** 192.168.0.1, where nodes begin. */
export const FIRST_NODE_ADDRESS = 0xc0a80001;

export function nodeOf(index: number): { readonly name: string; readonly address: string } {
  return { name: `node-${index}`, address: ipv4(FIRST_NODE_ADDRESS, index) };
}

export function* nodeObjects(count: number): Generator<KubernetesObject> {
  for (let i = 0; i < count; i++) {
    const { name, address } = nodeOf(i);
    yield nodeObject(name, address);
  }
}
