/**
 * Explained cells -> findings: those of one cause together, and in each, ends and ports gathered into as few lines as say the same.
 */
import { compareText } from '../lib/compare-text.ts';
import type { Verdict } from '../model/decision.ts';
import type { CniProfile } from '../model/profile.ts';
import type { JointEndpoints } from '../reach/joint-endpoints.ts';
import type { RollUp } from '../reach/roll-up.ts';
import type { ExplainedCell } from './cells.ts';
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

/** A cell with its cause. */
export interface CausedCell {
  readonly cell: Omit<ExplainedCell, 'explainer' | 'suspects'>;
  readonly switches: readonly SwitchName[];
  readonly places: readonly CausePlace[];
}

const EFFECTS: readonly Effect[] = ['opens', 'closes', 'uncertain'];

export function gatherFindings(
  cells: readonly CausedCell[],
  profile: CniProfile,
  endpoints: JointEndpoints,
  rollUp: RollUp,
): PortabilityFinding[] {
  const groups = new Map<string, CausedCell[]>();
  for (const each of cells) {
    const { before, after } = each.cell.change;
    const key = JSON.stringify([effectOf(before, after), each.switches, each.places.map(({ policy, field }) => [policy, field])]);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [each]);
    else list.push(each);
  }
  const findings = [...groups].flatMap(([key, members]): { key: string; finding: PortabilityFinding }[] => {
    const [first] = members;
    if (first === undefined) return [];
    const { switches, places, cell } = first;
    const connections = connectionsOf(members, endpoints, rollUp);
    const pairs = connections.reduce((sum, each) => sum + each.pairs, 0);
    const effect = effectOf(cell.change.before, cell.change.after);
    return [{ key, finding: { effect, switches, because: becauseOf(switches, profile), places, connections, pairs } }];
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

function connectionsOf(cells: readonly CausedCell[], endpoints: JointEndpoints, rollUp: RollUp): ChangedConnections[] {
  const single = cells.map(({ cell }): Line => {
    const { protocol, from, to, before, after } = cell.change;
    return {
      from: sorted(cell.from),
      to: sorted(cell.to),
      own: cell.own,
      ports: [{ protocol, from, to }],
      before,
      after,
      pairs: cell.pairs,
    };
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
  const ends = (a: Line, b: Line): Line => ({
    ...a,
    from: sorted([...a.from, ...b.from]),
    to: sorted([...a.to, ...b.to]),
    pairs: a.pairs + b.pairs,
  });
  lines = merge(lines, (line) => `${common(line)}|${portKey(line)}|${line.to}`, ends);
  lines = merge(lines, (line) => `${common(line)}|${portKey(line)}|${line.from}`, ends);
  // IPv4 and IPv6 flows of the same ends: no flow goes from one to the other.
  for (const end of ['from', 'to'] as const) {
    lines = mergeFamilies(lines, family, (line) => `${common(line)}|${portKey(line)}|${owners(line[end])}`, ends);
  }
  const found = lines.map((line): ChangedConnections => ({ ...line, from: rollUp.groups(line.from), to: rollUp.groups(line.to) }));
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
