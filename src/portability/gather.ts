/**
 * Explained cells -> findings: those of one cause together, and in each, ends and ports gathered into as few lines as say the same.
 */
import { append } from '../lib/append.ts';
import { compareText } from '../lib/compare-text.ts';
import type { Verdict } from '../model/decision.ts';
import type { CniProfile } from '../model/profile.ts';
import type { PortChange } from '../reach/compare-reach.ts';
import { type JointEndpoints, pairs } from '../reach/joint-endpoints.ts';
import { joinLines, type Line, sortedEnds } from '../reach/lines.ts';
import type { RollUp } from '../reach/roll-up.ts';
import type { ChangedEnds } from './cells.ts';
import { type CausePlace, type ChangedConnections, type Effect, effectOf, type PortabilityFinding, type SwitchName } from './report.ts';
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

interface ChangedLine extends Line {
  readonly own: boolean;
  readonly before: Verdict;
  readonly after: Verdict;
}

function connectionsOf(cells: readonly CausedCell[], { endpoints, rollUp, isOwn }: Ends): ChangedConnections[] {
  const single = cells.map(({ ends: { own, pairs: count, ...of }, change: { protocol, from, to, before, after } }): ChangedLine => {
    return { own, pairs: count, from: sortedEnds(of.from), to: sortedEnds(of.to), ports: [{ protocol, from, to }], before, after };
  });
  const lines = joinLines(single, ({ own, before, after }) => `${own} ${before} ${after}`, endpoints, rollUp);
  const isMeant = ({ own }: ChangedLine, from: number, to: number) =>
    pairs(endpoints.family[from] ?? 0, endpoints.family[to] ?? 0) && isOwn(from, to) === own;
  const found = lines.map((line): ChangedConnections => {
    // An end that only has pairs that are not meant is no part of it.
    const from = line.from.filter((end) => line.to.some((other) => isMeant(line, end, other)));
    const to = line.to.filter((end) => from.some((other) => isMeant(line, other, end)));
    return { ...line, from: rollUp.groups(from), to: rollUp.groups(to) };
  });
  return found.sort((a, b) => b.pairs - a.pairs);
}
