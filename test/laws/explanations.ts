/**
 * X7: an explanation holds. What it cites is enough for the verdict, and without what it cites the half comes out otherwise or cites the rest.
 */
import { isDeepStrictEqual } from 'node:util';
import type { World } from '../../src/fuzz/world.ts';
import type { Decision, DirectionDecision, RuleReason } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { ObjectRef } from '../../src/model/origin.ts';
import type { NetworkPolicyObject, UnreadablePolicy } from '../../src/model/resource.ts';
import { familyOfEnd, nameOf } from './lab.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { askerOf } from './whole.ts';
import {
  choicesOf,
  DIRECTIONS,
  type Direction,
  type Draw,
  draws,
  namespaceOf,
  printDraw,
  rulesOfPolicy,
  typesOf,
  withRules,
  withTypes,
} from './worlds.ts';

type Half = Pick<DirectionDecision, 'verdict' | 'isolatedBy' | 'reasons'>;

function cites(reference: ObjectRef, policy: NetworkPolicyObject): boolean {
  return reference.kind === 'NetworkPolicy' && reference.namespace === namespaceOf(policy) && reference.name === policy.metadata.name;
}

function citesUnreadable(reason: RuleReason, policy: UnreadablePolicy): boolean {
  const { kind, namespace, name } = reason.policy;
  return reason.action === 'unknown' && kind === policy.kind && namespace === policy.namespace && name === (policy.name ?? '(unreadable)');
}

/** Of each policy: the rules that are cited, with the peers and ports that are cited, in the directions in which it is cited as isolating or as allowing. */
function onlyCited(world: World, decision: Decision, forgetting: boolean): World {
  const keep = (policy: NetworkPolicyObject): NetworkPolicyObject[] => {
    const types = DIRECTIONS.filter((direction) => decision[direction].isolatedBy.some((each) => cites(each, policy)));
    if (types.length === 0) return [];
    const kept = DIRECTIONS.reduce((each, direction) => {
      const reasons = forgetting ? [] : decision[direction].reasons.filter((reason) => cites(reason.policy, policy));
      const rules = rulesOfPolicy(policy, direction).flatMap((rule, index) => {
        const cited = reasons.filter((reason) => reason.rule === index);
        return cited.map(({ peer, port }) => ({
          peers: peer === null ? [] : [rule.peers![peer]!],
          ports: port === null ? [] : [rule.ports![port]!],
        }));
      });
      return withRules(each, direction, rules);
    }, policy);
    return [withTypes(kept, types)];
  };
  const reasons = [...decision.egress.reasons, ...decision.ingress.reasons];
  return {
    ...world,
    networkPolicies: world.networkPolicies.flatMap(keep),
    unreadable: world.unreadable.filter((policy) => reasons.some((reason) => citesUnreadable(reason, policy))),
  };
}

/** The world without one rule; the policy keeps its directions. */
function withoutRule(world: World, direction: Direction, { policy: cited, rule }: RuleReason): World {
  return {
    ...world,
    networkPolicies: world.networkPolicies.map((policy) =>
      cites(cited, policy)
        ? withRules(
            withTypes(policy, typesOf(policy)),
            direction,
            rulesOfPolicy(policy, direction).filter((_, index) => index !== rule),
          )
        : policy,
    ),
  };
}

/** Defaults that decide before any policy does. */
const BY_COMPARISON: readonly (string | null)[] = ['pod-to-itself', 'own-node'];

/** The world without these policies, and without those that cannot be read. */
function withoutPolicies(world: World, gone: readonly ObjectRef[]): World {
  const networkPolicies = world.networkPolicies.filter((policy) => !gone.some((each) => cites(each, policy)));
  return { ...world, networkPolicies, unreadable: [] };
}

/** Reasons without their places, which move with the rules. */
function placeless(reasons: readonly RuleReason[]): object[] {
  return reasons.map(({ origin: _, ...reason }) => reason);
}

/** What is cited once a rule is gone: the others, with the later rules of that policy one further up. */
function withoutReason(reasons: readonly RuleReason[], gone: RuleReason): RuleReason[] {
  const same = (each: RuleReason) => isDeepStrictEqual(each.policy, gone.policy);
  return reasons
    .filter((each) => !(same(each) && each.rule === gone.rule))
    .map((each) => (same(each) && each.rule > gone.rule ? { ...each, rule: each.rule - 1 } : each));
}

