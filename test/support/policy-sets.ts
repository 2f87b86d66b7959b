/**
 * Policy sets of the internal form: ordered tiers of both kinds, every action, every kind of peer, policies of one rank, isolating and not, empty lists beside `any`.
 */
import fc from 'fast-check';
import { distinctAddresses, ipBlock } from '../../src/fuzz/addresses.ts';
import { tenths } from '../../src/fuzz/labels.ts';
import type { ClusterSettings } from '../../src/fuzz/settings.ts';
import { type IpPrefix, parsePrefix } from '../../src/lib/ip-address.ts';
import type {
  Action,
  DomainNames,
  IpBlock,
  Networks,
  NodeMatch,
  Peer,
  PodMatch,
  Policy,
  PolicySet,
  PortMatch,
  Rule,
  Tier,
} from '../../src/model/policy.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { Requirement, Selector } from '../../src/model/selector.ts';

function selector(settings: ClusterSettings): fc.Arbitrary<Selector> {
  const requirement: fc.Arbitrary<Requirement> = fc.record({
    key: fc.constantFrom(...settings.labelKeys),
    operator: fc.constantFrom('in', 'notIn', 'exists', 'doesNotExist'),
    values: fc.uniqueArray(fc.constantFrom(...settings.labelValues), { minLength: 1, maxLength: 2 }),
  });
  const canonical = ({ key, operator, values }: Requirement): Requirement => {
    return { key, operator, values: operator === 'in' || operator === 'notIn' ? [...values].sort() : [] };
  };
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(requirement.map(canonical), { minLength: 1, maxLength: 2 }) },
  );
}

function podMatch(settings: ClusterSettings): fc.Arbitrary<PodMatch> {
  const byName = fc.constantFrom(...settings.namespaces).map((name) => ({ name }));
  const bySelector = selector(settings).map((each) => ({ selector: each }));
  return fc.record({ kind: fc.constant('pods'), namespaces: fc.oneof(byName, bySelector), pods: selector(settings) });
}

function prefix(text: string): IpPrefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new TypeError(`generated a CIDR that does not parse: ${text}`);
  return parsed.prefix;
}

function block(settings: ClusterSettings): fc.Arbitrary<IpBlock> {
  return ipBlock(settings).map(({ cidr, except }) => ({ kind: 'ipBlock', cidr: prefix(cidr), except: (except ?? []).map(prefix) }));
}

function networks(settings: ClusterSettings): fc.Arbitrary<Networks> {
  return fc
    .array(
      ipBlock(settings).map(({ cidr }) => prefix(cidr)),
      { maxLength: 2 },
    )
    .map((cidrs) => ({ kind: 'networks', cidrs }));
}

function nodes(settings: ClusterSettings): fc.Arbitrary<NodeMatch> {
  return selector(settings).map((each) => ({ kind: 'nodes', nodes: each }));
}

/** Some addresses that are known, and now and then a name of which none is. */
function domainNames(settings: ClusterSettings): fc.Arbitrary<DomainNames> {
  const host = (text: string) => prefix(`${text}/${text.includes(':') ? 128 : 32}`);
  const known = fc.oneof(fc.constant<string[]>([]), ...settings.families.map((family) => distinctAddresses(family, 2)));
  return fc
    .record({ known: known.map((texts) => texts.map(host)), names: fc.constantFrom([], ['a.example'], ['a.example', 'b.example']) })
    .map((each) => ({ kind: 'domainNames', ...each }));
}

/** `any`, an empty list that matches nothing, or items. */
function listOrAny<T>(settings: ClusterSettings, item: fc.Arbitrary<T>): fc.Arbitrary<'any' | T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('any' as const) },
    { weight: 1, arbitrary: fc.constant<T[]>([]) },
    { weight: 8, arbitrary: fc.array(item, { minLength: 1, maxLength: settings.maxItems, size: 'max' }) },
  );
}

/** Peers that can be open are for tiers where the first match decides. */
function peers(settings: ClusterSettings, match: Tier['match']): fc.Arbitrary<'any' | Peer[]> {
  const ofOrder = match === 'first' ? [networks(settings), nodes(settings), domainNames(settings)] : [];
  const kinds = [
    { weight: 4, arbitrary: podMatch(settings) },
    { weight: 3, arbitrary: block(settings) },
    ...ofOrder.map((arbitrary) => ({ weight: 1, arbitrary })),
  ];
  return listOrAny(settings, fc.oneof<fc.WeightedArbitrary<Peer>[]>(...kinds));
}

