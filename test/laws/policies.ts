import type { Random } from '../../src/fuzz/random.ts';
import type { LabelSelector, LabelSelectorRequirement, NetworkPolicyObject } from '../../src/model/resource.ts';
import type { AnyLaw } from './law.ts';
import { down, equal, equalVerdicts, lawOfChange, type MakeChange, up } from './relation.ts';
import {
  addPolicy,
  choicesOf,
  DIRECTIONS,
  type Draw,
  NOBODY,
  namespaceOf,
  newPolicy,
  type Rule,
  renamed,
  require,
  ruleAt,
  rulesOfPolicy,
  type Site,
  sitesOf,
  somePorts,
  sparePeer,
  sparePort,
  typesOf,
  withPeers,
  withPolicy,
  withPorts,
  withRuleAt,
  withRules,
  withTypes,
} from './worlds.ts';

function spareRule(draw: Draw, id: string): Rule {
  const random = choicesOf(draw, `${id} rule`);
  return { peers: random.chance(0.2) ? undefined : [sparePeer(draw, random)], ports: somePorts(draw, random) };
}

/** A rule added to a policy. `fixed`: only where the directions of the policy stay what they are. */
function addRule(fixed: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N1');
    const direction = random.pick(DIRECTIONS);
    const index = random.below(draw.world.networkPolicies.length);
    const policy = draw.world.networkPolicies[index]!;
    const after = withRules(policy, direction, [...rulesOfPolicy(policy, direction), spareRule(draw, 'N1')]);
    if (fixed !== (typesOf(after).join() === typesOf(policy).join())) return undefined;
    return { before: draw.world, after: withPolicy(draw.world, index, [after]) };
  };
}

function siteWhere(draw: Draw, id: string, holds: (rule: Rule, site: Site) => boolean): Site | undefined {
  const sites = sitesOf(draw.world).filter((site) => holds(ruleAt(draw.world, site), site));
  return sites.length === 0 ? undefined : choicesOf(draw, `${id} site`).pick(sites);
}

/** A peer added to a rule whose list has at least one, or has none. */
function addPeer(toNone: boolean): MakeChange {
  return (draw) => {
    const site = siteWhere(draw, 'N2', ({ peers }) => ((peers ?? []).length === 0) === toNone);
    if (site === undefined) return undefined;
    const peers = [...(ruleAt(draw.world, site).peers ?? []), sparePeer(draw, choicesOf(draw, 'N2'))];
    return { before: draw.world, after: withPeers(draw.world, site, peers) };
  };
}

function addPort(toNone: boolean): MakeChange {
  return (draw) => {
    const site = siteWhere(draw, 'N3', ({ ports }) => ((ports ?? []).length === 0) === toNone);
    if (site === undefined) return undefined;
    const ports = [...(ruleAt(draw.world, site).ports ?? []), sparePort(draw, choicesOf(draw, 'N3'))];
    return { before: draw.world, after: withPorts(draw.world, site, ports) };
  };
}

/** A rule, a peer or a port taken away. */
const remove: MakeChange = (draw) => {
  const random = choicesOf(draw, 'N4');
  const what = random.pick(['rule', 'peer', 'port'] as const);
  const without = <T>(items: readonly T[]) => items.toSpliced(random.below(items.length), 1);
  if (what === 'rule') {
    const site = siteWhere(draw, 'N4', () => true);
    if (site === undefined) return undefined;
    const after = withRuleAt(draw.world, site, []);
    const fixed = typesOf(after.networkPolicies[site.policy]!).join() === typesOf(draw.world.networkPolicies[site.policy]!).join();
    return fixed ? { before: draw.world, after } : undefined;
  }
  const site = siteWhere(draw, 'N4', ({ peers, ports }) => ((what === 'peer' ? peers : ports) ?? []).length > 1);
  if (site === undefined) return undefined;
  const { peers, ports } = ruleAt(draw.world, site);
  const after = what === 'peer' ? withPeers(draw.world, site, without(peers ?? [])) : withPorts(draw.world, site, without(ports ?? []));
  return { before: draw.world, after };
};

const removeOnly: MakeChange = (draw) => {
  const site = siteWhere(draw, 'N4 foil', ({ peers }) => (peers ?? []).length === 1);
  return site === undefined ? undefined : { before: draw.world, after: withPeers(draw.world, site, []) };
};

/** A policy taken away that selects pods with the label that nobody has, or, for the foil, those without. */
function removePolicy(nobody: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N23');
    const policy = renamed(random.pick(draw.spare), 'removable');
    const spec = { ...policy.spec, podSelector: nobody ? require(policy.spec?.podSelector, NOBODY) : policy.spec?.podSelector };
    return { before: addPolicy(draw.world, { ...policy, spec }), after: draw.world };
  };
}

/** Default-deny for every pod of a namespace in both directions, whoever is isolated. */
const denyEveryone: MakeChange = (draw) => {
  const policy = choicesOf(draw, 'N37').pick(draw.world.networkPolicies);
  const added = withTypes(newPolicy(namespaceOf(policy), 'default-deny', { podSelector: {} }), DIRECTIONS);
  return { before: draw.world, after: addPolicy(draw.world, added) };
};

