/**
 * Parts of a report of a zone as text. Not escaped.
 */
import type { CheckResult, ComplianceReport, ComplianceStatus, PolicyEvidence, ZoneConnections, ZoneEnds } from '../compliance/report.ts';
import { placeText } from '../model/origin.ts';
import { spansText } from './matrix-words.ts';
import { formatCount } from './numbers.ts';
import { policyName } from './words.ts';

export const STATUS_WORDS: Readonly<Record<ComplianceStatus, string>> = {
  holds: 'holds',
  fails: 'FAILS',
  'cannot-be-shown': 'cannot be shown',
  'not-asked': 'not asked',
};

/** Of controls: never more than that their checks hold. */
export const CONTROL_WORDS: Readonly<Record<ComplianceStatus, string>> = {
  ...STATUS_WORDS,
  holds: 'its checks hold',
  fails: 'a check FAILS',
};

/** What no report of this kind says. */
export const NO_STATEMENT = 'This is evidence for an assessment. It says which checks hold; whether a control is met, an assessor says.';

/** Names of one kind that a line holds before it counts the rest. */
const MOST_NAMES = 8;

function endsText({ pods, nodes, addresses }: ZoneEnds): string {
  return [
    ...(pods.length === 0 ? [] : [listText(pods)]),
    ...(nodes.length === 0 ? [] : [`${nodes.length === 1 ? 'node' : 'nodes'} ${listText(nodes)}`]),
    ...(addresses.length === 0 ? [] : [`outside ${listText(addresses)}`]),
  ].join('; ');
}

function listText(items: readonly string[]): string {
  if (items.length <= MOST_NAMES + 1) return items.join(', ');
  return `${items.slice(0, MOST_NAMES).join(', ')} and ${formatCount(items.length - MOST_NAMES)} more`;
}

export function connectionsText({ from, to, ports }: ZoneConnections): string {
  return `${endsText(from)} → ${endsText(to)}: ${spansText(ports.map(({ protocol, first, last }) => ({ protocol, from: first, to: last })))}`;
}

/** `NetworkPolicy shop/web ingress[0]`; the policy alone where no rule is meant. */
export function ruleText({ policy, direction, rule, origin }: PolicyEvidence): string {
  return `${policyName(policy, origin)}${rule === null ? '' : ` ${direction}[${rule}]`}`;
}

export function evidenceText(evidence: PolicyEvidence): string {
  return `${evidence.direction}: ${ruleText(evidence)} ${evidence.what} (${placeText(evidence.origin)})`;
}

/** `3 fail, 1 cannot be shown, 7 hold`. */
export function countsText(checks: readonly CheckResult[]): string {
  const count = (status: ComplianceStatus): number => checks.filter((check) => check.status === status).length;
  const parts = [
    [count('fails'), 'fail'],
    [count('cannot-be-shown'), 'cannot be shown'],
    [count('holds'), 'hold'],
    [count('not-asked'), 'not asked'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

export function zoneText({ zone, profile }: ComplianceReport): string {
  const { pods, otherPods, policies } = zone;
  return `${formatCount(pods.length)} of ${formatCount(pods.length + otherPods)} pods, ${formatCount(policies)} policies, profile ${profile}`;
}

/** The checks that the controls of the report ask for. */
export function askedChecks({ controls, checks }: ComplianceReport): CheckResult[] {
  const asked = new Set(controls.flatMap((control) => control.checks));
  return checks.filter(({ check }) => asked.has(check));
}
