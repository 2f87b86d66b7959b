/**
 * One half of a connection as a step of the walk: who decided, or why no rule of those that isolate the pod matches.
 */
import { quote } from '../lib/quote.ts';
import type { DirectionDecision, RuleReason } from '../model/decision.ts';
import { nameOfObject, namespacedName, namespaceOf } from '../model/object-names.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyPort } from '../model/resource.ts';
import type { JudgedPair } from './pairs.ts';
import { otherSide } from './peer-edits.ts';
import { type PeerMisses, type RuleMisses, ruleMisses } from './rule-misses.ts';
import { missText } from './selector-edits.ts';
import { isolating } from './suggest.ts';
import type { Step, StepDetail, StepOutcome } from './troubleshooting.ts';

const OUTCOMES = { allow: 'ok', deny: 'blocked', unknown: 'unknown' } as const satisfies Record<string, StepOutcome>;

/** More details than these are counted and not told. */
const MOST_DETAILS = 12;

export function halfStep(manifests: Manifests, direction: Direction, pair: JudgedPair): Step {
  const half = pair.decision[direction];
  const name = quote((direction === 'ingress' ? pair.to : pair.from).name);
  const outcome = pair.decision.unknown === undefined ? OUTCOMES[half.verdict] : 'unknown';
  const step = { topic: direction, outcome } as const;
  if (pair.decision.unknown !== undefined) return { ...step, sentence: pair.decision.unknown.message, details: [] };
  if (half.default === 'isolated-no-rule-matches') return isolatedStep(manifests, direction, pair, name);
  if (half.default !== null) return { ...step, sentence: DEFAULTS[half.default](name, direction), details: [] };
  return { ...step, sentence: ruledSentence(half, name), details: half.reasons.slice(0, MOST_DETAILS).map(reasonDetail) };
}

const DEFAULTS: Readonly<Record<NonNullable<DirectionDecision['default']>, (name: string, direction: Direction) => string>> = {
  'not-a-policed-pod': (name) => `${name} is not a pod that policies apply to`,
  'not-isolated': (name, direction) => `no policy isolates ${name} for ${direction}`,
  'isolated-no-rule-matches': (name, direction) => `${name} is isolated for ${direction}, and no rule matches`,
  'pod-to-itself': () => 'a pod always reaches itself',
  'own-node': () => 'no policy stands between a pod and its own node',
  unmatched: (name) => `no rule of any tier matches at ${name}`,
  'protocol-not-policed': () => 'policies do not apply to this protocol',
};

function ruledSentence({ verdict, reasons }: DirectionDecision, name: string): string {
  const [first] = reasons;
  const who = first === undefined ? 'rules' : `${first.policy.kind} ${quote(namespacedName(first.policy))}`;
  const more = new Set(reasons.map(({ policy }) => namespacedName(policy))).size > 1 ? ', and others,' : '';
  if (verdict === 'allow') return `${who}${more} allows it at ${name}`;
  if (verdict === 'unknown') return `what happens at ${name} is not known`;
  const tier = first?.tier ?? '';
  const place = tier === 'Baseline' ? 'which holds where no NetworkPolicy isolates the pod' : 'which no NetworkPolicy can undo';
  return `${who}${more} denies it at ${name}: a rule of the tier ${tier}, ${place}`;
}

function reasonDetail(reason: RuleReason): StepDetail {
  const { action, direction, rule, because, origin } = reason;
  const path = rule < 0 ? '' : ` ${direction}[${rule}]`;
  return {
    sentence: `${quote(namespacedName(reason.policy))}${path}: ${action}${because === undefined ? '' : `, ${because}`}`,
    place: origin,
  };
}

function isolatedStep(manifests: Manifests, direction: Direction, pair: JudgedPair, name: string): Step {
  const policies = isolating(manifests, direction, pair);
  const [first] = policies;
  const who =
    policies.length === 1 && first !== undefined
      ? `NetworkPolicy ${quote(nameOfObject(first.object))}`
      : `${policies.length} NetworkPolicies`;
  const all = policies.flatMap((policy) => {
    const rules = ruleMisses(manifests, policy, direction, pair);
    if (rules.length > 0) return rules.map((rule) => ({ near: nearness(rule), detail: ruleDetail(rule, direction, pair) }));
    return [{ near: 0, detail: { sentence: `${quote(nameOfObject(policy.object))} has no rule for ${direction}`, place: policy.origin } }];
  });
  // Rules of which a half matches are worth more than those for somebody else.
  const details = all.sort((a, b) => b.near - a.near).map(({ detail }) => detail);
  const rest = details.length - MOST_DETAILS;
  return {
    topic: direction,
    outcome: 'blocked',
    sentence: `${name} is isolated by ${who}, and no rule matches`,
    details: [
      ...details.slice(0, MOST_DETAILS),
      ...(rest > 0 ? [{ sentence: `and ${rest} more rules that do not match`, place: null }] : []),
    ],
  };
}

function nearness({ peersMatch, portsMatch, peers }: RuleMisses): number {
  if (peersMatch || portsMatch)
    return peers.some(({ pod, namespace, why }) => why !== 'labels' || pod.length + namespace.length === 1) ? 3 : 2;
  return 1;
}

function ruleDetail(rule: RuleMisses, direction: Direction, pair: JudgedPair): StepDetail {
  const other = quote(otherSide(pair, direction).name);
  const { protocol, port } = pair.query;
  const name = `${quote(nameOfObject(rule.policy.object))} ${direction}[${rule.index}]`;
  const [single, second] = rule.peers;
  const why = single === undefined || second !== undefined ? undefined : peerText(single, other, namespaceOf(rule.policy.object.metadata));
  const peers = rule.peersMatch ? undefined : (why ?? `none of its ${rule.peers.length} peers is ${other}`);
  const ports = rule.portsMatch
    ? undefined
    : `it is for ${rule.ports.map(({ item }) => portText(item)).join(', ')}, and not for ${protocol}/${port}`;
  const place = rule.policy.locate(`spec.${direction}[${rule.index}]`);
  return { sentence: `${name}: ${[peers, ports].filter((each) => each !== undefined).join('; ')}`, place };
}

function peerText({ peer, why, namespace, pod, except }: PeerMisses, other: string, policyNamespace: string): string {
  const [first] = [...namespace, ...pod];
  if (why === 'other-namespace') return `its podSelector selects in the namespace ${quote(policyNamespace)}, and ${other} is in another`;
  if (why === 'no-pod') return `its selectors select pods, and ${other} is none`;
  if (why === 'no-address') return `it is for ${quote(peer.ipBlock?.cidr ?? '')}, and ${other} has no address yet`;
  if (why === 'outside-block') return `it is for ${quote(peer.ipBlock?.cidr ?? '')}, and ${other} is not in it`;
  if (why === 'exception') return `${other} is in its exception ${quote(peer.ipBlock?.except?.[except[0] ?? 0] ?? '')}`;
  if (first === undefined) return `the data plane does not match ${other} by it`;
  const more = namespace.length + pod.length - 1;
  return `${missText(first, first === namespace[0] ? `the Namespace of ${other}` : other)}${more === 0 ? '' : `, and for ${more} more`}`;
}

function portText({ protocol, port, endPort }: NetworkPolicyPort): string {
  const number =
    port === null || port === undefined ? 'every port' : typeof port === 'string' ? quote(port) : `${port}${endPort ? `-${endPort}` : ''}`;
  return `${protocol ?? 'TCP'}/${number}`;
}
