/**
 * The checks of broad rules, one for each direction.
 */
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import type { RuleOfZone } from './broad-rules.ts';
import { policiesIn } from './check-default-deny.ts';
import type { CheckParts } from './check-parts.ts';
import type { Crossing } from './crossings.ts';
import type { ComplianceFinding, PolicyEvidence } from './report.ts';

/** `found`: what is open over the boundary in this direction. A broad rule that opens nothing there is a warning: another policy, or that nobody is at its end, stands in its way today. */
export function checkPortRanges(rules: readonly RuleOfZone[], found: readonly Crossing[], portRange: number): CheckParts {
  const opening = { allow: keysOf(found, 'allow'), unknown: keysOf(found, 'unknown') };
  const findings: ComplianceFinding[] = [];
  const warnings: string[] = [];
  const evidence: PolicyEvidence[] = [];
  for (const { kind, what, ...named } of rules) {
    const finding = (status: ComplianceFinding['status'], text: string): void => {
      findings.push({
        status,
        what: text,
        connections: null,
        evidence: [{ ...named, what: kind === 'unknown' ? what : `allows ${what}` }],
      });
    };
    const key = keyOf(named);
    if (kind === 'unknown') finding('cannot-be-shown', `what a rule allows is not known: ${what}`);
    else if (kind === 'narrow') evidence.push({ ...named, what: 'is narrow enough' });
    else if (opening.allow.has(key)) finding('fails', `a rule allows ${what}, and opens connections over the boundary of the zone`);
    else if (opening.unknown.has(key))
      finding('cannot-be-shown', `a rule allows ${what}, and may open connections over the boundary of the zone`);
    else warnings.push(`${ruleText(named)} allows ${what}, and opens nothing over the boundary of the zone today`);
  }
  const most = `${portRange} ${portRange === 1 ? 'port' : 'ports next to each other'}`;
  return {
    judged: `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} of policies that apply to the zone, each entry for at most ${most}`,
    findings,
    warnings,
    evidence,
  };
}

type Named = Omit<PolicyEvidence, 'what'>;

function ruleText({ policy, direction, rule, origin }: Named): string {
  const path = rule === null ? '' : ` ${direction}[${rule}]`;
  return `${objectName(policy)}${path} (${placeText(origin)})`;
}

function keysOf(found: readonly Crossing[], verdict: Crossing['verdict']): Set<string> {
  const deciding = found.filter((crossing) => crossing.verdict === verdict).flatMap((crossing) => crossing.deciding);
  return new Set(policiesIn(deciding).map(keyOf));
}

function keyOf({ policy, direction, rule }: Named): string {
  return JSON.stringify([policy.kind, policy.namespace ?? null, policy.name, direction, rule]);
}
