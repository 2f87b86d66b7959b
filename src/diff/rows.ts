/**
 * Pairs of classes that differ -> rows: ends that change alike, at ports that change alike, with the causes of every pair and port.
 */
import { VERDICTS } from '../evaluate/explain.ts';
import { append } from '../lib/append.ts';
import { membersOf } from '../lib/grouping.ts';
import { ListInterner } from '../lib/interner.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { ClassComparison } from '../reach/compare-reach.ts';
import { ABSENT, afterOf, beforeOf } from '../reach/half-columns.ts';
import { pairs as familiesPair } from '../reach/joint-endpoints.ts';
import type { JointPort } from '../reach/joint-ports.ts';
import { joinLines, joinRanges, type Line, type PortRange, sortedEnds } from '../reach/lines.ts';
import type { RollUp } from '../reach/roll-up.ts';
import { NONE_32 } from '../tables/layout.ts';
import { Causes, Decisions } from './causes.ts';
import { countOwnNodes, joinOwn } from './own-lines.ts';
import type { DiffChange, DiffEffect, DiffEnds, DiffRow, DiffVerdict } from './report.ts';

const MOST_SEARCHED = 5_000_000;

interface CausedLine extends Line {
  readonly own: boolean;
  readonly code: number;
  /** Number of what is to blame; -1 where that was not looked up. */
  readonly blamed: number;
  readonly causes: ReadonlySet<number>;
}

/** Rows for the codes that `isTold` chooses. `explained` false: more than `searched` pairs of classes and ports would have to be looked at. */
export function rowsOf(
  comparison: ClassComparison,
  rollUp: RollUp,
  isTold: (code: number) => boolean,
  searched = MOST_SEARCHED,
): { readonly rows: DiffRow[]; readonly explained: boolean } {
  const causes = new Causes(comparison);
  const cutter = new Cutter(comparison, causes, isTold, searched);
  const kindOf = ({ own, code, blamed, from, to }: CausedLine): string =>
    `${own} ${code} ${blamed} ${rollUp.presence(from[0]!)} ${rollUp.presence(to[0]!)}`;
  const withCauses = (a: CausedLine, b: CausedLine): CausedLine => ({ ...a, causes: new Set([...a.causes, ...b.causes]) });
  const joined = joinLines(cutter.lines(), kindOf, comparison.endpoints, rollUp, withCauses);
  const lines = joinOwn(joined, kindOf, comparison, withCauses);
  const alike = new Map<string, CausedLine[]>();
  for (const line of lines) append(alike, `${line.own} ${line.blamed} ${line.from} ${line.to}`, line);
  const isMeant = meaning(comparison);
  const ownNodes = (from: readonly number[], to: readonly number[]) => countOwnNodes(comparison, rollUp, from, to);
  const rows = [...alike.values()].map((group) => rowOf(group, rollUp, causes, isMeant, ownNodes));
  rows.sort((a, b) => EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) || b.pairs - a.pairs);
  return { rows, explained: cutter.explained };
}

const EFFECTS: readonly DiffEffect[] = ['opened', 'changed', 'closed', 'uncertain', 'reason'];

/** Does a line with such ends mean a pair? */
function meaning({ own: ownOf, endpoints: { family } }: ClassComparison): (own: boolean, from: number, to: number) => boolean {
  return (own, from, to) => familiesPair(family[from]!, family[to]!) && (ownOf.get(from)?.has(to) ?? false) === own;
}

function rowOf(
  lines: readonly CausedLine[],
  rollUp: RollUp,
  causes: Causes,
  isMeant: (own: boolean, from: number, to: number) => boolean,
  ownNodes: (from: readonly number[], to: readonly number[]) => number,
): DiffRow {
  const [first] = lines;
  const { own, pairs } = first!;
  // An end that only has pairs that are not meant is no part of it.
  const from = first!.from.filter((end) => first!.to.some((other) => isMeant(own, end, other)));
  const to = first!.to.filter((end) => from.some((other) => isMeant(own, other, end)));
  const changes = lines.map(
    ({ code, ports }): DiffChange => ({ ports, before: verdictOf(beforeOf(code)), after: verdictOf(afterOf(code)) }),
  );
  const ordered = changes.sort((a, b) => EFFECTS.indexOf(effectOf(a)) - EFFECTS.indexOf(effectOf(b)));
  return {
    effect: wholeEffect(ordered.map(effectOf)),
    from: endsOf(from, rollUp),
    to: endsOf(to, rollUp),
    own,
    withoutOwnNodes: own ? 0 : ownNodes(from, to),
    changes: ordered,
    causes: causes.texts(new Set(lines.flatMap((line) => [...line.causes]))),
    pairs,
  };
}

