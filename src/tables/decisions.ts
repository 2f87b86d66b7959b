/**
 * The decisions that every table begins with: the defaults, at fixed numbers. Decisions made by rules follow them.
 */
import { ALLOW, DENY } from './layout.ts';

/** `DEFAULT_REASONS[d]` is why decision d came out as it did; the position is the decision's number. Names as in the public decision type. */
export const DEFAULT_REASONS = [
  'not-a-policed-pod',
  'not-isolated',
  'isolated-no-rule-matches',
  'pod-to-itself',
  'own-node',
  'unmatched',
] as const;

export const DEFAULT_VERDICTS: readonly number[] = [ALLOW, ALLOW, DENY, ALLOW, ALLOW, DENY];

export const NOT_A_POLICED_POD = 0;
export const NOT_ISOLATED = 1;
export const ISOLATED_NO_RULE = 2;
export const POD_TO_ITSELF = 3;
export const OWN_NODE = 4;
export const UNMATCHED = 5;

/** `decisionDefault` of a decision that rules made. */
export const DECIDED_BY_RULES = 0xff;

/** Actions of rules, in the order of the `ruleAction` column. Names as in the policy form. */
export const ACTIONS = ['allow', 'deny', 'pass', 'log', 'unknown'] as const;
