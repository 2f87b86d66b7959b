/**
 * Rows of a matrix against asking about every pair of endpoints at every port at which an answer can change.
 */
import { VERDICTS } from '../../src/evaluate/explain.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { formatAddress, parseAddress } from '../../src/lib/ip-address.ts';
import {
  type AddressRange,
  type MatrixEnd,
  type MatrixOptions,
  type MatrixRow,
  type PodGranularity,
  type PortVerdicts,
  reachabilityMatrix,
} from '../../src/matrix/matrix.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { FlowEnd, FlowQuery } from '../../src/model/flow.ts';
import { PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** An endpoint as the test knows it. */
interface Face {
  readonly endpoint: number;
  readonly family: 0 | 4 | 6;
  /** Pods: `namespace/name`. */
  readonly pod: string | undefined;
  readonly node: string | undefined;
  /** An address that leads to it, of one outside or of a node. */
  readonly address: string | undefined;
}

/** What is asked for a pair of endpoints. */
export type AskPair = (from: Face, to: Face, protocol: Protocol, port: number) => Verdict;

/** Reads the tables, one pair after the other. */
export function askTables(tables: RuleTables): AskPair {
  const reader = new TableReader(tables);
  return (from, to, protocol, port) => VERDICTS[reader.verdict(from.endpoint, to.endpoint, PROTOCOLS.indexOf(protocol), port)] as Verdict;
}

/** Asks by names and addresses. Undefined for a pair that has no name of its own. */
export function queryOf(from: Face, to: Face): Omit<FlowQuery, 'protocol' | 'port'> | undefined {
  const [a, b] = [endOf(from), endOf(to)];
  if (a === undefined || b === undefined) return undefined;
  const family = from.family || to.family;
  return { from: a, to: b, ...(family === 0 ? {} : { family }) };
}

function endOf({ pod, address }: Face): FlowEnd | undefined {
  if (pod !== undefined) return { pod };
  return address === undefined ? undefined : { ip: address };
}

function facesOf(tables: RuleTables): Face[] {
  const { columns } = tables;
  const names = new TableNames(tables);
  const addresses = addressesOf(tables);
  return Array.from(columns.endpointKind, (kind, endpoint) => {
    const object = columns.endpointObject[endpoint] as number;
    const isPod = kind !== ENDPOINT_PREFIX && kind !== ENDPOINT_NODE;
    const { namespace, name } = isPod ? names.pod(object) : { namespace: '', name: '' };
    return {
      endpoint,
      family: columns.endpointFamily[endpoint] as 0 | 4 | 6,
      pod: isPod ? `${namespace}/${name}` : undefined,
      node: kind === ENDPOINT_NODE ? names.text(columns.nodeName[object] as number) : undefined,
      address: isPod ? undefined : addresses.get(endpoint)?.[0],
    };
  });
}

/** Of each endpoint that is no pod: the first addresses of its intervals. */
function addressesOf({ columns }: RuleTables): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const family of [4, 6] as const) {
    const [start, target, size] =
      family === 4 ? [columns.lookup4Start, columns.lookup4Target, 1] : [columns.lookup6Start, columns.lookup6Target, 4];
    for (const [i, endpoint] of target.entries()) {
      const text = formatAddress({ family, words: [...start.subarray(i * size, (i + 1) * size)] });
      // An IPv4 address in IPv6 notation is refused by whoever is asked.
      if (!text.startsWith('::ffff:')) found.set(endpoint, [...(found.get(endpoint) ?? []), text]);
    }
  }
  return found;
}

/** First and last ports of every port class, and those beside them. */
export function edgePorts({ columns }: RuleTables): number[] {
  const edges = [...columns.portClassFirst, ...columns.portClassLast].flatMap((port) => [port - 1, port, port + 1]);
  return [...new Set(edges)].filter((port) => port >= 1 && port <= 65535).sort((a, b) => a - b);
}

export function endText(end: MatrixEnd): string {
  switch (end.kind) {
    case 'pod':
      return `${end.namespace}/${end.name}`;
    case 'workload':
      return `${end.namespace}/${end.workloadKind}/${end.name}`;
    case 'namespace':
      return end.namespace;
    case 'nodes':
      return `nodes ${end.names.join(' ')}`;
    case 'addresses':
      return end.ranges.map(({ first, last }) => `${first}-${last}`).join(' ');
    case 'futurePods':
      return JSON.stringify(end);
  }
}

/** The verdicts that ports of a row have, as text: `allow deny`. */
export function verdictsAt({ allow, unknown, deny, some }: PortVerdicts, protocol: Protocol, port: number): string[] {
  const isAt = (span: { readonly protocol: Protocol; readonly from: number; readonly to: number }): boolean =>
    span.protocol === protocol && span.from <= port && port <= span.to;
  const lists = { allow, unknown, deny };
  const found = (['allow', 'unknown', 'deny'] as const).flatMap((verdict) => lists[verdict].filter(isAt).map(() => verdict as string));
  return [...found, ...some.filter(isAt).map(({ verdicts }) => verdicts.join(' '))];
}

