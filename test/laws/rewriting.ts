/**
 * Laws about writing the same policies in another way: reordering, splitting, expanding, merging (N6, N8 to N11).
 */
import type { World } from '../../src/fuzz/world.ts';
import type { LabelSelector, NetworkPolicyObject } from '../../src/model/resource.ts';
import type { AnyLaw } from './law.ts';
import { equal, lawOfChange, type MakeChange } from './relation.ts';
import {
  choicesOf,
  DIRECTIONS,
  type Direction,
  type Draw,
  plant,
  renamed,
  rulesOfPolicy,
  shuffled,
  sparePeer,
  sparePort,
  typesAreFixed,
  typesOf,
  withPolicy,
  withRuleAt,
  withRules,
  withTypes,
} from './worlds.ts';

interface Selecting {
  readonly podSelector?: LabelSelector | null | undefined;
  readonly namespaceSelector?: LabelSelector | null | undefined;
}

/** Order of documents and files is the order of objects once they are read. Containers are not permuted: their order is part of the profile `first`. */
export function permuted(draw: Draw, losing: boolean): World {
  const random = choicesOf(draw, 'N6');
  const list = <T>(items: readonly T[] | null | undefined) => (items ? shuffled(losing ? items.slice(1) : items, random) : items);
  const keys = <T>(record: T): T =>
    record && typeof record === 'object' ? (Object.fromEntries(shuffled(Object.entries(record), random)) as T) : record;
  const move = <T>(items: readonly T[] | null | undefined) => (items ? shuffled(items, random) : items);
  const selector = <T extends LabelSelector | null | undefined>(each: T): T =>
    each &&
    (keys({
      ...each,
      ...('matchLabels' in each ? { matchLabels: keys(each.matchLabels) } : {}),
      ...('matchExpressions' in each
        ? {
            matchExpressions: move(
              each.matchExpressions?.map((item) => keys('values' in item ? { ...item, values: move(item.values) } : item)) ??
                each.matchExpressions,
            ),
          }
        : {}),
    }) as T);
  const selectors = <T extends Selecting>(each: T): T => ({
    ...each,
    ...('podSelector' in each ? { podSelector: selector(each.podSelector) } : {}),
    ...('namespaceSelector' in each ? { namespaceSelector: selector(each.namespaceSelector) } : {}),
  });
  const labelled = <T extends { readonly metadata: { readonly labels?: unknown } }>(object: T): T =>
    keys({
      ...object,
      metadata: keys({ ...object.metadata, ...('labels' in object.metadata ? { labels: keys(object.metadata.labels) } : {}) }),
    });
  const { world } = draw;
  const policies = world.networkPolicies.map((policy) => {
    const changed = DIRECTIONS.reduce<NetworkPolicyObject>((each, direction) => {
      if (!each.spec?.[direction]) return each;
      const rules = rulesOfPolicy(each, direction).map(({ peers, ports }) => ({
        peers: list(
          peers?.map(({ ipBlock, ...peer }) =>
            keys({
              ...selectors(peer),
              ...(ipBlock === undefined ? {} : { ipBlock: ipBlock && keys({ ...ipBlock, except: move(ipBlock.except) }) }),
            }),
          ),
        ),
        ports: list(ports?.map(keys)),
      }));
      return withRules(each, direction, shuffled(rules, random));
    }, policy);
    const spec = changed.spec?.policyTypes ? { ...changed.spec, policyTypes: shuffled(changed.spec.policyTypes, random) } : changed.spec;
    return labelled({ ...changed, ...(spec === undefined ? {} : { spec: spec && keys(selectors(spec)) }) });
  });
  return {
    ...world,
    namespaces: shuffled(world.namespaces.map(labelled), random),
    nodes: shuffled(world.nodes, random),
    pods: shuffled(world.pods.map(labelled), random),
    services: shuffled(world.services, random),
    networkPolicies: shuffled(policies, random),
    unreadable: shuffled(world.unreadable.map(selectors), random),
    unreadableEnds: shuffled(world.unreadableEnds, random),
  };
}

/** Parts of a policy, each with some of its rules. Directions are written out in every part, or in none. */
function split(explicit: boolean, parts: (policy: NetworkPolicyObject) => NetworkPolicyObject[]): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'split');
    const index = random.below(draw.world.networkPolicies.length);
    const policy = draw.world.networkPolicies[index]!;
    const whole = explicit || typesAreFixed(policy) ? withTypes(policy, typesOf(policy)) : policy;
    const list = parts(whole).map((part, i) => renamed(part, `part-${i}`));
    if (list.length === 0) return undefined;
    return { before: draw.world, after: withPolicy(draw.world, index, list) };
  };
}

function byRule(policy: NetworkPolicyObject): NetworkPolicyObject[] {
  return DIRECTIONS.flatMap((direction) =>
    rulesOfPolicy(policy, direction).map((rule) => {
      const { ingress: _, egress: __, ...rest } = policy.spec ?? {};
      return withRules({ ...policy, spec: rest }, direction, [rule]);
    }),
  );
}

