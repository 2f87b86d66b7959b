/**
 * What laws are drawn from: a small world, policies and pods to add to it, a seed for choices; and the edits that laws make to worlds. An edit never changes its world.
 */
import fc from 'fast-check';
import { type Block, ipBlock } from '../../src/fuzz/addresses.ts';
import { clusterObjects } from '../../src/fuzz/cluster.ts';
import { labelSelector } from '../../src/fuzz/labels.ts';
import { printObjects } from '../../src/fuzz/manifests.ts';
import { networkPolicies } from '../../src/fuzz/policies.ts';
import { createRandom, type Random } from '../../src/fuzz/random.ts';
import { type ClusterSettings, PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { UNREADABLE } from '../../src/model/origin.ts';
import type {
  LabelSelector,
  LabelSelectorRequirement,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  PodObject,
} from '../../src/model/resource.ts';

/** Small worlds: laws are about every flow of a world, and most of them compile two. */
export const SMALL: ClusterSettings = {
  ...PRESETS.mixed,
  maxPods: 5,
  maxPolicies: 3,
  // Laws of tiers have worlds of their own.
  weights: { ...PRESETS.mixed.weights, unreadable: 0.7, adminPolicies: 0 },
};

export interface Draw {
  /** Under a profile that enforces policies, and reads blocks and names of ports, as the specification has it (`LAWFUL`). What cannot be read is of a known kind. */
  readonly world: World;
  /** Policies, pods, a block and a selector that are not part of the world. */
  readonly spare: readonly NetworkPolicyObject[];
  readonly sparePods: readonly PodObject[];
  readonly block: Block;
  readonly selector: LabelSelector;
  /** For the choices that a law makes. */
  readonly seed: number;
}

/** Draws of these worlds, which are about the settings `SMALL`. */
export function drawsOf(worlds: fc.Arbitrary<World>): fc.Arbitrary<Draw> {
  return fc
    .record({
      world: worlds,
      spare: networkPolicies({ ...SMALL, maxPolicies: 2 }),
      sparePods: clusterObjects({ ...SMALL, maxPods: 4 }).map(({ pods }) => pods),
      block: ipBlock(SMALL),
      selector: labelSelector(SMALL),
      seed: fc.noShrink(fc.nat()),
    })
    .map((draw) => ({ ...draw, world: ofKnownKind(withProfile(draw.world, {})) }));
}

export const draws: fc.Arbitrary<Draw> = drawsOf(world(SMALL));

/**
 * The switches under which laws hold: a data plane in which one peer or port of a rule changes what another means, or a CIDR or a name makes or breaks a whole policy, obeys other laws.
 */
const LAWFUL = {
  enforced: true,
  hostBits: 'mask',
  exceptScope: 'block',
  ipv6Everything: 'all',
  namedPorts: 'resolved',
} as const satisfies Partial<World['profile']>;

/** What cannot be read and may be any policy stands before all others, and leaves nothing to say about them: here it is a NetworkPolicy. */
function ofKnownKind(given: World): World {
  return { ...given, unreadable: given.unreadable.map((each) => (each.kind === UNREADABLE ? { ...each, kind: 'NetworkPolicy' } : each)) };
}

/** A world under other switches of its profile. */
export function withProfile(given: World, switches: Partial<World['profile']>): World {
  const profile = { ...given.profile, ...LAWFUL, ...switches };
  const changed = Object.entries(profile).some(([key, value]) => given.profile[key as keyof World['profile']] !== value);
  return { ...given, profile: changed ? { ...profile, name: 'random' } : given.profile };
}

export function printDraw({ world: given, seed, block, selector }: Draw): string {
  return `profile: ${JSON.stringify(given.profile)}\ndomain names: ${JSON.stringify(given.domainNames)}\nchoices: seed ${seed}, block ${JSON.stringify(block)}, selector ${JSON.stringify(selector)}\n${printObjects(given)}`;
}

/** Choices of one law about one draw: the same whenever they are asked for. */
export function choicesOf({ seed }: Draw, law: string): Random {
  let hash = seed;
  for (let i = 0; i < law.length; i++) hash = Math.imul(hash ^ law.charCodeAt(i), 0x01000193) >>> 0;
  return createRandom(hash);
}

// Rules, whichever direction.

export type Direction = 'ingress' | 'egress';
export interface Site {
  readonly policy: number;
  readonly direction: Direction;
  readonly rule: number;
}
export interface Rule {
  readonly peers: readonly NetworkPolicyPeer[] | null | undefined;
  readonly ports: readonly NetworkPolicyPort[] | null | undefined;
}

const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const;
export const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

export function rulesOfPolicy(policy: NetworkPolicyObject, direction: Direction): Rule[] {
  if (direction === 'ingress') return (policy.spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }));
  return (policy.spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
}

export function sitesOf(given: World): Site[] {
  return given.networkPolicies.flatMap((policy, index) =>
    DIRECTIONS.flatMap((direction) => rulesOfPolicy(policy, direction).map((_, rule) => ({ policy: index, direction, rule }))),
  );
}

export function ruleAt(given: World, { policy, direction, rule }: Site): Rule {
  return rulesOfPolicy(given.networkPolicies[policy]!, direction)[rule]!;
}

