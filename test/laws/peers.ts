/**
 * Laws about peers: address blocks (N12 to N14) and selectors (N24 to N28).
 */
import type { Block } from '../../src/fuzz/addresses.ts';
import type { Random } from '../../src/fuzz/random.ts';
import type { LabelSelector, LabelSelectorRequirement, NetworkPolicyPeer } from '../../src/model/resource.ts';
import { difference, halvesOf, isInside, lengthOf, rangeOf, WIDTH, withHostBits } from './blocks.ts';
import type { AnyLaw } from './law.ts';
import { type Change, equal, lawOfChange, type MakeChange } from './relation.ts';
import {
  addPolicy,
  choicesOf,
  type Draw,
  NOBODY,
  namespaceOf,
  plant,
  require,
  SMALL,
  somePorts,
  sparePeer,
  withPeers,
  withRuleAt,
} from './worlds.ts';

/** A rule with one list of peers before and another after. An empty list after takes the rule away: it must not become "every peer". */
function replacePeers(draw: Draw, random: Random, before: readonly NetworkPolicyPeer[], after: readonly NetworkPolicyPeer[]): Change {
  const others = random.chance(0.3) ? [sparePeer(draw, random)] : [];
  const planted = plant(draw.world, random, { peers: [...before, ...others], ports: somePorts(draw, random) });
  const peers = [...after, ...others];
  const changed = peers.length === 0 ? withRuleAt(planted.world, planted.site, []) : withPeers(planted.world, planted.site, peers);
  return { before: planted.world, after: changed };
}

const asPeer = (cidr: string, except: readonly string[]): NetworkPolicyPeer => ({
  ipBlock: except.length === 0 ? { cidr } : { cidr, except },
});

/** `keep`: which of the two halves stay. */
function halve(keep: (halves: NetworkPolicyPeer[]) => NetworkPolicyPeer[]): MakeChange {
  return (draw) => {
    const { cidr, except } = draw.block;
    if (lengthOf(cidr) >= WIDTH[rangeOf(cidr).family]) return undefined;
    const halves = halvesOf(cidr).flatMap((half) => {
      const inside = (except ?? []).filter((each) => isInside(each, half));
      return inside.some((each) => isInside(half, each)) ? [] : [asPeer(half, inside)];
    });
    return replacePeers(draw, choicesOf(draw, 'N12'), [{ ipBlock: draw.block }], keep(halves));
  };
}

/** Now and then the exceptions leave nothing. */
function exceptsOf({ block }: Draw, random: Random): readonly string[] {
  const canHalve = lengthOf(block.cidr) < WIDTH[rangeOf(block.cidr).family];
  if (canHalve && random.chance(0.1)) return halvesOf(block.cidr);
  return block.except?.length || !canHalve ? (block.except ?? []) : [halvesOf(block.cidr)[random.below(2)]!];
}

function subtract(excepts: (all: readonly string[]) => readonly string[]): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N13');
    const except = exceptsOf(draw, random);
    if (except.length === 0) return undefined;
    const { cidr } = draw.block;
    const left = difference(cidr, excepts(except)).map((each) => asPeer(each, []));
    return replacePeers(draw, random, [asPeer(cidr, except)], left);
  };
}

/** The same block, with bits beyond its prefix length; `network`: with another network bit as well. */
function spellBlock(change: (cidr: string, random: Random) => string): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N14');
    const { cidr, except } = draw.block;
    const after: Block = { cidr: change(cidr, random), ...(except ? { except: except.map((each) => change(each, random)) } : {}) };
    if (after.cidr === cidr && after.except?.join() === except?.join()) return undefined;
    return replacePeers(draw, random, [{ ipBlock: draw.block }], [{ ipBlock: after }]);
  };
}

const bits = (random: Random) => (BigInt(random.below(2 ** 31)) << 90n) | BigInt(random.below(2 ** 31));

/** A peer that matches nobody: by a label, or a block of which nothing is left. */
function nobody({ block, selector }: Draw, random: Random): NetworkPolicyPeer {
  if (random.chance(0.4) && lengthOf(block.cidr) < WIDTH[rangeOf(block.cidr).family]) {
    return { ipBlock: { cidr: block.cidr, except: halvesOf(block.cidr) } };
  }
  const none = require(selector, NOBODY);
  return random.pick([{ podSelector: none }, { namespaceSelector: none }, { namespaceSelector: {}, podSelector: none }]);
}

