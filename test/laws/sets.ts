/**
 * The set laws S, on every structure that holds sets: see `set-algebras.ts`.
 */
import fc from 'fast-check';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { ALGEBRAS, type Part, type SetAlgebra, watchHands } from './set-algebras.ts';

type Sets = readonly [readonly Part[], readonly Part[], readonly Part[]];
type Any = readonly unknown[];

const part: fc.Arbitrary<Part> = fc.record({ at: fc.nat({ max: 31 }), width: fc.nat({ max: 7 }) });
const parts = fc.array(part, { maxLength: 4 });
const sets: fc.Arbitrary<Sets> = fc.tuple(parts, parts, parts);

/** Of whichever algebra: does the law hold? */
type SetLaw = (algebra: SetAlgebra, a: Any, b: Any, c: Any) => boolean;

function lawOfSets(
  id: string,
  law: string,
  precondition: string,
  holds: SetLaw,
  foil: { readonly wrong: string; readonly holds: SetLaw },
): AnyLaw {
  /** `enough` structures must break the law: one is a counterexample, and a foil must be noticed on every one. */
  const checkOf = (test: SetLaw, enough: number): Check<Sets> => {
    return (instance) => {
      const broken = ALGEBRAS.flatMap((algebra) => {
        const [a, b, c] = instance.map((each) => algebra.make(each)) as [Any, Any, Any];
        if (test(algebra, a, b, c)) return [];
        return [`${algebra.name}: A ${algebra.key(a)}, B ${algebra.key(b)}, C ${algebra.key(c)}`];
      });
      if (broken.length >= enough) throw new LawBroken(broken.join('\n'));
      return true;
    };
  };
  return {
    id,
    law,
    precondition,
    instance: sets,
    check: checkOf(holds, 1),
    foil: { wrong: foil.wrong, check: checkOf(foil.holds, ALGEBRAS.length) },
    print: (instance) => JSON.stringify(instance),
    engineOnly: true,
  };
}

const same = ({ key }: SetAlgebra, a: Any, b: Any) => key(a) === key(b);
const EVERYWHERE =
  'every instance on IPv4 and on IPv6 blocks with /0, /32 and /128, ports with 1 and 65535, selections by label, allow bits of rows over two pages';

/** Nothing that the engine gets or gave away is changed by it, in any operation, and none of the operands. `meddle`: with the lists that were handed over. */
function operandsStay(s: SetAlgebra, a: Any, b: Any, meddle: (lists: readonly unknown[][]) => void): boolean {
  const before = JSON.stringify([a, b]);
  return (
    [s.union, s.intersect, s.minus, s.key].every((operate) => {
      const { lists, stayed } = watchHands(() => operate(a, b));
      meddle(lists);
      return stayed();
    }) && JSON.stringify([a, b]) === before
  );
}

