/**
 * The endpoints that several tables have in common. In come tables of one cluster, or of two states of it; out come joint endpoints: a pod at an address family, matched by name (it has one
 * address of each, which may be another), a node at an address, matched by both, and sets of outside addresses that no table tells apart.
 */

import { TableNames } from '../evaluate/names.ts';
import { append } from '../lib/append.ts';
import { StringInterner } from '../lib/interner.ts';
import type { AddressIntervals } from '../lib/prefix-table.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';
import { nodeAddresses } from './node-addresses.ts';

export interface JointEndpoints {
  readonly count: number;
  /** The number of each joint endpoint in each table; NONE_32 where the table lacks it. */
  readonly numbers: readonly Uint32Array[];
  /** 4, 6, or 0 for a pod without address, which is an end of flows of either. */
  readonly family: Uint8Array;
  /** Endpoints of each table that some other table lacks: pods, nodes, and outside addresses that belong to somebody there. */
  readonly unmatched: readonly Uint32Array[];
}

/** Do the families of two ends go together? An end without address goes with any. */
export function pairs(a: number, b: number): boolean {
  return a === b || a === 0 || b === 0;
}

/** In order of pods, nodes and outside addresses of the first table; after them, with `oneSided`, pods and nodes that one table alone has. */
export function joinEndpoints(tables: readonly RuleTables[], oneSided = false): JointEndpoints {
  const found: Joint[] = [...joinObjects(tables), ...joinOutside(tables, 4), ...joinOutside(tables, 6)];
  if (oneSided) found.push(...tables.flatMap((_, t) => lonely(tables, t, found)));
  const numbers = tables.map((_, t) => Uint32Array.from(found, ({ faces }) => faces[t]!));
  return {
    count: found.length,
    numbers,
    family: Uint8Array.from(found, ({ family }) => family),
    unmatched: tables.map(({ columns }, t) => {
      const matched = new Set(numbers[t]);
      return Uint32Array.from(columns.endpointKind.keys()).filter((endpoint) => !matched.has(endpoint));
    }),
  };
}

/** One endpoint of each table, and the family that they agree in. */
interface Joint {
  readonly faces: readonly number[];
  readonly family: number;
}

/** Pods and nodes of table `t` that are in no joint endpoint. */
function lonely(tables: readonly RuleTables[], t: number, found: readonly Joint[]): Joint[] {
  const matched = new Set(found.map(({ faces }) => faces[t]));
  const { endpointKind, endpointFamily } = tables[t]!.columns;
  return Array.from(endpointKind.keys())
    .filter((endpoint) => endpointKind[endpoint] !== ENDPOINT_PREFIX && !matched.has(endpoint))
    .map((endpoint) => ({ faces: tables.map((_, other) => (other === t ? endpoint : NONE_32)), family: endpointFamily[endpoint]! }));
}

/** Pods and nodes. A pod without address in one table is what it is with one in another. */
function joinObjects([first, ...others]: readonly RuleTables[]): Joint[] {
  if (first === undefined) return [];
  const rest = others.map((tables) => facesByName(tables));
  const found: Joint[] = [];
  for (const [name, faces] of facesByName(first)) {
    let joints: Joint[] = faces.map((face) => ({ faces: [face], family: first.columns.endpointFamily[face]! }));
    for (const [t, names] of rest.entries()) {
      const { endpointFamily } = others[t]!.columns;
      const candidates = names.get(name) ?? [];
      joints = joints.flatMap((joint) =>
        candidates
          .filter((face) => pairs(joint.family, endpointFamily[face]!))
          .map((face) => ({ faces: [...joint.faces, face], family: joint.family || endpointFamily[face]! })),
      );
    }
    found.push(...joints);
  }
  return found;
}

/** `pod namespace/name` -> its faces; `node name address` -> the one endpoint. Addresses of a node that are not known go together in their order. */
function facesByName(tables: RuleTables): Map<string, number[]> {
  const { endpointKind, endpointObject, endpointFamily, nodeName } = tables.columns;
  const names = new TableNames(tables);
  const addresses = nodeAddresses(tables);
  const faces = new Map<string, number[]>();
  const hidden = new Map<string, number>();
  for (let endpoint = 0; endpoint < endpointKind.length; endpoint++) {
    const object = endpointObject[endpoint]!;
    if (endpointKind[endpoint] === ENDPOINT_PREFIX) continue;
    if (endpointKind[endpoint] === ENDPOINT_NODE) {
      const place = `${object} ${endpointFamily[endpoint]}`;
      const address = addresses.get(endpoint);
      if (address === undefined) hidden.set(place, (hidden.get(place) ?? 0) + 1);
      const at = address ?? [endpointFamily[endpoint], hidden.get(place)];
      append(faces, JSON.stringify(['node', names.text(nodeName[object]!), at]), endpoint);
    } else {
      const { namespace, name } = names.pod(object);
      append(faces, JSON.stringify(['pod', namespace, name]), endpoint);
    }
  }
  return faces;
}

