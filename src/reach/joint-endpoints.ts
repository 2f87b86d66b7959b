/**
 * The endpoints that several tables have in common. In come tables of one cluster, or of two states of it; out come joint endpoints: a pod at an address family and a node at
 * an address, matched by name, and sets of outside addresses that no table tells apart.
 */

import { TableNames } from '../evaluate/names.ts';
import { append } from '../lib/append.ts';
import { StringInterner } from '../lib/interner.ts';
import type { AddressIntervals } from '../lib/prefix-table.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

export interface JointEndpoints {
  readonly count: number;
  /** The number of each joint endpoint in each table. */
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

/** In order of pods, nodes and outside addresses of the first table. */
export function joinEndpoints(tables: readonly RuleTables[]): JointEndpoints {
  const found: Joint[] = [...joinObjects(tables), ...joinOutside(tables, 4), ...joinOutside(tables, 6)];
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
