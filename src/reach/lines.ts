/**
 * Ends and ports that are alike, gathered into as few lines as say the same.
 */
import type { Protocol } from '../model/protocol.ts';
import type { JointEndpoints } from './joint-endpoints.ts';
import type { RollUp } from './roll-up.ts';

export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** Every pair of one of `from` and one of `to` whose families go together. Ends are ascending joint endpoints. */
export interface Line {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly ports: readonly PortRange[];
  readonly pairs: number;
}

/** Only lines of one kind are joined. `joinRest`: what becomes of the rest of two lines; default: that of the first. */
export function joinLines<L extends Line>(
  all: readonly L[],
  kindOf: (line: L) => string,
  { family: familyOfEnd }: JointEndpoints,
  rollUp: RollUp,
  joinRest: (a: L, b: L) => L = (a) => a,
): L[] {
  const portKey = ({ ports }: L) => ports.map(({ protocol, from, to }) => `${protocol}/${from}-${to}`).join(' ');
  const owners = (ends: readonly number[]) => [...new Set(ends.map((end) => rollUp.ownerKey(end)))].join(' ');
  const family = ({ from, to }: L) => [...new Set([...from, ...to].map((end) => familyOfEnd[end]))].join(' ');
  let lines = merge(
    all,
    (line) => `${kindOf(line)}|${line.from}|${line.to}`,
    (a, b) => ({ ...joinRest(a, b), ports: joinRanges([...a.ports, ...b.ports]) }),
  );
  const joined = (a: L, b: L): L => ({
    ...joinRest(a, b),
    from: sortedEnds([...a.from, ...b.from]),
    to: sortedEnds([...a.to, ...b.to]),
    pairs: a.pairs + b.pairs,
  });
  lines = merge(lines, (line) => `${kindOf(line)}|${portKey(line)}|${line.to}`, joined);
  lines = merge(lines, (line) => `${kindOf(line)}|${portKey(line)}|${line.from}`, joined);
  // IPv4 and IPv6 flows of the same ends: no flow goes from one to the other.
  for (const end of ['from', 'to'] as const) {
    lines = mergeFamilies(lines, family, (line) => `${kindOf(line)}|${portKey(line)}|${owners(line[end])}`, joined);
  }
  return lines;
}

function merge<L>(lines: readonly L[], keyOf: (line: L) => string, join: (a: L, b: L) => L): L[] {
  const merged = new Map<string, L>();
  for (const line of lines) {
    const key = keyOf(line);
    const known = merged.get(key);
    merged.set(key, known === undefined ? line : join(known, line));
  }
  return [...merged.values()];
}

function mergeFamilies<L>(lines: readonly L[], familyOf: (line: L) => string, keyOf: (line: L) => string, join: (a: L, b: L) => L): L[] {
  const waiting = new Map<string, number>();
  const merged: L[] = [];
  for (const line of lines) {
    const family = familyOf(line);
    const other = family === '4' ? '6' : '4';
    const at = waiting.get(`${other} ${keyOf(line)}`);
    if ((family === '4' || family === '6') && at !== undefined) {
      const known = merged[at];
      merged[at] = known === undefined ? line : join(known, line);
      waiting.delete(`${other} ${keyOf(line)}`);
    } else {
      waiting.set(`${family} ${keyOf(line)}`, merged.length);
      merged.push(line);
    }
  }
  return merged;
}

/** In order of protocol and port, neighbours joined. */
export function joinRanges(ranges: readonly PortRange[]): PortRange[] {
  const order = [...ranges].sort((a, b) => PROTOCOL_ORDER.indexOf(a.protocol) - PROTOCOL_ORDER.indexOf(b.protocol) || a.from - b.from);
  const joined: PortRange[] = [];
  for (const range of order) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last.protocol === range.protocol && last.to >= range.from - 1) {
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, range.to) };
    } else joined.push(range);
  }
  return joined;
}

const PROTOCOL_ORDER = ['TCP', 'UDP', 'SCTP'];

/** Each once, ascending. */
export function sortedEnds(ends: ArrayLike<number>): number[] {
  return [...new Set(Array.from(ends))].sort((a, b) => a - b);
}
