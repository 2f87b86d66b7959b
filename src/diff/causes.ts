/**
 * Why a pair of ends changes at a port: what decides about each half before and after. Equal causes have one number.
 */
import { explainDecision } from '../evaluate/explain.ts';
import { TableNames } from '../evaluate/names.ts';
import type { FlowDecision, TableReader } from '../evaluate/reader.ts';
import { StringInterner } from '../lib/interner.ts';
import type { RuleReason, Verdict } from '../model/decision.ts';
import type { ObjectRef } from '../model/origin.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { ClassComparison } from '../reach/compare-reach.ts';
import { ABSENT, afterOf, beforeOf } from '../reach/half-columns.ts';
import { isByIsolation } from '../reach/reasons.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { DiffCause, DiffReason } from './report.ts';

/** Of one side: decisions of both halves, and the subject classes that they are about. Undefined: an end is not there. */
export type SideDecisions = readonly [egress: number, ingress: number, egressSubject: number, ingressSubject: number] | undefined;

interface Known {
  readonly code: number;
  readonly causes: readonly DiffCause[];
  /** Number of what is to blame: causes with one are told in one row. */
  readonly blamed: number;
}

export class Causes {
  private readonly comparison: ClassComparison;
  private readonly names: readonly TableNames[];
  private readonly numbers = new Map<string, number>();
  private readonly known: Known[] = [];
  private readonly blames = new StringInterner();

  constructor(comparison: ClassComparison) {
    this.comparison = comparison;
    this.names = comparison.readers.map(({ tables }) => new TableNames(tables));
  }

  blamedOf(cause: number): number {
    return this.known[cause]!.blamed;
  }

  codeOf(cause: number): number {
    return this.known[cause]!.code;
  }

  /** Each distinct one once, in order of the numbers. */
  texts(causes: Iterable<number>): DiffCause[] {
    const found = new Map<string, DiffCause>();
    for (const cause of [...causes].sort((a, b) => a - b)) {
      for (const each of this.known[cause]!.causes) found.set(JSON.stringify(each), each);
    }
    return [...found.values()];
  }