/** One part for each of these directions, with that type alone. */
function byDirection(directionsOf: (policy: NetworkPolicyObject) => readonly Direction[]): MakeChange {
  return split(true, (policy) =>
    directionsOf(policy).map((direction) => {
      const { ingress: _, egress: __, ...rest } = policy.spec ?? {};
      return withTypes(withRules({ ...policy, spec: rest }, direction, rulesOfPolicy(policy, direction)), [direction]);
    }),
  );
}

/** One rule for each (peer, port); a list that is empty stays empty. */
function expand(all: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N10');
    const some = <T>(make: () => T) => Array.from({ length: random.below(4) }, make);
    const rule = { peers: some(() => sparePeer(draw, random)), ports: some(() => sparePort(draw, random)) };
    const { world: before, site } = plant(draw.world, random, rule);
    const peerLists = rule.peers.length === 0 ? [[]] : rule.peers.map((peer) => [peer]);
    const portLists = rule.ports.length === 0 ? [[]] : rule.ports.map((port) => [port]);
    const rules = peerLists.flatMap((peers, i) => portLists.flatMap((ports, j) => (all || i === j ? [{ peers, ports }] : [])));
    return { before, after: withRuleAt(before, site, rules) };
  };
}

/** Two policies for the same pods, and one with the rules of both. `sameTypes`: as written, explicit or left out. */
function merge(sameTypes: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N11');
    const index = random.below(draw.world.networkPolicies.length);
    const one = draw.world.networkPolicies[index]!;
    const { podSelector, policyTypes } = one.spec ?? {};
    const other = random.pick(draw.spare);
    const { podSelector: _, policyTypes: otherTypes, ...rest } = other.spec ?? {};
    const twin: NetworkPolicyObject = {
      ...other,
      metadata: { ...one.metadata, name: 'twin' },
      spec: { ...rest, podSelector, policyTypes: sameTypes ? policyTypes : otherTypes },
    };
    const joined = DIRECTIONS.reduce(
      (each, direction) => withRules(each, direction, [...rulesOfPolicy(one, direction), ...rulesOfPolicy(twin, direction)]),
      one,
    );
    // Where the types differ, the joined policy has them all: rules that one of the two ignored come alive.
    const after = sameTypes
      ? joined
      : withTypes(
          joined,
          DIRECTIONS.filter((each) => [one, twin].some((policy) => typesOf(policy).includes(each))),
        );
    return { before: withPolicy(draw.world, index, [one, twin]), after: withPolicy(draw.world, index, [after]) };
  };
}

export const REWRITING_LAWS: readonly AnyLaw[] = [
  lawOfChange({
    id: 'N6',
    law: 'W with policies, rules, peers, ports, excepts, requirements of selectors and their values, map keys, documents and files in any order = W',
    precondition:
      'something has another place than before; documents and files are objects in some order once they are read; containers of a pod keep theirs, which the profile switch `namedPortDuplicates: first` is about',
    relation: equal,
    change: (draw) => {
      const after = permuted(draw, false);
      return JSON.stringify(after) === JSON.stringify(draw.world) ? undefined : { before: draw.world, after };
    },
    foil: { wrong: 'the first item of each list gets lost', change: (draw) => ({ before: draw.world, after: permuted(draw, true) }) },
  }),
  lawOfChange({
    id: 'N8',
    law: 'p with rules r1 … rn = p1 with r1, …, pn with rn',
    precondition:
      'n ≥ 1; the same selector; types written out in every part, or left out in every part (then the parts with egress rules isolate egress as p did)',
    relation: equal,
    change: split(false, byRule),
    foil: { wrong: 'the last part gets lost', change: split(false, (policy) => byRule(policy).slice(0, -1)) },
  }),
  lawOfChange({
    id: 'N9',
    law: 'p = its ingress as one policy, its egress as another',
    precondition: 'one part for each direction that p has, with that type alone: rules of a direction that p does not have stay dead',
    relation: equal,
    change: byDirection(typesOf),
    foil: { wrong: 'there is a part for both directions whatever the policy has', change: byDirection(() => DIRECTIONS) },
  }),
  lawOfChange({
    id: 'N10',
    law: 'rule with peers {p…} and ports {q…} = one rule for each (p, q)',
    precondition: 'an empty list stays empty',
    relation: equal,
    change: expand(true),
    foil: { wrong: 'only the pairs (p1, q1), (p2, q2), … become rules', change: expand(false) },
  }),
  lawOfChange({
    id: 'N11',
    law: 'p1 + p2 = one policy with the rules of both',
    precondition: 'equal namespace and selector; types equal as written, or left out in both',
    relation: equal,
    change: merge(true),
    foil: { wrong: 'the types differ', change: merge(false) },
  }),
];
