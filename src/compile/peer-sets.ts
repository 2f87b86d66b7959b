/**
 * What selectors, ipBlocks and named ports select: sets of units, each found once.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { GrowableLists } from '../lib/growable-lists.ts';
import type { IpPrefix } from '../lib/ip-address.ts';
import { PairInterner } from '../lib/pair-interner.ts';
import { TextNumbers } from '../lib/text-numbers.ts';
import { newWords } from '../lib/words.ts';
import type { Cluster } from '../model/cluster.ts';
import type { IpBlock, Peer, PodMatch } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Labels, Selector } from '../model/selector.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Endpoints } from './endpoints.ts';
import { LabelIndex, matchesLabels } from './label-index.ts';
import type { PrefixIndex } from './prefixes.ts';

/** Pods that give a port name the same number. */
export interface NumberedSet {
  readonly port: number;
  readonly set: number;
}

/** The set of everything: no restriction, inside or outside the cluster. */
export const EVERY_PEER = NONE_32;

/** In place of the number of a set. */
export const NOTHING_OPEN: number = EVERY_PEER - 1;

export class PeerSets {
  private readonly endpoints: Endpoints;
  private readonly prefixes: PrefixIndex;
  /** The first are those of the cluster, in order, as policies mostly name them. */
  private readonly namespaceNames: TextNumbers;
  private readonly namespaceCount: number;
  private readonly namespaceIndex: LabelIndex;
  private readonly groupIndex: LabelIndex;
  private readonly profile: CniProfile;
  /** Of the blocks without exceptions, by the numbers of their prefixes. NONE_32: there is none yet. */
  private readonly setOfPrefix: Uint32Array;
  /** Sets of other peers that are one object in many rules. */
  private readonly setOfPeer = new Map<Peer, number>();
  /** Policies often speak of whom they select: the last match, and its set. */
  private lastMatch: PodMatch | undefined;
  private lastSet = -1;
  /** Numbers of selectors: by object, and by what they say. */
  private readonly selectorOfObject = new Map<Selector, number>();
  private readonly selectorOfText = new Map<string, number>();
  /** Matches that say the same, and the set of each. */
  private readonly podMatches = new PairInterner();
  private readonly setOfMatch = new GrowableUint32();
  private readonly numbers = new Map<string, number>();
  /** What `byPortNumber` found. */
  private readonly numbered = new Map<string, readonly NumberedSet[]>();
  private readonly scratch = new GrowableUint32();
  /** Looked for when a peer asks. */
  private openOfNetworks: number | undefined;
  private openOfNodes: number | undefined;
  private openOfEveryNode: number | undefined;
  private ofNodes: Uint32Array | undefined;
  /** Units of each set, ascending. */
  readonly sets = new GrowableLists();

  /** `labelKeys`: the keys of labels that selectors ask for, where they are known. */
  constructor(cluster: Cluster, endpoints: Endpoints, prefixes: PrefixIndex, profile: CniProfile, labelKeys?: ReadonlySet<string>) {
    this.endpoints = endpoints;
    this.prefixes = prefixes;
    this.namespaceNames = new TextNumbers(cluster.namespaces.map(({ name }) => name));
    this.namespaceCount = cluster.namespaces.length;
    this.namespaceIndex = new LabelIndex(
      cluster.namespaces.map(({ labels }) => labels),
      labelKeys,
    );
    this.groupIndex = new LabelIndex(endpoints.groups.labels, labelKeys);
    this.profile = profile;
    this.setOfPrefix = newWords(prefixes.count).fill(NONE_32);
  }

  /** The units of the pods that a subject or a selector peer selects, ascending. */
  unitsOfPods(match: PodMatch): Uint32Array {
    return this.sets.get(this.internPods(match));
  }

  /** Equal for matches that say the same. */
  private podMatchNumber({ namespaces, pods }: PodMatch): number {
    const namespace = 'name' in namespaces ? this.numberOfNamespace(namespaces.name) * 2 : this.selectorNumber(namespaces.selector) * 2 + 1;
    return this.podMatches.intern(namespace >>> 0, this.selectorNumber(pods));
  }

  /** -1: there is no such namespace. */
  private numberOfNamespace(name: string): number {
    const number = this.namespaceNames.of(name);
    return number < this.namespaceCount ? number : -1;
  }

  private selectorNumber(selector: Selector): number {
    let number = this.selectorOfObject.get(selector);
    if (number === undefined) {
      const key = selectorKey(selector);
      number = this.selectorOfText.get(key) ?? this.selectorOfText.size;
      this.selectorOfText.set(key, number);
      this.selectorOfObject.set(selector, number);
    }
    return number;
  }

