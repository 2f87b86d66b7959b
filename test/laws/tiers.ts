/**
 * Laws about the tiers of administrators' policies (T1 to T15). "Plays a part": both ends of the flow are pods that policies can see, and neither is the other's node or itself.
 */

import type { World } from '../../src/fuzz/world.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import type {
  AdminEgressPeer,
  AdminPolicyObject,
  AdminTier,
  ClusterNetworkPolicyProtocol,
  UnreadablePolicy,
} from '../../src/model/resource.ts';
import { DEFAULT_REASONS } from '../../src/tables/decisions.ts';
import {
  type AdminRule,
  type AdminSite,
  adminRuleAt,
  adminRules,
  adminSiteWhere,
  adminTierOnly,
  clusterPolicy,
  EVERY_POD_PEER,
  hasUnknownPeer,
  isAccept,
  isCertain,
  networkPoliciesOnly,
  peersOf,
  prioritiesOf,
  ruleForAll,
  spareAdminPolicy,
  type TierDraw,
  tierDraws,
  tierOf,
  withAdmin,
  withAdminAt,
  withAdminPeers,
  withAdminRuleAt,
  withAdminRules,
  withPriorities,
  withReadableAdmin,
  withRoom,
  withSpec,
} from './admin-worlds.ts';
import { ALLOW, BY_RULES, type Columns, DENY, type Lab, nameOf } from './lab.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { describe, equal, equalVerdicts, lawOfChangeIn, type MakeChange, type Relation, up } from './relation.ts';
import { askerOf } from './whole.ts';
import { choicesOf, DIRECTIONS, type Direction, NOBODY, newPolicy, printDraw, withPolicies, withProfile, withTypes } from './worlds.ts';

type MakeTierChange = MakeChange<TierDraw>;

const BY = { ingress: 'ingressBy', egress: 'egressBy' } as const;
const OTHER = { ingress: 'egress', egress: 'ingress' } as const;
const NOT_DECIDED_BY_POLICIES = (['not-a-policed-pod', 'pod-to-itself', 'own-node', 'protocol-not-policed'] as const).map((reason) =>
  (DEFAULT_REASONS as readonly string[]).indexOf(reason),
);

/** Is the half decided by policies, or by there being none? */
function isPoliced(columns: Columns, direction: Direction, flow: number): boolean {
  return columns[direction][flow]! <= ALLOW && !NOT_DECIDED_BY_POLICIES.includes(columns[BY[direction]][flow]!);
}

function playsAPart(columns: Columns, flow: number): boolean {
  return DIRECTIONS.every((direction) => isPoliced(columns, direction, flow));
}

function sameHalf(before: Columns, after: Columns, direction: Direction, flow: number): boolean {
  return before[direction][flow] === after[direction][flow] && before[BY[direction]][flow] === after[BY[direction]][flow];
}

const equalHalf =
  (direction: Direction): Relation =>
  (before, after, flow) =>
    sameHalf(before, after, direction, flow);

/** T1. A policy that says nothing in a direction, and says what it likes in the other. */
const silent =
  (rules: readonly object[]): MakeTierChange =>
  (draw) => {
    const random = choicesOf(draw, 'T1');
    const direction = random.pick(DIRECTIONS);
    const spare = spareAdminPolicy(draw, random);
    const { [direction]: _, ...rest } = spare.spec as Record<string, unknown>;
    const nothing = random.pick([{}, { [direction]: null }, { [direction]: [] }]);
    const spec = { ...rest, subject: { namespaces: {} }, ...(rules.length === 0 ? nothing : { [direction]: rules }) };
    const policy = { ...spare, spec } as unknown as AdminPolicyObject;
    const before = withAdmin(draw.world, [
      ...draw.world.adminPolicies.filter(({ kind }) => kind !== policy.kind || kind !== 'BaselineAdminNetworkPolicy'),
      policy,
    ]);
    const after = withAdmin(before, before.adminPolicies.slice(0, -1));
    return { before, after, relation: equalHalf(direction) };
  };