function holdsFor(
  canReachIn: (world: World) => (query: FlowQuery) => Decision,
  world: World,
  query: FlowQuery,
  draw: Draw,
  wrong: boolean,
): boolean {
  const random = choicesOf(draw, JSON.stringify(query));
  const decision = canReachIn(world)(query);
  if (decision.unknown !== undefined) return false;
  const fail = (what: string, got: unknown) => {
    throw new LawBroken(`${what} for ${JSON.stringify(query)}\nwas: ${JSON.stringify(decision)}\nis: ${JSON.stringify(got)}`);
  };
  const kept = canReachIn(onlyCited(world, decision, wrong))(query);
  for (const half of DIRECTIONS) {
    const same = kept[half].verdict === decision[half].verdict && isDeepStrictEqual(kept[half].isolatedBy, decision[half].isolatedBy);
    if (!same) fail(`the cited policies do not say the same about ${half}`, kept);
  }
  const isolated = DIRECTIONS.filter((each) => decision[each].isolatedBy.length > 0);
  if (isolated.length > 0) {
    const half = random.pick(isolated);
    const { isolatedBy } = decision[half];
    const all = canReachIn(withoutPolicies(world, isolatedBy))(query)[half];
    if (all.isolated || all.isolatedBy.length > 0 || all.reasons.length > 0 || all.verdict !== 'allow')
      fail(`without the policies that isolate ${half} it is not open`, all);
    if (all.default !== (BY_COMPARISON.find((each) => each === decision[half].default) ?? 'not-isolated'))
      fail(`without the policies that isolate ${half} something else decides`, all);
    const [first, ...others] = isolatedBy;
    const fewer = others.length === 0 ? all : canReachIn(withoutPolicies(world, [first!]))(query)[half];
    if (!isDeepStrictEqual(fewer.isolatedBy, others)) fail(`without one policy that isolates ${half} the others do not`, fewer);
  }
  const allowed = DIRECTIONS.filter((half) => decision[half].verdict === 'allow' && decision[half].reasons.length > 0);
  if (allowed.length === 0) return true;
  const half = random.pick(allowed);
  const gone = random.pick(decision[half].reasons);
  const rest = withoutReason(decision[half].reasons, gone);
  const got: Half = canReachIn(withoutRule(world, half, gone))(query)[half];
  if (rest.length > 0) {
    if (got.verdict !== 'allow' || !isDeepStrictEqual(placeless(got.reasons), placeless(rest)))
      fail('the other cited rules are not what remains', got);
  } else if (got.verdict === 'allow') {
    fail('without the only cited rule the half still allows', got);
  }
  return true;
}

function explanationHolds(wrong: boolean): Check<Draw> {
  return (draw, lab) => {
    const { world } = draw;
    const random = choicesOf(draw, 'X7');
    const { count, flow } = lab.observe([world]);
    let met = false;
    const canReachIn = (given: World) => askerOf(lab, given);
    for (let i = 0; i < 2 && count > 0; i++) {
      const { from, to, protocol, port } = flow(random.below(count));
      const family = familyOfEnd(from) || familyOfEnd(to);
      const query = { from: nameOf(from), to: nameOf(to), protocol, port, ...(family === 0 ? {} : { family }) };
      met = holdsFor(canReachIn, world, query, draw, wrong) || met;
    }
    return met;
  };
}

export const EXPLANATION_LAWS: readonly AnyLaw[] = [
  {
    id: 'X7',
    law: 'half(cited peers and ports of the cited rules, and isolatedBy) = half(W); half(W − cited rule) cites the other rules, or does not allow; half(W − isolatedBy) is not isolated, without one of them by the others',
    precondition:
      'flows between single ends; policies keep the directions in which they are cited; a half without cited rules has none to remove, one that is not isolated no policies; policies that cannot be read isolate nobody and go with isolatedBy',
    instance: draws,
    check: explanationHolds(false),
    foil: { wrong: 'the cited rules are left out of what is kept', check: explanationHolds(true) },
    print: printDraw,
  },
];