/** The policy with other rules in a direction. */
export function withRules(policy: NetworkPolicyObject, direction: Direction, rules: readonly Rule[]): NetworkPolicyObject {
  const key = direction === 'ingress' ? 'from' : 'to';
  const list = rules.map(({ peers, ports }) => ({
    ...(peers === undefined ? {} : { [key]: peers }),
    ...(ports === undefined ? {} : { ports }),
  }));
  return { ...policy, spec: { ...policy.spec, [direction]: list } };
}

export function withPolicy(given: World, index: number, policies: readonly NetworkPolicyObject[]): World {
  return { ...given, networkPolicies: given.networkPolicies.flatMap((policy, i) => (i === index ? policies : [policy])) };
}

/** The world with other rules in place of one. */
export function withRuleAt(given: World, site: Site, rules: readonly Rule[]): World {
  const policy = given.networkPolicies[site.policy]!;
  const list = rulesOfPolicy(policy, site.direction).flatMap((rule, i) => (i === site.rule ? rules : [rule]));
  return withPolicy(given, site.policy, [withRules(policy, site.direction, list)]);
}

export function withPeers(given: World, site: Site, peers: Rule['peers']): World {
  return withRuleAt(given, site, [{ ...ruleAt(given, site), peers }]);
}

export function withPorts(given: World, site: Site, ports: Rule['ports']): World {
  return withRuleAt(given, site, [{ ...ruleAt(given, site), ports }]);
}

/** The directions that a policy has, as the API defaults them. */
export function typesOf({ spec }: NetworkPolicyObject): Direction[] {
  const written = spec?.policyTypes ?? [];
  if (written.length > 0) return DIRECTIONS.filter((direction) => written.includes(TYPES[direction]));
  return (spec?.egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

export function withTypes(policy: NetworkPolicyObject, directions: readonly Direction[]): NetworkPolicyObject {
  return { ...policy, spec: { ...policy.spec, policyTypes: directions.map((direction) => TYPES[direction]) } };
}

/** Does adding or removing rules of the direction leave the directions of the policy as they are? */
export function typesAreFixed(policy: NetworkPolicyObject): boolean {
  return (policy.spec?.policyTypes ?? []).length > 0;
}

export function namespaceOf({ metadata }: { readonly metadata: { readonly namespace?: string | null | undefined } }): string {
  return metadata.namespace || 'default';
}

export function podName(pod: PodObject): string {
  return `${namespaceOf(pod)}/${pod.metadata.name}`;
}

export function isLive({ status }: PodObject): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

export function renamed<T extends { readonly metadata: { readonly name: string } }>(object: T, name: string): T {
  return { ...object, metadata: { ...object.metadata, name } };
}

// Things to add.

function sparePeers({ spare }: Draw): NetworkPolicyPeer[] {
  return spare.flatMap((policy) => DIRECTIONS.flatMap((direction) => rulesOfPolicy(policy, direction).flatMap(({ peers }) => peers ?? [])));
}

function sparePorts({ spare }: Draw): NetworkPolicyPort[] {
  return spare.flatMap((policy) => DIRECTIONS.flatMap((direction) => rulesOfPolicy(policy, direction).flatMap(({ ports }) => ports ?? [])));
}

export function sparePeer(draw: Draw, random: Random): NetworkPolicyPeer {
  const peers = sparePeers(draw);
  return peers.length > 0 ? random.pick(peers) : { podSelector: draw.selector };
}

export function sparePort(draw: Draw, random: Random): NetworkPolicyPort {
  const ports = sparePorts(draw);
  return ports.length > 0 ? random.pick(ports) : { port: 80 };
}

/** Ports of a rule that is added: none, or some. */
export function somePorts(draw: Draw, random: Random): Rule['ports'] {
  return random.chance(0.6) ? undefined : [sparePort(draw, random)];
}

/**
 * The world with a rule added to one of its policies, which then has that direction by name. Half of the time it is the only rule of that direction, so that
 * nothing else hides what it says.
 */
export function plant(given: World, random: Random, rule: Rule, direction = random.pick(DIRECTIONS)): { world: World; site: Site } {
  const policy = random.below(given.networkPolicies.length);
  const chosen = given.networkPolicies[policy]!;
  const others = random.chance(0.5) ? [] : rulesOfPolicy(chosen, direction);
  const types = DIRECTIONS.filter((each) => each === direction || typesOf(chosen).includes(each));
  const planted = withTypes(withRules(chosen, direction, [...others, rule]), types);
  return { world: withPolicy(given, policy, [planted]), site: { policy, direction, rule: others.length } };
}

/** No generated pod or namespace has this label. */
export const NOBODY: LabelSelectorRequirement = { key: 'nobody-has-this', operator: 'Exists' };

export function require(selector: LabelSelector | null | undefined, ...requirements: readonly LabelSelectorRequirement[]): LabelSelector {
  return { ...selector, matchExpressions: [...(selector?.matchExpressions ?? []), ...requirements] };
}

export function withPolicies(given: World, networkPolicies: readonly NetworkPolicyObject[]): World {
  return { ...given, networkPolicies };
}

export function addPolicy(given: World, policy: NetworkPolicyObject): World {
  return withPolicies(given, [...given.networkPolicies, policy]);
}

export function newPolicy(namespace: string, name: string, spec: NetworkPolicySpec): NetworkPolicyObject {
  return { kind: 'NetworkPolicy', metadata: { namespace, name }, spec };
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [list[i], list[other]] = [list[other]!, list[i]!];
  }
  return list;
}