/** Two selectors, and one that selects what they select together. */
function twoSelectors({ world }: Draw, random: Random): readonly [LabelSelector, LabelSelector, LabelSelector] {
  const labels = world.pods.flatMap(({ metadata }) => Object.entries(metadata.labels ?? {}));
  const [key, value] = labels.length > 0 ? random.pick(labels) : ['app', 'web'];
  const values = [value ?? '', ...labels.filter((other) => other[0] === key).map((other) => other[1] ?? '')];
  const a = random.pick(values);
  const b = random.pick(values);
  const of = (operator: LabelSelectorRequirement['operator'], ...list: string[]): LabelSelector => ({
    matchExpressions: [{ key, operator, ...(list.length > 0 ? { values: list } : {}) }],
  });
  return random.pick([
    [of('In', a), of('In', b), of('In', a, b)],
    [of('NotIn', a), of('In', a), {}],
    [of('Exists'), of('DoesNotExist'), {}],
  ] as const);
}

/** Default-deny for the pods that one policy isolates, or that two isolate together, in some of the directions in which they do. */
const denyIsolated: MakeChange = (draw) => {
  const random = choicesOf(draw, 'N37');
  const index = random.below(draw.world.networkPolicies.length);
  const policy = draw.world.networkPolicies[index]!;
  const types = typesOf(policy);
  const directions = random.pick([types, types.slice(0, 1), types.slice(-1)]);
  const deny = (podSelector: LabelSelector | null | undefined) =>
    withTypes(newPolicy(namespaceOf(policy), 'default-deny', { podSelector }), directions);
  if (random.chance(0.3)) return { before: draw.world, after: addPolicy(draw.world, deny(policy.spec?.podSelector)) };
  const [one, other, both] = twoSelectors(draw, random);
  const twin = renamed({ ...policy, spec: random.pick(draw.spare).spec }, 'twin');
  const isolating = [selecting(policy, one), selecting(twin, other)].map((each) => withTypes(each, types));
  const before = withPolicy(draw.world, index, isolating);
  return { before, after: addPolicy(before, deny(both)) };
};

function selecting(policy: NetworkPolicyObject, podSelector: LabelSelector): NetworkPolicyObject {
  return { ...policy, spec: { ...policy.spec, podSelector } };
}

export const POLICY_LAWS: readonly AnyLaw[] = [
  lawOfChange({
    id: 'N1',
    law: 'W + rule ≥ W',
    precondition: 'the policy has the same directions before and after: its types are written, or the rule is not its first egress rule',
    relation: up,
    change: addRule(true),
    foil: { wrong: 'the rule is the first egress rule of a policy without policyTypes', change: addRule(false) },
  }),
  lawOfChange({
    id: 'N2',
    law: 'rule with peers P ∪ {p} ≥ rule with peers P',
    precondition: 'P is not empty (an empty list is every peer)',
    relation: up,
    change: addPeer(false),
    foil: { wrong: 'P is empty', change: addPeer(true) },
  }),
  lawOfChange({
    id: 'N3',
    law: 'rule with ports Q ∪ {q} ≥ rule with ports Q',
    precondition: 'Q is not empty (an empty list is every port of every protocol)',
    relation: up,
    change: addPort(false),
    foil: { wrong: 'Q is empty', change: addPort(true) },
  }),
  lawOfChange({
    id: 'N4',
    law: 'W − rule, W − peer, W − port ≤ W',
    precondition:
      'the list of peers or ports keeps an item; a rule: the policy keeps its directions (its types are written, or it is not the last egress rule)',
    relation: down,
    change: remove,
    foil: { wrong: 'the only peer of a rule is removed', change: removeOnly },
  }),
  lawOfChange({
    id: 'N7',
    law: 'W + copy of p under a new name = W',
    precondition: 'the copy is in the same namespace',
    relation: equal,
    change: ({ world, ...draw }) => {
      const policy = choicesOf({ world, ...draw }, 'N7').pick(world.networkPolicies);
      return { before: world, after: addPolicy(world, renamed(policy, 'copy')) };
    },
    foil: {
      wrong: 'the copy is in another namespace',
      change: ({ world, ...draw }) => {
        const policy = choicesOf({ world, ...draw }, 'N7').pick(world.networkPolicies);
        const namespace = namespaceOf(policy) === 'a' ? 'b' : 'a';
        return { before: world, after: addPolicy(world, { ...policy, metadata: { name: 'copy', namespace } }) };
      },
    },
  }),
  lawOfChange({
    id: 'N23',
    law: 'W − p = W',
    precondition: 'p selects no pod',
    relation: equal,
    change: removePolicy(true),
    foil: { wrong: 'the policy selects pods', change: removePolicy(false) },
  }),
  lawOfChange({
    id: 'N37',
    law: 'W + default-deny = W',
    precondition: 'every pod that it selects is isolated in its directions by a policy that can be read, not all by the same one',
    relation: equalVerdicts,
    change: denyIsolated,
    foil: { wrong: 'it selects every pod of the namespace in both directions', change: denyEveryone },
  }),
];
