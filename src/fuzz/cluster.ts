/**
 * Namespaces, nodes, pods and Services as API objects. Pods come with phases, both address families, host network, sidecars, named ports with
 * duplicates, nodes that have no object, and workloads.
 */
import fc from 'fast-check';
import type { Container, NamespaceObject, NodeObject, PodObject, ServiceObject } from '../model/resource.ts';
import { distinctAddresses } from './addresses.ts';
import { compact, labels, maybe, tenths } from './labels.ts';
import type { ClusterSettings } from './settings.ts';

export interface ClusterObjects {
  readonly namespaces: readonly NamespaceObject[];
  readonly nodes: readonly NodeObject[];
  readonly pods: readonly PodObject[];
  readonly services: readonly ServiceObject[];
}

const NODES = ['n0', 'n1', 'n2'];
const PHASES = ['Running', 'Pending', 'Unknown'];

function namespaces(settings: ClusterSettings): fc.Arbitrary<NamespaceObject[]> {
  const one = (name: string) =>
    fc
      .record({ given: tenths(7), own: maybe(labels(settings, { nullValues: true })), named: fc.boolean() })
      .map(({ given, own, named }) => {
        const all = named ? { ...own, 'kubernetes.io/metadata.name': name } : own;
        return given ? [{ kind: 'Namespace' as const, metadata: compact({ name, labels: all }) }] : [];
      });
  return fc.tuple(...settings.namespaces.map(one)).map((lists) => lists.flat());
}

/** What every part of the cluster agrees on: which addresses there are for what. */
interface Addresses {
  /** One list per family in use; nodes, Services and pods take from the front. */
  readonly pools: readonly (readonly string[])[];
}

const NODE_ADDRESSES = 3;
const SERVICE_ADDRESSES = 3;

function addressPools(settings: ClusterSettings): fc.Arbitrary<Addresses> {
  const count = NODE_ADDRESSES + SERVICE_ADDRESSES + settings.maxPods;
  return fc.tuple(...settings.families.map((family) => distinctAddresses(family, count))).map((pools) => ({ pools }));
}

function take({ pools }: Addresses, index: number, families: number): string[] {
  // Bit 0: the first family, bit 1: the second.
  return pools.flatMap((pool, i) =>
    (families >> i) & 1 && pool[index % pool.length] !== undefined ? [pool[index % pool.length] as string] : [],
  );
}

interface NodeDraft {
  readonly given: boolean;
  /** Bit 0: the first family, bit 1: the second; 0: a Node that tells no address. */
  readonly families: number;
  readonly hostName: boolean;
  readonly labels: Record<string, string | null> | null | undefined;
}

function nodeDrafts(settings: ClusterSettings): fc.Arbitrary<NodeDraft[]> {
  const draft = fc.record({
    given: tenths(6),
    families: fc.constantFrom(1, 2, 3, 3, 3, 0),
    hostName: fc.boolean(),
    labels: maybe(labels(settings, { nullValues: true }), { absent: 2 }),
  });
  return fc.tuple(...NODES.map(() => draft));
}

function containers(settings: ClusterSettings): fc.Arbitrary<Container[]> {
  const port = fc
    .record({
      name: fc.oneof(
        { weight: 10, arbitrary: fc.constantFrom(...settings.portNames) },
        { weight: 3, arbitrary: fc.constantFrom(undefined, null) },
      ),
      containerPort: fc.constantFrom(...settings.ports),
      protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const, 'TCP' as const, undefined, null),
    })
    .map(compact);
  return fc.array(fc.record({ ports: maybe(fc.array(port, { maxLength: 3 })) }).map(compact), { maxLength: 2 });
}

function initContainers(settings: ClusterSettings): fc.Arbitrary<Container[]> {
  const restartPolicy = fc.constantFrom('Always', 'Always', 'OnFailure', undefined, null);
  return fc
    .tuple(containers(settings), restartPolicy)
    .map(([list, policy]) => list.map((each) => compact({ ...each, restartPolicy: policy })));
}

/** The settings of the pods of one side: even places of the lists, or odd ones. */
function ofSide(settings: ClusterSettings, side: number): ClusterSettings {
  const half = <T>(list: readonly T[]) => list.filter((_, i) => i % 2 === side);
  return { ...settings, labelValues: half(settings.labelValues), ports: half(settings.ports), portNames: half(settings.portNames) };
}

function podDrafts(settings: ClusterSettings): fc.Arbitrary<PodDraft[]> {
  const length = { minLength: 4, maxLength: settings.maxPods, size: 'max' } as const;
  if (!settings.twoSides) return fc.array(podDraft(settings), length);
  const pair = fc.tuple(podDraft(ofSide(settings, 0)), podDraft(ofSide(settings, 1)));
  return fc.array(pair, { ...length, minLength: 2, maxLength: Math.max(2, settings.maxPods >> 1) }).map((pairs) => pairs.flat());
}

function podDraft(settings: ClusterSettings) {
  const { weights } = settings;
  return fc.record({
    namespace: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...settings.namespaces) },
      { weight: 1, arbitrary: fc.constantFrom(undefined, null, '') },
    ),
    labels: maybe(labels(settings, { nullValues: !settings.twoSides })),
    completed: tenths(weights.completed),
    phase: fc.constantFrom(...PHASES, undefined),
    hostNetwork: tenths(weights.hostNetwork),
    noAddress: tenths(weights.noAddress),
    shared: tenths(weights.sharedAddress),
    families: fc.constantFrom(1, 2, 3, 3, 3, 3),
    addressForm: fc.constantFrom('both', 'list', 'single'),
    node: fc.constantFrom(...NODES, undefined),
    hostAddress: fc.constantFrom('known', 'known', 'known', 'list', 'absent'),
    // A pod can tell its host's address without the name of its node.
    nodeNamed: fc.constantFrom(true, true, true, false),
    terminating: fc.boolean(),
    containers: containers(settings),
    initContainers: maybe(initContainers(settings), { absent: 5 }),
    workload: fc.constantFrom(undefined, undefined, 'Deployment/w', 'Deployment/v', 'Job/w', 'StatefulSet/p0'),
  });
}