/** T2. A rule, and behind it one that matches a part of what it matches, in the same policy or in a later one of the same subject. `narrow`: the first is the part. */
const dead =
  (narrow: boolean): MakeTierChange =>
  (draw) => {
    const random = choicesOf(draw, 'T2');
    const site = adminSiteWhere(draw, 'T2', (rule) => isCertain(rule) && !hasUnknownPeer(rule, draw.world));
    if (site === undefined) return undefined;
    const world = withRoom(draw.world);
    const whole = adminRuleAt(world, site);
    const other = random.pick(actionsOf(world.adminPolicies[site.policy]!));
    const part = { ...partOf(whole, random), action: other };
    const [first, second] = narrow ? [part, whole] : [whole, part];
    const policy = world.adminPolicies[site.policy]!;
    const rules = adminRules(policy, site.direction).map((rule, i) => (i === site.rule ? first : rule));
    const live = withAdminRules(policy, site.direction, rules);
    if (random.chance(0.5) || policy.kind === 'BaselineAdminNetworkPolicy') {
      const at = narrow ? site.rule + 1 : site.rule + 1 + random.below(rules.length - site.rule);
      const both = withAdminRules(policy, site.direction, rules.toSpliced(at, 0, second));
      return { before: withAdminAt(world, site.policy, [both]), after: withAdminAt(world, site.policy, [live]) };
    }
    const later = withSpec(
      { ...policy, metadata: { name: 'later' } },
      { ingress: [], egress: [], priority: policy.spec.priority + 1 + random.below(9) },
    );
    return {
      before: withAdminAt(world, site.policy, [live, withAdminRules(later, site.direction, [second])]),
      after: withAdminAt(world, site.policy, [live]),
    };
  };

function actionsOf({ kind }: AdminPolicyObject): readonly AdminRule['action'][] {
  if (kind === 'BaselineAdminNetworkPolicy') return ['Allow', 'Deny'];
  return kind === 'ClusterNetworkPolicy' ? ['Accept', 'Deny', 'Pass'] : ['Allow', 'Deny', 'Pass'];
}

type Choices = ReturnType<typeof choicesOf>;

/** Some of the peers, and some of the ports. */
function partOf(rule: AdminRule, random: Choices): AdminRule {
  const some = <T>(items: readonly T[]) => [random.pick(items)];
  const { protocols, ports } = rule;
  return {
    ...withAdminPeers(rule, some(peersOf(rule))),
    ...(protocols?.length ? { protocols: some(protocols) } : {}),
    ...(ports?.length ? { ports: some(ports) } : {}),
  };
}

/** T3. Two neighbours change places. */
const swapped =
  (holds: (a: AdminRule, b: AdminRule) => boolean): MakeTierChange =>
  (draw) => {
    const { world } = draw;
    const site = adminSiteWhere(draw, 'T3', (rule, { policy, direction, rule: index }) => {
      const next = adminRules(world.adminPolicies[policy]!, direction)[index + 1];
      return next !== undefined && holds(rule, next) && ![rule, next].some((each) => hasUnknownPeer(each, world));
    });
    if (site === undefined) return undefined;
    const policy = world.adminPolicies[site.policy]!;
    const rules = adminRules(policy, site.direction);
    const list = rules.toSpliced(site.rule, 2, rules[site.rule + 1]!, rules[site.rule]!);
    return { before: world, after: withAdminAt(world, site.policy, [withAdminRules(policy, site.direction, list)]) };
  };

/** Protocols that the rule can match; undefined: a port name, which can have any. */
function protocolsOf({ protocols, ports }: AdminRule): readonly string[] | undefined {
  if (protocols?.length) {
    return protocols.some((each) => each.destinationNamedPort)
      ? undefined
      : protocols.map(({ tcp, udp }) => (tcp ? 'TCP' : udp ? 'UDP' : 'SCTP'));
  }
  if (!ports?.length || ports.some(({ namedPort }) => namedPort)) return undefined;
  return ports.map(({ portNumber, portRange }) => (portNumber ?? portRange)?.protocol ?? 'TCP');
}

function areDisjoint(a: AdminRule, b: AdminRule): boolean {
  const [one, other] = [protocolsOf(a), protocolsOf(b)];
  return one !== undefined && other !== undefined && !one.some((each) => other.includes(each));
}

/** T4. */
const renumbered =
  (rising: boolean): MakeTierChange =>
  (draw) => {
    const { world } = draw;
    const random = choicesOf(draw, 'T4');
    const old = prioritiesOf(world);
    if (old.length < 2) return undefined;
    const chosen = new Set<number>();
    while (chosen.size < old.length) chosen.add(random.pick([random.below(8), random.below(1001), 1000, 0]));
    const fresh = [...chosen].sort((a, b) => (rising ? a - b : b - a));
    return { before: world, after: withPriorities(world, (priority) => fresh[old.indexOf(priority)]!) };
  };

