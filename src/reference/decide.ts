/**
 * The meaning of the internal policy form on one screen: tells whether lowering or compiling is wrong when engine and reference disagree.
 * In come a PolicySet and the two ends of a flow, out comes one half of a decision. Specification: the comments of model/policy.ts.
 */
import type { Pod } from '../model/cluster.ts';
import type { DefaultReason, DirectionDecision, RuleReason } from '../model/decision.ts';
import type { IpBlock, Peer, PodMatch, Policy, PolicySet, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { Direction, Protocol } from '../model/protocol.ts';
import type { Labels, Selector } from '../model/selector.ts';

/** `pod`: one that selectors can see, with the port names that count, and the labels of its namespace. `ip`: an address that ipBlocks may match. */
export interface FormEnd {
  readonly pod?: Pod;
  readonly namespaceLabels?: Labels;
  readonly ip?: Pod['ips'][number];
}
export type FormFlow = Readonly<{ source: FormEnd; destination: FormEnd; protocol: Protocol; port: number }>;

/** Pods to themselves and to their own node are decided before, elsewhere. */
export function decide(policySet: PolicySet, flow: FormFlow): Record<Direction, DirectionDecision> {
  return { egress: decideDirection(policySet, flow, 'egress'), ingress: decideDirection(policySet, flow, 'ingress') };
}

function decideDirection({ tiers, onUnmatched }: PolicySet, flow: FormFlow, direction: Direction): DirectionDecision {
  const [subject, peer] = direction === 'egress' ? [flow.source, flow.destination] : [flow.destination, flow.source];
  const applies = ({ subject: match }: Policy) => matchesPod(match, subject);
  const isolators = (tier: Tier) => tier.policies.filter((policy) => policy.isolates[direction] && applies(policy)).map(({ ref }) => ref);
  const isolatedBy = tiers.flatMap(isolators);
  const common = { isolated: isolatedBy.length > 0, isolatedBy };
  const byDefault = (reason: DefaultReason, verdict: 'allow' | 'deny') => ({ verdict, ...common, reasons: [], default: reason });
  if (subject.pod === undefined) return byDefault('not-a-policed-pod', 'allow');

  for (const tier of tiers) {
    const matching = tier.policies
      .filter(applies)
      .flatMap((policy) =>
        policy.rules.filter((rule) => rule.direction === direction).flatMap((rule) => reasonsOf(tier, policy, rule, flow, peer)),
      );
    const decisive = matching.filter(({ action }) => action !== 'log');
    const allows = decisive.filter(({ action }) => action === 'allow');
    const first = decisive.filter(({ key }) => key === decisive[0]?.key);
    const chosen = tier.match === 'first' ? first : allows.length > 0 ? allows : decisive;
    const action = chosen[0]?.action;
    if (action === 'pass') continue;
    if (action === 'allow' || action === 'deny' || action === 'unknown') {
      return { verdict: action, ...common, reasons: chosen.map(({ key: _, ...reason }) => reason), default: null };
    }
    if (isolators(tier).length > 0) return byDefault('isolated-no-rule-matches', 'deny');
  }
  return onUnmatched === 'allow' ? byDefault('not-isolated', 'allow') : byDefault('unmatched', 'deny');
}

/** Every way in which a rule matches; `key` is the rule itself. */
function reasonsOf(tier: Tier, { ref }: Policy, rule: Rule, flow: FormFlow, other: FormEnd): (RuleReason & { key: Rule })[] {
  const peers = matches(rule.peers, (peer: Peer) => (peer.kind === 'pods' ? matchesPod(peer, other) : matchesAddress(peer, other)));
  const ports = matches(rule.ports, (port: PortMatch) => matchesPort(port, flow));
  const because = rule.action === 'unknown' && rule.reason !== undefined ? { because: rule.reason } : {};
  const common = {
    policy: ref,
    tier: tier.name,
    direction: rule.direction,
    action: rule.action,
    rule: rule.index,
    origin: rule.origin,
    key: rule,
  };
  return peers.flatMap((peer) => ports.map((port) => ({ ...common, peer, port, ...because })));
}

/** `any` matches in one way, a list in as many as it has matching items: none for an empty list. */
function matches<T>(items: 'any' | readonly T[], test: (item: T) => boolean): (number | null)[] {
  return items === 'any' ? [null] : items.flatMap((item, index) => (test(item) ? [index] : []));
}

function matchesPod({ namespaces, pods }: PodMatch, { pod, namespaceLabels = new Map() }: FormEnd): boolean {
  if (pod === undefined) return false;
  return (
    ('name' in namespaces ? namespaces.name === pod.namespace : selects(namespaces.selector, namespaceLabels)) && selects(pods, pod.labels)
  );
}

function selects(selector: Selector, labels: Labels): boolean {
  return selector.every(({ key, operator, values }) => {
    if (operator === 'exists' || operator === 'doesNotExist') return labels.has(key) === (operator === 'exists');
    return values.some((value) => labels.get(key) === value) === (operator === 'in');
  });
}

function matchesAddress({ cidr, except }: IpBlock, { ip }: FormEnd): boolean {
  // One number of 32 or 128 bits, of which a prefix says the first few.
  const number = (words: readonly number[]) => words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const holds = (prefix: IpBlock['cidr']) => {
    const rest = BigInt(prefix.words.length * 32 - prefix.length);
    return prefix.family === ip?.family && number(prefix.words) >> rest === number(ip.words) >> rest;
  };
  return holds(cidr) && !except.some(holds);
}

function matchesPort(match: PortMatch, { destination, protocol, port }: FormFlow): boolean {
  if (match.protocol !== protocol) return false;
  if (match.kind === 'range') return match.from <= port && port <= match.to;
  const declared = destination.pod?.namedPorts ?? [];
  return declared.some((each) => each.name === match.name && each.protocol === protocol && each.port === port);
}
