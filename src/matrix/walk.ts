/**
 * From one end to all others: what the pairs between them say. Ends that no rule tells apart are one class, and of the pairs of classes only those are looked at of which
 * one half, the one with fewer, is not denied at every port.
 */
import type { TableReader } from '../evaluate/reader.ts';
import { type Grouping, groupBy } from '../lib/grouping.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import type { Direction } from '../model/protocol.ts';
import { pairs } from '../reach/joint-endpoints.ts';
import type { JointPort } from '../reach/joint-ports.ts';
import { ALLOW, NONE_32 } from '../tables/layout.ts';
import { classify, type EndClasses, type Role } from './end-classes.ts';
import type { EndGroups } from './ends.ts';
import { CLOSED, type HalfVerdicts } from './half-verdicts.ts';
import { OwnEnds } from './own-ends.ts';
import { ALL_DENIED, type PortColumns } from './port-verdicts.ts';

/** Groups with which one end has pairs, in order. The next walk overwrites it. */
export interface Reached {
  readonly groups: readonly number[] | Uint32Array;
  /** Number in `PortColumns`, and how many pairs of endpoints it stands for. By group. */
  readonly column: Int32Array;
  readonly pairs: Float64Array;
}

export interface WalkOptions {
  readonly reader: TableReader;
  readonly halves: Readonly<Record<Direction, HalfVerdicts>>;
  readonly ports: readonly JointPort[];
  readonly columns: PortColumns;
  readonly groups: EndGroups;
  /** Is a group at the other end asked for? */
  readonly isWanted: (group: number) => boolean;
  /** Tell groups that are denied altogether, too. */
  readonly denied: boolean;
}

export class Walk {
  private readonly role: Role;
  private readonly options: WalkOptions;
  private readonly near: EndClasses;
  private readonly far: EndClasses;
  /** The half that is judged at the near end, and the other. */
  private readonly nearHalf: HalfVerdicts;
  private readonly farHalf: HalfVerdicts;
  private readonly candidates: Candidates;
  private readonly own: OwnEnds;
  /** Of each far class: groups, and how many endpoints of the class are in each, in twos. */
  private readonly groupsOfClass: readonly (readonly number[])[];
  /** Of each group and family (0, 4, 6): how many endpoints. */
  private readonly families: Uint32Array;
  private readonly pairColumns = new Map<number, number>();
  private readonly allowed: number;
  private readonly result: { readonly column: Int32Array; readonly pairs: Float64Array };
  private readonly weight: Float64Array;
  /** Groups with an endpoint that comparison may decide about. */
  private readonly special: Uint8Array;
  private lastClass = -1;
  private lastFar: number[] = [];

  /** `role`: of the near end. */
  constructor(role: Role, options: WalkOptions) {
    const { reader, halves, ports, columns, groups, isWanted } = options;
    const tables = reader.tables.columns;
    const isFar = (endpoint: number): boolean => isWanted(groups.of[endpoint]!);
    this.role = role;
    this.options = options;
    this.near = classify(tables, role, () => true);
    this.far = classify(tables, role === 'source' ? 'destination' : 'source', isFar);
    [this.nearHalf, this.farHalf] = role === 'source' ? [halves.egress, halves.ingress] : [halves.ingress, halves.egress];
    this.candidates = new Candidates(this.nearHalf, this.farHalf, this.far);
    this.own = new OwnEnds(tables, isFar);
    this.groupsOfClass = groupsByClass(this.far, groups);
    this.families = new Uint32Array(groups.count * 3);
    for (const [endpoint, group] of groups.of.entries()) {
      if (isFar(endpoint)) this.families[group * 3 + familyIndex(tables.endpointFamily[endpoint]!)]!++;
    }
    this.allowed = columns.ofVerdicts(ports.map(() => ALLOW));
    this.result = { column: new Int32Array(groups.count).fill(-1), pairs: new Float64Array(groups.count) };
    this.weight = new Float64Array(groups.count);
    this.special = new Uint8Array(groups.count);
  }

  /** `endpoints`: those of the near end. Not told are pods with themselves, and groups without a common family. */
  from(endpoints: ArrayLike<number>): Reached {
    const { columns, denied, isWanted, groups } = this.options;
    const touched: number[] = [];
    const add = (group: number, column: number, pairCount: number): void => {
      const known = this.result.column[group]!;
      if (known < 0) touched.push(group);
      this.result.column[group] = known < 0 ? column : columns.union(known, column);
      this.weight[group]! += pairCount;
    };
    const own = this.ownPairs(endpoints);
    for (const { group, column } of own.judged) add(group, column, 1);
    this.addClasses(endpoints, own, add);

    const families = [0, 0, 0];
    for (let i = 0; i < endpoints.length; i++) families[familyIndex(this.near.family[this.near.of[endpoints[i]!]!]!)]!++;
    const pairCount = (group: number): number => {
      const [none, four, six] = [this.families[group * 3]!, this.families[group * 3 + 1]!, this.families[group * 3 + 2]!];
      const all = families[0]! * (none + four + six) + families[1]! * (none + four) + families[2]! * (none + six);
      return all - (own.themselves.get(group) ?? 0);
    };
    for (const group of touched) {
      this.result.pairs[group] = pairCount(group);
      if (this.weight[group]! < this.result.pairs[group]!)
        this.result.column[group] = columns.union(this.result.column[group]!, ALL_DENIED);
      this.weight[group] = 0;
    }
    for (const group of own.groups) this.special[group] = 0;
    const reached = Uint32Array.from(touched).sort();
    if (!denied) return { groups: reached, ...this.result };
    const all: number[] = [];
    for (let group = 0; group < groups.count; group++) {
      if (!isWanted(group)) continue;
      if (this.result.column[group]! < 0) {
        this.result.pairs[group] = pairCount(group);
        if (this.result.pairs[group] === 0) continue;
        this.result.column[group] = ALL_DENIED;
      }
      all.push(group);
    }
    return { groups: all, ...this.result };
  }

