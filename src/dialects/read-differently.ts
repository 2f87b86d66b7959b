/**
 * Fields of NetworkPolicies that a data plane reads in another way than the specification: what the author of the policy should know. In come objects and what they were lowered to, out
 * come diagnostics. Specification: the switches of `CniProfile`.
 */

import { hostPrefix, type IpPrefix, parseAddress, parsePrefix, prefixContains } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Policy } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicyPort, Resource } from '../model/resource.ts';

const MOST_LISTED = 20;

/** The first differences, and one line that counts the rest. Policy i was lowered from object i. */
export function readDifferently(
  written: readonly Resource<NetworkPolicyObject>[],
  lowered: readonly Policy[],
  manifests: Manifests,
  profile: CniProfile,
): Diagnostic[] {
  if (readsAsWritten(profile)) return [];
  const owners = new AddressOwners(manifests, profile);
  const all = written.flatMap((resource, i) =>
    DIRECTIONS.flatMap((direction) => differences(resource, lowered[i]!, direction, profile, owners)),
  );
  const listed = all.slice(0, MOST_LISTED);
  const rest = all[MOST_LISTED];
  if (rest === undefined) return listed;
  const { code, severity, origin } = rest;
  const count = all.length - MOST_LISTED;
  const more = count === 1 ? '1 more field of NetworkPolicies is' : `${count} more fields of NetworkPolicies are`;
  const message = `${more} read differently under ${quote(profile.name)}`;
  return [...listed, { code, severity, message, origin }];
}

/** Under most profiles no field of a NetworkPolicy means something else, and none is looked at twice. */
function readsAsWritten(profile: CniProfile): boolean {
  const { namedPorts, endPort, exceptScope, ipv6Everything, ipBlockMatchesPods, ipBlockMatchesNodes } = profile;
  const names = namedPorts === 'resolved' || namedPorts === 'policy-rejected';
  const blocks = exceptScope === 'block' && ipv6Everything === 'all' && ipBlockMatchesPods && ipBlockMatchesNodes;
  return names && blocks && endPort === 'range';
}

/** A rule as it is written. */
interface WrittenRule {
  readonly direction: Direction;
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
  /** Was it lowered to a rule that says nothing about ports? */
  readonly isOpen: boolean;
  readonly namespace: string;
}

type Difference = readonly [field: string, message: string];

function differences(
  resource: Resource<NetworkPolicyObject>,
  policy: Policy,
  direction: Direction,
  profile: CniProfile,
  owners: AddressOwners,
): Diagnostic[] {
  const { metadata, spec } = resource.object;
  const written =
    direction === 'ingress'
      ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports: ports ?? [] }))
      : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [] }));
  const namespace = namespaceOf(metadata);
  return written.flatMap((rule, index) => {
    const path = `spec.${direction}[${index}]`;
    // A rule of a direction that the policy does not have says nothing to anybody.
    if (!policy.isolates[direction]) return [];
    const isOpen = policy.rules.some((each) => each.direction === direction && each.index === index && each.ports === 'any');
    const whole: WrittenRule = { ...rule, direction, isOpen, namespace };
    const list = direction === 'ingress' ? 'from' : 'to';
    const exceptions = profile.exceptScope === 'rule' ? exceptionsOf(rule.peers) : [];
    const found: Difference[] = [
      ...namesOfPorts(whole, profile).map((message): Difference => [`${path}.ports`, message]),
      ...rule.ports.flatMap((port, i): Difference[] => ignoredRange(port, `${path}.ports[${i}].endPort`, profile)),
      ...rule.peers.flatMap((peer, i) => blocks(peer, exceptions, `${path}.${list}[${i}].ipBlock`, profile, owners)),
    ];
    return found.map(([field, message]): Diagnostic => {
      const name = `${quote(`${namespace}/${policy.ref.name}`)} under ${quote(profile.name)}`;
      return {
        code: 'policy-read-differently',
        severity: 'warning',
        message: `NetworkPolicy ${name}: ${message}`,
        origin: resource.locate(path),
        object: policy.ref,
        field,
      };
    });
  });
}

function namesOfPorts({ ports, peers, direction, isOpen, namespace }: WrittenRule, { namedPorts }: CniProfile): string[] {
  const names = ports.flatMap(({ port }) => (typeof port === 'string' ? [quote(port)] : [])).join(', ');
  if (names === '') return [];
  if (namedPorts === 'uncertain') return [`the port ${names} is resolved in a way of its own, so that what this rule allows is unknown`];
  if (namedPorts !== 'open-when-unresolved') return [];
  if (isOpen)
    return [`no pod declares the port ${names}, and the rule is written without ports: all of them are open to the pods it names`];
  if (direction === 'ingress') return [];
  if (peers.length === 0) return [`the port ${names} is what pods of namespace ${quote(namespace)} declare, and open to every destination`];
  return peers.some(({ ipBlock }) => ipBlock) ? [`the port ${names} allows nothing to an ipBlock`] : [];
}

