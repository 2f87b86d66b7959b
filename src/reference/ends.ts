/**
 * Who stands at the ends of a flow: names and addresses -> faces. In come the API objects as they were written and a flow end, out come the faces that the
 * end stands for, in order. Specification: networkpolicy-semantics b.9; the numbers in brackets are its points.
 */
import type { FlowEnd } from '../model/flow.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests, PodObject } from '../model/resource.ts';
import { addressBits, type Bits, familyOf, isMapped } from './addresses.ts';

/** One address of one participant. */
export interface Face {
  /** The pod, when policies apply to it and selectors see it. */
  readonly pod?: PodObject;
  /** A host-network pod that the profile treats as its node [50]. */
  readonly hostPod?: PodObject;
  /** The node that this participant is. */
  readonly node?: string;
  /** Is it a node, or treated as one? */
  readonly isNode: boolean;
  /** Absent: a pod that has no address yet [52], or one that stands for a workload. */
  readonly address?: Bits;
}

/** `ambiguous`: the faces are several owners of one address. `service`: the address belongs to this Service and so to no pod. */
export interface End {
  readonly faces: readonly Face[];
  readonly ambiguous: boolean;
  readonly service?: string;
  /** The address belongs to an object that could not be read. */
  readonly unreadable?: string;
}

/** @throws {RangeError} when nothing of that name is there, or the name is not clear */
export function resolveEnd(manifests: Manifests, profile: CniProfile, end: FlowEnd): End {
  if (typeof end !== 'string') {
    if ('ip' in end) return resolveAddress(manifests, profile, end.ip);
    return resolveName(manifests, profile, 'pod' in end ? end.pod : end.workload, 'pod' in end ? ['pod'] : ['workload']);
  }
  if (end.includes(':') || addressBits(end) !== undefined) return resolveAddress(manifests, profile, end);
  return resolveName(manifests, profile, end, ['pod', 'workload']);
}

/** `namespace/name`, or `namespace/kind/name`. */
function resolveName(manifests: Manifests, profile: CniProfile, text: string, wanted: readonly ('pod' | 'workload')[]): End {
  const parts = text.split('/');
  const [namespace, name] = [parts[0], parts.at(-1)];
  const kind = parts.length === 3 ? parts[1]?.toLowerCase() : undefined;
  if (parts.length < 2 || parts.length > 3) {
    throw new RangeError(`expected \`namespace/name\`, \`namespace/kind/name\` or an IP address, got \`${text}\``);
  }
  const here = livePods(manifests).filter((pod) => namespaceOf(pod) === namespace);

  if (kind === 'pod' || (kind === undefined && wanted.includes('pod'))) {
    const pod = here.find((each) => each.metadata.name === name);
    if (pod !== undefined) return { faces: podFaces(manifests, profile, pod), ambiguous: false };
  }
  if (kind === 'pod' || !wanted.includes('workload')) throw new RangeError(`there is no pod \`${text}\``);

  const members = here.filter(({ workload }) => workload?.name === name && (kind === undefined || workload?.kind.toLowerCase() === kind));
  const kinds = [...new Set(members.map(({ workload }) => workload?.kind.toLowerCase()))];
  if (kinds.length > 1)
    throw new RangeError(`\`${text}\` could be ${kinds.map((each) => `\`${namespace}/${each}/${name}\``).join(' or ')}`);
  if (members.length === 0) throw new RangeError(`there is no pod and no workload \`${text}\``);
  const inOrder = members.toSorted((a, b) => compare(a.metadata.name, b.metadata.name));
  return { faces: inOrder.flatMap((pod) => podFaces(manifests, profile, pod)), ambiguous: false };
}

/** Pods first, then nodes, then Services; an address of none of them is outside the cluster. */
function resolveAddress(manifests: Manifests, profile: CniProfile, text: string): End {
  const address = addressBits(text);
  if (address === undefined) throw new RangeError(`\`${text}\` is not an IP address`);
  if (isMapped(address)) throw new RangeError(`\`${text}\` is an IPv4 address in IPv6 notation: write it as IPv4`);

  const doubt = manifests.unreadableEnds.find(({ addresses }) => addresses.some((text) => addressBits(text) === address))?.object;
  if (doubt !== undefined) return { faces: [], ambiguous: false, unreadable: `${doubt.kind} ${doubt.name}` };
  const pods = livePods(manifests).filter((pod) => !isTreatedAsNode(pod, profile) && addressesOfPod(pod).includes(address));
  const owners = pods.toSorted((a, b) => compare(namespaceOf(a), namespaceOf(b)) || compare(a.metadata.name, b.metadata.name));
  if (owners.length > 0) return { faces: owners.map((pod) => ({ pod, isNode: false, address })), ambiguous: owners.length > 1 };

  const nodes = [...nodeAddresses(manifests, profile)].filter(([, addresses]) => addresses.includes(address)).map(([name]) => name);
  if (nodes.length > 0) {
    return { faces: nodes.sort(compare).map((node) => ({ node, isNode: true, address })), ambiguous: nodes.length > 1 };
  }
  const service = manifests.services.find(({ object }) => serviceAddresses(object).includes(address))?.object.metadata;
  if (service !== undefined) return { faces: [], ambiguous: false, service: `${service.namespace || 'default'}/${service.name}` };
  return { faces: [{ isNode: false, address }], ambiguous: false };
}