  /** Makes room for the next walk. */
  forget({ groups }: Reached): void {
    for (let i = 0; i < groups.length; i++) this.result.column[groups[i]!] = -1;
  }

  private addClasses(endpoints: ArrayLike<number>, own: Own, add: (group: number, column: number, pairs: number) => void): void {
    const sizes = new Map<number, number>();
    for (let i = 0; i < endpoints.length; i++) {
      const near = this.near.of[endpoints[i]!]!;
      sizes.set(near, (sizes.get(near) ?? 0) + 1);
    }
    for (const [near, size] of sizes) {
      const far = this.reachedFrom(near);
      for (let i = 0; i < far.length; i += 2) {
        const groups = this.groupsOfClass[far[i]!]!;
        for (let k = 0; k < groups.length; k += 2) {
          const group = groups[k]!;
          const apart = this.special[group] === 1 ? (own.counts.get(group)?.get(this.key(near, far[i]!)) ?? 0) : 0;
          const pairCount = size * groups[k + 1]! - apart;
          if (pairCount > 0) add(group, far[i + 1]!, pairCount);
        }
      }
    }
  }

  /** Far classes and their columns, in twos: those that are not denied at every port. */
  private reachedFrom(near: number): number[] {
    if (near === this.lastClass) return this.lastFar;
    const { subject, peer, family } = this.near;
    const found: number[] = [];
    const ownFamily = family[near]!;
    this.candidates.visit(this.nearHalf.profile(subject[near]!), peer[near]!, (far, a, b) => {
      if (!pairs(ownFamily, this.far.family[far]!)) return;
      const column = this.pairColumn(a, b);
      if (column !== ALL_DENIED) found.push(far, column);
    });
    this.lastClass = near;
    this.lastFar = found;
    return found;
  }

  private pairColumn(a: number, b: number): number {
    const key = a * 2 ** 26 + b;
    let column = this.pairColumns.get(key);
    if (column === undefined) {
      column = this.options.columns.ofHalves(this.nearHalf.runs(a), this.farHalf.runs(b));
      this.pairColumns.set(key, column);
    }
    return column;
  }

  /** Pairs that rows of classes do not judge. */
  private ownPairs(endpoints: ArrayLike<number>): Own {
    const found: Own = { counts: new Map(), themselves: new Map(), judged: [], groups: [] };
    const { reader, groups } = this.options;
    for (let i = 0; i < endpoints.length; i++) {
      const near = endpoints[i]!;
      const { of, family } = this.near;
      for (const far of this.own.of(near)) {
        if (!pairs(family[of[near]!]!, this.far.family[this.far.of[far]!]!)) continue;
        const [source, destination] = this.role === 'source' ? [near, far] : [far, near];
        const isSamePod = reader.isSamePod(near, far);
        if (!isSamePod && !reader.decidedByComparison(source, destination)) continue;
        const group = groups.of[far]!;
        const key = this.key(of[near]!, this.far.of[far]!);
        const counts = found.counts.get(group) ?? new Map<number, number>();
        found.counts.set(group, counts.set(key, (counts.get(key) ?? 0) + 1));
        if (isSamePod) found.themselves.set(group, (found.themselves.get(group) ?? 0) + 1);
        else found.judged.push({ group, column: this.columnOfPair(source, destination) });
        if (this.special[group] === 0) found.groups.push(group);
        this.special[group] = 1;
      }
    }
    return found;
  }

  private columnOfPair(source: number, destination: number): number {
    const { reader, ports, columns } = this.options;
    if (!reader.judgesOwnNode(source, destination)) return this.allowed;
    return columns.ofVerdicts(ports.map(({ protocol, from }) => reader.verdict(source, destination, protocol, from)));
  }

  private key(near: number, far: number): number {
    return near * this.far.count + far;
  }
}

/** What is apart from the rows of classes, for one near end. */
interface Own {
  /** By group, then by near and far class: how many pairs. */
  readonly counts: Map<number, Map<number, number>>;
  /** Of each group: how many of them are a pod and itself, which is no pair. */
  readonly themselves: Map<number, number>;
  /** The others. */
  readonly judged: { readonly group: number; readonly column: number }[];
  readonly groups: number[];
}

