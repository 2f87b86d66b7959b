/**
 * Rules whose findings reading has made already, as warnings with a code: the code is the id of the rule. Where lint runs they are told once, as findings.
 */
import type { LintContext } from './context.ts';
import type { Draft, LintRule, LintSeverity } from './finding.ts';

export const ADOPTED_RULES: readonly LintRule[] = [
  adopted(
    'rules-without-effect',
    'error',
    '`policyTypes` switches a list of rules off that is written',
    'add the direction to `policyTypes`, or remove the list',
  ),
  adopted('empty-peers', 'warning', 'an empty list of peers is no restriction: the rule matches everybody'),
  adopted('empty-ports', 'warning', 'an empty list of ports is no restriction: the rule matches every port'),
  adopted(
    'unknown-port-name',
    'warning',
    'no pod has a port of the name that a rule uses',
    'mend the name, or name the port at the container',
  ),
  adopted('equal-priority', 'warning', "administrators' policies of one priority may apply to one pod and say different things"),
];

/** Codes of the diagnostics that are findings where lint runs. */
export const ADOPTED_CODES: ReadonlySet<string> = new Set(ADOPTED_RULES.map(({ id }) => id));

/** `advice`: what to do, where the diagnostic does not say. */
function adopted(code: string, severity: LintSeverity, summary: string, advice?: string): LintRule {
  return {
    id: code,
    severity,
    summary,
    check: ({ engine }: LintContext) => ({
      findings: engine.diagnostics.flatMap((each): Draft[] => {
        const { object, origin, message, field, hint = advice } = each;
        // One that counts the rest has no object of its own.
        if (each.code !== code || object === undefined) return [];
        return [{ object, field: field ?? null, origin, message, ...(hint === undefined ? {} : { hint }) }];
      }),
    }),
  };
}