/** T5. Two policies that say different things about every flow between pods, before all others. */
function tie(apart: number): Check<TierDraw> {
  return (draw, lab) => {
    const random = choicesOf(draw, 'T5');
    const world = withProfile(withReadableAdmin(withRoom(draw.world)), { equalPriority: 'undefined' });
    const direction = random.pick(DIRECTIONS);
    const allow = clusterPolicy('one', 'Admin', 3, ruleForAll(direction, 'Accept'));
    const deny = clusterPolicy('other', 'Admin', 3 + apart, ruleForAll(direction, 'Deny'));
    const rename = (policy: AdminPolicyObject, name: string) => ({ ...policy, metadata: { name } });
    const given = [
      withAdmin(world, [allow, deny, ...world.adminPolicies]),
      withAdmin(world, [deny, ...world.adminPolicies, allow]),
      withAdmin(world, [rename(allow, 'other'), rename(deny, 'one'), ...world.adminPolicies]),
    ];
    const { count, worlds, flow } = lab.observe(given);
    let met = false;
    for (let i = 0; i < count; i++) {
      if (!playsAPart(worlds[0]!, i)) continue;
      const unknown = worlds.every((columns) => columns[direction][i] === UNKNOWN && columns[BY[direction]][i] === BY_RULES);
      if (!unknown) throw new LawBroken(`the ${direction} of a tie is not unknown: ${describe(worlds, i, flow(i))}`);
      if (!met) namesBoth(lab, given[0]!, direction, flow(i));
      met = true;
    }
    return met;
  };
}

/** Between deny and allow. */
const UNKNOWN = 1;

type FlowOf = ReturnType<ReturnType<Lab['observe']>['flow']>;

function namesBoth(lab: Lab, world: World, direction: Direction, { from, to, protocol, port }: FlowOf): void {
  const family = 'pod' in from && 'pod' in to ? from.family || to.family : 0;
  const decision = askerOf(lab, world)({ from: nameOf(from), to: nameOf(to), protocol, port, ...(family === 0 ? {} : { family }) });
  const names = decision[direction].reasons.map(({ policy }) => policy.name);
  if (!['one', 'other'].every((name) => names.includes(name))) throw new LawBroken(`the reasons of a tie are ${names.join(', ')}`);
}

/** T6. Two policies of one priority, alone with it, one of which says something of TCP only and the other of UDP only, change names and places. */
const exchangedPolicies =
  (disjoint: boolean): MakeTierChange =>
  (draw) => {
    const random = choicesOf(draw, 'T6');
    const world = disjoint ? withRoom(draw.world) : withProfile(withRoom(draw.world), { equalPriority: 'name' });
    const direction = random.pick(DIRECTIONS);
    const rules = draw.spareAdmin
      .flatMap((policy) => DIRECTIONS.flatMap((each) => adminRules(policy, each)))
      .filter((rule) => isCertain(rule) && peersOf(rule).length > 0);
    if (rules.some((rule) => hasUnknownPeer(rule, world)) || rules.length === 0) return undefined;
    const make = (name: string, action: string, transport: string): AdminPolicyObject => {
      const rule = {
        action,
        [direction === 'ingress' ? 'from' : 'to']: random.chance(0.5) ? [EVERY_POD_PEER] : peersOf(random.pick(rules)),
        protocols: [{ [transport]: {} }],
      };
      return clusterPolicy(name, 'Admin', 4, { [direction]: [rule] });
    };
    const one = make('one', 'Deny', 'tcp');
    const other = make('other', 'Accept', disjoint ? random.pick(['udp', 'sctp']) : 'tcp');
    const exchanged = [
      { ...other, metadata: { name: 'one' } },
      { ...one, metadata: { name: 'other' } },
    ];
    return {
      before: withAdmin(world, [one, other, ...world.adminPolicies]),
      after: withAdmin(world, random.chance(0.5) ? [...exchanged, ...world.adminPolicies] : [...world.adminPolicies, ...exchanged]),
    };
  };

/** NetworkPolicies and policies of the baseline other than they are. */
function belowEdited(draw: TierDraw, random: Choices, networkPolicies: boolean): World {
  const { world } = draw;
  const admin = world.adminPolicies.filter((policy) => tierOf(policy) === 'Admin');
  const added = clusterPolicy(
    'below',
    'Baseline',
    random.below(1001),
    ruleForAll(random.pick(DIRECTIONS), random.pick(['Accept', 'Deny', 'Pass'])),
  );
  const edited = withAdmin(world, random.chance(0.7) ? [...admin, added] : admin);
  if (!networkPolicies) return edited;
  const unreadable = edited.unreadable.filter(({ kind }) => kind.endsWith('AdminNetworkPolicy') || kind === 'ClusterNetworkPolicy');
  return random.chance(0.5) ? { ...edited, unreadable, networkPolicies: [] } : { ...edited, networkPolicies: draw.spare };
}

