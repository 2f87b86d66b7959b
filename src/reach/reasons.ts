/**
 * Which decisions of two tables have the same reason: the same rules of the same policies, by name and by their place in the policy, or the same default. In come tables, out come codes of halves
 * that say whether the reason is another.
 */
import { TableNames } from '../evaluate/names.ts';
import type { TableReader } from '../evaluate/reader.ts';
import { StringInterner } from '../lib/interner.ts';
import type { Direction } from '../model/protocol.ts';
import { ISOLATED_NO_RULE } from '../tables/decisions.ts';
import { ABSENT, afterOf, beforeOf, codeOf, OTHER_REASON } from './half-columns.ts';

export class HalfReasons {
  private readonly readers: readonly [TableReader, TableReader];
  private readonly names: readonly [TableNames, TableNames];
  private readonly keys = new StringInterner();
  /** Of each decision of each table. */
  private readonly reasonOf: readonly [Uint32Array, Uint32Array];
  private readonly verdictOf: readonly [Uint8Array, Uint8Array];
  /** Policies that isolate each subject class, by direction and table. */
  private readonly isolation = new Map<string, string>();

  constructor(readers: readonly [TableReader, TableReader]) {
    this.readers = readers;
    this.names = [new TableNames(readers[0].tables), new TableNames(readers[1].tables)];
    this.verdictOf = [readers[0].tables.columns.decisionVerdict, readers[1].tables.columns.decisionVerdict];
    this.reasonOf = [this.reasons(0), this.reasons(1)];
  }

  /** The verdicts of two decisions, and whether their reasons differ. `isolatedOtherwise`: what `areIsolatedOtherwise` says of the subjects. */
  code(before: number, after: number, isolatedOtherwise: boolean): number {
    const code = codeOf(this.verdictOf[0][before]!, this.verdictOf[1][after]!);
    if (beforeOf(code) !== afterOf(code)) return code;
    // Equal reasons are both by isolation, or neither is.
    const isOther = this.reasonOf[0][before] !== this.reasonOf[1][after] || (isolatedOtherwise && isByIsolation(this.readers[0], before));
    return isOther ? code | OTHER_REASON : code;
  }

  /** The same of a pair that is judged singly: source and destination in each table. */
  codeOfPair(before: readonly [number, number], after: readonly [number, number], protocol: number, port: number): number {
    const [one, two] = this.readers;
    const b = one.decide(...before, protocol, port, { egress: 0, ingress: 0, verdict: 0 });
    const a = two.decide(...after, protocol, port, { egress: 0, ingress: 0, verdict: 0 });
    const half = (direction: Direction, end: 0 | 1): number => {
      const subject = direction === 'egress' ? 'endpointEgressSubject' : 'endpointIngressSubject';
      const [classBefore, classAfter] = [one.tables.columns[subject][before[end]]!, two.tables.columns[subject][after[end]]!];
      return this.code(b[direction], a[direction], this.areIsolatedOtherwise(direction, classBefore, classAfter));
    };
    const code = codeOf(b.verdict, a.verdict);
    return hasOtherReason(code, half('egress', 0), half('ingress', 1)) ? code | OTHER_REASON : code;
  }

  /** Do other policies isolate a subject than before? Where no rule matches, that is the reason. */
  areIsolatedOtherwise(direction: Direction, before: number, after: number): boolean {
    return this.isolating(0, direction, before) !== this.isolating(1, direction, after);
  }

  private isolating(t: 0 | 1, direction: Direction, subjectClass: number): string {
    const key = `${t} ${direction} ${subjectClass}`;
    let found = this.isolation.get(key);
    if (found === undefined) {
      const policies = this.readers[t].isolatingClass(direction, subjectClass);
      found = JSON.stringify([...new Set(Array.from(policies, (policy) => this.policyKey(t, policy)))].sort());
      this.isolation.set(key, found);
    }
    return found;
  }

  private reasons(t: 0 | 1): Uint32Array {
    const { columns } = this.readers[t].tables;
    const { decisionVerdict, decisionDefault, decisionAtomStart, decisionAtom, decisionPassStart, decisionPass } = columns;
    const ofRule = new Map<number, number>();
    const ruleKey = (atom: number): number => {
      const rule = columns.atomRule[atom]!;
      let key = ofRule.get(rule);
      if (key === undefined) {
        const policy = this.policyKey(t, columns.rulePolicy[rule]!);
        key = this.keys.intern(JSON.stringify([policy, columns.ruleDirection[rule], columns.ruleAction[rule], columns.ruleIndex[rule]]));
        ofRule.set(rule, key);
      }
      return key;
    };
    const rules = (start: Uint32Array, items: Uint32Array, decision: number): string =>
      [...new Set(Array.from(items.subarray(start[decision]!, start[decision + 1]!), ruleKey))].sort((a, b) => a - b).join(' ');
    return Uint32Array.from(decisionVerdict, (_, decision) => {
      const passes = rules(decisionPassStart, decisionPass, decision);
      return this.keys.intern(`${decisionDefault[decision]}|${passes}|${rules(decisionAtomStart, decisionAtom, decision)}`);
    });
  }

  private policyKey(t: 0 | 1, policy: number): string {
    const { kind, namespace = null, name } = this.names[t].policy(policy);
    return JSON.stringify([kind, namespace, name]);
  }
}

/** Of the code of a whole, and of its halves: is it the same verdict, and does a half that makes it do so for another reason? Those that make it are the halves with that verdict. */
export function hasOtherReason(code: number, ...halves: readonly number[]): boolean {
  const verdict = beforeOf(code);
  if (verdict !== afterOf(code) || verdict === ABSENT) return false;
  return halves.some((half) => {
    const [before, after] = [beforeOf(half), afterOf(half)];
    return (before === verdict || after === verdict) && (before !== after || half >= OTHER_REASON);
  });
}

/** Does a decision say that no rule matches a pod that policies isolate, whatever passed the flow on before? Then who isolates is a part of the reason. */
export function isByIsolation({ tables }: TableReader, decision: number): boolean {
  return tables.columns.decisionDefault[decision] === ISOLATED_NO_RULE;
}