  /** The number of that set. */
  internPods(match: PodMatch): number {
    if (match !== this.lastMatch) {
      const key = this.podMatchNumber(match);
      if (key === this.setOfMatch.length) this.setOfMatch.push(this.addPods(match));
      this.lastMatch = match;
      this.lastSet = this.setOfMatch.get(key);
    }
    return this.lastSet;
  }

  /** The number of the set of a peer, `any` for all. */
  intern(peer: Peer | 'any'): number {
    if (peer === 'any') return EVERY_PEER;
    if (peer.kind === 'pods') return this.internPods(peer);
    if (peer.kind === 'ipBlock' && peer.except.length === 0) return this.internPrefix(peer);
    let set = this.setOfPeer.get(peer);
    if (set === undefined) {
      const key = this.peerKey(peer);
      set = this.numbers.get(key) ?? this.sets.add(this.unitsOfPeer(peer));
      this.numbers.set(key, set);
      this.setOfPeer.set(peer, set);
    }
    return set;
  }

  /** A block without exceptions. */
  private internPrefix(block: IpBlock): number {
    const prefix = this.prefixes.numberOf(block.cidr);
    if (this.setOfPrefix[prefix] === NONE_32) this.setOfPrefix[prefix] = this.sets.add(this.unitsOfBlock(block));
    return this.setOfPrefix[prefix]!;
  }

  private peerKey(peer: Exclude<Peer, PodMatch>): string {
    switch (peer.kind) {
      case 'ipBlock':
        return `${this.prefixes.numberOf(peer.cidr)}-${this.prefixKey(peer.except)}`;
      case 'networks':
        return `+${this.prefixKey(peer.cidrs)}`;
      case 'nodes':
        return `*${selectorKey(peer.nodes)}`;
      case 'domainNames':
        return `@${this.prefixKey(peer.known)}`;
    }
  }

  /** The numbers of prefixes. */
  private prefixKey(prefixes: readonly IpPrefix[]): string {
    return prefixes.map((prefix) => this.prefixes.numberOf(prefix)).join();
  }

  /** As `intern`, of the units that the peer may match and may not, and, for domain names, of those that it matches for certain as well; or NOTHING_OPEN. */
  internOpen(peer: Peer): number {
    switch (peer.kind) {
      case 'pods':
      case 'ipBlock':
        return NOTHING_OPEN;
      case 'domainNames':
        // Where it matches for certain the open match means nothing beside the certain one.
        return peer.names.length === 0 ? NOTHING_OPEN : EVERY_PEER;
      case 'networks':
        this.openOfNetworks ??= this.internOpenUnits(this.unitsWithoutAddress());
        return this.openOfNetworks;
      case 'nodes':
        // What is open does not depend on which labels are asked for.
        if (peer.nodes.length === 0) {
          this.openOfEveryNode ??= this.internOpenUnits(this.unitsOfNodes((labels) => labels === null));
          return this.openOfEveryNode;
        }
        this.openOfNodes ??= this.internOpenUnits(this.unitsOfNodes((labels) => labels === null || labels === undefined));
        return this.openOfNodes;
    }
  }

  private internOpenUnits(units: Uint32Array): number {
    return units.length === 0 ? NOTHING_OPEN : this.sets.add(units);
  }

  /** Those of a set that give a port name a number: a set for each number, in the order of the units that give it first. */
  byPortNumber(set: number, protocol: Protocol, name: string): readonly NumberedSet[] {
    const key = `${set} ${protocol} ${name}`;
    let found = this.numbered.get(key);
    if (found === undefined) {
      found = this.splitByPortNumber(set === EVERY_PEER ? allUnits(this.endpoints) : this.sets.get(set), protocol, name);
      this.numbered.set(key, found);
    }
    return found;
  }

  private splitByPortNumber(units: Uint32Array, protocol: Protocol, name: string): NumberedSet[] {
    const { namedPorts } = this.endpoints.units;
    const unitsOfPort = new Map<number, number[]>();
    for (const unit of units) {
      for (const declared of namedPorts[unit]!) {
        if (declared.name !== name || declared.protocol !== protocol) continue;
        const those = unitsOfPort.get(declared.port);
        if (those === undefined) unitsOfPort.set(declared.port, [unit]);
        else if (those.at(-1) !== unit) those.push(unit);
      }
    }
    return Array.from(unitsOfPort, ([port, those]) => ({ port, set: this.sets.add(those) }));
  }

  private unitsOfPeer(peer: Exclude<Peer, PodMatch>): Uint32Array {
    switch (peer.kind) {
      case 'ipBlock':
        return this.unitsOfBlock(peer);
      case 'networks':
        return this.unitsOfPrefixes(peer.cidrs);
      case 'domainNames':
        return this.unitsOfPrefixes(peer.known);
      case 'nodes':
        return this.unitsOfNodes(
          (labels) => labels !== null && (labels === undefined ? peer.nodes.length === 0 : matchesLabels(labels, peer.nodes)),
        );
    }
  }

