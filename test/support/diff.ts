/**
 * A difference in reachability against asking both tables about every pair of ends at every port at which an answer can change. Ends are matched by name here, not by what `src/reach` joins.
 */
import type { DiffCause, DiffEnds, DiffReason, DiffVerdict, ReachabilityDiff } from '../../src/diff/report.ts';
import { explainHalf, VERDICTS } from '../../src/evaluate/explain.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { formatAddress, parsePrefix, prefixContains } from '../../src/lib/ip-address.ts';
import { type Direction, PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import type { EndGroup } from '../../src/reach/roll-up.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { edgePorts } from './matrix.ts';

type Two<T> = readonly [T, T];

/** An end in both tables; its number is undefined where a table lacks it. */
interface End {
  readonly kind: 'pod' | 'node' | 'address';
  readonly namespace: string;
  readonly name: string;
  readonly workload: string;
  readonly family: number;
  readonly words: readonly number[];
  /** Of a node, as the first table that has it says. */
  readonly address: string;
  readonly numbers: Two<number | undefined>;
}

type Face = Omit<End, 'numbers'> & { readonly number: number };

function facesOf(tables: RuleTables): Face[] {
  const { columns } = tables;
  const names = new TableNames(tables);
  const addresses = nodeAddresses(tables);
  return Array.from(columns.endpointKind, (kind, number): Face | undefined => {
    if (kind === ENDPOINT_PREFIX) return undefined;
    const object = columns.endpointObject[number]!;
    const family = columns.endpointFamily[number]!;
    const common = { family, words: [], number, address: addresses.get(number) ?? '' };
    if (kind === ENDPOINT_NODE) {
      const name = names.text(columns.nodeName[object]!);
      return { ...common, kind: 'node', namespace: '', name, workload: '' };
    }
    const { namespace = '', name } = names.pod(object);
    const owner = columns.podWorkload[object]!;
    const workload = owner === NONE_32 ? '' : JSON.stringify([names.workload(owner).kind, namespace, names.workload(owner).name]);
    return { ...common, kind: 'pod', namespace, name, workload };
  }).filter((face) => face !== undefined);
}

/** The address that leads to each endpoint that is a node, alone or beside other nodes. */
function nodeAddresses({ columns }: RuleTables): Map<number, string> {
  const found = new Map<number, string>();
  for (const family of [4, 6] as const) {
    const [start, target] = family === 4 ? [columns.lookup4Start, columns.lookup4Target] : [columns.lookup6Start, columns.lookup6Target];
    const size = family === 4 ? 1 : 4;
    for (const [i, to] of target.entries()) {
      const several = to - columns.endpointKind.length;
      const owners = several < 0 ? [to] : columns.sharedEndpoint.slice(columns.sharedStart[several], columns.sharedStart[several + 1]);
      for (const endpoint of owners)
        if (columns.endpointKind[endpoint] === ENDPOINT_NODE)
          found.set(endpoint, formatAddress({ family, words: [...start.subarray(i * size, (i + 1) * size)] }));
    }
  }
  return found;
}

export function endsOf(tables: Two<RuleTables>): End[] {
  const faces = tables.map(facesOf) as unknown as Two<Face[]>;
  const isSame = (a: Face, b: Face): boolean =>
    a.kind === b.kind &&
    a.namespace === b.namespace &&
    a.name === b.name &&
    a.address === b.address &&
    (!a.family || !b.family || a.family === b.family);
  const ends: End[] = faces[0].flatMap((b) =>
    faces[1].filter((a) => isSame(a, b)).map((a) => ({ ...b, family: b.family || a.family, numbers: [b.number, a.number] as const })),
  );
  const isIn = (t: 0 | 1, { number }: Face): boolean => ends.some(({ numbers }) => numbers[t] === number);
  const onlyBefore = faces[0].filter((face) => !isIn(0, face)).map((face): End => ({ ...face, numbers: [face.number, undefined] }));
  const onlyAfter = faces[1].filter((face) => !isIn(1, face)).map((face): End => ({ ...face, numbers: [undefined, face.number] }));
  return [...ends, ...onlyBefore, ...onlyAfter, ...addressesOf(tables)];
}

/** An address of each range that no table tells apart, and that is outside in both. */
function addressesOf(tables: Two<RuleTables>): End[] {
  return ([4, 6] as const).flatMap((family) => {
    const size = family === 4 ? 1 : 4;
    const lookups = tables.map(({ columns }) =>
      family === 4 ? [columns.lookup4Start, columns.lookup4Target] : [columns.lookup6Start, columns.lookup6Target],
    ) as unknown as Two<Two<Uint32Array>>;
    const starts = lookups.flatMap(([start, target]) => Array.from(target, (_, i) => [...start.subarray(i * size, (i + 1) * size)]));
    const seen = new Map<string, End>();
    for (const words of starts) {
      const numbers = lookups.map(([start, target]) => {
        let found = 0;
        for (let i = 0; i < target.length; i++) if (!isAfter([...start.subarray(i * size, (i + 1) * size)], words)) found = target[i]!;
        return found;
      }) as unknown as Two<number>;
      if (numbers.some((number, t) => tables[t]!.columns.endpointKind[number] !== ENDPOINT_PREFIX)) continue;
      seen.set(numbers.join(' '), { kind: 'address', namespace: '', name: '', workload: '', family, words, address: '', numbers });
    }
    return [...seen.values()];
  });
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, word] of a.entries()) if (word !== b[i]) return word > b[i]!;
  return false;
}