function ignoredRange({ port, endPort }: NetworkPolicyPort, field: string, profile: CniProfile): Difference[] {
  if (profile.endPort === 'range' || typeof endPort !== 'number' || endPort === port) return [];
  return [[field, `\`endPort\` is not known to it: of ports ${port} to ${endPort} only ${port} is allowed`]];
}

interface Exception {
  readonly text: string;
  readonly prefix: IpPrefix;
}

/** Those of all blocks of a rule, each once. */
function exceptionsOf(peers: readonly NetworkPolicyPeer[]): Exception[] {
  const texts = new Set(peers.flatMap(({ ipBlock }) => ipBlock?.except ?? []));
  return [...texts].flatMap((text) => {
    const prefix = prefixOf(text);
    return prefix === undefined ? [] : [{ text, prefix }];
  });
}

/** `exceptions`: those of the whole rule, where they are taken from each of its blocks. */
function blocks(
  { ipBlock }: NetworkPolicyPeer,
  exceptions: readonly Exception[],
  path: string,
  profile: CniProfile,
  owners: AddressOwners,
): Difference[] {
  if (!ipBlock) return [];
  const cidr = prefixOf(ipBlock.cidr);
  const found: Difference[] = [];
  if (cidr === undefined) return found;
  for (const { text, prefix } of exceptions) {
    if (prefix.length <= cidr.length || !prefixContains(cidr, prefix) || ipBlock.except?.includes(text)) continue;
    found.push([`${path}.except`, `the exception ${quote(text)} of another block of the rule is taken from ${quote(ipBlock.cidr)}, too`]);
  }
  if (profile.ipv6Everything === 'global-and-local' && cidr.family === 6 && cidr.length === 0) {
    found.push([`${path}.cidr`, `${quote(ipBlock.cidr)} is 2000::/3 and fd00::/8 only`]);
  }
  const owner = owners.unmatchedIn(cidr);
  if (owner !== undefined) found.push([`${path}.cidr`, `${quote(ipBlock.cidr)} does not match ${owner}, whose address it holds`]);
  return found;
}

function prefixOf(text: string): IpPrefix | undefined {
  return parsePrefix(text)?.prefix;
}

/** Who has addresses that blocks do not match. */
class AddressOwners {
  private readonly manifests: Manifests;
  private readonly profile: CniProfile;
  private owners: readonly { readonly host: IpPrefix; readonly name: string }[] | undefined;
  private readonly known = new Map<string, string | undefined>();

  constructor(manifests: Manifests, profile: CniProfile) {
    this.manifests = manifests;
    this.profile = profile;
  }

  /** The first of them with an address in the block. */
  unmatchedIn(cidr: IpPrefix): string | undefined {
    const key = `${cidr.words.join('.')}/${cidr.length}`;
    if (!this.known.has(key)) {
      this.owners ??= this.read();
      this.known.set(key, this.owners.find(({ host }) => prefixContains(cidr, host))?.name);
    }
    return this.known.get(key);
  }

  private read(): { host: IpPrefix; name: string }[] {
    const { ipBlockMatchesPods, ipBlockMatchesNodes, hostNetwork } = this.profile;
    const of = (kind: string, name: string, texts: readonly (string | null | undefined)[]) =>
      texts.flatMap((text) => {
        const address = text ? parseAddress(text) : undefined;
        return address === undefined ? [] : [{ host: hostPrefix(address), name: `${kind} ${quote(name)}` }];
      });
    const pods = this.manifests.pods.flatMap(({ object: { metadata, spec, status } }) => {
      // A completed pod is gone, and its address is free.
      if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return [];
      const matched = spec?.hostNetwork === true && hostNetwork === 'node' ? ipBlockMatchesNodes : ipBlockMatchesPods;
      const name = `${namespaceOf(metadata)}/${metadata.name}`;
      return matched ? [] : of('pod', name, [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)]);
    });
    const nodes = this.manifests.nodes.flatMap(({ object: { metadata, status } }) =>
      ipBlockMatchesNodes
        ? []
        : of(
            'node',
            metadata.name,
            (status?.addresses ?? []).map(({ address }) => address),
          ),
    );
    return [...pods, ...nodes];
  }
}
