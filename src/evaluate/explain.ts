/**
 * A decision number -> the verdict with its reasons, from the same tables that gave the number.
 */
import type { DefaultReason, DirectionDecision, RuleReason, Verdict } from '../model/decision.ts';
import type { Direction } from '../model/protocol.ts';
import { ACTIONS, DECIDED_BY_RULES, DEFAULT_REASONS } from '../tables/decisions.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { Columns } from '../tables/rule-tables.ts';
import type { TableNames } from './names.ts';
import type { TableReader } from './reader.ts';

/** Verdicts by their number in tables. */
export const VERDICTS: readonly Verdict[] = ['deny', 'allow', 'unknown'];

/** One half of a flow: what the decision says about the endpoint that is judged in this direction. */
export function explainHalf(
  reader: TableReader,
  names: TableNames,
  direction: Direction,
  judged: number,
  decision: number,
): DirectionDecision {
  const { decisionVerdict, decisionDefault, decisionAtomStart, decisionAtom } = reader.tables.columns;
  const isolatedBy = Array.from(reader.isolating(direction, judged), (policy) => names.policy(policy));
  const atoms = decisionAtom.subarray(decisionAtomStart[decision]!, decisionAtomStart[decision + 1]!);
  const byDefault = decisionDefault[decision]!;
  return {
    verdict: VERDICTS[decisionVerdict[decision]!]!,
    isolated: isolatedBy.length > 0,
    isolatedBy,
    reasons: Array.from(atoms, (atom) => reasonOf(reader.tables.columns, names, atom)),
    default: byDefault === DECIDED_BY_RULES ? null : (DEFAULT_REASONS[byDefault] as DefaultReason),
  };
}

function reasonOf(columns: Columns, names: TableNames, atom: number): RuleReason {
  const rule = columns.atomRule[atom]!;
  const policy = columns.rulePolicy[rule]!;
  const because = columns.ruleBecause[rule]!;
  return {
    policy: names.policy(policy),
    tier: names.text(columns.policyTier[policy]!),
    direction: columns.ruleDirection[rule] === 0 ? 'ingress' : 'egress',
    action: ACTIONS[columns.ruleAction[rule]!]!,
    rule: orNone(columns.ruleIndex[rule]!) ?? -1,
    peer: orNone(columns.atomPeer[atom]!),
    port: orNone(columns.atomPort[atom]!),
    origin: names.ruleOrigin(rule),
    ...(because === NONE_32 ? {} : { because: names.text(because) }),
  };
}

function orNone(number: number): number | null {
  return number === NONE_32 ? null : number;
}
