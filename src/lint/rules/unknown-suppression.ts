/**
 * An annotation that should silence a rule, and names none.
 */
import type { LintContext } from '../context.ts';
import type { LintRule } from '../finding.ts';
import { suppressionsOf } from '../suppressions.ts';

/** `ids`: those of all rules. */
export function unknownSuppression(ids: () => readonly string[]): LintRule {
  return {
    id: 'unknown-suppression',
    severity: 'warning',
    summary: 'an annotation that should silence a rule names none',
    check: ({ manifests }: LintContext) => ({ findings: suppressionsOf(manifests).unknown(ids()) }),
  };
}
