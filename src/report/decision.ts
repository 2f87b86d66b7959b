/**
 * A decision -> the document `ReachabilityDecision`, and the same as a person would say it.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Decision, DefaultReason, DirectionDecision, RuleReason, Verdict } from '../model/decision.ts';
import type { FlowEnd, FlowQuery } from '../model/flow.ts';
import { objectName } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import { placeText } from '../model/origin.ts';
import type { Action } from '../model/policy.ts';
import type { Direction, Protocol } from '../model/protocol.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { type Paint, PLAIN } from './paint.ts';
import { tierWalk } from './tier-walk.ts';
import { DEFAULT_TEXTS, paintVerdict, plural, policyName } from './words.ts';

/** What is reported: the question, the answer, and what was expected of it. */
export interface ReachabilityResult {
  readonly query: FlowQuery;
  readonly decision: Decision;
  /** Name of the CNI profile. */
  readonly profile: string;
  readonly expected?: Verdict;
  /** Where a policy stands, when that is known. */
  readonly policyOrigin?: (policy: ObjectRef) => Origin | undefined;
}

export type PolicyOrigin = ReachabilityResult['policyOrigin'];

export interface HalfDocument {
  readonly verdict: Verdict;
  readonly isolated: boolean;
  readonly isolatedBy: readonly (ObjectRef & { readonly origin: Origin | null })[];
  readonly passes: readonly ReasonDocument[];
  readonly reasons: readonly ReasonDocument[];
  readonly default: DefaultReason | null;
}

interface ReasonDocument {
  readonly policy: ObjectRef;
  readonly tier: string;
  readonly direction: Direction;
  readonly action: string;
  readonly rule: number;
  readonly peer: number | null;
  readonly port: number | null;
  readonly origin: Origin;
  readonly because: string | null;
}

/** The JSON form; `schemas/reachability-decision.schema.json`. */
export interface ReachabilityDocument extends DocumentHead<'ReachabilityDecision'> {
  readonly query: {
    readonly from: string;
    readonly to: string;
    readonly protocol: Protocol;
    readonly port: number;
    readonly family: 4 | 6 | null;
  };
  readonly profile: string;
  readonly verdict: Verdict;
  readonly expected: Verdict | null;
  readonly unknown: { readonly cause: string; readonly message: string } | null;
  readonly egress: HalfDocument;
  readonly ingress: HalfDocument;
}

export function reachabilityDocument({ query, decision, profile, expected, policyOrigin }: ReachabilityResult): ReachabilityDocument {
  const { from, to, protocol, port, family } = query;
  const { verdict, egress, ingress, unknown } = decision;
  return {
    ...documentHead('ReachabilityDecision'),
    query: { from: endName(from), to: endName(to), protocol, port, family: family ?? null },
    profile,
    verdict,
    expected: expected ?? null,
    unknown: unknown === undefined ? null : { cause: unknown.cause, message: unknown.message },
    egress: halfDocument(egress, policyOrigin),
    ingress: halfDocument(ingress, policyOrigin),
  };
}

