/**
 * What a check hands over, before it has a status.
 */
import { CHECK_TITLES, type CheckId } from './controls.ts';
import type { CheckResult, ComplianceFinding, PolicyEvidence, ZoneConnections } from './report.ts';

export interface CheckParts {
  readonly judged: string;
  readonly findings: readonly ComplianceFinding[];
  readonly warnings?: readonly string[];
  readonly evidence?: readonly PolicyEvidence[];
  readonly told?: readonly ZoneConnections[];
}

/** `doubts`: why nothing can be shown for certain. What fails, fails with them, too. */
export function checkResult(check: CheckId, parts: CheckParts | 'not-asked', doubts: readonly string[]): CheckResult {
  const { judged, findings, warnings = [], evidence = [], told = [] } = parts === 'not-asked' ? { judged: '', findings: [] } : parts;
  const isOpen = doubts.length > 0 || findings.some(({ status }) => status === 'cannot-be-shown');
  const status = findings.some((finding) => finding.status === 'fails') ? 'fails' : isOpen ? 'cannot-be-shown' : 'holds';
  return {
    check,
    title: CHECK_TITLES[check],
    status: parts === 'not-asked' ? 'not-asked' : status,
    judged,
    findings,
    warnings,
    evidence,
    told,
  };
}
