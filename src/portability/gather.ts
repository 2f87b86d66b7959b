/**
 * Explained cells -> findings: those of one cause together, and in each, ends and ports gathered into as few lines as say the same.
 */
import { append } from '../lib/append.ts';
import { compareText } from '../lib/compare-text.ts';
import type { Verdict } from '../model/decision.ts';
import type { CniProfile } from '../model/profile.ts';
import type { PortChange } from '../reach/compare-reach.ts';
import { type JointEndpoints, pairs } from '../reach/joint-endpoints.ts';
import type { RollUp } from '../reach/roll-up.ts';
import type { ChangedEnds } from './cells.ts';
import {
  type CausePlace,
  type ChangedConnections,
  type Effect,
  effectOf,
  type PortabilityFinding,
  type PortRange,
  type SwitchName,
} from './report.ts';
import { becauseOf } from './switch-texts.ts';

/** Ends and ports with their cause. */
export interface CausedCell {
  /** One object for all cells of the same pairs. */
  readonly ends: ChangedEnds;
  readonly change: PortChange;
  readonly switches: readonly SwitchName[];
  /** False: the cause is among the switches, and more was not searched. */
  readonly explained: boolean;
  readonly places: readonly CausePlace[];
}

const EFFECTS: readonly Effect[] = ['opens', 'closes', 'uncertain'];

/** What lines of ends are made with. */
export interface Ends {
  readonly endpoints: JointEndpoints;
  readonly rollUp: RollUp;
  /** Of joint endpoints: does comparison decide the pair, before or after? */
  readonly isOwn: (from: number, to: number) => boolean;
}

export function gatherFindings(cells: readonly CausedCell[], profile: CniProfile, ends: Ends): PortabilityFinding[] {
  const groups = new Map<string, CausedCell[]>();
  for (const each of cells) {
    const { before, after } = each.change;
    const key = JSON.stringify([effectOf(before, after), each.switches, each.explained, each.places]);
    append(groups, key, each);
  }
  const findings = [...groups].flatMap(([key, members]): { key: string; finding: PortabilityFinding }[] => {
    const [first] = members;
    if (first === undefined) return [];
    const { switches, explained, places, change } = first;
    const connections = connectionsOf(members, ends);
    // A pair that changes at several ports is one.
    const count = [...new Set(members.map((each) => each.ends))].reduce((sum, each) => sum + each.pairs, 0);
    const effect = effectOf(change.before, change.after);
    const because = becauseOf(switches, profile, explained);
    return [{ key, finding: { effect, switches, explained, because, places, connections, pairs: count } }];
  });
  findings.sort((a, b) => {
    const byEffect = EFFECTS.indexOf(a.finding.effect) - EFFECTS.indexOf(b.finding.effect);
    return byEffect || b.finding.pairs - a.finding.pairs || compareText(a.key, b.key);
  });
  return findings.map(({ finding }) => finding);
}

/** Ends as sorted lists of joint endpoints. */
interface Line {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly own: boolean;
  readonly ports: readonly PortRange[];
  readonly before: Verdict;
  readonly after: Verdict;
  readonly pairs: number;
}

function connectionsOf(cells: readonly CausedCell[], { endpoints, rollUp, isOwn }: Ends): ChangedConnections[] {
  const single = cells.map(({ ends: { own, pairs: count, ...of }, change: { protocol, from, to, before, after } }): Line => {
    return { own, pairs: count, from: sorted(of.from), to: sorted(of.to), ports: [{ protocol, from, to }], before, after };
  });
  const common = ({ own, before, after }: Line) => `${own} ${before} ${after}`;
  const portKey = ({ ports }: Line) => ports.map(({ protocol, from, to }) => `${protocol}/${from}-${to}`).join(' ');
  const owners = (ends: readonly number[]) => [...new Set(ends.map((end) => rollUp.ownerKey(end)))].join(' ');
  const family = ({ from, to }: Line) => [...new Set([...from, ...to].map((end) => endpoints.family[end]))].join(' ');
  let lines = merge(
    single,
    (line) => `${common(line)}|${line.from}|${line.to}`,
    (a, b) => ({ ...a, ports: joinRanges([...a.ports, ...b.ports]) }),
  );
  const joined = (a: Line, b: Line): Line => ({
    ...a,
    from: sorted([...a.from, ...b.from]),
    to: sorted([...a.to, ...b.to]),
    pairs: a.pairs + b.pairs,
  });
  lines = merge(lines, (line) => `${common(line)}|${portKey(line)}|${line.to}`, joined);
  lines = merge(lines, (line) => `${common(line)}|${portKey(line)}|${line.from}`, joined);
  // IPv4 and IPv6 flows of the same ends: no flow goes from one to the other.
  for (const end of ['from', 'to'] as const) {
    lines = mergeFamilies(lines, family, (line) => `${common(line)}|${portKey(line)}|${owners(line[end])}`, joined);
  }
  const isMeant = ({ own }: Line, from: number, to: number) =>
    pairs(endpoints.family[from] ?? 0, endpoints.family[to] ?? 0) && isOwn(from, to) === own;
  const found = lines.map((line): ChangedConnections => {
    // An end that only has pairs that are not meant is no part of it.
    const from = line.from.filter((end) => line.to.some((other) => isMeant(line, end, other)));
    const to = line.to.filter((end) => from.some((other) => isMeant(line, other, end)));
    return { ...line, from: rollUp.groups(from), to: rollUp.groups(to) };
  });
  return found.sort((a, b) => b.pairs - a.pairs);
}

function merge(lines: readonly Line[], keyOf: (line: Line) => string, join: (a: Line, b: Line) => Line): Line[] {
  const merged = new Map<string, Line>();
  for (const line of lines) {
    const key = keyOf(line);
    const known = merged.get(key);
    merged.set(key, known === undefined ? line : join(known, line));
  }
  return [...merged.values()];
}

function mergeFamilies(
  lines: readonly Line[],
  familyOf: (line: Line) => string,
  keyOf: (line: Line) => string,
  join: (a: Line, b: Line) => Line,
): Line[] {
  const waiting = new Map<string, number>();
  const merged: Line[] = [];
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
function joinRanges(ranges: readonly PortRange[]): PortRange[] {
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

function sorted(ends: ArrayLike<number>): number[] {
  return [...new Set(Array.from(ends))].sort((a, b) => a - b);
}
