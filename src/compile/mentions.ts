/**
 * What the policies of a set speak of: everything that the compiler has to tell apart because some rule asks for it. Policies that have a part in common share one object mostly, so each is looked at once.
 */
import type { IpPrefix } from '../lib/ip-address.ts';
import type { Peer, PodMatch, PolicySet, PortMatch, Rule } from '../model/policy.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { Selector } from '../model/selector.ts';

export interface Mentions {
  /** Every CIDR and exception. Equal ones may be among them several times. */
  readonly prefixes: readonly IpPrefix[];
  /** Keys of labels that pods and namespaces must have for a selector: others have no use for postings. */
  readonly labelKeys: ReadonlySet<string>;
  /** `protocol/name` of every named port. */
  readonly portNames: ReadonlySet<string>;
  /** Are nodes selected by label? */
  readonly nodes: boolean;
}

export function mentionsOf({ tiers }: PolicySet): Mentions {
  const parts = new Parts();
  for (const { policies } of tiers) {
    let last: Rule['ports'] = 'any';
    for (let i = 0; i < policies.length; i++) {
      const { subject, rules } = policies[i]!;
      parts.addPods(subject);
      for (let r = 0; r < rules.length; r++) {
        const { peers, ports } = rules[r]!;
        // Most speak of whom the policy selects, too, and of the ports of the one before.
        if (peers !== 'any') for (let p = 0; p < peers.length; p++) if (peers[p] !== subject) parts.addPeer(peers[p]!);
        if (ports !== 'any' && ports !== last) parts.portLists.add(ports);
        last = ports;
      }
    }
  }
  return { prefixes: parts.prefixes, labelKeys: keysOf(parts.selectors), portNames: namesOf(parts.portLists), nodes: parts.nodes };
}

/** So many prefixes are remembered, those that come first: sorting finds the others that are equal. */
const MOST_REMEMBERED = 1 << 18;

/** Each object once, but for prefixes where there are very many. */
class Parts {
  readonly prefixes: IpPrefix[] = [];
  private readonly knownPrefixes = new Set<IpPrefix>();
  readonly selectors = new Set<Selector>();
  readonly portLists = new Set<readonly PortMatch[]>();
  nodes = false;

  addPods({ namespaces, pods }: PodMatch): void {
    this.selectors.add(pods);
    if ('selector' in namespaces) this.selectors.add(namespaces.selector);
  }

  addPeer(peer: Peer): void {
    switch (peer.kind) {
      case 'pods':
        this.addPods(peer);
        break;
      case 'ipBlock':
        this.addPrefix(peer.cidr);
        for (const prefix of peer.except) this.addPrefix(prefix);
        break;
      case 'networks':
        for (const prefix of peer.cidrs) this.addPrefix(prefix);
        break;
      case 'domainNames':
        for (const prefix of peer.known) this.addPrefix(prefix);
        break;
      case 'nodes':
        this.nodes = true;
    }
  }

  private addPrefix(prefix: IpPrefix): void {
    const { knownPrefixes } = this;
    if (knownPrefixes.has(prefix)) return;
    if (knownPrefixes.size < MOST_REMEMBERED) knownPrefixes.add(prefix);
    this.prefixes.push(prefix);
  }
}

function keysOf(selectors: Iterable<Selector>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const selector of selectors) {
    for (const { key, operator } of selector) if (operator === 'in' || operator === 'exists') keys.add(key);
  }
  return keys;
}

function namesOf(portLists: Iterable<readonly PortMatch[]>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const ports of portLists) addPortNames(ports, names);
  return names;
}

/** Adds the names that the ports of a rule use. */
export function addPortNames(ports: readonly PortMatch[], into: Set<string>): void {
  for (const port of ports) if (port.kind === 'named') for (const name of portNames(port)) into.add(name);
}

/** `protocol/name`, for each protocol that a named port can have. */
export function portNames({ protocol, name }: PortMatch & { readonly kind: 'named' }): readonly string[] {
  return (protocol === 'any' ? PROTOCOLS : [protocol]).map((each) => `${each}/${name}`);
}