  /** What blocks may match and is under no prefix: a pod, or a host-network pod. */
  private unitsWithoutAddress(): Uint32Array {
    const { group, prefix } = this.endpoints.units;
    const { ipBlockMatchesPods, ipBlockMatchesNodes } = this.profile;
    return allUnits(this.endpoints).filter((unit) => {
      return prefix[unit] === NONE_32 && (group[unit] === NONE_32 ? ipBlockMatchesNodes : ipBlockMatchesPods);
    });
  }

  private unitsOfNodes(test: (labels: Labels | undefined | null) => boolean): Uint32Array {
    const { nodeGroups, units } = this.endpoints;
    this.ofNodes ??= allUnits(this.endpoints).filter((unit) => units.nodeGroup[unit] !== NONE_32);
    const chosen = nodeGroups.map(test);
    return this.ofNodes.filter((unit) => chosen[units.nodeGroup[unit]!]!);
  }

  /** Everything under some of the prefixes. */
  private unitsOfPrefixes(cidrs: readonly IpPrefix[]): Uint32Array {
    const units = new Set<number>();
    for (const cidr of cidrs) for (const unit of this.unitsOfBlock({ kind: 'ipBlock', cidr, except: [] })) units.add(unit);
    return Uint32Array.from(units).sort();
  }

  /** The set of the units that a match selects. */
  private addPods({ namespaces, pods }: PodMatch): number {
    const { namespaceStart } = this.endpoints.groups;
    const { items } = this.sets;
    const start = items.length;
    if ('name' in namespaces) {
      const namespace = this.numberOfNamespace(namespaces.name);
      if (namespace >= 0) this.pushPods(pods, namespaceStart[namespace]!, namespaceStart[namespace + 1]!);
    } else {
      for (const [from, to] of groupRanges(this.namespaceIndex.select(namespaces.selector), namespaceStart)) this.pushPods(pods, from, to);
    }
    items.sortFrom(start);
    return this.sets.close();
  }

  /** Adds the units of the groups in from..to-1 that the selector selects to the set that is being made. */
  private pushPods(selector: Selector, from: number, to: number): void {
    const { start, items } = this.endpoints.unitsOfGroup;
    const groups = this.groupIndex.select(selector, from, to);
    for (let i = 0; i < groups.length; i++) {
      const end = start[groups[i]! + 1]!;
      for (let at = start[groups[i]!]!; at < end; at++) this.sets.items.push(items[at]!);
    }
  }

  /** Everything under the CIDR's prefix, less everything under the excepts'. It is there until the next call. */
  private unitsOfBlock({ cidr, except }: IpBlock): Uint32Array {
    const { prefixes, scratch } = this;
    const { start, items } = this.endpoints.unitsOfPrefix;
    const block = prefixes.numberOf(cidr);
    const excluded = except.length === 0 ? NO_PREFIXES : new Set(except.map((prefix) => prefixes.numberOf(prefix)));
    scratch.length = 0;
    for (let prefix = block; prefix < prefixes.end[block]!; ) {
      if (excluded.has(prefix)) {
        prefix = prefixes.end[prefix]!;
      } else {
        for (let at = start[prefix]!; at < start[prefix + 1]!; at++) scratch.push(items[at]!);
        prefix++;
      }
    }
    scratch.sortFrom(0);
    return scratch.view();
  }
}

const NO_PREFIXES: ReadonlySet<number> = new Set();

function allUnits({ units }: Endpoints): Uint32Array {
  return Uint32Array.from({ length: units.count }, (_, unit) => unit);
}

/** Runs of consecutive namespaces, as ranges of groups. */
function groupRanges(namespaces: readonly number[], namespaceStart: Uint32Array): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (const namespace of namespaces) {
    const from = namespaceStart[namespace]!;
    const to = namespaceStart[namespace + 1]!;
    const previous = ranges[ranges.length - 1];
    if (previous !== undefined && previous[1] === from) previous[1] = to;
    else ranges.push([from, to]);
  }
  return ranges;
}

// Keys: every text of the user goes in behind its length, so that no character inside a name can be taken for a separator. What follows values does not begin with a digit.

function selectorKey(selector: Selector): string {
  let key = '';
  for (const { key: label, operator, values } of selector) {
    key += `${operator} ${sized(label)}`;
    for (const value of values) key += sized(value);
  }
  return key;
}

function sized(text: string): string {
  return `${text.length}:${text}`;
}