/** What is wrong with the rows; undefined when they say what `ask` says about every pair. `seen` is counted up. */
export function wrongInMatrix(
  tables: RuleTables,
  by: PodGranularity,
  ask: AskPair,
  ports: readonly number[],
  seen: { flows: number; rows: number; some: number; unknown: number },
): string | undefined {
  const options: MatrixOptions = { by, nodes: true };
  const rows = [...reachabilityMatrix({ tables }, options).rows()];
  const whole = [...reachabilityMatrix({ tables }, { ...options, denied: true }).rows()];
  const groups = expectedGroups(tables, by);
  const told = new Map<string, MatrixRow>();
  for (const row of [...rows, ...whole]) {
    for (const [from, to] of keysOf(row, groups)) {
      const key = JSON.stringify([from, to]);
      const known = told.get(key);
      if (known !== undefined && known.ports !== row.ports && JSON.stringify(known.ports) !== JSON.stringify(row.ports))
        return `${key} is told in two ways`;
      told.set(key, row);
    }
  }
  const keysIn = (list: readonly MatrixRow[]): string[] => list.flatMap((row) => keysOf(row, groups).map((key) => JSON.stringify(key)));
  for (const list of [rows, whole]) if (new Set(keysIn(list)).size !== keysIn(list).length) return 'a pair of ends is told twice';
  const short = new Set(keysIn(rows));
  let pairsTold = 0;
  for (const [from, sources] of groups) {
    for (const [to, destinations] of groups) {
      if (sources[0]?.pod === undefined && destinations[0]?.pod === undefined) continue;
      const pairs = sources.flatMap((a) => destinations.filter((b) => isPair(a, b)).map((b) => [a, b] as const));
      const key = JSON.stringify([from, to]);
      const row = told.get(key);
      if ((row === undefined) !== (pairs.length === 0))
        return `${key} has ${pairs.length} pairs, and ${row === undefined ? 'no' : 'a'} row`;
      if (row === undefined) continue;
      pairsTold += pairs.length;
      let isOpen = false;
      for (const protocol of PROTOCOLS) {
        for (const port of ports) {
          seen.flows += pairs.length;
          const verdicts = new Set(pairs.map(([a, b]) => ask(a, b, protocol, port)));
          const expected = ['allow', 'unknown', 'deny'].filter((verdict) => verdicts.has(verdict as Verdict)).join(' ');
          const got = verdictsAt(row.ports, protocol, port);
          if (got.length !== 1 || got[0] !== expected) return `${key} ${protocol}/${port}: expected ${expected}, got ${got.join(' and ')}`;
          if (expected !== 'deny') isOpen = true;
          if (expected.includes(' ')) seen.some++;
          if (expected === 'unknown') seen.unknown++;
        }
      }
      if (isOpen && !short.has(key)) return `${key} has no row without \`denied\``;
      if (!isOpen && rows.includes(row)) return `${key} is denied altogether and has a row`;
    }
  }
  const counted = whole.reduce((sum, { pairs }) => sum + pairs, 0);
  if (counted !== pairsTold) return `${counted} pairs are counted, ${pairsTold} are there`;
  seen.rows += rows.length;
  return undefined;
}

/** Is it a pair of ends that rows speak of? */
function isPair(a: Face, b: Face): boolean {
  if (a.pod !== undefined && a.pod === b.pod) return false;
  return a.family === b.family || a.family === 0 || b.family === 0;
}

type Groups = ReadonlyMap<string, readonly Face[]>;

/** Pods by what they are told as, nodes by name, and every endpoint of the outside by itself. */
function expectedGroups(tables: RuleTables, by: PodGranularity): Groups {
  const { podWorkload, endpointObject, podNamespace } = tables.columns;
  const names = new TableNames(tables);
  const groups = new Map<string, Face[]>();
  for (const face of facesOf(tables)) {
    const object = endpointObject[face.endpoint] as number;
    let key = face.node === undefined ? `outside ${face.endpoint}` : `node ${face.node}`;
    if (face.pod !== undefined) {
      const workload = podWorkload[object] as number;
      const { kind, namespace, name } = workload === NONE_32 ? { kind: '', namespace: '', name: '' } : names.workload(workload);
      if (by === 'namespace') key = names.text(podNamespace[object] as number);
      else key = by === 'pod' || workload === NONE_32 ? face.pod : `${namespace}/${kind}/${name}`;
    }
    groups.set(key, [...(groups.get(key) ?? []), face]);
  }
  return groups;
}

/** A row of nodes or addresses stands for several groups. */
function keysOf({ from, to }: MatrixRow, groups: Groups): [from: string, to: string][] {
  return namesOf(from, groups).flatMap((a) => namesOf(to, groups).map((b) => [a, b] as [string, string]));
}

function namesOf(end: MatrixEnd, groups: Groups): string[] {
  if (end.kind === 'nodes') return end.names.map((name) => `node ${name}`);
  if (end.kind !== 'addresses') return [endText(end)];
  return [...groups].flatMap(([key, [face]]) =>
    face?.address !== undefined && key.startsWith('outside') && isIn(end.ranges, face.address) ? [key] : [],
  );
}

export function isIn(ranges: readonly AddressRange[], address: string): boolean {
  const at = digits(address);
  return ranges.some(({ first, last }) => digits(first).length === at.length && digits(first) <= at && at <= digits(last));
}

/** Texts of one family are in the order of addresses. */
function digits(address: string): string {
  return (parseAddress(address)?.words ?? []).map((word) => word.toString(16).padStart(8, '0')).join('');
}
