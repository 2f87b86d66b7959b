/**
 * Intervals of ports that no table tells apart, per protocol, with the port class of each table. Port 0 is no port of a flow.
 */
import type { RuleTables } from '../tables/rule-tables.ts';

export interface JointPort {
  /** Index into PROTOCOLS. */
  readonly protocol: number;
  readonly from: number;
  readonly to: number;
  /** Port class in each table. */
  readonly classes: readonly number[];
}

/** In order of protocol, then port. */
export function joinPorts(tables: readonly RuleTables[]): JointPort[] {
  const perTable = tables.map(({ columns: { portClassFirst, portClassLast, portClassProtocol } }) =>
    Array.from(portClassFirst, (first, portClass) => ({
      portClass,
      protocol: portClassProtocol[portClass]!,
      first: Math.max(1, first),
      last: portClassLast[portClass]!,
    })).filter(({ first, last }) => first <= last),
  );
  const protocols = [...new Set(perTable.flat().map(({ protocol }) => protocol))].sort((a, b) => a - b);
  return protocols.flatMap((protocol) => {
    const intervals = perTable.map((all) => all.filter((each) => each.protocol === protocol).sort((a, b) => a.first - b.first));
    const starts = [...new Set(intervals.flat().map(({ first }) => first))].sort((a, b) => a - b);
    const at = intervals.map(() => 0);
    return starts.map((from, i): JointPort => {
      for (const [t, list] of intervals.entries()) while (list[at[t]!]!.last < from) at[t]!++;
      return { protocol, from, to: (starts[i + 1] ?? 65536) - 1, classes: intervals.map((list, t) => list[at[t]!]!.portClass) };
    });
  });
}