function familyIndex(family: number): number {
  return family === 0 ? 0 : family === 4 ? 1 : 2;
}

function groupsByClass({ count, of }: EndClasses, { of: groupOf }: EndGroups): number[][] {
  const counts = Array.from({ length: count }, () => new Map<number, number>());
  for (const [endpoint, number] of of.entries()) {
    if (number !== NONE_32) counts[number]!.set(groupOf[endpoint]!, (counts[number]!.get(groupOf[endpoint]!) ?? 0) + 1);
  }
  return counts.map((each) => [...each].flat());
}

/** Far classes of which one half may be open, found over the half with fewer of them. */
class Candidates {
  private readonly near: HalfVerdicts;
  private readonly far: HalfVerdicts;
  private readonly farClasses: EndClasses;
  private readonly profileOf: Uint32Array;
  private readonly byPeer: Grouping;
  private readonly byProfile: Grouping;
  /** Far profiles that are open to each peer class, but for those in `wide`. */
  private readonly openTo: { readonly start: Uint32Array; readonly profiles: Uint32Array };
  /** Far profiles that are open to many. */
  private readonly wide: readonly number[];
  /** Of near profiles and of peers: how many far classes there are to look at; -1 is not counted yet. */
  private readonly fromProfile: number[] = [];
  private readonly fromPeer: number[] = [];

  constructor(near: HalfVerdicts, far: HalfVerdicts, classes: EndClasses) {
    this.near = near;
    this.far = far;
    this.farClasses = classes;
    this.profileOf = Uint32Array.from(classes.subject, (subject) => far.profile(subject));
    const profileCount = this.profileOf.reduce((most, profile) => Math.max(most, profile + 1), 0);
    this.byPeer = groupBy(classes.peer, near.peerCount);
    this.byProfile = groupBy(this.profileOf, profileCount);
    const wide: number[] = [];
    const peers = new GrowableUint32();
    const profiles = new GrowableUint32();
    for (let profile = 0; profile < profileCount; profile++) {
      if (far.openCount(profile) * WIDE > far.peerCount) wide.push(profile);
      else {
        far.eachOpen(profile, (peer) => {
          peers.push(peer);
          profiles.push(profile);
        });
      }
    }
    const { start, items } = groupBy(peers.view(), far.peerCount);
    const list = profiles.view();
    this.openTo = { start, profiles: items.map((item) => list[item]!) };
    this.wide = wide;
  }

  /** `visit` gets far classes of which neither half is closed, each once, and the columns of the near and the far half. */
  visit(profile: number, peer: number, visit: (far: number, near: number, column: number) => void): void {
    if (this.countOfProfile(profile) <= this.countOfPeer(peer)) this.overProfile(profile, peer, visit);
    else this.overPeer(profile, peer, visit);
  }

  private overProfile(profile: number, peer: number, visit: (far: number, near: number, column: number) => void): void {
    const { start, items } = this.byPeer;
    this.near.eachOpen(profile, (farPeer, near) => {
      for (let i = start[farPeer]!; i < start[farPeer + 1]!; i++) {
        const column = this.far.column(this.profileOf[items[i]!]!, peer);
        if (column !== CLOSED) visit(items[i]!, near, column);
      }
    });
  }

  private overPeer(profile: number, peer: number, visit: (far: number, near: number, column: number) => void): void {
    const { start, items } = this.byProfile;
    this.eachOpenTo(peer, (farProfile) => {
      const column = this.far.column(farProfile, peer);
      if (column === CLOSED) return;
      for (let i = start[farProfile]!; i < start[farProfile + 1]!; i++) {
        const near = this.near.column(profile, this.farClasses.peer[items[i]!]!);
        if (near !== CLOSED) visit(items[i]!, near, column);
      }
    });
  }

  private eachOpenTo(peer: number, visit: (farProfile: number) => void): void {
    const { start, profiles } = this.openTo;
    for (let i = start[peer]!; i < start[peer + 1]!; i++) visit(profiles[i]!);
    for (const profile of this.wide) visit(profile);
  }

  private countOfProfile(profile: number): number {
    let count = this.fromProfile[profile];
    if (count === undefined) {
      count = 0;
      const { start } = this.byPeer;
      this.near.eachOpen(profile, (peer) => {
        count! += start[peer + 1]! - start[peer]!;
      });
      this.fromProfile[profile] = count;
    }
    return count;
  }

  private countOfPeer(peer: number): number {
    let count = this.fromPeer[peer];
    if (count === undefined) {
      count = 0;
      const { start } = this.byProfile;
      this.eachOpenTo(peer, (profile) => {
        count! += start[profile + 1]! - start[profile]!;
      });
      this.fromPeer[peer] = count;
    }
    return count;
  }
}

/** A profile that is open to more than one of so many peer classes is looked at for every peer, in place of being in the list of each. */
const WIDE = 4;
