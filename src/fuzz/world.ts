/**
 * A whole generated input: cluster, policies, unreadable policies and a profile, and the ends and ports at which its rules begin and end.
 */
import fc from 'fast-check';
import type { FlowEnd } from '../model/flow.ts';
import type { CniProfile } from '../model/profile.ts';
import type { NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicyPort, UnreadableEnd } from '../model/resource.ts';
import { addressText, addressValue, blockRange, isAddress } from './addresses.ts';
import { type ClusterObjects, clusterObjects } from './cluster.ts';
import type { ManifestObjects } from './manifests.ts';
import { networkPolicies, unreadablePolicies } from './policies.ts';
import { profile } from './profiles.ts';
import { type ClusterSettings, checkSettings } from './settings.ts';

/** A generated input: API objects by kind, what could not be read, and how the data plane behaves. */
export interface World extends Required<ManifestObjects> {
  readonly profile: CniProfile;
  /** Starts the stream of bulk flows. Not shrunk: a failing flow is found again by asking all. */
  readonly flowSeed: number;
}

/**
 * Worlds of this size and strangeness. At least four pods and one policy; some of each are invisible, odd or shared on purpose.
 * @throws {RangeError} for a setting outside its range
 */
export function world(settings: ClusterSettings): fc.Arbitrary<World> {
  checkSettings(settings);
  return fc
    .record({
      cluster: clusterObjects(settings),
      networkPolicies: networkPolicies(settings),
      unreadable: unreadablePolicies(settings),
      unreadableEnds: unreadableEnds(),
      profile: profile(),
      flowSeed: fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })),
    })
    .map(({ cluster, ...rest }: { cluster: ClusterObjects } & Omit<World, keyof ClusterObjects>) => ({ ...cluster, ...rest }));
}

/** Now and then, an object that could not be read has an address, perhaps that of another. */
function unreadableEnds(): fc.Arbitrary<UnreadableEnd[]> {
  const end = fc
    .record({
      kind: fc.constantFrom('Pod', 'Node', 'Service'),
      index: fc.integer({ min: 0, max: 30 }),
      family: fc.constantFrom(4, 6),
      neighbours: fc.integer({ min: 1, max: 2 }),
    })
    .map(
      ({ kind, index, family, neighbours }): UnreadableEnd => ({
        object: kind === 'Node' ? { kind, name: 'odd' } : { kind, namespace: 'a', name: 'odd' },
        addresses: [index, index + 1].slice(0, neighbours).map((i) => (family === 4 ? `10.0.0.${i}` : `fd00::${i.toString(16)}`)),
        origin: { file: 'generated.yaml', line: 1, column: 1 },
      }),
    );
  return fc.oneof(
    { weight: 7, arbitrary: fc.constant<UnreadableEnd[]>([]) },
    { weight: 1, arbitrary: fc.array(end, { minLength: 1, maxLength: 2 }) },
  );
}