/** Every pod isolated in both directions. */
function isolateEveryone(world: World): World {
  const namespaces = new Set(world.pods.map(({ metadata }) => metadata.namespace || 'default'));
  return withPolicies(
    world,
    [...namespaces].map((namespace) => withTypes(newPolicy(namespace, 'isolate', { podSelector: {} }), DIRECTIONS)),
  );
}

/** With another action in place of every Pass. */
function withoutPasses(world: World, allows: boolean): World {
  const instead = ({ kind }: AdminPolicyObject) => (!allows ? 'Deny' : kind === 'ClusterNetworkPolicy' ? 'Accept' : 'Allow');
  const changed = (policy: AdminPolicyObject, direction: Direction): AdminPolicyObject =>
    withAdminRules(
      policy,
      direction,
      adminRules(policy, direction).map((rule) => (rule.action === 'Pass' ? { ...rule, action: instead(policy) } : rule)),
    );
  return withAdmin(
    world,
    world.adminPolicies.map((policy) => DIRECTIONS.reduce(changed, policy)),
  );
}

/** T7. What the Admin tier decides whatever its Pass rules say: nothing was passed on, for certain. The tiers below are not asked, as they must not count. */
function aboveAll(edit: (draw: TierDraw, random: Choices) => World): Check<TierDraw> {
  return (draw, lab) => {
    const alone = adminTierOnly(draw.world);
    const after = edit(draw, choicesOf(draw, 'T7'));
    const { count, worlds, flow } = lab.observe([draw.world, after, alone, withoutPasses(alone, false), withoutPasses(alone, true)]);
    const [one, other, open, ...settled] = worlds as [Columns, Columns, Columns, Columns, Columns];
    let met = false;
    for (let i = 0; i < count; i++) {
      for (const direction of DIRECTIONS) {
        if (open[BY[direction]][i] !== BY_RULES || open[direction][i] === UNKNOWN) continue;
        if (!settled.every((each) => sameHalf(open, each, direction, i))) continue;
        met = true;
        if (!sameHalf(one, open, direction, i) || !sameHalf(one, other, direction, i)) throw new LawBroken(describe(worlds, i, flow(i)));
      }
    }
    return met;
  };
}

/** T8. All policies of the Admin tier have one subject. */
const passOnTop =
  (priority: number): MakeTierChange =>
  (draw) => {
    const random = choicesOf(draw, 'T8');
    const direction = random.pick(DIRECTIONS);
    const { subject } = random.pick([...draw.spareAdmin, ...draw.world.adminPolicies]).spec;
    const given = withReadableAdmin(withRoom(draw.world));
    const admin = given.adminPolicies.map((policy) => (tierOf(policy) === 'Admin' ? withSpec(policy, { subject }) : policy));
    const pass = withSpec(clusterPolicy('pass', 'Admin', priority, ruleForAll(direction, 'Pass')), { subject });
    return {
      before: withAdmin(given, [...admin, pass]),
      after: withAdmin(
        given,
        admin.map((policy) => (tierOf(policy) === 'Admin' ? withAdminRules(policy, direction, []) : policy)),
      ),
      relation: (before, after, flow) => !playsAPart(before, flow) || sameHalf(before, after, direction, flow),
    };
  };

/** T9. `direction`: of the half that must stay as it is, when a NetworkPolicy isolates `isolated`. */
function isolatedFrom(halfOf: (isolated: Direction) => Direction): Check<TierDraw> {
  return (draw, lab) => {
    const after = belowEdited(draw, choicesOf(draw, 'T9'), false);
    const before = withReadableAdmin(draw.world);
    const { count, worlds, flow } = lab.observe([before, withReadableAdmin(after), networkPoliciesOnly(draw.world)]);
    const [one, other, alone] = worlds as [Columns, Columns, Columns];
    let met = false;
    for (let i = 0; i < count; i++) {
      for (const isolated of DIRECTIONS) {
        const by = alone[BY[isolated]][i]!;
        if (by !== BY_RULES && (DEFAULT_REASONS as readonly string[])[by] !== 'isolated-no-rule-matches') continue;
        met = true;
        if (!sameHalf(one, other, halfOf(isolated), i)) throw new LawBroken(describe(worlds, i, flow(i)));
      }
    }
    return met;
  };
}

