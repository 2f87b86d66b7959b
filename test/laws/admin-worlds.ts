/**
 * What laws of tiers are drawn from: small worlds with administrators' policies, others to add, and the edits that laws make to them. An edit never changes its world.
 */
import fc from 'fast-check';
import { adminPolicies } from '../../src/fuzz/admin-policies.ts';
import type { Random } from '../../src/fuzz/random.ts';
import { type ClusterSettings, PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  AdminSubject,
  AdminTier,
  ClusterNetworkPolicyProtocol,
} from '../../src/model/resource.ts';
import { choicesOf, DIRECTIONS, type Direction, type Draw, drawsOf, withProfile } from './worlds.ts';

const TIERED: ClusterSettings = {
  ...PRESETS.tiers,
  maxPods: 5,
  maxPolicies: 3,
  maxAdminPolicies: 3,
  weights: { ...PRESETS.tiers.weights, unreadable: 0.5, unknownPeer: 0.3, openPeer: 0.6 },
};

export interface TierDraw extends Draw {
  /** At least one administrators' policy that is not part of the world. */
  readonly spareAdmin: readonly AdminPolicyObject[];
}

/** Profiles that enforce administrators' policies, in which a rule has the priority of its policy. */
export const tierDraws: fc.Arbitrary<TierDraw> = fc
  .record({
    draw: drawsOf(world(TIERED)),
    spareAdmin: adminPolicies({ ...TIERED, maxAdminPolicies: 2 }).filter((policies) => rulesIn(policies).length > 0),
  })
  .map(({ draw, spareAdmin }) => {
    const { equalPriority } = draw.world.profile;
    const tie = equalPriority === 'cilium' ? 'undefined' : equalPriority;
    const certain = withProfile(withoutUndefined(draw.world), { enforced: true, adminApi: 'both', equalPriority: tie });
    return { ...draw, spareAdmin: spareAdmin.map(withoutNames), world: certain };
  });

/** Laws speak of rules that have a meaning and a place: none with domain names, which have none in rules that deny or pass. */
function withoutUndefined(given: World): World {
  return {
    ...given,
    adminPolicies: given.adminPolicies.map(withoutNames),
  };
}

function withoutNames(policy: AdminPolicyObject): AdminPolicyObject {
  const peersOf = (to: readonly AdminEgressPeer[]) => to.map((peer) => (peer.domainNames ? { networks: ['10.0.0.0/8'] } : peer));
  const rules = adminRules(policy, 'egress').map((rule) => ({ ...rule, to: peersOf(rule.to ?? []) }));
  return rules.length === 0 ? policy : withAdminRules(policy, 'egress', rules);
}

/** A rule of any kind of policy and direction: peers in `from` or `to`, ports in `protocols` or `ports`. */
export interface AdminRule {
  readonly action: 'Accept' | 'Allow' | 'Deny' | 'Pass';
  readonly from?: readonly AdminEgressPeer[];
  readonly to?: readonly AdminEgressPeer[];
  readonly protocols?: readonly ClusterNetworkPolicyProtocol[] | null | undefined;
  readonly ports?: readonly AdminNetworkPolicyPort[] | null | undefined;
}

export function adminRules(policy: AdminPolicyObject, direction: Direction): readonly AdminRule[] {
  return policy.spec[direction] ?? [];
}

export function withAdminRules(policy: AdminPolicyObject, direction: Direction, rules: readonly AdminRule[]): AdminPolicyObject {
  return { ...policy, spec: { ...policy.spec, [direction]: rules } } as AdminPolicyObject;
}

export function withSpec(policy: AdminPolicyObject, fields: object): AdminPolicyObject {
  return { ...policy, spec: { ...policy.spec, ...fields } } as AdminPolicyObject;
}

export function withAdmin(given: World, policies: readonly AdminPolicyObject[]): World {
  return { ...given, adminPolicies: policies };
}

/** The world with others in place of one. */
export function withAdminAt(given: World, index: number, policies: readonly AdminPolicyObject[]): World {
  return withAdmin(
    given,
    given.adminPolicies.flatMap((policy, i) => (i === index ? policies : [policy])),
  );
}

export interface AdminSite {
  readonly policy: number;
  readonly direction: Direction;
  readonly rule: number;
}

function adminSites(given: World): AdminSite[] {
  return given.adminPolicies.flatMap((policy, index) =>
    DIRECTIONS.flatMap((direction) => adminRules(policy, direction).map((_, rule) => ({ policy: index, direction, rule }))),
  );
}

export function adminRuleAt(given: World, { policy, direction, rule }: AdminSite): AdminRule {
  return adminRules(given.adminPolicies[policy]!, direction)[rule]!;
}

/** The world with other rules in place of one. */
export function withAdminRuleAt(given: World, { policy, direction, rule }: AdminSite, rules: readonly AdminRule[]): World {
  const chosen = given.adminPolicies[policy]!;
  const list = adminRules(chosen, direction).flatMap((each, i) => (i === rule ? rules : [each]));
  return withAdminAt(given, policy, [withAdminRules(chosen, direction, list)]);
}

