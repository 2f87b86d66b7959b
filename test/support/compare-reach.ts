/**
 * `compareReach` against asking both tables about every pair of joint ends at every port at which an answer can change.
 */

import { VERDICTS } from '../../src/evaluate/explain.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { ReachComparison } from '../../src/reach/compare-reach.ts';
import { ENDPOINT_PREFIX } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** First and last ports of every port class of both tables, and one beside them. */
function edgePorts(...tables: readonly RuleTables[]): number[] {
  const edges = tables.flatMap(({ columns }) =>
    [...columns.portClassFirst, ...columns.portClassLast].flatMap((port) => [port - 1, port, port + 1]),
  );
  return [...new Set(edges)].filter((port) => port >= 1 && port <= 65535).sort((a, b) => a - b);
}

/** What is wrong with a comparison, by reading both tables; undefined when it says what they say. The count of flows asked is added to `asked`. */
export function wrongInComparison(
  before: RuleTables,
  after: RuleTables,
  comparison: ReachComparison,
  asked: { flows: number },
): string | undefined {
  const { endpoints, differences } = comparison;
  const readers = [new TableReader(before), new TableReader(after)] as const;
  const ports = edgePorts(before, after);
  const missing = missingEnd([before, after], endpoints);
  if (missing !== undefined) return missing;
  const told = toldChanges(readers, comparison);
  const pairsTold = differences.reduce((sum, { pairs }) => sum + pairs, 0);
  if (pairsTold !== told.size) return `${pairsTold} pairs are counted, ${told.size} are there`;
  for (let from = 0; from < endpoints.count; from++) {
    for (let to = 0; to < endpoints.count; to++) {
      const families = new Set([endpoints.family[from], endpoints.family[to]].filter((family) => family !== 0));
      if (families.size > 1) continue;
      const changes = told.get(`${from} ${to}`) ?? [];
      for (const [protocol, name] of PROTOCOLS.entries()) {
        for (const port of ports) {
          asked.flows++;
          const [b, a] = readers.map((reader, t) => {
            const numbers = endpoints.numbers[t] as Uint32Array;
            return VERDICTS[reader.verdict(numbers[from] as number, numbers[to] as number, protocol, port)];
          });
          const change = changes.find((each) => each.protocol === name && each.from <= port && port <= each.to);
          const [saidBefore, saidAfter] = change === undefined ? [undefined, undefined] : [change.before, change.after];
          const isRight = b === a ? change === undefined : saidBefore === b && saidAfter === a;
          if (!isRight) return `${from} to ${to} ${name}/${port}: ${b} to ${a}, told ${saidBefore} to ${saidAfter}`;
        }
      }
    }
  }
  return undefined;
}

/** Is every address outside in a joint end? Addresses are looked up one by one, at every start of an interval of either table. */
function missingEnd(tables: readonly [RuleTables, RuleTables], { numbers, count }: ReachComparison['endpoints']): string | undefined {
  const known = new Set(Array.from({ length: count }, (_, end) => numbers.map((of) => of[end]).join(' ')));
  for (const size of [1, 4]) {
    const starts = tables.flatMap((each) => intervalsOf(each, size).map(([start]) => start));
    for (const address of new Set(starts)) {
      const found = tables.map((each) => intervalsOf(each, size).findLast(([start]) => start <= address)?.[1] ?? -1);
      const isOutside = found.every((end, t) => tables[t]?.columns.endpointKind[end] === ENDPOINT_PREFIX);
      if (isOutside && !known.has(found.join(' '))) return `address ${address} is no joint end`;
    }
  }
  return undefined;
}

/** First address (as hexadecimal digits, so that texts are in order) and target of each interval. */
function intervalsOf({ columns }: RuleTables, size: number): [start: string, target: number][] {
  const [start, target] = size === 1 ? [columns.lookup4Start, columns.lookup4Target] : [columns.lookup6Start, columns.lookup6Target];
  const text = (i: number) => [...start.subarray(i * size, (i + 1) * size)].map((word) => word.toString(16).padStart(8, '0')).join('');
  return Array.from(target, (of, i) => [text(i), of]);
}

type Changes = ReachComparison['differences'][number]['changes'];

/** Of each pair, what the comparison says. @throws {Error} when it says something twice */
function toldChanges(readers: readonly [TableReader, TableReader], { endpoints, differences }: ReachComparison): Map<string, Changes> {
  const told = new Map<string, Changes>();
  for (const { from, to, own, changes } of differences) {
    for (const source of from) {
      for (const destination of to) {
        const [a, b] = [endpoints.family[source], endpoints.family[destination]];
        if (a !== b && a !== 0 && b !== 0) continue;
        const isOwn = readers.some((reader, t) => {
          const numbers = endpoints.numbers[t] as Uint32Array;
          return reader.decidedByComparison(numbers[source] as number, numbers[destination] as number);
        });
        if (isOwn !== own) continue;
        const key = `${source} ${destination}`;
        if (told.has(key)) throw new Error(`${key} is in two differences`);
        told.set(key, changes);
      }
    }
  }
  return told;
}
