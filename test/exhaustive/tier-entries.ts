/**
 * The tiny universe of tiers: an entry is one rule in a policy of its own, with one of 4 peers, 8 ranges of ports, 3 verdicts, 3 tiers and 2 priorities. 576 entries, 24 flows
 * of a subject: to each of four ends that the peers tell apart, at each of six ports that the ranges do.
 */
import { parsePrefix } from '../../src/lib/ip-address.ts';
import type { Action, Peer, Policy, PolicySet, PortMatch, Tier } from '../../src/model/policy.ts';
import type { Direction, Protocol } from '../../src/model/protocol.ts';
import type {
  AdminEgressPeer,
  AdminPolicyObject,
  ClusterNetworkPolicyProtocol,
  NetworkPolicyObject,
  PodObject,
} from '../../src/model/resource.ts';

const ORIGIN = { file: 'generated', line: 1, column: 1 };

/** The pods that peers are about; `.2` and the last address belong to nobody. */
export const PEER_PODS: readonly PodObject[] = [pod('peers', 'x', { app: 'x' }, '10.8.0.1'), pod('peers', 'y', { app: 'y' }, '10.9.0.1')];
export const ENDS = ['10.8.0.1', '10.9.0.1', '10.9.0.2', '203.0.113.9'] as const;
export const PORTS: readonly (readonly [Protocol, number])[] = [
  ['TCP', 79],
  ['TCP', 80],
  ['TCP', 81],
  ['TCP', 82],
  ['TCP', 83],
  ['UDP', 80],
];

/** A peer as the internal form has it, and as the API does. */
interface PeerForms {
  readonly form: Peer;
  readonly api: AdminEgressPeer;
  readonly networkPolicy: object;
}

const PEERS: readonly PeerForms[] = [
  podPeer([]),
  podPeer([{ key: 'app', operator: 'in', values: ['x'] }]),
  networkPeer('10.9.0.0/24'),
  networkPeer('0.0.0.0/0'),
];

type Range = readonly [protocol: 'TCP' | 'UDP', from: number, to: number];

/** Undefined: every port of every protocol. */
const RANGES: readonly (Range | undefined)[] = [
  undefined,
  ['TCP', 1, 65535],
  ['TCP', 80, 80],
  ['TCP', 80, 81],
  ['TCP', 81, 82],
  ['TCP', 1, 80],
  ['TCP', 81, 65535],
  ['UDP', 80, 80],
];

const VERDICTS = ['allow', 'deny', 'pass'] as const satisfies readonly Action[];
const TIERS = ['Admin', 'NetworkPolicy', 'Baseline'] as const;
const PRIORITIES = [1, 2] as const;

export interface Entry {
  readonly peer: number;
  readonly range: number;
  readonly verdict: (typeof VERDICTS)[number];
  readonly tier: number;
  readonly priority: (typeof PRIORITIES)[number];
}

export const ENTRIES: readonly Entry[] = TIERS.flatMap((_, tier) =>
  PRIORITIES.flatMap((priority) =>
    VERDICTS.flatMap((verdict) =>
      PEERS.flatMap((__, peer) => RANGES.map((___, range): Entry => ({ peer, range, verdict, tier, priority }))),
    ),
  ),
);

/** How many sets of so many entries there are. */
export const SETS = { 1: 576, 2: 165_600, 3: 31_684_800 } as const;

/** All sets of `size` entries, as their numbers in rising order. */
export function* entrySets(size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= ENTRIES.length - size; first++) {
    for (const rest of entrySets(size - 1, first + 1)) yield [first, ...rest];
  }
}

/** The namespace of the subject of a set. */
export function subjectOf(number: number): PodObject {
  return pod(`n${number}`, 's', {}, `10.${16 + (number >> 8)}.${number & 255}.1`);
}

function pod(namespace: string, name: string, labels: Record<string, string>, ip: string): PodObject {
  return { kind: 'Pod', metadata: { namespace, name, labels }, status: { phase: 'Running', podIP: ip } };
}

function podPeer(pods: (Peer & { kind: 'pods' })['pods']): PeerForms {
  const podSelector = pods.length === 0 ? {} : { matchLabels: { app: 'x' } };
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'peers' } };
  return {
    form: { kind: 'pods', namespaces: { name: 'peers' }, pods },
    api: { pods: { namespaceSelector, podSelector } },
    networkPolicy: { namespaceSelector, podSelector },
  };
}