export const SET_LAWS: readonly AnyLaw[] = [
  lawOfSets(
    'S1',
    'A ∪ B = B ∪ A, A ∩ B = B ∩ A',
    EVERYWHERE,
    (s, a, b) => same(s, s.union(a, b), s.union(b, a)) && same(s, s.intersect(a, b), s.intersect(b, a)),
    { wrong: 'it is said of the difference', holds: (s, a, b) => same(s, s.minus(a, b), s.minus(b, a)) },
  ),
  lawOfSets(
    'S2',
    '(A ∪ B) ∪ C = A ∪ (B ∪ C), (A ∩ B) ∩ C = A ∩ (B ∩ C)',
    'as S1',
    (s, a, b, c) =>
      same(s, s.union(s.union(a, b), c), s.union(a, s.union(b, c))) &&
      same(s, s.intersect(s.intersect(a, b), c), s.intersect(a, s.intersect(b, c))),
    { wrong: 'it is said of the difference', holds: (s, a, b, c) => same(s, s.minus(s.minus(a, b), c), s.minus(a, s.minus(b, c))) },
  ),
  lawOfSets(
    'S3',
    'A ∩ (B ∪ C) = (A ∩ B) ∪ (A ∩ C), A ∪ (B ∩ C) = (A ∪ B) ∩ (A ∪ C)',
    'as S1',
    (s, a, b, c) =>
      same(s, s.intersect(a, s.union(b, c)), s.union(s.intersect(a, b), s.intersect(a, c))) &&
      same(s, s.union(a, s.intersect(b, c)), s.intersect(s.union(a, b), s.union(a, c))),
    { wrong: 'A is left out on one side', holds: (s, a, b, c) => same(s, s.intersect(a, s.union(b, c)), s.union(s.intersect(a, b), c)) },
  ),
  lawOfSets(
    'S4',
    '¬(A ∪ B) = ¬A ∩ ¬B, ¬(A ∩ B) = ¬A ∪ ¬B',
    'as S1; ¬A is the difference from everything',
    (s, a, b) => {
      const not = (set: Any) => s.minus(s.universe, set);
      return same(s, not(s.union(a, b)), s.intersect(not(a), not(b))) && same(s, not(s.intersect(a, b)), s.union(not(a), not(b)));
    },
    {
      wrong: 'union and intersection are exchanged',
      holds: (s, a, b) => same(s, s.minus(s.universe, s.union(a, b)), s.union(s.minus(s.universe, a), s.minus(s.universe, b))),
    },
  ),
  lawOfSets('S5', '(A ∖ B) ∩ B = ∅', 'as S1', (s, a, b) => s.size(s.intersect(s.minus(a, b), b)) === 0n, {
    wrong: 'it is said of A',
    holds: (s, a, b) => s.size(s.intersect(s.minus(a, b), a)) === 0n,
  }),
  lawOfSets('S6', '|A| = |A ∩ B| + |A ∖ B|', 'as S1', (s, a, b) => s.size(a) === s.size(s.intersect(a, b)) + s.size(s.minus(a, b)), {
    wrong: 'it is B ∖ A',
    holds: (s, a, b) => s.size(a) === s.size(s.intersect(a, b)) + s.size(s.minus(b, a)),
  }),
  lawOfSets(
    'S7',
    'A ⊆ B iff A ∖ B = ∅',
    'as S1; also for A ∩ B and B, where it always is so',
    (s, a, b) => {
      const within = (x: Any, y: Any) => s.probes([x, y]).every((point) => !s.has(x, point) || s.has(y, point));
      const both = s.intersect(a, b);
      return within(a, b) === (s.size(s.minus(a, b)) === 0n) && within(both, b) && s.size(s.minus(both, b)) === 0n;
    },
    {
      wrong: 'it is B ∖ A',
      holds: (s, a, b) => s.probes([a, b]).every((point) => !s.has(a, point) || s.has(b, point)) === (s.size(s.minus(b, a)) === 0n),
    },
  ),
  lawOfSets(
    'S8',
    'equal sets have one form, however they are written: out of order, repeated, in more parts',
    'as S1; different sets have different forms',
    (s, a, b) => {
      const equal = s.probes([a, b]).every((point) => s.has(a, point) === s.has(b, point));
      return same(s, a, s.rewrite(a)) && same(s, s.union(a, b), s.union(s.rewrite(b), s.rewrite(a))) && same(s, a, b) === equal;
    },
    { wrong: 'a part gets lost in writing', holds: (s, a) => same(s, a, s.rewrite(a).slice(1)) && same(s, a, s.rewrite(a.slice(1))) },
  ),
  lawOfSets(
    'S9',
    'A and B are what they were after every operation on them',
    'as S1; also what is handed to the engine for A and B, and what it gave away',
    (s, a, b) => operandsStay(s, a, b, () => {}),
    {
      wrong: 'a list that was handed over is reversed in place',
      holds: (s, a, b) =>
        operandsStay(s, a, b, (lists) => void lists.find((list) => list.length > 1 && list[0] !== list.at(-1))?.reverse()),
    },
  ),
  lawOfSets(
    'S10',
    'x ∈ A ∪ B iff x ∈ A or x ∈ B; x ∈ A ∩ B iff both; x ∈ A ∖ B iff x ∈ A only',
    'as S1; x at every edge of A and B and one beside, by plain arithmetic',
    (s, a, b) => {
      const [union, intersection, difference] = [s.union(a, b), s.intersect(a, b), s.minus(a, b)];
      return s.probes([a, b]).every((point) => {
        const [inA, inB] = [s.has(a, point), s.has(b, point)];
        return (
          s.has(union, point) === (inA || inB) && s.has(intersection, point) === (inA && inB) && s.has(difference, point) === (inA && !inB)
        );
      });
    },
    {
      wrong: 'both are asked for in the union',
      holds: (s, a, b) => s.probes([a, b]).every((point) => s.has(s.union(a, b), point) === (s.has(a, point) && s.has(b, point))),
    },
  ),
];