/** The same rule with another action, in the words of its version. */
const withAction =
  (
    id: string,
    from: readonly AdminRule['action'][],
    to: readonly ('Accept' | 'Deny' | 'Pass')[],
    world: (draw: TierDraw, direction: Direction) => World,
  ): MakeTierChange =>
  (draw) => {
    const site = adminSiteWhere(draw, id, (rule, at) => {
      const policy = draw.world.adminPolicies[at.policy]!;
      return (
        from.includes(rule.action) &&
        policy.kind !== 'BaselineAdminNetworkPolicy' &&
        tierOf(policy) === 'Admin' &&
        !hasUnknownPeer(rule, draw.world)
      );
    });
    if (site === undefined) return undefined;
    const action = choicesOf(draw, id).pick(to);
    const before = world(draw, site.direction);
    const at: AdminSite = { ...site, policy: before.adminPolicies.indexOf(draw.world.adminPolicies[site.policy]!) };
    const written = action === 'Accept' && before.adminPolicies[at.policy]!.kind !== 'ClusterNetworkPolicy' ? 'Allow' : action;
    return { before, after: withAdminRuleAt(before, at, [{ ...adminRuleAt(before, at), action: written }]) };
  };

/** T10. Nothing below the Admin tier says anything in the direction. */
function nothingBelow({ world }: TierDraw, direction: Direction): World {
  const admin = adminTierOnly(world);
  const { networkPolicies } = world;
  return withPolicies(
    admin,
    networkPolicies.map((policy) => withTypes(policy, [OTHER[direction]])),
  );
}

/** T12. */
const splitRule =
  (adjacent: boolean): MakeTierChange =>
  (draw) => {
    const { world } = draw;
    const random = choicesOf(draw, 'T12');
    const sizeOf = ({ protocols, ports }: AdminRule) => (protocols ?? ports ?? []).length;
    const site = adminSiteWhere(draw, 'T12', (rule, at) => {
      const many = peersOf(rule).length > 1 || sizeOf(rule) > 1;
      return many && !hasUnknownPeer(rule, world) && (adjacent || at.rule > 0);
    });
    if (site === undefined) return undefined;
    const rule = adminRuleAt(world, site);
    const byPeers = peersOf(rule).length > 1 && (sizeOf(rule) < 2 || random.chance(0.5));
    const parts: AdminRule[] = byPeers
      ? peersOf(rule).map((peer) => withAdminPeers(rule, [peer]))
      : rule.protocols
        ? rule.protocols.map((item) => ({ ...rule, protocols: [item] }))
        : (rule.ports ?? []).map((item) => ({ ...rule, ports: [item] }));
    if (adjacent) return { before: world, after: withAdminRuleAt(world, site, parts) };
    const policy = world.adminPolicies[site.policy]!;
    const rest = adminRules(policy, site.direction).flatMap((each, i) => (i === site.rule ? parts.slice(0, -1) : [each]));
    return { before: world, after: withAdminAt(world, site.policy, [withAdminRules(policy, site.direction, [parts.at(-1)!, ...rest])]) };
  };

/** T13. Administrators' policies that apply to no pod, or, for the foil, to those that they say. */
const noAdmin =
  (nobody: boolean): MakeTierChange =>
  (draw) => {
    const world = withReadableAdmin(draw.world);
    const subject = { namespaces: { matchExpressions: [NOBODY] } };
    const given = withAdmin(
      world,
      world.adminPolicies.map((policy) => (nobody ? withSpec(policy, { subject }) : policy)),
    );
    return given.adminPolicies.length === 0 ? undefined : { before: given, after: withAdmin(world, []) };
  };

/** T14. Names in the order of the old ones, so that where names break a tie they still do so alike; priorities from 10 up leave room for the baseline. */
const translated =
  (baseline: AdminTier): MakeTierChange =>
  (draw) => {
    const given = withReadableAdmin(withRoom(draw.world));
    const order = (a: AdminPolicyObject, b: AdminPolicyObject) =>
      a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : a.kind < b.kind ? -1 : 1;
    const named = [...given.adminPolicies].sort(order).map((policy, i) => {
      return { policy, name: policy.kind === 'BaselineAdminNetworkPolicy' ? 'default' : `t${String(i).padStart(3, '0')}` };
    });
    const old = named.filter(({ policy }) => policy.kind !== 'ClusterNetworkPolicy');
    if (!old.some(({ policy }) => DIRECTIONS.some((direction) => adminRules(policy, direction).length > 0))) return undefined;
    const rename = ({ policy, name }: (typeof named)[number]): AdminPolicyObject => ({ ...policy, metadata: { name } });
    return {
      before: withAdmin(given, named.map(rename)),
      after: withAdmin(
        given,
        named.map((each) =>
          each.policy.kind === 'ClusterNetworkPolicy' ? rename(each) : toClusterPolicy(each.policy, each.name, baseline),
        ),
      ),
    };
  };