function networkPeer(cidr: string): PeerForms {
  return {
    form: { kind: 'networks', cidrs: [parsePrefix(cidr)!.prefix] },
    api: { networks: [cidr] },
    networkPolicy: { ipBlock: { cidr } },
  };
}

/** The policy of an entry for the subject of set `number`, in the internal form; every tier has every verdict there. */
function policyOf(entry: Entry, index: number, number: number, direction: Direction): Policy {
  const range = RANGES[entry.range];
  const ports: 'any' | PortMatch[] = range === undefined ? 'any' : [{ kind: 'range', protocol: range[0], from: range[1], to: range[2] }];
  return {
    ref: { kind: 'Policy', name: `${number}-${index}` },
    origin: ORIGIN,
    subject: { kind: 'pods', namespaces: { name: `n${number}` }, pods: [] },
    rank: entry.priority,
    isolates: { ingress: false, egress: false },
    rules: [{ direction, action: entry.verdict, peers: [PEERS[entry.peer]!.form], ports, index: 0, origin: ORIGIN }],
  };
}

/** The sets of entries, each for a subject of its own. Set i of the list has the subject `first + i`. */
export function policySetOf(sets: readonly (readonly number[])[], first: number, direction: Direction): PolicySet {
  const lists: Policy[][] = TIERS.map(() => []);
  for (const priority of PRIORITIES) {
    for (const [i, set] of sets.entries()) {
      for (const [index, number] of set.entries()) {
        const entry = ENTRIES[number]!;
        if (entry.priority === priority) lists[entry.tier]!.push(policyOf(entry, index, first + i, direction));
      }
    }
  }
  return { tiers: TIERS.map((name, tier): Tier => ({ name, match: 'first', policies: lists[tier]! })), onUnmatched: 'allow' };
}

/** Policies as a user writes them. In the middle tier, where order and verdicts have no names: to allow is a NetworkPolicy with the rule, to deny one without, to pass is none. */
export function objectsOf(
  set: readonly number[],
  number: number,
): { adminPolicies: AdminPolicyObject[]; networkPolicies: NetworkPolicyObject[] } {
  const adminPolicies: AdminPolicyObject[] = [];
  const networkPolicies: NetworkPolicyObject[] = [];
  for (const [index, entryNumber] of set.entries()) {
    const entry = ENTRIES[entryNumber]!;
    if (entry.tier === 1) networkPolicies.push(...networkPolicyOf(entry, index, number));
    else adminPolicies.push(clusterPolicyOf(entry, index, number));
  }
  return { adminPolicies, networkPolicies };
}

function networkPolicyOf({ verdict, peer, range }: Entry, index: number, number: number): NetworkPolicyObject[] {
  if (verdict === 'pass') return [];
  const [protocol, port, endPort] = RANGES[range] ?? [];
  const ports = port === undefined ? {} : { ports: [{ protocol, port, endPort }] };
  const egress = verdict === 'deny' ? [] : [{ to: [PEERS[peer]!.networkPolicy], ...ports }];
  const metadata = { namespace: `n${number}`, name: `${number}-${index}` };
  return [{ kind: 'NetworkPolicy', metadata, spec: { podSelector: {}, policyTypes: ['Egress'], egress } } as NetworkPolicyObject];
}

const WORDS = { allow: 'Accept', deny: 'Deny', pass: 'Pass' } as const;

function clusterPolicyOf({ verdict, peer, range, tier, priority }: Entry, index: number, number: number): AdminPolicyObject {
  const protocols = protocolsOf(RANGES[range]);
  const namespaces = { matchLabels: { 'kubernetes.io/metadata.name': `n${number}` } };
  return {
    kind: 'ClusterNetworkPolicy',
    metadata: { name: `${number}-${index}` },
    spec: {
      tier: tier === 0 ? 'Admin' : 'Baseline',
      priority,
      subject: { namespaces },
      egress: [{ action: WORDS[verdict], to: [PEERS[peer]!.api], ...(protocols === undefined ? {} : { protocols }) }],
    },
  };
}

function protocolsOf(range: Range | undefined): ClusterNetworkPolicyProtocol[] | undefined {
  if (range === undefined) return undefined;
  const [protocol, start, end] = range;
  return [{ [protocol.toLowerCase()]: { destinationPort: start === end ? { number: start } : { range: { start, end } } } }];
}