/** Lines for a terminal: the verdict, then each half with every rule that made it. */
export function formatReachability({ query, decision, expected, policyOrigin }: ReachabilityResult, paint: Paint = PLAIN): string {
  const { verdict, unknown } = decision;
  const from = escapeControls(endName(query.from));
  const to = escapeControls(endName(query.to));
  const family = query.family === undefined ? '' : ` IPv${query.family}`;
  const lines = [
    `${paint.bold(`${from} → ${to} ${query.protocol}/${query.port}${family}`)}: ${paint.bold(paintVerdict(verdict, verdict.toUpperCase(), paint))}`,
    ...(unknown === undefined ? [] : [`  ${escapeControls(unknown.message)}`]),
    ...formatHalf(`egress of ${from}`, decision.egress, policyOrigin, paint),
    ...formatHalf(`ingress of ${to}`, decision.ingress, policyOrigin, paint),
    ...(expected === undefined || expected === verdict ? [] : [paint.red(`expected ${expected}, got ${verdict}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

export function halfDocument(half: DirectionDecision, policyOrigin: PolicyOrigin): HalfDocument {
  const { verdict, isolated, isolatedBy, passes, reasons, default: byDefault } = half;
  return {
    verdict,
    isolated,
    isolatedBy: isolatedBy.map((policy) => ({ ...refDocument(policy), origin: originDocument(policyOrigin?.(policy)) })),
    passes: passes.map(reasonDocument),
    reasons: reasons.map(reasonDocument),
    default: byDefault,
  };
}

function reasonDocument({ policy, tier, direction, action, rule, peer, port, origin, because }: RuleReason): ReasonDocument {
  return {
    policy: refDocument(policy),
    tier,
    direction,
    action,
    rule,
    peer,
    port,
    origin: { file: origin.file, line: origin.line, column: origin.column },
    because: because ?? null,
  };
}

function originDocument(origin: Origin | undefined): Origin | null {
  return origin === undefined ? null : { file: origin.file, line: origin.line, column: origin.column };
}

function refDocument({ kind, namespace, name }: ObjectRef): ObjectRef {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** A flow end as it was asked for. */
function endName(end: FlowEnd): string {
  if (typeof end === 'string') return end;
  if ('ip' in end) return end.ip;
  return 'pod' in end ? end.pod : end.workload;
}

/** The lines of a half: the verdict and why, then who isolates and every rule that decided. */
export function formatHalf(subject: string, half: DirectionDecision, policyOrigin: PolicyOrigin, paint: Paint): string[] {
  const verdict = paintVerdict(half.verdict, half.verdict, paint);
  const because = half.default === null ? undefined : DEFAULT_TEXTS[half.default];
  const isolators = half.isolatedBy.map((policy) => isolatorText(policy, policyOrigin, paint));
  const only = isolators.length === 1 ? isolators[0] : undefined;
  const isolated = isolators.length === 0 ? undefined : `isolated by ${only ?? `${isolators.length} policies`}`;
  const walk = tierWalk(half);
  const summary = walk ?? [isolated, because].filter((each) => each !== undefined).join(', ');
  return [
    `  ${subject}: ${verdict}${summary === '' ? '' : ` — ${summary}`}`,
    ...(only === undefined ? isolators.slice(0, MOST_ISOLATORS).map((text) => `    ${text} isolates it`) : []),
    ...(isolators.length > MOST_ISOLATORS ? [`    and ${plural(String(isolators.length - MOST_ISOLATORS), 'other')}`] : []),
    ...[...half.passes, ...half.reasons].map((reason) => `    ${formatReason(reason, paint)}`),
  ];
}

/** Policies that isolate and are listed; the JSON form has all. Rules that decide are always listed. */
const MOST_ISOLATORS = 5;

function isolatorText(policy: ObjectRef, policyOrigin: PolicyOrigin, paint: Paint): string {
  const origin = policyOrigin?.(policy);
  const name = escapeControls(objectName(policy));
  return origin === undefined ? name : `${name} ${paint.dim(`(${escapeControls(placeText(origin))})`)}`;
}

function formatReason({ policy, direction, action, rule, peer, port, origin, because }: RuleReason, paint: Paint): string {
  const name = policyName(policy, origin);
  const where = name.endsWith(placeText(origin)) ? '' : ` ${paint.dim(`(${escapeControls(placeText(origin))})`)}`;
  const verb = because !== undefined && action !== 'unknown' ? `would ${action === 'pass' ? 'pass it on' : `${action} it`}` : VERBS[action];
  const wholePolicy = name === objectName(policy) ? '' : ` (${direction})`;
  const path = rule < 0 ? wholePolicy : ` ${rulePath(policy.kind, direction, rule, peer, port)}`;
  return `${escapeControls(name)}${path} ${verb}${because === undefined ? '' : `: ${escapeControls(because)}`}${where}`;
}

const VERBS: Readonly<Record<Action, string>> = {
  allow: 'allows it',
  deny: 'denies it',
  pass: 'passes it on',
  log: 'logs it',
  unknown: 'cannot be read',
};

/** The parts of the rule that matched, as paths into the API object: `ingress[0], from[1], ports[0]`. */
function rulePath(kind: string, direction: Direction, rule: number, peer: number | null, port: number | null): string {
  const peers = direction === 'ingress' ? 'from' : 'to';
  const peerText = peer === null ? 'any peer' : `${peers}[${peer}]`;
  const portText = port === null ? 'any port' : `${kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports'}[${port}]`;
  return `${direction}[${rule}] (${peerText}, ${portText})`;
}
