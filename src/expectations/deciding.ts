/**
 * Who decided a flow: the rules, or the policies that isolate, of each half that has the verdict of the whole.
 */
import { explainHalf } from '../evaluate/explain.ts';
import type { FlowDecision } from '../evaluate/reader.ts';
import type { DefaultReason, Verdict } from '../model/decision.ts';
import { namespacedName } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type { Action } from '../model/policy.ts';
import type { Direction } from '../model/protocol.ts';
import type { Because } from './test-case.ts';
import type { TestedCluster } from './tested-cluster.ts';

/** One reason. `isolates`: a policy isolates the pod, and no rule matches. Without a policy, the default that decided. */
export interface Deciding {
  readonly direction: Direction;
  readonly policy: ObjectRef | null;
  readonly action: Action | 'isolates' | null;
  /** Index into `spec.ingress` or `spec.egress`; null where no single rule decided. */
  readonly rule: number | null;
  readonly origin: Origin | null;
  readonly default: DefaultReason | null;
  /** What is open about the rule. */
  readonly because: string | null;
}

/** The reasons of a verdict about two endpoints. */
export function decidingOf(
  { reader, names }: Pick<TestedCluster, 'reader' | 'names'>,
  [source, destination]: readonly [number, number],
  decision: Readonly<FlowDecision>,
  verdict: Verdict,
): Deciding[] {
  const halves = [
    { direction: 'egress', judged: source, half: explainHalf(reader, names, 'egress', source, decision.egress) },
    { direction: 'ingress', judged: destination, half: explainHalf(reader, names, 'ingress', destination, decision.ingress) },
  ] as const;
  return halves
    .filter(({ half }) => half.verdict === verdict)
    .flatMap(({ direction, judged, half }): Deciding[] => {
      const byRules = half.reasons.map(({ policy, action, rule, origin, because }) => ({
        direction,
        policy,
        action,
        rule: rule < 0 ? null : rule,
        origin,
        default: null,
        because: because ?? null,
      }));
      if (half.default === null) return byRules;
      const none = { direction, policy: null, action: null, rule: null, origin: null, default: half.default, because: null };
      if (half.default !== 'isolated-no-rule-matches') return [...byRules, none];
      const isolating = Array.from(reader.isolating(direction, judged), (policy) => ({
        ...none,
        policy: names.policy(policy),
        action: 'isolates' as const,
        origin: names.policyOrigin(policy),
      }));
      return [...byRules, ...isolating];
    });
}

/** Is the policy (and the rule) among those that decided? */
export function decidedBy(deciding: readonly Deciding[], { policy, kind, direction, rule }: Because): boolean {
  return deciding.some(
    (each) =>
      each.policy !== null &&
      namespacedName(each.policy) === policy &&
      (kind === undefined || each.policy.kind === kind) &&
      (direction === undefined || each.direction === direction) &&
      (rule === undefined || each.rule === rule),
  );
}