function toClusterPolicy(policy: AdminPolicyObject, name: string, baseline: AdminTier): AdminPolicyObject {
  const last = policy.kind === 'BaselineAdminNetworkPolicy';
  const rules = (direction: Direction) => adminRules(policy, direction).flatMap(toClusterRule);
  return clusterPolicy(name, last ? baseline : 'Admin', last ? 1000 : (policy.spec as { priority: number }).priority, {
    subject: policy.spec.subject,
    ingress: rules('ingress'),
    egress: rules('egress'),
  });
}

/** A range of one port is a number; one that is none, and so matches nothing, goes, and with the last of them the rule, unless that closes for an unknown peer. */
function toClusterRule({ ports, ...rule }: AdminRule): AdminRule[] {
  const action = rule.action === 'Allow' ? 'Accept' : rule.action;
  if (!ports?.length) return [{ ...rule, action }];
  const protocols = ports.flatMap(({ portNumber, portRange, namedPort }): ClusterNetworkPolicyProtocol[] => {
    if (namedPort) return [{ destinationNamedPort: namedPort }];
    const { start, end } = portNumber ? { start: portNumber.port, end: portNumber.port } : portRange!;
    const transport = ((portNumber ?? portRange)?.protocol ?? 'TCP').toLowerCase();
    if (start > end) return [];
    return [{ [transport]: { destinationPort: start === end ? { number: start } : { range: { start, end } } } }];
  });
  if (protocols.length > 0) return [{ ...rule, action, protocols }];
  return [{ ...rule, action, protocols: [{ destinationNamedPort: 'no-pod-has-this' }] }];
}

/** T15. */
function failsClosed(unknownPeers: World['profile']['unknownPeers']): Check<TierDraw> {
  return (draw, lab) => {
    const random = choicesOf(draw, 'T15');
    const world = withProfile(withReadableAdmin(withRoom(draw.world)), { unknownPeers });
    const direction = random.pick(DIRECTIONS);
    const what = random.pick(['accept', 'close', 'port'] as const);
    if (what === 'accept') return acceptsNobody(draw, world, lab);
    const added = what === 'close' ? closing(world, direction, random) : unreadablePort(world, direction, random);
    const { count, worlds, flow } = lab.observe([added]);
    const [columns] = worlds as [Columns];
    const expected = what === 'close' ? DENY : UNKNOWN;
    let met = false;
    for (let i = 0; i < count; i++) {
      if (!isPoliced(columns, direction, i)) continue;
      met = true;
      if (columns[direction][i] !== expected || columns[BY[direction]][i] !== BY_RULES) {
        throw new LawBroken(`${what}, ${direction}: ${describe(worlds, i, flow(i))}`);
      }
    }
    return met;
  };
}

/** An Accept rule with an unknown peer, beside the others or alone, is no rule. */
function acceptsNobody(draw: TierDraw, world: World, lab: Lab): boolean {
  const site = adminSiteWhere(draw, 'T15', (rule) => isAccept(rule) && !hasUnknownPeer(rule, world));
  if (site === undefined) return false;
  const rule = adminRuleAt(world, site);
  const alone = choicesOf(draw, 'T15 alone').chance(0.5);
  const peers: readonly AdminEgressPeer[] = alone ? [{}] : [...peersOf(rule), {}];
  const given = [withAdminRuleAt(world, site, [withAdminPeers(rule, peers)]), withAdminRuleAt(world, site, [])];
  const { count, worlds, flow } = lab.observe(given);
  for (let i = 0; i < count; i++) if (!equal(worlds[0]!, worlds[1]!, i)) throw new LawBroken(describe(worlds, i, flow(i)));
  return count > 0;
}

/** On top of all: a rule that must deny everything in its direction, whatever else it says. */
function closing(world: World, direction: Direction, random: Choices): World {
  const peers = random.pick<readonly AdminEgressPeer[]>([[{}], [EVERY_POD_PEER, {}], [{}, { namespaces: { matchExpressions: [NOBODY] } }]]);
  const policy = clusterPolicy('closing', 'Admin', random.below(10), ruleForAll(direction, random.pick(['Deny', 'Pass']), peers));
  const protocols = random.pick([undefined, [{ udp: { destinationPort: { number: 9 } } }]]);
  const rules = adminRules(policy, direction).map((rule) => ({ ...rule, ...(protocols === undefined ? {} : { protocols }) }));
  return withAdmin(world, [...world.adminPolicies, withAdminRules(policy, direction, rules)]);
}