function removeNobody(othersRemain: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N24');
    const removable = nobody(draw, random);
    const others = othersRemain ? [sparePeer(draw, random)] : [];
    const { world: before, site } = plant(draw.world, random, { peers: [removable, ...others], ports: somePorts(draw, random) });
    return { before, after: withPeers(before, site, others) };
  };
}

/** A selector where it can stand, and what it becomes when it is several: several peers, or several policies. */
function replaceSelector(
  draw: Draw,
  random: Random,
  before: LabelSelector,
  after: readonly LabelSelector[],
  places: readonly Place[],
): Change {
  const place = random.pick(places);
  if (place === 'policy') {
    const spare = random.pick(draw.spare);
    const policies = (selectors: readonly LabelSelector[]) =>
      selectors.map((podSelector, i) => ({
        ...spare,
        metadata: { ...spare.metadata, name: `by-${i}` },
        spec: { ...spare.spec, podSelector },
      }));
    const add = (selectors: readonly LabelSelector[]) => policies(selectors).reduce(addPolicy, draw.world);
    return { before: add([before]), after: add(after) };
  }
  const peerOf = (selector: LabelSelector): NetworkPolicyPeer => {
    if (place === 'pods') return { podSelector: selector };
    return place === 'namespaces' ? { namespaceSelector: selector } : { namespaceSelector: {}, podSelector: selector };
  };
  return replacePeers(draw, random, [peerOf(before)], after.map(peerOf));
}

type Place = 'pods' | 'namespaces' | 'pods anywhere' | 'policy';
const PLACES: readonly Place[] = ['pods', 'namespaces', 'pods anywhere', 'policy'];

/** A selector that says nothing of the key, for a requirement about it to be added. */
function about(draw: Draw, random: Random): { key: string; base: LabelSelector } {
  const key = random.pick(SMALL.labelKeys);
  const { matchLabels, ...rest } = random.chance(0.5) ? {} : draw.selector;
  const others = Object.entries(matchLabels ?? {}).filter(([each]) => each !== key);
  return { key, base: others.length === 0 ? rest : { ...rest, matchLabels: Object.fromEntries(others) } };
}

const requirement = (key: string, operator: LabelSelectorRequirement['operator'], values?: readonly string[]): LabelSelectorRequirement =>
  values === undefined ? { key, operator } : { key, operator, values };

function listToAlternatives(wrong: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N25');
    const { key, base } = about(draw, random);
    const [a, b] = [random.pick(SMALL.labelValues), random.pick(SMALL.labelValues)];
    const single = random.chance(0.4);
    const label = { ...base, matchLabels: { ...base.matchLabels, [key]: a } };
    if (single) return replaceSelector(draw, random, label, [require(base, requirement(key, wrong ? 'NotIn' : 'In', [a]))], PLACES);
    const alternatives = [a, ...(wrong ? [] : [b])].map((value) => require(base, requirement(key, 'In', [value])));
    return replaceSelector(draw, random, require(base, requirement(key, 'In', [a, b])), alternatives, PLACES);
  };
}

function notIn(withMissing: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N26');
    const { key, base } = about(draw, random);
    const none = requirement(key, 'NotIn', [random.pick(SMALL.labelValues)]);
    const missing = require(base, requirement(key, 'DoesNotExist'));
    const other = require(base, requirement(key, 'Exists'), none);
    return replaceSelector(draw, random, require(base, none), withMissing ? [missing, other] : [other], PLACES);
  };
}

function exists(forget: number): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N27');
    const { key, base } = about(draw, random);
    const ofNamespaces = random.chance(0.3);
    const objects = ofNamespaces ? draw.world.namespaces : draw.world.pods;
    const seen = objects.flatMap(({ metadata }) =>
      Object.entries(metadata.labels ?? {}).flatMap(([each, value]) => (each === key ? [value ?? ''] : [])),
    );
    const values = [...new Set(seen)].slice(forget);
    if (values.length === 0) return undefined;
    const places = ofNamespaces ? (['namespaces'] as const) : (['pods', 'pods anywhere', 'policy'] as const);
    return replaceSelector(
      draw,
      random,
      require(base, requirement(key, 'Exists')),
      [require(base, requirement(key, 'In', values))],
      places,
    );
  };
}

