/**
 * A whole generated input: cluster, policies, unreadable policies and a profile, and the ends and ports at which its rules begin and end.
 */
import fc from 'fast-check';
import type { FlowEnd } from '../model/flow.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  ClusterNetworkPolicyProtocol,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  UnreadableEnd,
} from '../model/resource.ts';
import { addressText, addressValue, blockRange, isAddress } from './addresses.ts';
import { adminPolicies, domainNameTable, type NameTable, unreadableAdminPolicies } from './admin-policies.ts';
import { clusterObjects } from './cluster.ts';
import type { ManifestObjects } from './manifests.ts';
import { networkPolicies, unreadablePolicies } from './policies.ts';
import { profile } from './profiles.ts';
import { type ClusterSettings, checkSettings } from './settings.ts';

/** A generated input: API objects by kind, what could not be read, and how the data plane behaves. */
export interface World extends Required<ManifestObjects> {
  readonly profile: CniProfile;
  /** Addresses of domain names, for `compile` and `reference`. */
  readonly domainNames: NameTable;
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
      adminPolicies: adminPolicies(settings),
      domainNames: domainNameTable(settings),
      unreadable: unreadablePolicies(settings),
      unreadableAdmin: unreadableAdminPolicies(settings),
      unreadableEnds: unreadableEnds(),
      profile: profile(),
      flowSeed: fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })),
    })
    .map(({ cluster, unreadable, unreadableAdmin, ...rest }): World => {
      const withAdmin = rest.adminPolicies.length > 0 ? [...unreadable, ...unreadableAdmin] : unreadable;
      return { ...cluster, ...rest, unreadable: withAdmin };
    });
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

/** Ports of one protocol, or of each; where they begin and end, none for all of them. */
export interface PortView {
  readonly protocol: Protocol | undefined;
  readonly edges: readonly number[];
}

/** One rule of any policy, whichever direction. */
export interface RuleView {
  readonly direction: 'ingress' | 'egress';
  /** Undefined: its subjects can be in any. */
  readonly namespace: string | undefined;
  /** First and last address of each block. */
  readonly blocks: readonly { readonly family: 4 | 6; readonly value: bigint }[];
  /** Empty: every port. */
  readonly ports: readonly PortView[];
}

/** The rules of all policies that can be read. */
export function rulesOf(world: World): RuleView[] {
  return [
    ...world.networkPolicies.flatMap((policy) => networkPolicyRules(world, policy)),
    ...world.adminPolicies.flatMap((policy) => adminPolicyRules(world, policy)),
  ];
}

function networkPolicyRules(world: World, { metadata, spec }: NetworkPolicyObject): RuleView[] {
  const view = (direction: RuleView['direction'], peers: NetworkPolicyPeer[], ports: NetworkPolicyPort[]): RuleView => ({
    direction,
    namespace: namespaceOf(metadata),
    blocks: peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])].flatMap(blockEdges) : [])),
    ports: ports.map(({ protocol, port, endPort }) => ({
      protocol: protocol ?? 'TCP',
      edges: typeof port === 'number' ? [port, endPort ?? port] : typeof port === 'string' ? numbersOf(world, port) : [],
    })),
  });
  return [
    ...(spec?.ingress ?? []).map(({ from, ports }) => view('ingress', [...(from ?? [])], [...(ports ?? [])])),
    ...(spec?.egress ?? []).map(({ to, ports }) => view('egress', [...(to ?? [])], [...(ports ?? [])])),
  ];
}

function adminPolicyRules(world: World, policy: AdminPolicyObject): RuleView[] {
  const addresses = Object.values(world.domainNames).flat();
  const view = (direction: RuleView['direction'], peers: readonly AdminEgressPeer[], ports: readonly PortView[]): RuleView => ({
    direction,
    namespace: undefined,
    blocks: peers.flatMap(({ networks, domainNames }) => [
      ...(networks ?? []).flatMap(blockEdges),
      ...(domainNames ? addresses.map(addressValue) : []),
    ]),
    ports,
  });
  if (policy.kind === 'ClusterNetworkPolicy') {
    const { ingress, egress } = policy.spec;
    const ports = (items: readonly ClusterNetworkPolicyProtocol[] | null | undefined) =>
      (items ?? []).map((item) => protocolView(world, item));
    return [
      ...(ingress ?? []).map(({ from, protocols }) => view('ingress', from, ports(protocols))),
      ...(egress ?? []).map(({ to, protocols }) => view('egress', to, ports(protocols))),
    ];
  }
  const { ingress, egress } = policy.spec;
  const views = (items: readonly AdminNetworkPolicyPort[] | null | undefined) => (items ?? []).map((item) => portView(world, item));
  return [
    ...(ingress ?? []).map(({ from, ports }) => view('ingress', from, views(ports))),
    ...(egress ?? []).map(({ to, ports }) => view('egress', to, views(ports))),
  ];
}

function protocolView(world: World, { tcp, udp, sctp, destinationNamedPort }: ClusterNetworkPolicyProtocol): PortView {
  if (destinationNamedPort) return { protocol: undefined, edges: numbersOf(world, destinationNamedPort) };
  const { number, range } = (tcp ?? udp ?? sctp)?.destinationPort ?? {};
  return {
    protocol: tcp ? 'TCP' : udp ? 'UDP' : 'SCTP',
    edges: range ? [range.start, range.end] : typeof number === 'number' ? [number] : [],
  };
}

function portView(world: World, { portNumber, portRange, namedPort }: AdminNetworkPolicyPort): PortView {
  if (namedPort) return { protocol: undefined, edges: numbersOf(world, namedPort) };
  const edges = portNumber ? [portNumber.port] : portRange ? [portRange.start, portRange.end] : [];
  return { protocol: (portNumber ?? portRange)?.protocol ?? 'TCP', edges };
}

/** The numbers that pods declare under a name. */
function numbersOf({ pods }: World, name: string): number[] {
  const containers = pods.flatMap(({ spec }) => [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]);
  return containers.flatMap(({ ports }) => (ports ?? []).filter((port) => port.name === name).map(({ containerPort }) => containerPort));
}

function blockEdges(cidr: string): { family: 4 | 6; value: bigint }[] {
  const { family, first, last } = blockRange(cidr);
  return [first, last].map((value) => ({ family, value }));
}

/** Where rules begin and end. */
export interface Edges {
  /** Ports at which some rule's ports begin or end; names give the numbers that pods declare under them. */
  readonly ports: ReadonlySet<number>;
  /** First and last address of every block, exception and network, and every address of a domain name that some rule speaks of, as `family:number`. */
  readonly addresses: ReadonlySet<string>;
}

/** The edges of all readable policies of the world. */
export function edgesOf(world: World): Edges {
  const rules = rulesOf(world);
  return {
    ports: new Set(rules.flatMap(({ ports }) => ports.flatMap(({ edges }) => edges))),
    addresses: new Set(rules.flatMap(({ blocks }) => blocks.map(({ family, value }) => `${family}:${value}`))),
  };
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
    workload ? [`${namespaceOf(metadata)}/${workload.kind.toLowerCase()}/${workload.name}`] : [],
  );
  return {
    pods: live.map(nameOfObject),
    families: new Map(live.map((pod) => [nameOfObject(pod), familiesOf(pod)])),
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