type PodDraft = ReturnType<typeof podDraft> extends fc.Arbitrary<infer T> ? T : never;

function toPod(draft: PodDraft, index: number, addresses: Addresses, nodes: readonly NodeDraft[]): PodObject {
  const nodeIndex = draft.node === undefined ? -1 : NODES.indexOf(draft.node);
  const nodeIps = nodeIndex < 0 ? [] : take(addresses, nodeIndex, nodes[nodeIndex]?.families ?? 3);
  const own = NODE_ADDRESSES + SERVICE_ADDRESSES + (draft.shared ? 0 : index);
  const ips = draft.noAddress ? [] : draft.hostNetwork && nodeIps.length > 0 ? nodeIps : take(addresses, own, draft.families);
  const hostIps = draft.hostAddress === 'absent' ? [] : nodeIps;
  const [kind, name] = draft.workload?.split('/') ?? [];
  const status = compact({
    phase: draft.completed ? (index % 2 === 0 ? 'Succeeded' : 'Failed') : draft.phase,
    podIP: draft.addressForm === 'list' ? undefined : ips[0],
    podIPs: ips.length === 0 || (draft.addressForm === 'single' && ips.length === 1) ? undefined : ips.map((ip) => ({ ip })),
    hostIP: draft.hostAddress === 'list' ? undefined : hostIps[0],
    hostIPs: hostIps.length > 1 || (draft.hostAddress === 'list' && hostIps.length > 0) ? hostIps.map((ip) => ({ ip })) : undefined,
  });
  return compact({
    kind: 'Pod' as const,
    metadata: compact({
      name: `p${index}`,
      namespace: draft.namespace,
      labels: draft.labels,
      deletionTimestamp: draft.terminating ? '2024-01-01T00:00:00Z' : undefined,
    }),
    spec: compact({
      nodeName: draft.nodeNamed ? draft.node : undefined,
      hostNetwork: draft.hostNetwork ? true : undefined,
      containers: draft.containers,
      initContainers: draft.initContainers,
    }),
    status: Object.keys(status).length === 0 ? undefined : status,
    workload: kind === undefined || name === undefined ? undefined : { kind, name },
  }) as PodObject;
}

function toNode(draft: NodeDraft, index: number, addresses: Addresses): NodeObject[] {
  if (!draft.given) return [];
  const list = take(addresses, index, draft.families).map((address) => ({ type: 'InternalIP', address }));
  const hostName = draft.hostName ? [{ type: 'Hostname', address: NODES[index] as string }] : [];
  const status = draft.families === 0 ? undefined : { addresses: [...list, ...hostName] };
  return [compact({ kind: 'Node' as const, metadata: compact({ name: NODES[index] as string, labels: draft.labels }), status })];
}

function services(settings: ClusterSettings) {
  const draft = fc.record({
    given: tenths(settings.weights.service),
    namespace: fc.constantFrom(...settings.namespaces, undefined),
    // Two Services may claim one address.
    shared: tenths(settings.weights.sharedAddress),
    form: fc.constantFrom('clusterIP', 'clusterIPs', 'externalIPs', 'balancer', 'headless'),
    families: fc.constantFrom(1, 2, 3),
  });
  return fc.array(draft, { maxLength: SERVICE_ADDRESSES });
}

type ServiceDraft = ReturnType<typeof services> extends fc.Arbitrary<(infer T)[]> ? T : never;

function toService(draft: ServiceDraft, index: number, addresses: Addresses): ServiceObject[] {
  const ips = take(addresses, NODE_ADDRESSES + (draft.shared ? 0 : index), draft.families);
  const metadata = compact({ name: `s${index}`, namespace: draft.namespace });
  if (!draft.given) return [];
  switch (draft.form) {
    case 'clusterIP':
      return [{ kind: 'Service', metadata, spec: compact({ clusterIP: ips[0] }) }];
    case 'clusterIPs':
      return [{ kind: 'Service', metadata, spec: compact({ clusterIP: ips[0], clusterIPs: ips }) }];
    case 'externalIPs':
      return [{ kind: 'Service', metadata, spec: { clusterIP: 'None', externalIPs: ips } }];
    case 'balancer':
      return [{ kind: 'Service', metadata, spec: {}, status: { loadBalancer: { ingress: ips.map((ip) => ({ ip })) } } }];
    default:
      return [{ kind: 'Service', metadata, spec: { clusterIP: 'None', clusterIPs: ['None'] } }];
  }
}

/** A whole cluster without policies. Names are unique; pods are p0, p1, … across namespaces. */
export function clusterObjects(settings: ClusterSettings): fc.Arbitrary<ClusterObjects> {
  return fc
    .record({
      namespaces: namespaces(settings),
      addresses: addressPools(settings),
      nodes: nodeDrafts(settings),
      pods: podDrafts(settings),
      services: services(settings),
    })
    .map((draft) => ({
      namespaces: draft.namespaces,
      nodes: draft.nodes.flatMap((node, i) => toNode(node, i, draft.addresses)),
      pods: draft.pods.map((pod, i) => toPod(pod, i, draft.addresses, draft.nodes)),
      services: draft.services.flatMap((service, i) => toService(service, i, draft.addresses)),
    }));
}
