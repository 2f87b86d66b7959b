/**
 * The endpoints that several tables have in common. In come tables of one cluster, or of two states of it; out come joint endpoints: a pod at an address family and a node at
 * an address, matched by name, and sets of outside addresses that no table tells apart.
 */

import { TableNames } from '../evaluate/names.ts';
import { append } from '../lib/append.ts';
import { StringInterner } from '../lib/interner.ts';
import type { AddressIntervals } from '../lib/prefix-table.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

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

/** Pods and nodes. A pod without address in one table is what it is with one in another; of a node, first addresses go together, second ones, and so on. */
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

/** `pod namespace/name` -> its faces; `node name family nth` -> the one endpoint. */
function facesByName(tables: RuleTables): Map<string, number[]> {
  const { endpointKind, endpointObject, endpointFamily, nodeName } = tables.columns;
  const names = new TableNames(tables);
  const faces = new Map<string, number[]>();
  const nth = new Map<string, number>();
  for (let endpoint = 0; endpoint < endpointKind.length; endpoint++) {
    const object = endpointObject[endpoint]!;
    if (endpointKind[endpoint] === ENDPOINT_PREFIX) continue;
    if (endpointKind[endpoint] === ENDPOINT_NODE) {
      const address = `${object} ${endpointFamily[endpoint]}`;
      nth.set(address, (nth.get(address) ?? 0) + 1);
      append(faces, JSON.stringify(['node', names.text(nodeName[object]!), endpointFamily[endpoint], nth.get(address)]), endpoint);
    } else {
      const { namespace, name } = names.pod(object);
      append(faces, JSON.stringify(['pod', namespace, name]), endpoint);
    }
  }
  return faces;
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

/** Ranges of addresses that are outside in one table, and somebody's in the other. */
export function countMovedRanges([before, after]: readonly [RuleTables, RuleTables]): number {
  let count = 0;
  for (const family of [4, 6] as const) {
    const maps = [addressIntervals(before.columns, family), addressIntervals(after.columns, family)] as const;
    const at = [0, 0];
    for (;;) {
      const [b, a] = maps.map(({ target }, t) => [before, after][t]!.columns.endpointKind[target[at[t]!]!] === ENDPOINT_PREFIX);
      if (b !== a) count++;
      const next = nextStart(maps, at);
      if (next === undefined) break;
      for (const [t, map] of maps.entries()) if (startsAt(map, at[t]! + 1, next)) at[t]!++;
    }
  }
  return count;
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