/** On top of all: a rule with a port of a form that is not known, as the reader leaves it. */
function unreadablePort(world: World, direction: Direction, random: Choices): World {
  const old = random.chance(0.5);
  const form = random.pick([{ icmp: {} }, { tcp: { destinationPort: { set: [1] } } }, {}]);
  const spec = {
    priority: random.below(10),
    subject: { namespaces: {} },
    [direction]: [
      {
        action: random.pick([old ? 'Allow' : 'Accept', 'Deny', 'Pass']),
        [direction === 'ingress' ? 'from' : 'to']: [EVERY_POD_PEER],
        [old ? 'ports' : 'protocols']: [form],
      },
    ],
  };
  const read = manifestsFromObjects([
    old
      ? { apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'odd' }, spec }
      : {
          apiVersion: 'policy.networking.k8s.io/v1alpha2',
          kind: 'ClusterNetworkPolicy',
          metadata: { name: 'odd' },
          spec: { tier: 'Admin', ...spec },
        },
  ]);
  const unreadable: readonly UnreadablePolicy[] = read.unreadable;
  if (read.adminPolicies.length !== 0 || unreadable.length !== 1)
    throw new LawBroken(`a port form that is not known was read: ${JSON.stringify(spec)}`);
  return { ...world, unreadable: [...world.unreadable, ...unreadable] };
}

const tierLaw = (parts: Parameters<typeof lawOfChangeIn<TierDraw>>[1]): AnyLaw => lawOfChangeIn(tierDraws, parts);
const checked = (parts: Pick<AnyLaw, 'id' | 'law' | 'precondition' | 'check' | 'foil'>): AnyLaw => ({
  ...parts,
  instance: tierDraws,
  print: printDraw,
});