/** One rule with its policy, whichever direction. */
export interface RuleView {
  readonly policy: NetworkPolicyObject;
  readonly direction: 'ingress' | 'egress';
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

export function rulesOf(policies: readonly NetworkPolicyObject[]): RuleView[] {
  return policies.flatMap((policy) => [
    ...(policy.spec?.ingress ?? []).map(({ from, ports }) => ({
      policy,
      direction: 'ingress' as const,
      peers: from ?? [],
      ports: ports ?? [],
    })),
    ...(policy.spec?.egress ?? []).map(({ to, ports }) => ({ policy, direction: 'egress' as const, peers: to ?? [], ports: ports ?? [] })),
  ]);
}

/** Where rules begin and end. */
export interface Edges {
  /** Ports at which some rule's ports begin or end; names give the numbers that pods declare under them. */
  readonly ports: ReadonlySet<number>;
  /** First and last address of every block and exception, as `family:number`. */
  readonly addresses: ReadonlySet<string>;
}

/** The edges of all readable policies of the world. */
export function edgesOf(world: World): Edges {
  const rules = rulesOf(world.networkPolicies);
  const ports = new Set<number>();
  for (const { ports: items } of rules) for (const item of items) for (const edge of portEdges(world, item)) ports.add(edge);
  const addresses = new Set<string>();
  for (const { peers } of rules) for (const { family, value } of peers.flatMap(blockEdges)) addresses.add(`${family}:${value}`);
  return { ports, addresses };
}

/** The port numbers at which one item begins and ends. */
export function portEdges({ pods }: World, { port, endPort }: NetworkPolicyPort): number[] {
  if (typeof port === 'number') return [port, endPort ?? port];
  if (typeof port !== 'string') return [];
  const containers = pods.flatMap(({ spec }) => [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]);
  return containers.flatMap((container) =>
    (container.ports ?? []).filter(({ name }) => name === port).map(({ containerPort }) => containerPort),
  );
}

export function blockEdges({ ipBlock }: NetworkPolicyPeer): { family: 4 | 6; value: bigint }[] {
  if (!ipBlock) return [];
  return [ipBlock.cidr, ...(ipBlock.except ?? [])].flatMap((cidr) => {
    const { family, first, last } = blockRange(cidr);
    return [first, last].map((value) => ({ family, value }));
  });
}

/** Everything that a flow of this world can usefully name. */
export interface Universe {
  readonly pods: readonly string[];
  readonly workloads: readonly string[];
  /** Addresses of pods, nodes and Services, of the edges of blocks and one beside them, and two from elsewhere. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  /** Families of each pod's addresses. */
  readonly families: ReadonlyMap<string, readonly (4 | 6)[]>;
}

const ELSEWHERE = ['203.0.113.9', '2001:db8::9'];
const COMPLETED = ['Succeeded', 'Failed'];

/** What flows of the world can name; `edges`: of the same world. Ports are ascending and within 1..65535. */
export function universeOf(world: World, edges: Edges): Universe {
  const live = world.pods.filter(({ status }) => !COMPLETED.includes(status?.phase ?? ''));
  const namespaceOf = (namespace: string | null | undefined) => namespace || 'default';
  const known = [
    ...world.pods.flatMap(({ status }) => [
      status?.podIP,
      status?.hostIP,
      ...[...(status?.podIPs ?? []), ...(status?.hostIPs ?? [])].map(({ ip }) => ip),
    ]),
    ...world.nodes.flatMap(({ status }) =>
      (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address),
    ),
    ...world.services.flatMap(({ spec, status }) => [
      spec?.clusterIP,
      ...(spec?.clusterIPs ?? []),
      ...(spec?.externalIPs ?? []),
      ...(status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip),
    ]),
  ].filter((ip): ip is string => typeof ip === 'string' && ip !== 'None');
  const atEdges = [...edges.addresses].flatMap((edge) => {
    const [family, value] = edge.split(':');
    return [-1n, 0n, 1n].flatMap((step) => nearby(family === '4' ? 4 : 6, BigInt(value ?? 0) + step));
  });
  const containers = world.pods.flatMap(({ spec }) => [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]);
  const declared = containers.flatMap((container) => (container.ports ?? []).map(({ containerPort }) => containerPort));
  const ports = [1, 65535, ...declared, ...[...edges.ports].flatMap((port) => [port - 1, port, port + 1])];
  const workloads = live.flatMap(({ metadata, workload }) =>
    workload ? [`${namespaceOf(metadata.namespace)}/${workload.kind.toLowerCase()}/${workload.name}`] : [],
  );
  const nameOf = ({ metadata }: (typeof live)[number]) => `${namespaceOf(metadata.namespace)}/${metadata.name}`;
  return {
    pods: live.map(nameOf),
    families: new Map(live.map((pod) => [nameOf(pod), familiesOf(pod)])),
    workloads: [...new Set(workloads)],
    addresses: [...new Set([...known, ...atEdges, ...ELSEWHERE])],
    ports: [...new Set(ports)].filter((port) => port >= 1 && port <= 65535).sort((a, b) => a - b),
  };
}

function familiesOf({ status }: World['pods'][number]): (4 | 6)[] {
  const texts = [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)].filter((ip) => typeof ip === 'string');
  return texts.map((ip) => (ip.includes(':') ? 6 : 4));
}

/** The address, unless it is none or an IPv4 address in IPv6 notation, which is no flow end. */
export function nearby(family: 4 | 6, value: bigint): string[] {
  return isAddress(family, value) && (family === 4 || value >> 32n !== 0xffffn) ? [addressText(family, value)] : [];
}

/** Is this flow within one step of an edge: of a rule's ports, or of a block that a rule names? */
export function isNearEdge(edges: Edges, port: number, ends: readonly FlowEnd[]): boolean {
  if ([port - 1, port, port + 1].some((each) => edges.ports.has(each))) return true;
  return ends.some((end) => {
    const text = typeof end === 'string' ? end : 'ip' in end ? end.ip : '';
    if (text.includes('/') || text === '') return false;
    const { family, value } = addressValue(text);
    return [-1n, 0n, 1n].some((step) => edges.addresses.has(`${family}:${value + step}`));
  });
}