function markOf({ numbers }: End): DiffEnds['mark'] {
  if (numbers[0] === undefined) return 'added';
  return numbers[1] === undefined ? 'removed' : null;
}

/** Is an end one of those that are named? */
export function isNamed({ mark, groups }: DiffEnds, end: End): boolean {
  return markOf(end) === mark && groups.some((group) => isIn(group, end));
}

function isIn(group: EndGroup, end: End): boolean {
  if (group.family !== null && end.family !== group.family) return false;
  switch (group.kind) {
    case 'every-pod':
      return end.kind === 'pod';
    case 'every-node':
      return end.kind === 'node';
    case 'namespace':
      return end.kind === 'pod' && end.namespace === group.namespace;
    case 'workload':
      return end.kind === 'pod' && end.workload === JSON.stringify([group.workloadKind, group.namespace, group.name]);
    case 'pod':
      return end.kind === 'pod' && end.namespace === group.namespace && end.name === group.name;
    case 'node':
      return end.kind === 'node' && end.name === group.name && (group.address === null || end.address === group.address);
    case 'addresses': {
      if (end.kind !== 'address') return false;
      const isInside = (cidr: string): boolean => {
        const prefix = parsePrefix(cidr)?.prefix;
        const family = end.family === 4 ? 4 : 6;
        return prefix?.family === family && prefixContains(prefix, { family, words: [...end.words], length: family === 4 ? 32 : 128 });
      };
      return isInside(group.cidr) && !group.except.some(isInside);
    }
  }
}

export interface DiffSeen {
  flows: number;
  opened: number;
  closed: number;
  uncertain: number;
  unknown: number;
  added: number;
  removed: number;
  own: number;
}