/** A pod has one face per address family [35], or one face without address. */
function podFaces(manifests: Manifests, profile: CniProfile, pod: PodObject): Face[] {
  if (!isTreatedAsNode(pod, profile)) {
    const addresses = onePerFamily(addressesOfPod(pod));
    return addresses.length === 0 ? [{ pod, isNode: false }] : addresses.map((address) => ({ pod, isNode: false, address }));
  }
  const node = nodeOf(manifests, profile, pod);
  const asNode = { hostPod: pod, ...(node ? { node } : {}), isNode: true };
  const known = [addressesOfPod(pod), hostAddresses(pod), node ? (nodeAddresses(manifests, profile).get(node) ?? []) : []];
  const addresses = onePerFamily(known.find((each) => each.length > 0) ?? []);
  return addresses.length === 0 ? [asNode] : addresses.map((address) => ({ ...asNode, address }));
}

/** Completed pods are gone: their addresses are used again [51]. Terminating pods still count. */
function livePods(manifests: Manifests): PodObject[] {
  return manifests.pods.map(({ object }) => object).filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
}

/** Host-network pods have two permitted readings [50]. */
function isTreatedAsNode(pod: PodObject, profile: CniProfile): boolean {
  return pod.spec?.hostNetwork === true && profile.hostNetwork === 'node';
}

/** The node that a pod runs on [49]: by its name, or because the pod's host address is the node's. */
export function nodeOf(manifests: Manifests, profile: CniProfile, pod: PodObject): string | undefined {
  if (pod.spec?.nodeName) return pod.spec.nodeName;
  const hosts = hostAddresses(pod);
  const nodes = [...nodeAddresses(manifests, profile)].filter(([, addresses]) => hosts.some((host) => addresses.includes(host)));
  return nodes.map(([name]) => name).sort(compare)[0];
}

/**
 * Nodes by name. What pods say about their host, by `spec.nodeName` and `status.hostIP`, counts like what Node objects say, and so does the address of a pod
 * that is treated as its node. A host address of no known node is a node of that name.
 */
function nodeAddresses(manifests: Manifests, profile: CniProfile): Map<string, readonly Bits[]> {
  const nodes = new Map<string, readonly Bits[]>();
  for (const { object } of manifests.nodes) {
    // Whatever the type says; a host name is no address.
    nodes.set(object.metadata.name, bitsOf((object.status?.addresses ?? []).map(({ address }) => address)));
  }
  const pods = livePods(manifests);
  for (const pod of pods) {
    const name = pod.spec?.nodeName;
    const own = isTreatedAsNode(pod, profile) ? addressesOfPod(pod) : [];
    if (name) nodes.set(name, [...(nodes.get(name) ?? []), ...hostAddresses(pod), ...own]);
  }
  const known = new Set([...nodes.values()].flat());
  for (const pod of pods) {
    const hosts = hostAddresses(pod);
    if (hosts.length === 0 || hosts.some((host) => known.has(host))) continue;
    nodes.set(`(${pod.status?.hostIP ?? pod.status?.hostIPs?.[0]?.ip})`, hosts);
    for (const host of hosts) known.add(host);
  }
  return nodes;
}

function addressesOfPod({ status }: PodObject): Bits[] {
  return bitsOf([status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)]);
}

function hostAddresses({ status }: PodObject): Bits[] {
  return bitsOf([status?.hostIP, ...(status?.hostIPs ?? []).map(({ ip }) => ip)]);
}

/** Traffic to these is rewritten before policy applies [53, 54]. */
function serviceAddresses({ spec, status }: Manifests['services'][number]['object']): Bits[] {
  const balancer = (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip);
  return bitsOf([spec?.clusterIP, ...(spec?.clusterIPs ?? []), ...(spec?.externalIPs ?? []), ...balancer]);
}

/** `None`, host names and absent fields are no address. */
function bitsOf(texts: readonly (string | null | undefined)[]): Bits[] {
  return texts.map((text) => (text ? addressBits(text) : undefined)).filter((bits) => bits !== undefined);
}

function onePerFamily(addresses: readonly Bits[]): Bits[] {
  const first = (family: 4 | 6) => addresses.filter((bits) => familyOf(bits) === family).slice(0, 1);
  return [...first(4), ...first(6)];
}

export function namespaceOf(object: { readonly metadata: { readonly namespace?: string | null | undefined } }): string {
  return object.metadata.namespace || 'default';
}

/** By UTF-16 code units. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
