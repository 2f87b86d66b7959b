/**
 * Rows of a difference for the same verdict with another reason, against asking both tables what decides about every pair of ends that both have, at every port.
 */
import type { ReachabilityDiff } from '../../src/diff/report.ts';
import { explainHalf, VERDICTS } from '../../src/evaluate/explain.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { type Direction, PROTOCOLS } from '../../src/model/protocol.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { changesAt, endsOf, isNamed, textOf } from './diff.ts';
import { edgePorts } from './matrix.ts';

/** What decides about half a flow, without places: equal texts are the same reason. */
class Reasons {
  readonly reader: TableReader;
  private readonly names: TableNames;
  private readonly known = new Map<string, readonly [verdict: string, reason: string]>();

  constructor(tables: RuleTables) {
    this.reader = new TableReader(tables);
    this.names = new TableNames(tables);
  }

  of(direction: Direction, judged: number, decision: number): readonly [verdict: string, reason: string] {
    const key = `${direction} ${judged} ${decision}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { verdict, passes, reasons, isolatedBy, default: byDefault } = explainHalf(this.reader, this.names, direction, judged, decision);
    const rules = [...passes, ...reasons].map(({ policy, action, rule }) => JSON.stringify([policy, action, rule]));
    const isolating = byDefault === 'isolated-no-rule-matches' ? isolatedBy.map((policy) => JSON.stringify(policy)) : [];
    const found = [verdict, JSON.stringify([byDefault, [...new Set(rules)].sort(), [...new Set(isolating)].sort()])] as const;
    this.known.set(key, found);
    return found;
  }
}

/** What is wrong with the rows of effect `reason`; undefined when they are those of the tables. `diff` was asked for reasons. */
export function wrongInReasons(
  before: RuleTables,
  after: RuleTables,
  diff: ReachabilityDiff,
  seen: { reasons: number; own: number },
): string | undefined {
  const sides = [new Reasons(before), new Reasons(after)] as const;
  const ends = endsOf([before, after]).filter(({ numbers }) => !numbers.includes(undefined));
  const ports = [...new Set([...edgePorts(before), ...edgePorts(after)])];
  const rows = diff.rows.flatMap((row, i) => (row.effect === 'reason' ? [i] : []));
  let count = 0;
  for (const from of ends) {
    for (const to of ends) {
      if (from.family !== to.family && from.family !== 0 && to.family !== 0) continue;
      const numbers = ([0, 1] as const).map((t) => [from.numbers[t]!, to.numbers[t]!] as const);
      const isOwn = from.kind !== 'address' && sides.some(({ reader }, t) => reader.decidedByComparison(...numbers[t]!));
      const naming = rows.filter((i) => diff.rows[i]!.own === isOwn && isNamed(diff.rows[i]!.from, from) && isNamed(diff.rows[i]!.to, to));
      let isTold = false;
      for (const [protocol, name] of PROTOCOLS.entries()) {
        for (const port of ports) {
          const decided = sides.map(({ reader }, t) =>
            reader.decide(...numbers[t]!, protocol, port, { egress: 0, ingress: 0, verdict: 0 }),
          );
          const [whole, wholeAfter] = decided.map(({ verdict }) => VERDICTS[verdict]!);
          const halves = (['egress', 'ingress'] as const).map((direction) =>
            sides.map((side, t) => side.of(direction, numbers[t]![direction === 'egress' ? 0 : 1], decided[t]![direction])),
          );
          // Halves that have the verdict make it.
          const expected =
            whole === wholeAfter && halves.some(([b, a]) => (b![0] === whole || a![0] === whole) && (b![0] !== a![0] || b![1] !== a![1]));
          const told = naming.flatMap((i) => changesAt(diff, i, name, port));
          if (told.length !== (expected ? 1 : 0) || (expected && told[0]!.before !== whole))
            return `${textOf(from)} to ${textOf(to)} ${name}/${port}: ${whole} for ${expected ? 'another' : 'the same'} reason, told ${told.length} times`;
          if (expected) isTold = true;
        }
      }
      if (!isTold) continue;
      count++;
      if (isOwn) seen.own++;
    }
  }
  seen.reasons += count;
  return count === diff.pairs.reason ? undefined : `${count} pairs have another reason, ${diff.pairs.reason} are counted`;
}
