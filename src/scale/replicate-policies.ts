/**
 * A policy set k times over one cluster: every NetworkPolicy is there k times, under other names, with the same subject and with ports and peers that differ. Ports are moved by an
 * offset that is drawn per copy of a policy; of the values in peers' selectors, every second one becomes another value that the same key has in the cluster.
 * Administrators' policies have no room for more priorities: their rules are repeated, changed in the same way, behind their own.
 */
import { compareText } from '../lib/compare-text.ts';
import { RandomStream } from '../lib/random.ts';
import type {
  AdminDestinationPort,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  ClusterNetworkPolicyProtocol,
  LabelSelector,
  Manifests,
  Maybe,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../model/resource.ts';
import { suffixesFor } from './relabel.ts';
import { withObject } from './with-object.ts';

/** How a copy differs from its policy. */
interface Change {
  readonly value: (key: string, value: string) => string;
  /** A range of ports -> the first of the changed one, which is as long. */
  readonly port: (from: number, to: number) => number;
}

/** @throws {RangeError} when `count` is no whole number from 1 */
export function replicatePolicies(manifests: Manifests, count: number, seed: number): Manifests {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`copies must be a whole number from 1, got \`${count}\``);
  if (count === 1) return manifests;
  const random = new RandomStream(seed, 2);
  const values = valuesOfKeys(manifests);
  const suffixes = suffixesFor(manifests, count).slice(1);
  return {
    ...manifests,
    networkPolicies: [
      ...manifests.networkPolicies,
      ...suffixes.flatMap((suffix) =>
        manifests.networkPolicies.map((one) => withObject(one, changedPolicy(one.object, suffix, drawChange(random, values)))),
      ),
    ],
    adminPolicies: manifests.adminPolicies.map((one) => {
      const changes = suffixes.map(() => drawChange(random, values));
      return withObject(one, withChangedRules(one.object, changes));
    }),
  };
}

/** The values that each label key has, on pods and on namespaces. */
function valuesOfKeys({ pods, namespaces }: Manifests): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, Set<string>>();
  for (const { object } of [...pods, ...namespaces]) {
    for (const [key, value] of Object.entries(object.metadata.labels ?? {})) {
      const known = values.get(key) ?? new Set();
      values.set(key, known.add(value ?? ''));
    }
  }
  return new Map([...values].map(([key, known]) => [key, [...known].sort(compareText)]));
}

function drawChange(random: RandomStream, values: ReadonlyMap<string, readonly string[]>): Change {
  const offset = 1 + random.below(997);
  return {
    value: (key, value) => {
      const others = values.get(key) ?? [];
      const drawn = others[random.below(Math.max(1, others.length))];
      return random.below(2) === 0 ? value : (drawn ?? value);
    },
    port: (from, to) => (to + offset <= 65_535 ? from + offset : Math.max(1, from - offset)),
  };
}

function changedPolicy(object: NetworkPolicyObject, suffix: string, change: Change): NetworkPolicyObject {
  const { metadata, spec } = object;
  const ports = (list: Maybe<readonly NetworkPolicyPort[]>): Maybe<readonly NetworkPolicyPort[]> =>
    list?.map((port) => changedPort(port, change));
  const peers = (list: Maybe<readonly NetworkPolicyPeer[]>): Maybe<readonly NetworkPolicyPeer[]> =>
    list?.map((peer) => ({
      ...peer,
      podSelector: changedSelector(peer.podSelector, change),
      namespaceSelector: changedSelector(peer.namespaceSelector, change),
    }));
  return {
    ...object,
    metadata: { ...metadata, name: `${metadata.name}${suffix}` },
    spec: spec && {
      ...spec,
      ingress: spec.ingress?.map((rule) => ({ ...rule, from: peers(rule.from), ports: ports(rule.ports) })),
      egress: spec.egress?.map((rule) => ({ ...rule, to: peers(rule.to), ports: ports(rule.ports) })),
    },
  };
}

function changedPort(port: NetworkPolicyPort, change: Change): NetworkPolicyPort {
  if (typeof port.port !== 'number') return port;
  const first = change.port(port.port, port.endPort ?? port.port);
  const { endPort } = port;
  return endPort === undefined || endPort === null
    ? { ...port, port: first }
    : { ...port, port: first, endPort: first + endPort - port.port };
}

function changedSelector<T extends Maybe<LabelSelector>>(selector: T, { value }: Change): T | LabelSelector {
  if (selector === null || selector === undefined) return selector;
  return {
    ...selector,
    matchLabels:
      selector.matchLabels && Object.fromEntries(Object.entries(selector.matchLabels).map(([key, text]) => [key, value(key, text ?? '')])),
    matchExpressions: selector.matchExpressions?.map((each) => ({
      ...each,
      values: each.values && [...new Set(each.values.map((text) => value(each.key, text)))],
    })),
  };
}

function withChangedRules<T extends AdminPolicyObject>(object: T, changes: readonly Change[]): T {
  const { spec } = object;
  const more = <R extends object>(rules: Maybe<readonly R[]>): Maybe<readonly R[]> =>
    rules && [...rules, ...changes.flatMap((change) => rules.map((rule) => changedRule(rule, change)))];
  return { ...object, spec: { ...spec, ingress: more<object>(spec.ingress), egress: more<object>(spec.egress) } } as T;
}

/** Ports only: an administrator's rules speak of tenants, which stay who they are. */
function changedRule<R extends { readonly protocols?: unknown; readonly ports?: unknown }>(rule: R, change: Change): R {
  const protocols = rule.protocols as Maybe<readonly ClusterNetworkPolicyProtocol[]>;
  const ports = rule.ports as Maybe<readonly AdminNetworkPolicyPort[]>;
  return {
    ...rule,
    ...(protocols ? { protocols: protocols.map((each) => changedProtocol(each, change)) } : {}),
    ...(ports ? { ports: ports.map((each) => changedAdminPort(each, change)) } : {}),
  };
}

function changedProtocol(protocol: ClusterNetworkPolicyProtocol, change: Change): ClusterNetworkPolicyProtocol {
  const one = (match: Maybe<{ readonly destinationPort?: Maybe<AdminDestinationPort> }>) =>
    match?.destinationPort ? { ...match, destinationPort: changedDestination(match.destinationPort, change) } : match;
  const { tcp, udp, sctp } = protocol;
  return {
    ...protocol,
    ...(tcp === undefined ? {} : { tcp: one(tcp) }),
    ...(udp === undefined ? {} : { udp: one(udp) }),
    ...(sctp === undefined ? {} : { sctp: one(sctp) }),
  };
}

function changedDestination({ number, range }: AdminDestinationPort, change: Change): AdminDestinationPort {
  if (typeof number === 'number') return { number: change.port(number, number) };
  return range ? { range: changedRange(range, change) } : {};
}

function changedRange(range: { readonly start: number; readonly end: number }, change: Change): { start: number; end: number } {
  const start = change.port(range.start, range.end);
  return { start, end: start + range.end - range.start };
}

function changedAdminPort(port: AdminNetworkPolicyPort, change: Change): AdminNetworkPolicyPort {
  const { portNumber, portRange } = port;
  if (portNumber) return { portNumber: { ...portNumber, port: change.port(portNumber.port, portNumber.port) } };
  return portRange ? { portRange: { ...portRange, ...changedRange(portRange, change) } } : port;
}