function endsOf(ends: readonly number[], rollUp: RollUp): DiffEnds {
  const presence = rollUp.presence(ends[0]!);
  return { mark: presence === 'both' ? null : presence === 'after' ? 'added' : 'removed', groups: rollUp.groups(ends) };
}

function verdictOf(number: number): DiffVerdict {
  return number === ABSENT ? 'absent' : VERDICTS[number]!;
}

function effectOf({ before, after }: DiffChange): DiffEffect {
  if (before === after) return 'reason';
  if (before === 'unknown' || after === 'unknown') return 'uncertain';
  return after === 'allow' ? 'opened' : 'closed';
}

function wholeEffect(effects: readonly DiffEffect[]): DiffEffect {
  if (effects.includes('opened')) return effects.includes('closed') ? 'changed' : 'opened';
  return effects[0]!;
}

/** A part of the port axis with one code, one blame, and where ends are in one set of tables. */
interface Part {
  readonly first: number;
  last: number;
  readonly code: number;
  readonly blamed: number;
}

/** Destinations of a source (or a set of sources) that change alike. */
interface Cell {
  readonly label: number;
  readonly destinations: number[];
  readonly causes: Set<number>;
}

class Cutter {
  explained = true;
  private readonly comparison: ClassComparison;
  private readonly causes: Causes;
  private readonly decisions: Decisions;
  private readonly isTold: (code: number) => boolean;
  private left: number;
  /** Parts of the port axis, flat, after the presence of the destination. */
  private readonly labels = new ListInterner();

  constructor(comparison: ClassComparison, causes: Causes, isTold: (code: number) => boolean, searched: number) {
    this.comparison = comparison;
    this.causes = causes;
    this.decisions = new Decisions(comparison);
    this.isTold = isTold;
    this.left = searched;
  }

  lines(): CausedLine[] {
    const { products, singles } = this.comparison;
    const lines: CausedLine[] = [];
    for (const { sources, destinations, signature } of products.classProducts()) {
      const alike = new Map<string, { readonly sources: number[]; readonly cells: Cell }>();
      for (const source of sources) {
        for (const cell of this.cellsOf(source, destinations, signature)) {
          const key = `${this.presence(source, 'sources')} ${cell.label} ${cell.destinations}`;
          const known = alike.get(key);
          if (known === undefined) alike.set(key, { sources: [source], cells: cell });
          else {
            known.sources.push(source);
            for (const cause of cell.causes) known.cells.causes.add(cause);
          }
        }
      }
      for (const { sources: from, cells } of alike.values()) lines.push(...this.classLines(from, cells));
    }
    for (const [signature, bySource] of singles.targets) {
      for (const [from, targets] of bySource) for (const to of targets) lines.push(...this.singleLines(from, to, signature));
    }
    return lines;
  }

  /** Cut by destination. */
  private cellsOf(source: number, destinations: readonly number[], signature: number): Cell[] {
    const cells = new Map<number, Cell>();
    for (const destination of destinations) {
      const found = new Set<number>();
      const decisions = this.decisions.ofClasses(source, destination);
      const parts = this.partsOf(
        signature,
        (k, code) => this.causes.of(code, ...decisions.at(k)),
        (k) => decisions.isNew(k),
        found,
      );
      if (parts.length === 0) continue;
      const label = this.labels.intern(Uint32Array.from([this.presence(destination, 'destinations'), ...flat(parts)]));
      const cell = cells.get(label) ?? { label, destinations: [], causes: new Set() };
      cells.set(label, cell);
      cell.destinations.push(destination);
      for (const cause of found) cell.causes.add(cause);
    }
    return [...cells.values()];
  }