/** What is wrong with a difference; undefined when it is that of the tables. Nodes are matched by their addresses. */
export function wrongInDiff(before: RuleTables, after: RuleTables, diff: ReachabilityDiff, seen: DiffSeen): string | undefined {
  const tables = [before, after] as const;
  const readers = tables.map((each) => new TableReader(each));
  const ends = endsOf(tables);
  const ports = [...new Set([...edgePorts(before), ...edgePorts(after)])];
  const pairs = { opened: 0, closed: 0, changed: 0, uncertain: 0, unknown: 0 };
  const rowPairs = diff.rows.map(() => 0);
  const causes = new ExpectedCauses(tables, diff);
  const toldAt = diff.rows.map((_, i) => {
    const at = PROTOCOLS.flatMap((name) => ports.map((port) => [`${name} ${port}`, changesAt(diff, i, name, port)] as const));
    return new Map(at.filter(([, changes]) => changes.length > 0));
  });
  const named = diff.rows.map((row) => ({
    from: new Set(ends.filter((end) => isNamed(row.from, end))),
    to: new Set(ends.filter((end) => isNamed(row.to, end))),
  }));
  for (const from of ends) {
    for (const to of ends) {
      if (from.family !== to.family && from.family !== 0 && to.family !== 0) continue;
      const there = [0, 1].map((t) => from.numbers[t] !== undefined && to.numbers[t] !== undefined);
      const isOneSided = there[0] !== there[1];
      // A pod or node and itself is told only where both have it.
      if (isOneSided && from.kind !== 'address' && textOf(from).split(' (')[0] === textOf(to).split(' (')[0]) {
        const t = there[0] ? 0 : 1;
        if (readers[t]!.decidedByComparison(from.numbers[t]!, to.numbers[t]!)) continue;
      }
      const isOwn = readers.some(
        (reader, t) => there[t] && from.kind !== 'address' && reader.decidedByComparison(from.numbers[t]!, to.numbers[t]!),
      );
      const rows = diff.rows.flatMap((row, i) => (row.own === isOwn && named[i]!.from.has(from) && named[i]!.to.has(to) ? [i] : []));
      for (const i of rows) rowPairs[i]!++;
      const effects = new Set<string>();
      const used = new Set<number>();
      for (const [protocol, name] of PROTOCOLS.entries()) {
        for (const port of ports) {
          seen.flows++;
          const [b, a] = readers.map(
            (reader, t): DiffVerdict => (there[t] ? VERDICTS[reader.verdict(from.numbers[t]!, to.numbers[t]!, protocol, port)]! : 'absent'),
          );
          const told =
            rows.length === 0 ? [] : rows.flatMap((i) => (toldAt[i]!.get(`${name} ${port}`) ?? []).map((change) => ({ i, ...change })));
          for (const { i } of told) used.add(i);
          if (told.length === 1) {
            const missing = causes.missing(told[0]!.i, from, to, protocol, port);
            if (missing !== undefined) return `${textOf(from)} to ${textOf(to)} ${name}/${port}: the cause ${missing} is not told`;
          }
          const isChange = b !== a && !(b === 'absent' && a === 'deny') && !(b === 'deny' && a === 'absent');
          if (told.length > 1) return `${textOf(from)} to ${textOf(to)} ${name}/${port} is told twice`;
          if (isChange !== (told.length === 1) || (isChange && (told[0]!.before !== b || told[0]!.after !== a)))
            return `${textOf(from)} to ${textOf(to)} ${name}/${port}: ${b} to ${a}, told ${told[0]?.before} to ${told[0]?.after}`;
          if (b === 'unknown' && a === 'unknown') effects.add('unknown');
          else if (isChange) effects.add(b === 'unknown' || a === 'unknown' ? 'uncertain' : a === 'allow' ? 'opened' : 'closed');
        }
      }
      const unused = rows.find((i) => !used.has(i));
      if (unused !== undefined) return `${textOf(from)} to ${textOf(to)} is in row ${unused}, which says nothing about it`;
      if (effects.has('opened') && effects.has('closed')) pairs.changed++;
      else if (effects.has('opened')) pairs.opened++;
      else if (effects.has('closed')) pairs.closed++;
      if (effects.has('uncertain')) pairs.uncertain++;
      if (effects.has('unknown')) pairs.unknown++;
      if (isOwn && effects.size > 0) seen.own++;
    }
  }
  const { opened, closed, changed, uncertain, unknown } = diff.pairs;
  const told = { opened, closed, changed, uncertain, unknown };
  if (JSON.stringify(told) !== JSON.stringify(pairs)) return `pairs are ${JSON.stringify(pairs)}, told ${JSON.stringify(told)}`;
  const wrong = diff.rows.findIndex((row, i) => row.pairs !== rowPairs[i]);
  if (wrong >= 0) return `row ${wrong} stands for ${rowPairs[wrong]} pairs, and says ${diff.rows[wrong]!.pairs}`;
  const unmet = causes.unmet();
  if (unmet !== undefined) return unmet;
  seen.opened += opened;
  seen.closed += closed;
  seen.uncertain += uncertain;
  seen.unknown += unknown;
  seen.added += diff.added.length;
  seen.removed += diff.removed.length;
  return undefined;
}

