/**
 * Laws about the two halves of a verdict (N5, N31).
 */
import type { World } from '../../src/fuzz/world.ts';
import { DEFAULT_REASONS } from '../../src/tables/decisions.ts';
import { ALLOW, type Columns, DENY } from './lab.ts';
import { type AnyLaw, type Check, type Law, LawBroken } from './law.ts';
import { describe } from './relation.ts';
import { addPolicy, choicesOf, DIRECTIONS, type Direction, type Draw, draws, printDraw, renamed, typesOf, withTypes } from './worlds.ts';

const NOT_ISOLATED = DEFAULT_REASONS.indexOf('not-isolated');
const NOT_POLICED = DEFAULT_REASONS.indexOf('not-a-policed-pod');

/**
 * Half by half, from three tables: the world, the world with the policy, and the policy alone. Alone, a pod that it does not select is not isolated. A half that was not isolated
 * for want of any policy becomes exactly what the rules say; where an unreadable policy left it unknown it stays unknown or becomes allowed.
 */
function oldOrRules(everyHalf: boolean): Check<Draw> {
  return (draw, lab) => {
    const random = choicesOf(draw, 'N5');
    const added = renamed(random.pick(draw.spare), 'added');
    const alone = { ...draw.world, networkPolicies: [added], unreadable: [] };
    const { count, worlds, flow } = lab.observe([draw.world, addPolicy(draw.world, added), alone]);
    const [before, after, rules] = worlds as [Columns, Columns, Columns];
    if (count === 0) return false;
    for (let i = 0; i < count; i++) {
      for (const [half, by] of [
        ['egress', 'egressBy'],
        ['ingress', 'ingressBy'],
      ] as const) {
        const selected = everyHalf || (rules[by][i] !== NOT_ISOLATED && rules[by][i] !== NOT_POLICED);
        const old = before[by][i] === NOT_ISOLATED ? DENY : before[half][i]!;
        const expected = selected ? Math.max(old, rules[half][i]!) : before[half][i]!;
        if (after[half][i] !== expected) throw new LawBroken(`${half}: expected ${expected}; ${describe(worlds, i, flow(i))}`);
      }
    }
    return true;
  };
}

/** The world with the policies reduced to one direction. */
function onlyDirection(world: World, direction: Direction): World {
  const networkPolicies = world.networkPolicies.flatMap((policy) =>
    typesOf(policy).includes(direction) ? [withTypes(policy, [direction])] : [],
  );
  const unreadable = world.unreadable.flatMap((policy) =>
    (policy.directions ?? DIRECTIONS).includes(direction) ? [{ ...policy, directions: [direction] }] : [],
  );
  return { ...world, networkPolicies, unreadable };
}

/** The verdict kernel, against the halves of the decision kernel, and against worlds that have policies for one direction only. */
function conjunction(meet: (egress: number, ingress: number) => number): Check<Draw> {
  return ({ world }, lab) => {
    const { count, worlds, flow } = lab.observe([world, onlyDirection(world, 'egress'), onlyDirection(world, 'ingress')]);
    const [both, egressOnly, ingressOnly] = worlds as [Columns, Columns, Columns];
    if (count === 0) return false;
    for (let i = 0; i < count; i++) {
      if (both.verdict[i]! > ALLOW) continue;
      const sound =
        both.verdict[i] === meet(both.egress[i]!, both.ingress[i]!) &&
        both.egress[i] === egressOnly.verdict[i] &&
        both.ingress[i] === ingressOnly.verdict[i] &&
        (both.egressBy[i] !== NOT_POLICED || both.egress[i] === ALLOW) &&
        (both.ingressBy[i] !== NOT_POLICED || both.ingress[i] === ALLOW);
      if (!sound) throw new LawBroken(describe(worlds, i, flow(i)));
    }
    return true;
  };
}

const n5: Law<Draw> = {
  id: 'N5',
  law: 'half(W + p) = half(W) ∪ rules(p) where p selects and W isolates; rules(p) where W does not isolate; half(W) elsewhere',
  precondition:
    'none: p has the directions that it says or that the API gives it; an unreadable policy that may apply leaves unknown what no rule allows',
  instance: draws,
  check: oldOrRules(false),
  foil: { wrong: 'the policy is taken to select every pod', check: oldOrRules(true) },
  print: printDraw,
};

const n31: Law<Draw> = {
  id: 'N31',
  law: 'V(s, d) = E(s) ∧ I(d), with E from the egress policies alone and I from the ingress policies alone; an end that is no pod contributes true',
  precondition: 'none (unknown is between deny and allow)',
  instance: draws,
  check: conjunction(Math.min),
  foil: { wrong: 'one half is enough', check: conjunction(Math.max) },
  print: printDraw,
};

export const HALF_LAWS: readonly AnyLaw[] = [n5, n31];
