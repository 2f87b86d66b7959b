/**
 * A decision number -> the verdict with its reasons, from the same tables that gave the number.
 */
import type { DefaultReason, DirectionDecision, RuleReason, Verdict } from '../model/decision.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import { ACTIONS, DECIDED_BY_RULES, DEFAULT_REASONS } from '../tables/decisions.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';
import type { TableNames } from './names.ts';
import type { TableReader } from './reader.ts';

/** Verdicts by their number in tables. */
export const VERDICTS: readonly Verdict[] = ['deny', 'allow', 'unknown'];

const EQUAL_PRIORITY = 'another policy of the same priority says otherwise, and their order is not defined';
const OTHERWISE = 'it decides where the open matches before it do not match';

/** One half of a flow: what the decision says about the endpoint that is judged in this direction. */
export function explainHalf(
  reader: TableReader,
  names: TableNames,
  direction: Direction,
  judged: number,
  decision: number,
): DirectionDecision {
  const isolatedBy: ObjectRef[] = [];
  for (const policy of reader.isolating(direction, judged)) isolatedBy.push(names.policy(policy));
  const { verdict, passes, reasons, default: byDefault } = explainDecision(reader.tables, names, decision);
  return { verdict, isolated: isolatedBy.length > 0, isolatedBy, passes, reasons, default: byDefault };
}

/** What the decision says, whoever is judged. */
export function explainDecision(
  { columns }: RuleTables,
  names: TableNames,
  decision: number,
): Pick<DirectionDecision, 'verdict' | 'passes' | 'reasons' | 'default'> {
  const { decisionVerdict, decisionDefault, decisionAtomStart, decisionAtom, decisionPassStart, decisionPass } = columns;
  const atoms = decisionAtom.subarray(decisionAtomStart[decision]!, decisionAtomStart[decision + 1]!);
  const byDefault = decisionDefault[decision]!;
  const verdict = VERDICTS[decisionVerdict[decision]!]!;
  const reasons: RuleReason[] = [];
  for (const atom of atoms) {
    const reason = reasonOf(columns, names, atom);
    const why = because(columns, names, atom, atoms, verdict);
    reasons.push(why === undefined ? reason : { ...reason, because: why });
  }
  // The main line passed them on, whatever came after.
  const passes: RuleReason[] = [];
  for (let i = decisionPassStart[decision]!; i < decisionPassStart[decision + 1]!; i++)
    passes.push(reasonOf(columns, names, decisionPass[i]!));
  return {
    verdict,
    passes,
    reasons,
    default: byDefault === DECIDED_BY_RULES ? null : (DEFAULT_REASONS[byDefault] as DefaultReason),
  };
}

function reasonOf(columns: Columns, names: TableNames, atom: number): RuleReason {
  const rule = columns.atomRule[atom]!;
  const policy = columns.rulePolicy[rule]!;
  return {
    policy: names.policy(policy),
    tier: names.text(columns.policyTier[policy]!),
    direction: columns.ruleDirection[rule] === 0 ? 'ingress' : 'egress',
    action: ACTIONS[columns.ruleAction[rule]!]!,
    rule: orNone(columns.ruleIndex[rule]!) ?? -1,
    peer: orNone(columns.atomPeer[atom]!),
    port: orNone(columns.atomPort[atom]!),
    origin: names.ruleOrigin(rule),
  };
}

/** A rule that is unknown and a match that is open say why. Any other rule is among the reasons of an unknown verdict because others may come before it. */
function because(columns: Columns, names: TableNames, atom: number, atoms: Uint32Array, verdict: Verdict): string | undefined {
  const rule = columns.atomRule[atom]!;
  const text = columns.ruleBecause[rule]!;
  const isUnknown = ACTIONS[columns.ruleAction[rule]!] === 'unknown';
  if (text !== NONE_32 && (isUnknown || columns.atomOpen[atom] === 1)) return names.text(text);
  if (verdict !== 'unknown' || isUnknown) return undefined;
  return atoms.some((other) => isTied(columns, rule, columns.atomRule[other]!)) ? EQUAL_PRIORITY : OTHERWISE;
}

/** Do the rules say different things, in policies that have no order among them? */
function isTied({ rulePolicy, ruleAction, policyGroup }: Columns, a: number, b: number): boolean {
  const [policy, other] = [rulePolicy[a]!, rulePolicy[b]!];
  return policy !== other && policyGroup[policy] === policyGroup[other] && ruleAction[a] !== ruleAction[b];
}

function orNone(number: number): number | null {
  return number === NONE_32 ? null : number;
}