function ownNamespace(other: boolean): MakeChange {
  return (draw) => {
    const random = choicesOf(draw, 'N28');
    const { world: before, site } = plant(draw.world, random, { peers: [{ podSelector: draw.selector }], ports: somePorts(draw, random) });
    const name = namespaceOf(before.networkPolicies[site.policy]!);
    const matchLabels = { 'kubernetes.io/metadata.name': other ? `not-${name}` : name };
    return { before, after: withPeers(before, site, [{ podSelector: draw.selector, namespaceSelector: { matchLabels } }]) };
  };
}

export const PEER_LAWS: readonly AnyLaw[] = [
  lawOfChange({
    id: 'N12',
    law: 'ipBlock c/p = its halves c0/(p + 1), c1/(p + 1)',
    precondition:
      'p < 32 (128); each except goes to the half that holds it; a half that an except covers goes; if both go, the peer goes, and if it was the only one, the rule',
    relation: equal,
    change: halve((halves) => halves),
    foil: { wrong: 'one half gets lost', change: halve((halves) => halves.slice(1)) },
  }),
  lawOfChange({
    id: 'N13',
    law: 'ipBlock c without excepts e… = the blocks of c ∖ ⋃e',
    precondition: 'there is an except; if nothing is left the peer goes only if another remains, else the rule goes',
    relation: equal,
    change: subtract((all) => all),
    foil: { wrong: 'the last except is forgotten', change: subtract((all) => all.slice(0, -1)) },
  }),
  lawOfChange({
    id: 'N14',
    law: 'ipBlock c/p = ipBlock c′/p where c and c′ agree in their first p bits (excepts too)',
    precondition:
      'the profile masks host bits (`hostBits: mask`; with `reject` the policy is unreadable); some CIDR has bits beyond its prefix length',
    relation: equal,
    change: spellBlock((cidr, random) => withHostBits(cidr, bits(random))),
    foil: {
      wrong: 'the last network bit differs too',
      change: spellBlock((cidr) => {
        const { family, first, last } = rangeOf(cidr);
        if (lengthOf(cidr) === 0) return cidr;
        const neighbour = halvesOf(withHostBits(`${cidr.slice(0, cidr.indexOf('/'))}/${lengthOf(cidr) - 1}`, 0n));
        return (
          neighbour.find((each) => rangeOf(each).family === family && rangeOf(each).first !== first && rangeOf(each).last !== last) ?? cidr
        );
      }),
    },
  }),
  lawOfChange({
    id: 'N24',
    law: 'peers P ∪ {nobody} = peers P',
    precondition: 'P is not empty; nobody: a selector that no pod or namespace fits, or a block of which excepts leave nothing',
    relation: equal,
    change: removeNobody(true),
    foil: { wrong: 'it was the only peer', change: removeNobody(false) },
  }),
  lawOfChange({
    id: 'N25',
    law: '{k: v} = In(k, {v}); In(k, {a, b}) = In(k, {a}) ∪ In(k, {b})',
    precondition: 'as a peer: two peers; as the selector of a policy: two policies; the key is in no other matchLabels of the selector',
    relation: equal,
    change: listToAlternatives(false),
    foil: { wrong: 'b is forgotten, or In is NotIn', change: listToAlternatives(true) },
  }),
  lawOfChange({
    id: 'N26',
    law: 'NotIn(k, {a}) = DoesNotExist(k) ∪ (Exists(k) ∧ NotIn(k, {a}))',
    precondition: 'as a peer: two peers; as the selector of a policy: two policies',
    relation: equal,
    change: notIn(true),
    foil: { wrong: 'objects without the key are forgotten', change: notIn(false) },
  }),
  lawOfChange({
    id: 'N27',
    law: 'Exists(k) = In(k, every value of k in the cluster)',
    precondition:
      'some pod (namespace, for a namespaceSelector) has the key: In of no value is no selector; every pod and namespace is known',
    relation: equal,
    change: exists(0),
    foil: { wrong: 'one value is forgotten', change: exists(1) },
  }),
  lawOfChange({
    id: 'N28',
    law: 'peer {podSelector: s} = peer {namespaceSelector: {kubernetes.io/metadata.name: namespace of the policy}, podSelector: s}',
    precondition: 'none: the label is always there, also on namespaces without an object',
    relation: equal,
    change: ownNamespace(false),
    foil: { wrong: 'it is the label of another namespace', change: ownNamespace(true) },
  }),
];