const OPENNESS = { deny: 0, unknown: 1, allow: 2 } as const;

/** What decides about each pair and port, by asking for it. Every such cause must be among those of its row, and every one of a row must be met. */
class ExpectedCauses {
  private readonly readers: readonly TableReader[];
  private readonly names: readonly TableNames[];
  private readonly told: readonly Set<string>[];
  private readonly met: readonly Set<string>[];
  /** Rows with decisions: who has the same has the same causes. */
  private readonly asked = new Set<string>();
  private readonly decision = { egress: 0, ingress: 0, verdict: 0 };

  constructor(tables: Two<RuleTables>, { rows }: ReachabilityDiff) {
    this.readers = tables.map((each) => new TableReader(each));
    this.names = tables.map((each) => new TableNames(each));
    this.told = rows.map((row) => new Set(row.causes.map((cause) => JSON.stringify(cause))));
    this.met = rows.map(() => new Set());
  }

  missing(row: number, from: End, to: End, protocol: number, port: number): string | undefined {
    const key = this.readers.map((reader, t) => {
      const [source, destination] = [from.numbers[t], to.numbers[t]];
      if (source === undefined || destination === undefined) return '-';
      const { egress, ingress } = reader.decide(source, destination, protocol, port, this.decision);
      const { endpointEgressSubject, endpointIngressSubject } = reader.tables.columns;
      return `${egress} ${ingress} ${endpointEgressSubject[source]} ${endpointIngressSubject[destination]}`;
    });
    if (this.asked.has(`${row} ${key}`)) return undefined;
    this.asked.add(`${row} ${key}`);
    const sides = this.readers.map((reader, t) => {
      const [source, destination] = [from.numbers[t], to.numbers[t]];
      if (source === undefined || destination === undefined) return undefined;
      const { egress, ingress, verdict } = reader.decide(source, destination, protocol, port, { egress: 0, ingress: 0, verdict: 0 });
      const half = (direction: Direction, judged: number, decision: number): DiffReason => {
        const told = explainHalf(reader, this.names[t]!, direction, judged, decision);
        const policies = told.default === 'isolated-no-rule-matches' ? [...reader.isolating(direction, judged)] : [];
        const isolatedBy = policies.map((policy) => ({
          policy: this.names[t]!.policy(policy),
          origin: this.names[t]!.policyOrigin(policy),
        }));
        return { verdict: told.verdict, rules: [...told.passes, ...told.reasons], default: told.default, isolatedBy };
      };
      return {
        egress: half('egress', source, egress),
        ingress: half('ingress', destination, ingress),
        verdict: OPENNESS[VERDICTS[verdict]!],
      };
    });
    const [before, after] = sides;
    for (const direction of ['ingress', 'egress'] as const) {
      const cause: DiffCause = { direction, before: before?.[direction] ?? null, after: after?.[direction] ?? null };
      if (cause.before !== null && cause.after !== null) {
        const way = Math.sign(after!.verdict - before!.verdict);
        if (Math.sign(OPENNESS[cause.after.verdict] - OPENNESS[cause.before.verdict]) !== way) continue;
      }
      const text = JSON.stringify(cause);
      if (!this.told[row]!.has(text)) return text;
      this.met[row]!.add(text);
    }
    return undefined;
  }

  /** A cause that is told and no pair has. */
  unmet(): string | undefined {
    for (const [row, told] of this.told.entries()) {
      for (const key of told) if (!this.met[row]!.has(key)) return `row ${row} tells the cause ${key}, which no pair of it has`;
    }
    return undefined;
  }
}

export function changesAt({ rows }: ReachabilityDiff, i: number, protocol: Protocol, port: number) {
  return rows[i]!.changes.filter(({ ports }) =>
    ports.some((range) => range.protocol === protocol && range.from <= port && port <= range.to),
  );
}

export function textOf({ kind, namespace, name, family, words, numbers }: End): string {
  return `${kind} ${namespace}/${name}${words.join('.')} (${family}, ${numbers.join(' ')})`;
}