export const TIER_LAWS: readonly AnyLaw[] = [
  tierLaw({
    id: 'T1',
    law: 'half(W + p) = half(W) in a direction in which p has no rules',
    precondition: 'none: missing, null and empty lists are no rules',
    relation: equal,
    change: silent([]),
    foil: { wrong: 'p has a rule there', change: silent([{ action: 'Deny', from: [EVERY_POD_PEER], to: [EVERY_POD_PEER] }]) },
  }),
  tierLaw({
    id: 'T2',
    law: 'W − rule = W where an earlier rule matches all that it matches',
    precondition:
      'the same subject and tier, earlier by (priority, index), in one policy or two; its peers and ports are among those of the earlier rule, whose peers are pods, which certainly match or certainly do not',
    relation: equal,
    change: dead(false),
    foil: { wrong: 'the earlier rule is the one that matches less', change: dead(true) },
  }),
  tierLaw({
    id: 'T3',
    law: 'rules r, s = rules s, r',
    precondition:
      'neighbours with the same action, or with no protocol in common; no unknown peers, which make other rules of them; the profile has no order of its own for rules of equal priority (as `cilium`)',
    relation: equal,
    change: swapped((a, b) => a.action === b.action || areDisjoint(a, b)),
    foil: { wrong: 'the actions differ and the rules meet', change: swapped((a, b) => a.action !== b.action && !areDisjoint(a, b)) },
  }),
  tierLaw({
    id: 'T4',
    law: 'W with priorities f(p) = W',
    precondition:
      'f is strictly increasing and stays in 0..1000; at least two priorities (equal ones stay equal); of policies that cannot be read too',
    relation: equal,
    change: renumbered(true),
    foil: { wrong: 'f is decreasing', change: renumbered(false) },
  }),
  checked({
    id: 'T5',
    law: 'half = unknown where two policies of one priority accept and deny the flow, whatever their names and order; the reasons name both',
    precondition: 'both match for certain and nothing decides before them; `equalPriority: undefined`',
    check: tie(0),
    foil: { wrong: 'the priorities differ by one', check: tie(1) },
  }),
  tierLaw({
    id: 'T6',
    law: 'p, q of one priority = q, p: names and places exchanged',
    precondition: 'p and q have no protocol in common, and no other policy has their priority',
    relation: equal,
    change: exchangedPolicies(true),
    foil: { wrong: 'they meet, and names break the tie', change: exchangedPolicies(false) },
  }),
  checked({
    id: 'T7',
    law: 'half(W) = half(W with other NetworkPolicies and other policies of the baseline) where the Admin tier accepts or denies',
    precondition: 'matched before any Pass: the Admin tier alone says so, and with Deny or Accept in place of every Pass, too',
    check: aboveAll((draw, random) => belowEdited(draw, random, true)),
    foil: {
      wrong: 'a policy of the Admin tier is taken away',
      check: aboveAll(({ world }) => withAdmin(world, world.adminPolicies.slice(1))),
    },
  }),
  tierLaw({
    id: 'T8',
    law: 'half(W + Pass for everything, on top) = half(W without rules of the Admin tier) in its direction',
    precondition:
      'between pods, which is what the peer `namespaces: {}` matches; the policies of the Admin tier have the subject of the Pass and can be read',
    relation: equal,
    change: passOnTop(3),
    foil: { wrong: 'the Pass comes last', change: passOnTop(1000) },
  }),
  checked({
    id: 'T9',
    law: 'half(W) = half(W with another baseline) where a NetworkPolicy isolates the pod in that direction',
    precondition:
      'per direction; the NetworkPolicy can be read; policies of the baseline that cannot be read stand elsewhere or are not there',
    check: isolatedFrom((isolated) => isolated),
    foil: { wrong: 'it isolates the pod in the other direction', check: isolatedFrom((isolated) => OTHER[isolated]) },
  }),
  tierLaw({
    id: 'T10',
    law: 'verdicts(W) = verdicts(W with Pass in place of an Allow)',
    precondition: 'no NetworkPolicy and no policy of the baseline says anything in that direction; no unknown peers',
    relation: equalVerdicts,
    change: withAction('T10', ['Accept', 'Allow'], ['Pass'], nothingBelow),
    foil: {
      wrong: 'NetworkPolicies isolate every pod',
      change: withAction('T10', ['Accept', 'Allow'], ['Pass'], ({ world }) => isolateEveryone(adminTierOnly(world))),
    },
  }),
  tierLaw({
    id: 'T11',
    law: 'W with Pass or Allow in place of a Deny, or Allow in place of a Pass ≥ W',
    precondition: 'the same peers and ports, none of them unknown; in the Admin tier, also where matches are open or priorities equal',
    relation: up,
    change: (draw) => {
      const [from, to] = choicesOf(draw, 'T11 from').chance(0.5)
        ? (['Deny', ['Pass', 'Accept']] as const)
        : (['Pass', ['Accept']] as const);
      return withAction('T11', [from], to, ({ world }) => world)(draw);
    },
    foil: {
      wrong: 'Deny takes the place of a Pass or an Allow',
      change: withAction('T11', ['Pass', 'Allow', 'Accept'], ['Deny'], ({ world }) => world),
    },
  }),
  tierLaw({
    id: 'T12',
    law: 'rule with peers {p…} and ports {q…} = one rule for each p, or one for each q, side by side',
    precondition: 'the same action; no unknown peers; the profile has no order of its own for rules of equal priority (as `cilium`)',
    relation: equal,
    change: splitRule(true),
    foil: { wrong: 'one part comes before all other rules', change: splitRule(false) },
  }),
  tierLaw({
    id: 'T13',
    law: 'W with administrators’ policies that apply to no pod = W without, which is NetworkPolicy alone',
    precondition: 'at least one of them, none unreadable',
    relation: equal,
    change: noAdmin(true),
    foil: { wrong: 'they apply to pods', change: noAdmin(false) },
  }),
  tierLaw({
    id: 'T14',
    law: 'AdminNetworkPolicies and BaselineAdminNetworkPolicy of v1alpha1 = the same as ClusterNetworkPolicies of v1alpha2',
    precondition:
      'fields of both versions: a range of one port is a number, an empty one a port name that nobody has; the baseline comes after every other priority; names in the same order; all of them can be read',
    relation: equal,
    change: translated('Baseline'),
    foil: { wrong: 'the baseline comes into the Admin tier', change: translated('Admin') },
  }),
  checked({
    id: 'T15',
    law: 'an unknown port form makes the half unknown; an unknown peer in Accept = no such rule, in Deny or Pass = Deny of everything',
    precondition: '`unknownPeers: fail-closed`; the rule that closes, or the policy with the port, stands before all others',
    check: failsClosed('fail-closed'),
    foil: { wrong: 'the profile passes over unknown peers', check: failsClosed('ignored') },
  }),
];