function ports(settings: ClusterSettings): fc.Arbitrary<'any' | PortMatch[]> {
  const protocol = fc.constantFrom(...PROTOCOLS);
  const range = fc.record({ protocol, from: fc.constantFrom(0, ...settings.ports), length: fc.constantFrom(0, 0, 1, 5, 65535) }).map(
    ({ protocol: p, from, length }): PortMatch => ({
      kind: 'range',
      protocol: p,
      from,
      to: Math.min(65535, from + length),
    }),
  );
  const named = fc
    .record({ protocol: fc.constantFrom(...PROTOCOLS, 'any' as const), name: fc.constantFrom(...settings.portNames) })
    .map((each): PortMatch => ({ kind: 'named', ...each }));
  return listOrAny(settings, fc.oneof({ weight: 3, arbitrary: range }, { weight: 1, arbitrary: named }));
}

const ACTIONS: Readonly<Record<Tier['match'], readonly Action[]>> = {
  first: ['allow', 'deny', 'pass', 'log', 'allow', 'deny', 'pass', 'unknown', 'allow', 'deny', 'allow', 'deny', 'pass'],
  all: ['allow', 'allow', 'allow', 'unknown'],
};

type RuleDraft = Pick<Rule, 'direction' | 'action' | 'peers' | 'ports'>;

function rule(settings: ClusterSettings, match: Tier['match']): fc.Arbitrary<RuleDraft> {
  return fc.record({
    direction: fc.constantFrom('ingress', 'egress'),
    action: fc.constantFrom(...ACTIONS[match]),
    peers: peers(settings, match),
    ports: ports(settings),
  });
}

const EVERY_POD: PodMatch = { kind: 'pods', namespaces: { selector: [] }, pods: [] };

interface PolicyDraft {
  readonly subject: PodMatch;
  readonly isolates: Policy['isolates'];
  readonly clusterScoped: boolean;
  /** Does it stand beside the policy before it? */
  readonly beside: boolean;
  readonly rules: readonly RuleDraft[];
}

/** Rules get the index that they have in the list of their direction, and a line of their own. */
function toPolicy(
  { subject, isolates, clusterScoped, rules }: PolicyDraft,
  tier: number,
  policy: number,
  rank: number | undefined,
): Policy {
  const line = 10_000 * (tier + 1) + 100 * policy;
  const ref = clusterScoped
    ? { kind: 'ClusterPolicy', name: `t${tier}-p${policy}` }
    : { kind: 'Policy', namespace: 'a', name: `t${tier}-p${policy}` };
  return {
    ref,
    origin: { file: 'generated', line, column: 1 },
    subject,
    ...(rank === undefined ? {} : { rank }),
    isolates,
    rules: rules.map((draft, i) => ({
      ...draft,
      index: rules.slice(0, i).filter(({ direction }) => direction === draft.direction).length,
      origin: { file: 'generated', line: line + 1 + i, column: 1 },
      ...(draft.action === 'unknown' || mayBeOpen(draft) ? { reason: `rule ${i} of ${ref.name} is not clear` } : {}),
    })),
  };
}

function mayBeOpen({ peers: list }: RuleDraft): boolean {
  return list !== 'any' && list.some(({ kind }) => kind === 'networks' || kind === 'nodes' || kind === 'domainNames');
}

/** The rank of each policy: that of the one before where it stands beside it, else one of its own, or none. */
function ranksOf(match: Tier['match'], policies: readonly PolicyDraft[]): (number | undefined)[] {
  if (match === 'all') return policies.map(() => undefined);
  let rank = 0;
  return policies.map(({ beside }, i) => {
    if (i > 0 && !beside) rank++;
    return beside || policies[i + 1]?.beside ? rank : undefined;
  });
}

export function policySet(settings: ClusterSettings): fc.Arbitrary<PolicySet> {
  const tier = fc.record({ match: fc.constantFrom('first' as const, 'all' as const), isolating: tenths(4) }).chain(({ match, isolating }) =>
    fc
      .array(
        fc.record({
          // Policies that apply to many pods meet each other more often.
          subject: fc.oneof(podMatch(settings), fc.constant(EVERY_POD)),
          isolates: isolating ? fc.record({ ingress: fc.boolean(), egress: fc.boolean() }) : fc.constant({ ingress: false, egress: false }),
          clusterScoped: fc.boolean(),
          beside: tenths(4),
          rules: fc.array(rule(settings, match), { maxLength: 4, size: 'max' }),
        }),
        { maxLength: 4, size: 'max' },
      )
      .map((policies) => ({ match, policies })),
  );
  return fc
    .record({
      tiers: fc.array(tier, { minLength: 1, maxLength: 4, size: 'max' }),
      onUnmatched: fc.constantFrom('allow' as const, 'deny' as const),
    })
    .map(({ tiers, onUnmatched }) => ({
      tiers: tiers.map(({ match, policies }, t) => ({
        name: `tier-${t}`,
        match,
        policies: policies.map((draft, p) => toPolicy(draft, t, p, ranksOf(match, policies)[p])),
      })),
      onUnmatched,
    }));
}
