/**
 * The meaning of the internal policy form on one screen: tells whether lowering or compiling is wrong when engine and reference disagree.
 * In come a PolicySet and the two ends of a flow, out comes one half of a decision. Specification: the comments of model/policy.ts.
 */
import type { Pod } from '../model/cluster.ts';
import type { DirectionDecision } from '../model/decision.ts';
import type { IpBlock, Peer, PodMatch, Policy, PolicySet, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { Direction, Protocol } from '../model/protocol.ts';
import type { Labels, Selector } from '../model/selector.ts';
import { endByDefault, follow, type Group, type Match, type Stage } from './ways.ts';

/**
 * `pod`: one that selectors can see, with the port names that count, and the labels of its namespace. `ip`: an address that blocks may match; `ipIsOpen`: it has none, blocks may match
 * the one that it gets. `node`: it is one, or is treated as one, with the labels when they are known;
 * `mayBeNode`: an address outside, where nothing tells the nodes.
 */
export interface FormEnd {
  readonly pod?: Pod;
  readonly namespaceLabels?: Labels;
  readonly ip?: Pod['ips'][number];
  readonly ipIsOpen?: boolean;
  readonly node?: { readonly labels: Labels | undefined };
  readonly mayBeNode?: boolean;
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
  if (subject.pod === undefined) return { ...endByDefault('not-a-policed-pod'), passes: [], ...common };

  const stages = tiers.map((tier): Stage => {
    const policies = tier.policies.filter(applies);
    const matching = policies.map(({ ref, rank, rules }) => {
      const asked = rules.filter((rule) => rule.direction === direction && rule.action !== 'log');
      return { rank, rules: asked.map((rule) => matchesOf(tier, ref, rule, flow, peer)) };
    });
    const isolation = isolators(tier).length > 0 ? endByDefault('isolated-no-rule-matches') : undefined;
    if (tier.match === 'first') return { groups: byRank(matching), rest: isolation };
    const reasons = matching.flatMap(({ rules }) => rules.flatMap((matches) => matches.map(({ reason }) => reason)));
    const allows = reasons.filter(({ action }) => action === 'allow');
    if (allows.length > 0) return { groups: [], rest: { verdict: 'allow', reasons: allows, default: null } };
    if (reasons.length > 0) return { groups: [], rest: { verdict: 'unknown', reasons, default: null } };
    return { groups: [], rest: isolation };
  });
  return { ...follow(stages, endByDefault(onUnmatched === 'allow' ? 'not-isolated' : 'unmatched')), ...common };
}

/** Neighbours of one rank stand beside each other. */
function byRank(policies: readonly { readonly rank: number | undefined; readonly rules: Group[number] }[]): Group[] {
  const groups: Group[number][][] = [];
  for (const [i, { rank, rules }] of policies.entries()) {
    if (rank !== undefined && policies[i - 1]?.rank === rank) groups.at(-1)?.push(rules);
    else groups.push([rules]);
  }
  return groups;
}

/** Every way in which a rule matches. */
function matchesOf(tier: Tier, ref: Policy['ref'], rule: Rule, flow: FormFlow, other: FormEnd): Match[] {
  const because = rule.reason === undefined ? {} : { because: rule.reason };
  const { direction, action, index, origin } = rule;
  const common = { policy: ref, tier: tier.name, direction, action, rule: index, origin, ...(action === 'unknown' ? because : {}) };
  const certain = matches(rule.peers, (peer) => matchesPeer(peer, other) === 'yes');
  const peers = rule.peers === 'any' ? [null] : rule.peers.flatMap((peer, i) => (matchesPeer(peer, other) === 'no' ? [] : [i]));
  const ports = matches(rule.ports, (port: PortMatch) => matchesPort(port, flow));
  return peers.flatMap((peer) => ports.map((port) => ({ reason: { ...common, peer, port }, open: !certain.includes(peer), ...because })));
}

/** `any` matches in one way, a list in as many as it has matching items: none for an empty list. */
function matches<T>(items: 'any' | readonly T[], test: (item: T) => boolean): (number | null)[] {
  return items === 'any' ? [null] : items.flatMap((item, index) => (test(item) ? [index] : []));
}

function matchesPeer(peer: Peer, end: FormEnd): 'yes' | 'perhaps' | 'no' {
  const certainly = (holds: boolean) => (holds ? 'yes' : 'no');
  switch (peer.kind) {
    case 'pods':
      return certainly(matchesPod(peer, end));
    case 'ipBlock':
      return certainly(isUnder(peer.cidr, end) && !peer.except.some((prefix) => isUnder(prefix, end)));
    case 'networks':
      return end.ipIsOpen ? 'perhaps' : certainly(peer.cidrs.some((prefix) => isUnder(prefix, end)));
    case 'nodes':
      if (end.node === undefined) return end.mayBeNode ? 'perhaps' : 'no';
      if (end.node.labels === undefined) return peer.nodes.length === 0 ? 'yes' : 'perhaps';
      return certainly(selects(peer.nodes, end.node.labels));
    case 'domainNames':
      if (peer.known.some((prefix) => isUnder(prefix, end))) return 'yes';
      return peer.names.length > 0 ? 'perhaps' : 'no';
  }
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

function isUnder(prefix: IpBlock['cidr'], { ip }: FormEnd): boolean {
  // One number of 32 or 128 bits, of which a prefix says the first few.
  const number = (words: readonly number[]) => words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const rest = BigInt(prefix.words.length * 32 - prefix.length);
  return prefix.family === ip?.family && number(prefix.words) >> rest === number(ip.words) >> rest;
}

function matchesPort(match: PortMatch, { destination, protocol, port }: FormFlow): boolean {
  if (match.protocol !== 'any' && match.protocol !== protocol) return false;
  if (match.kind === 'range') return match.from <= port && port <= match.to;
  const declared = destination.pod?.namedPorts ?? [];
  return declared.some((each) => each.name === match.name && each.protocol === protocol && each.port === port);
}