export function tierOf(policy: AdminPolicyObject): AdminTier {
  if (policy.kind === 'ClusterNetworkPolicy') return policy.spec.tier;
  return policy.kind === 'AdminNetworkPolicy' ? 'Admin' : 'Baseline';
}

const EVERY_POD: AdminSubject = { namespaces: {} };
/** Every pod that policies can see. */
export const EVERY_POD_PEER: AdminEgressPeer = { namespaces: {} };

export function clusterPolicy(name: string, tier: AdminTier, priority: number, spec: object): AdminPolicyObject {
  return { kind: 'ClusterNetworkPolicy', metadata: { name }, spec: { tier, priority, subject: EVERY_POD, ...spec } } as AdminPolicyObject;
}

/** One rule about every pod, on every port. */
export function ruleForAll(
  direction: Direction,
  action: 'Accept' | 'Deny' | 'Pass',
  peers: readonly AdminEgressPeer[] = [EVERY_POD_PEER],
): object {
  return { [direction]: [{ action, [direction === 'ingress' ? 'from' : 'to']: peers }] };
}

export function peersOf(rule: AdminRule): readonly AdminEgressPeer[] {
  return rule.from ?? rule.to ?? [];
}

export function withAdminPeers(rule: AdminRule, peers: readonly AdminEgressPeer[]): AdminRule {
  return rule.from === undefined ? { ...rule, to: peers } : { ...rule, from: peers };
}

export function isAccept({ action }: AdminRule): boolean {
  return action === 'Accept' || action === 'Allow';
}

/** Does it name a peer that the data plane does not know? */
export function hasUnknownPeer(rule: AdminRule, { profile }: World): boolean {
  return peersOf(rule).some(
    ({ namespaces, pods, networks, nodes, domainNames }) =>
      !namespaces && !pods && !networks && (profile.adminPeers === 'standard' || (!nodes && !domainNames)),
  );
}

/** Only peers that certainly match or certainly do not. */
export function isCertain(rule: AdminRule): boolean {
  return peersOf(rule).every(({ namespaces, pods }) => namespaces || pods);
}

function rulesIn(policies: readonly AdminPolicyObject[]): readonly AdminRule[] {
  return policies.flatMap((policy) => DIRECTIONS.flatMap((direction) => adminRules(policy, direction)));
}

/** A policy to add, under a name that is free. */
export function spareAdminPolicy({ spareAdmin }: TierDraw, random: Random): AdminPolicyObject {
  return { ...random.pick(spareAdmin), metadata: { name: 'spare' } };
}

/** The site of a rule for which it holds, as the law's own choice. */
export function adminSiteWhere(draw: TierDraw, id: string, holds: (rule: AdminRule, site: AdminSite) => boolean): AdminSite | undefined {
  const sites = adminSites(draw.world).filter((site) => holds(adminRuleAt(draw.world, site), site));
  return sites.length === 0 ? undefined : choicesOf(draw, `${id} site`).pick(sites);
}

/** The world with its priorities mapped, those of policies that cannot be read too. */
export function withPriorities(given: World, map: (priority: number) => number): World {
  const changed = given.adminPolicies.map((policy) =>
    'priority' in policy.spec ? withSpec(policy, { priority: map(policy.spec.priority) }) : policy,
  );
  const unreadable = given.unreadable.map((policy) =>
    policy.priority === undefined ? policy : { ...policy, priority: map(policy.priority) },
  );
  return { ...withAdmin(given, changed), unreadable };
}

export function prioritiesOf(given: World): number[] {
  const written = [
    ...given.adminPolicies.flatMap((policy) => ('priority' in policy.spec ? [policy.spec.priority] : [])),
    ...given.unreadable.flatMap(({ priority }) => (priority === undefined ? [] : [priority])),
  ];
  return [...new Set(written)].sort((a, b) => a - b);
}

/** The same order in the priorities from 10 up, so that there is room before and after. */
export function withRoom(given: World): World {
  const ranks = prioritiesOf(given);
  return withPriorities(given, (priority) => 10 + ranks.indexOf(priority));
}

const ADMIN_KINDS = ['ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'];

/** Without the administrators' policies that cannot be read. */
export function withReadableAdmin(given: World): World {
  return { ...given, unreadable: given.unreadable.filter(({ kind }) => !ADMIN_KINDS.includes(kind)) };
}

/** Without NetworkPolicies, and without policies of the baseline. */
export function adminTierOnly(given: World): World {
  const unreadable = given.unreadable.filter(
    ({ kind, tier }) => ADMIN_KINDS.includes(kind) && kind !== 'BaselineAdminNetworkPolicy' && tier !== 'Baseline',
  );
  return {
    ...withAdmin(
      given,
      given.adminPolicies.filter((policy) => tierOf(policy) === 'Admin'),
    ),
    networkPolicies: [],
    unreadable,
  };
}

/** NetworkPolicies alone, all of which can be read. */
export function networkPoliciesOnly(given: World): World {
  return { ...withAdmin(given, []), unreadable: [] };
}