/** Nodes with several addresses of a family of which it is not known which is which, as pods have them, too. They are matched by their order. */
export function nodesWithHiddenAddresses(tables: RuleTables): string[] {
  const { endpointKind, endpointObject, endpointFamily, nodeName } = tables.columns;
  const names = new TableNames(tables);
  const addresses = nodeAddresses(tables);
  const counts = new Map<string, number>();
  const found = new Set<string>();
  for (const [endpoint, kind] of endpointKind.entries()) {
    if (kind !== ENDPOINT_NODE || addresses.has(endpoint)) continue;
    const place = `${endpointObject[endpoint]} ${endpointFamily[endpoint]}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    if (counts.get(place)! > 1) found.add(names.text(nodeName[endpointObject[endpoint]!]!));
  }
  return [...found];
}

/** The common refinement of the outside: addresses with the same longest prefix in every table. Those that are somebody's in some table are nobody's here. */
function joinOutside(tables: readonly RuleTables[], family: 4 | 6): Joint[] {
  const maps = tables.map(({ columns }) => addressIntervals(columns, family));
  const seen = new StringInterner();
  const found: Joint[] = [];
  const at = maps.map(() => 0);
  for (;;) {
    const faces = maps.map(({ target }, t) => target[at[t]!]!);
    if (faces.every((face, t) => tables[t]!.columns.endpointKind[face] === ENDPOINT_PREFIX)) {
      if (seen.intern(faces.join(' ')) === found.length) found.push({ faces, family });
    }
    const next = nextStart(maps, at);
    if (next === undefined) return found;
    for (const [t, map] of maps.entries()) if (startsAt(map, at[t]! + 1, next)) at[t]!++;
  }
}

/** Ranges of addresses whose owner is another in the other table: pods, nodes, a Service, or nobody (outside). Blocks that policies name are no owners. */
export function countMovedRanges(tables: readonly [RuleTables, RuleTables]): number {
  const owners = tables.map((each) => new AddressOwners(each));
  let count = 0;
  for (const family of [4, 6] as const) {
    const maps = tables.map(({ columns }) => addressIntervals(columns, family));
    const at = [0, 0];
    for (;;) {
      const [before, after] = owners.map((of, t) => of.keyOf(maps[t]!.target[at[t]!]!));
      if (before !== after) count++;
      const next = nextStart(maps, at);
      if (next === undefined) break;
      for (const [t, map] of maps.entries()) if (startsAt(map, at[t]! + 1, next)) at[t]!++;
    }
  }
  return count;
}

class AddressOwners {
  private readonly columns: Columns;
  private readonly names: TableNames;

  constructor(tables: RuleTables) {
    this.columns = tables.columns;
    this.names = new TableNames(tables);
  }

  /** Equal for targets of the lookup that mean the same owners, whatever the table. Empty: outside. */
  keyOf(target: number): string {
    const { endpointKind, sharedStart, sharedEndpoint, sharedOwner, sharedUnreadable } = this.columns;
    const shared = target - endpointKind.length;
    if (shared < 0) return this.nameOf(target);
    const name = sharedOwner[shared] === NONE_32 ? '' : this.names.text(sharedOwner[shared]!);
    const owners = Array.from(sharedEndpoint.subarray(sharedStart[shared]!, sharedStart[shared + 1]!), (owner) => this.nameOf(owner));
    return JSON.stringify([name, sharedUnreadable[shared], owners.sort()]);
  }

  private nameOf(endpoint: number): string {
    const { endpointKind, endpointObject, nodeName } = this.columns;
    const object = endpointObject[endpoint]!;
    if (endpointKind[endpoint] === ENDPOINT_PREFIX) return '';
    if (endpointKind[endpoint] === ENDPOINT_NODE) return `node ${this.names.text(nodeName[object]!)}`;
    const { namespace, name } = this.names.pod(object);
    return `pod ${namespace}/${name}`;
  }
}

/** The smallest address at which an interval of some table begins, of those that have not begun. */
function nextStart(maps: readonly AddressIntervals[], at: readonly number[]): Uint32Array | undefined {
  let smallest: Uint32Array | undefined;
  for (const [t, { wordsPerAddress, start, target }] of maps.entries()) {
    const interval = at[t]! + 1;
    if (interval >= target.length) continue;
    const words = start.subarray(interval * wordsPerAddress, (interval + 1) * wordsPerAddress);
    if (smallest === undefined || isBefore(words, smallest)) smallest = words;
  }
  return smallest;
}

function startsAt({ wordsPerAddress, start, target }: AddressIntervals, interval: number, words: Uint32Array): boolean {
  return interval < target.length && words.every((word, i) => start[interval * wordsPerAddress + i] === word);
}

function isBefore(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}