  of(code: number, before: SideDecisions, after: SideDecisions): number {
    const [one, two] = this.comparison.readers;
    const key = `${code} ${keyOf(one, before)} ${keyOf(two, after)}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.known.push(this.find(code, before, after)) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  private find(code: number, before: SideDecisions, after: SideDecisions): Known {
    const halves = DIRECTIONS.map((direction): DiffCause => {
      return { direction, before: this.reason(0, direction, before), after: this.reason(1, direction, after) };
    });
    const causes = halves.filter((half) => isMoving(half, code));
    const isAbsent = beforeOf(code) === ABSENT || afterOf(code) === ABSENT;
    // An end that comes or goes is the cause: the rules that let it through are told, and part no rows.
    const blamed = isAbsent ? [] : causes.map(blameOf);
    return { code, causes, blamed: this.blames.intern(JSON.stringify(blamed)) };
  }

  private reason(t: 0 | 1, direction: Direction, side: SideDecisions): DiffReason | null {
    if (side === undefined) return null;
    const [decision, subject] = direction === 'egress' ? [side[0], side[2]] : [side[1], side[3]];
    const reader = this.comparison.readers[t];
    const names = this.names[t]!;
    const explained = explainDecision(reader.tables, names, decision);
    const isIsolated = isByIsolation(reader, decision) && subject !== NONE_32;
    const isolating = isIsolated ? [...reader.isolatingClass(direction, subject)] : [];
    return {
      verdict: explained.verdict,
      rules: [...explained.passes, ...explained.reasons],
      default: explained.default,
      isolatedBy: isolating.map((policy) => ({ policy: names.policy(policy), origin: names.policyOrigin(policy) })),
    };
  }
}

/** Subjects matter only where no rule matches. */
function keyOf(reader: TableReader, side: SideDecisions): string {
  if (side === undefined) return '-';
  const [egress, ingress, egressSubject, ingressSubject] = side;
  const subjects = [isByIsolation(reader, egress) ? egressSubject : '', isByIsolation(reader, ingress) ? ingressSubject : ''];
  return `${egress}/${subjects[0]} ${ingress}/${subjects[1]}`;
}

/** Verdicts from closed to open. */
const OPENNESS: Readonly<Record<Verdict, number>> = { deny: 0, unknown: 1, allow: 2 };
const OPENNESS_OF_CODE: readonly number[] = [0, 2, 1];

/** Does a half push into the direction of the change? Where an end is not there, both do; where the verdict is the same, those that make it, and do so for another reason. */
function isMoving({ before, after }: DiffCause, code: number): boolean {
  if (before === null || after === null) return true;
  const [whole, wholeAfter] = [OPENNESS_OF_CODE[beforeOf(code)]!, OPENNESS_OF_CODE[afterOf(code)]!];
  const [half, halfAfter] = [OPENNESS[before.verdict], OPENNESS[after.verdict]];
  if (whole !== wholeAfter) return wholeAfter > whole ? halfAfter > half : halfAfter < half;
  return (half === whole || halfAfter === whole) && reasonKey(before) !== reasonKey(after);
}

function reasonKey({ verdict, default: byDefault, rules, isolatedBy }: DiffReason): string {
  return JSON.stringify([verdict, byDefault, distinct(rules.map(ruleKey)), distinct(isolatedBy.map(({ policy }) => policyKey(policy)))]);
}

/** What is to blame: rules that decide on one side only, or all where they are the same; the defaults, where no rule decides on either. Who isolates is told with the row, and parts no rows. */
function blameOf({ direction, before, after }: DiffCause): unknown {
  const [b, a] = [before?.rules ?? [], after?.rules ?? []].map((rules) => distinct(rules.map(ruleKey))) as [string[], string[]];
  const rules = distinct([...b.filter((key) => !a.includes(key)), ...a.filter((key) => !b.includes(key))]);
  if (rules.length > 0) return [direction, rules];
  if (b.length > 0) return [direction, b];
  return [direction, before?.default, after?.default];
}

function ruleKey({ policy, direction, action, rule }: RuleReason): string {
  return JSON.stringify([policyKey(policy), direction, action, rule]);
}

function policyKey({ kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([kind, namespace ?? null, name]);
}

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}

/** What decides about pairs of classes, and about single pairs, port by port. */
export class Decisions {
  private readonly comparison: ClassComparison;
  private readonly rows = [0, 1].map((): Record<Direction, Map<number, Uint32Array>> => ({ egress: new Map(), ingress: new Map() }));
  private readonly into: FlowDecision = { egress: 0, ingress: 0, verdict: 0 };

  constructor(comparison: ClassComparison) {
    this.comparison = comparison;
  }

  /** Of a pair of classes. */
  ofClasses(source: number, destination: number): ClassDecisions {
    const { classes, readers } = this.comparison;
    const { egress, ingress, sources, destinations } = classes;
    const sides = (['before', 'after'] as const).map((side, t): ClassSide | undefined => {
      const outSubject = egress.subject[side][sources.subject[source]!]!;
      const inSubject = ingress.subject[side][destinations.subject[destination]!]!;
      if (outSubject === NONE_32 || inSubject === NONE_32) return undefined;
      return {
        reader: readers[t]!,
        egressRows: this.rowsOf(t, 'egress', outSubject),
        ingressRows: this.rowsOf(t, 'ingress', inSubject),
        egressPeer: egress.peer[side][destinations.peer[destination]!]!,
        ingressPeer: ingress.peer[side][sources.peer[source]!]!,
        outSubject,
        inSubject,
      };
    });
    return new ClassDecisions(sides[0], sides[1]);
  }

  ofPair(t: 0 | 1, from: number, to: number, k: number): SideDecisions {
    const { endpoints, ports, readers } = this.comparison;
    const [source, destination] = [endpoints.numbers[t]![from]!, endpoints.numbers[t]![to]!];
    if (source === NONE_32 || destination === NONE_32) return undefined;
    const { protocol, from: port } = ports[k]!;
    const { egress, ingress } = readers[t].decide(source, destination, protocol, port, this.into);
    const { endpointEgressSubject, endpointIngressSubject } = readers[t].tables.columns;
    return [egress, ingress, endpointEgressSubject[source]!, endpointIngressSubject[destination]!];
  }

  /** Of a subject class, the row at each joint port. */
  private rowsOf(t: number, direction: Direction, subject: number): Uint32Array {
    const known = this.rows[t]![direction];
    let rows = known.get(subject);
    if (rows === undefined) {
      const { ports, readers } = this.comparison;
      rows = Uint32Array.from(ports, ({ classes }) => readers[t]!.decisionRow(direction, subject, classes[t]!));
      known.set(subject, rows);
    }
    return rows;
  }
}

interface ClassSide {
  readonly reader: TableReader;
  readonly egressRows: Uint32Array;
  readonly ingressRows: Uint32Array;
  readonly egressPeer: number;
  readonly ingressPeer: number;
  readonly outSubject: number;
  readonly inSubject: number;
}

/** What decides about a pair of classes, at each joint port. */
class ClassDecisions {
  private readonly before: ClassSide | undefined;
  private readonly after: ClassSide | undefined;

  constructor(before: ClassSide | undefined, after: ClassSide | undefined) {
    this.before = before;
    this.after = after;
  }

  at(k: number): readonly [SideDecisions, SideDecisions] {
    return [decisionsAt(this.before, k), decisionsAt(this.after, k)];
  }

  /** May it be something else than at the port before? */
  isNew(k: number): boolean {
    return isNewRow(this.before, k) || isNewRow(this.after, k);
  }
}

function decisionsAt(side: ClassSide | undefined, k: number): SideDecisions {
  if (side === undefined) return undefined;
  const { reader, egressRows, ingressRows, egressPeer, ingressPeer, outSubject, inSubject } = side;
  const egress = reader.rowDecision('egress', egressRows[k]!, egressPeer);
  return [egress, reader.rowDecision('ingress', ingressRows[k]!, ingressPeer), outSubject, inSubject];
}

function isNewRow(side: ClassSide | undefined, k: number): boolean {
  if (side === undefined) return false;
  return side.egressRows[k] !== side.egressRows[k - 1] || side.ingressRows[k] !== side.ingressRows[k - 1];
}