  /** `causeAt`: the cause at a joint port; `isNew`: may it be another than at the port before? */
  private partsOf(
    signature: number,
    causeAt: (k: number, code: number) => number,
    isNew: (k: number) => boolean,
    found: Set<number>,
  ): Part[] {
    const runs = this.comparison.signatures.runs(signature);
    const parts: Part[] = [];
    for (let i = 0; i < runs.length; i += 3) {
      const [start, end, code] = [runs[i]!, runs[i + 1]!, runs[i + 2]!];
      if (!this.isTold(code)) continue;
      for (let k = start; k <= end; k++) {
        const last = parts.at(-1);
        const isNext = last !== undefined && last.last === k - 1 && last.code === code;
        if (isNext && k > start && !isNew(k)) {
          last.last = k;
          continue;
        }
        const blamed = this.blamedAt(k, code, causeAt, found);
        if (isNext && last.blamed === blamed) last.last = k;
        else parts.push({ first: k, last: k, code, blamed });
      }
    }
    return parts;
  }

  private blamedAt(k: number, code: number, causeAt: (k: number, code: number) => number, found: Set<number>): number {
    if (--this.left < 0) {
      this.explained = false;
      return -1;
    }
    const cause = causeAt(k, code);
    found.add(cause);
    return this.causes.blamedOf(cause);
  }

  private classLines(sources: readonly number[], { label, destinations, causes }: Cell): CausedLine[] {
    const { classes, pairsBetween } = this.comparison;
    const from = sortedEnds(sources.flatMap((each) => [...membersOf(classes.sources.members, each)]));
    const to = sortedEnds(destinations.flatMap((each) => [...membersOf(classes.destinations.members, each)]));
    let pairs = 0;
    for (const source of sources) for (const destination of destinations) pairs += pairsBetween(source, destination);
    return this.linesOf({ from, to, own: false, pairs }, partsIn(this.labels.get(label)), causes);
  }

  private singleLines(from: number, to: number, signature: number): CausedLine[] {
    const causes = new Set<number>();
    const parts = this.partsOf(
      signature,
      (k, code) => this.causes.of(code, this.decisions.ofPair(0, from, to, k), this.decisions.ofPair(1, from, to, k)),
      () => true,
      causes,
    );
    return this.linesOf({ from: [from], to: [to], own: true, pairs: 1 }, parts, causes);
  }

  /** A line for each code and blame. */
  private linesOf(
    ends: Pick<CausedLine, 'from' | 'to' | 'own' | 'pairs'>,
    parts: readonly Part[],
    causes: ReadonlySet<number>,
  ): CausedLine[] {
    const alike = new Map<string, Part[]>();
    for (const part of parts) append(alike, `${part.code} ${part.blamed}`, part);
    return [...alike.values()].map((group): CausedLine => {
      const { code, blamed } = group[0]!;
      return {
        ...ends,
        ports: joinRanges(group.flatMap(({ first, last }) => rangesOf(this.comparison.ports, first, last))),
        code,
        blamed,
        causes: new Set([...causes].filter((cause) => this.causes.blamedOf(cause) === blamed && this.causes.codeOf(cause) === code)),
      };
    });
  }

  /** Of a class: 0 in both tables, 1 before, 2 after. */
  private presence(of: number, role: 'sources' | 'destinations'): number {
    const { classes, endpoints } = this.comparison;
    const end = membersOf(classes[role].members, of)[0]!;
    const [before, after] = endpoints.numbers.map((numbers) => numbers[end] !== NONE_32);
    return before && after ? 0 : before ? 1 : 2;
  }
}

function rangesOf(ports: readonly JointPort[], first: number, last: number): PortRange[] {
  return ports.slice(first, last + 1).map(({ protocol, from, to }) => ({ protocol: PROTOCOLS[protocol]!, from, to }));
}

function flat(parts: readonly Part[]): number[] {
  return parts.flatMap(({ first, last, code, blamed }) => [first, last, code, blamed + 1]);
}

function partsIn(label: Uint32Array): Part[] {
  const parts: Part[] = [];
  for (let i = 1; i < label.length; i += 4)
    parts.push({ first: label[i]!, last: label[i + 1]!, code: label[i + 2]!, blamed: label[i + 3]! - 1 });
  return parts;
}
