/**
 * Which matches mean nothing beside others: in a tier in which the first match counts, one that is certain ends the way through the tier if its policy stands alone in its group. The later rules of the
 * tier are not looked at then, whatever else has matched.
 */
import { NONE_32 } from '../tables/layout.ts';
import type { Catalogue } from './catalogue.ts';

/** For the direction whose atoms are the last that were made. */
export class Hiding {
  /** By atom: the first that it hides, NONE_32 where it hides none. Empty where every match counts. */
  private readonly firstHidden: Uint32Array;
  /** By atom: one past the last that it hides, which is the last of its tier. */
  private readonly pastHidden: Uint32Array;

  constructor(catalogue: Catalogue) {
    const { tiers, atomRule, atomOpen, policyOfRule, tierOfPolicy, groupOfPolicy } = catalogue;
    const atoms = tiers.some(({ match }) => match === 'first') ? atomRule.length : 0;
    this.firstHidden = new Uint32Array(atoms).fill(NONE_32);
    this.pastHidden = new Uint32Array(atoms);
    const groupSizes = sizesOfGroups(catalogue);
    let [nextRule, pastRule, nextTier, pastTier] = [NONE_32, atoms, NONE_32, atoms];
    for (let atom = atoms - 1; atom >= 0; atom--) {
      const rule = atomRule.get(atom);
      const policy = policyOfRule.get(rule);
      const tier = tierOfPolicy.get(policy);
      if (rule !== nextRule) pastRule = atom + 1;
      if (tier !== nextTier) pastTier = atom + 1;
      [nextRule, nextTier] = [rule, tier];
      this.pastHidden[atom] = pastTier;
      if (tiers[tier]!.match === 'first' && atomOpen.get(atom) === 0 && groupSizes[groupOfPolicy.get(policy)] === 1)
        this.firstHidden[atom] = pastRule;
    }
  }

  /** Does a match of the atom hide others? */
  hides(atom: number): boolean {
    return atom < this.firstHidden.length && this.firstHidden[atom] !== NONE_32;
  }

  /** Do two atoms that hide others hide the same? */
  hideAlike(one: number, other: number): boolean {
    return this.firstHidden[one] === this.firstHidden[other];
  }

  /** Does an atom mean nothing beside one that hides others? */
  isHidden(atom: number, by: number): boolean {
    return atom >= this.firstHidden[by]! && atom < this.pastHidden[by]!;
  }
}

function sizesOfGroups({ policyList, groupOfPolicy }: Catalogue): Uint32Array {
  const sizes = new Uint32Array(policyList.length);
  for (let policy = 0; policy < policyList.length; policy++) sizes[groupOfPolicy.get(policy)]!++;
  return sizes;
}
