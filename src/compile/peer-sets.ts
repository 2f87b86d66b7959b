/**
 * What selectors, ipBlocks and named ports select: sets of units, each found once.
 */
import { appendMembers } from '../lib/grouping.ts';
import type { IpPrefix } from '../lib/ip-address.ts';
import type { Cluster } from '../model/cluster.ts';
import type { IpBlock, Peer, PodMatch } from '../model/policy.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Selector } from '../model/selector.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Endpoints } from './endpoints.ts';
import { LabelIndex } from './label-index.ts';
import type { PrefixIndex } from './prefixes.ts';

/** A container port that a rule means by name, at the number that some pods give it. */
export interface ResolvedPort {
  readonly protocol: Protocol;
  readonly name: string;
  readonly port: number;
}

/** The set of everything: no restriction, inside or outside the cluster. */
export const EVERY_PEER = NONE_32;

export class PeerSets {
  private readonly endpoints: Endpoints;
  private readonly prefixes: PrefixIndex;
  private readonly namespaceNumber: ReadonlyMap<string, number>;
  private readonly namespaceIndex: LabelIndex;
  private readonly groupIndex: LabelIndex;
  private readonly podUnits = new Map<string, Uint32Array>();
  private readonly numbers = new Map<string, number>();
  /** Units of each set, ascending. */
  readonly sets: Uint32Array[] = [];

  constructor(cluster: Cluster, endpoints: Endpoints, prefixes: PrefixIndex) {
    this.endpoints = endpoints;
    this.prefixes = prefixes;
    this.namespaceNumber = new Map(cluster.namespaces.map(({ name }, i) => [name, i]));
    this.namespaceIndex = new LabelIndex(cluster.namespaces.map(({ labels }) => labels));
    this.groupIndex = new LabelIndex(endpoints.groups.labels);
  }

  /** The units of the pods that a subject or a selector peer selects, ascending. */
  unitsOfPods(match: PodMatch): Uint32Array {
    const key = podMatchKey(match);
    let units = this.podUnits.get(key);
    if (units === undefined) {
      units = this.selectPods(match);
      this.podUnits.set(key, units);
    }
    return units;
  }

  /** The number of the set of a peer, `any` for all; `namedPort` keeps only the pods that give the name this number. */
  intern(peer: Peer | 'any', namedPort?: ResolvedPort): number {
    if (peer === 'any' && namedPort === undefined) return EVERY_PEER;
    const key = `${peer === 'any' ? '' : peerKey(peer)} ${namedPort === undefined ? '' : portKey(namedPort)}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.sets.length;
      this.numbers.set(key, number);
      this.sets.push(this.unitsOf(peer, namedPort));
    }
    return number;
  }

  private unitsOf(peer: Peer | 'any', namedPort: ResolvedPort | undefined): Uint32Array {
    const units = peer === 'any' ? allUnits(this.endpoints) : peer.kind === 'pods' ? this.unitsOfPods(peer) : this.unitsOfBlock(peer);
    if (namedPort === undefined) return units;
    const { namedPorts } = this.endpoints.units;
    return units.filter((unit) => namedPorts[unit]!.some((declared) => samePort(declared, namedPort)));
  }

  private selectPods({ namespaces, pods }: PodMatch): Uint32Array {
    const { groups, unitsOfGroup } = this.endpoints;
    const chosen = 'name' in namespaces ? this.namespaceByName(namespaces.name) : this.namespaceIndex.select(namespaces.selector);
    const units: number[] = [];
    for (const [from, to] of groupRanges(chosen, groups.namespaceStart)) {
      for (const group of this.groupIndex.select(pods, from, to)) appendMembers(unitsOfGroup, group, units);
    }
    return Uint32Array.from(units).sort();
  }

  private namespaceByName(name: string): number[] {
    const number = this.namespaceNumber.get(name);
    return number === undefined ? [] : [number];
  }

  /** Everything under the CIDR's prefix, less everything under the excepts'. */
  private unitsOfBlock({ cidr, except }: IpBlock): Uint32Array {
    const { prefixes, endpoints } = this;
    const block = prefixes.numberOf(cidr);
    const excluded = new Set(except.map((prefix) => prefixes.numberOf(prefix)));
    const units: number[] = [];
    for (let prefix = block; prefix < prefixes.end[block]!; ) {
      if (excluded.has(prefix)) {
        prefix = prefixes.end[prefix]!;
      } else {
        appendMembers(endpoints.unitsOfPrefix, prefix, units);
        prefix++;
      }
    }
    return Uint32Array.from(units).sort();
  }
}

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

function samePort(a: ResolvedPort, b: ResolvedPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && a.name === b.name;
}

// Keys: every text of the user goes in behind its length, so that no character inside a name can be taken for a separator.

function podMatchKey({ namespaces, pods }: PodMatch): string {
  return `${'name' in namespaces ? `=${sized(namespaces.name)}` : selectorKey(namespaces.selector)}/${selectorKey(pods)}`;
}

function selectorKey(selector: Selector): string {
  let key = '';
  for (const { key: label, operator, values } of selector) {
    key += `${operator} ${sized(label)}`;
    for (const value of values) key += sized(value);
    key += ';';
  }
  return key;
}

function peerKey(peer: Peer): string {
  return peer.kind === 'pods' ? podMatchKey(peer) : `${prefixKey(peer.cidr)}-${peer.except.map(prefixKey).join()}`;
}

function prefixKey({ words, length }: IpPrefix): string {
  return `${words.join('.')}/${length}`;
}

function portKey({ protocol, name, port }: ResolvedPort): string {
  return `${protocol}${sized(name)}${port}`;
}

function sized(text: string): string {
  return `${text.length}:${text}`;
}
