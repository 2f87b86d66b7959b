/**
 * What any list of tiers says, in order. The atoms that match move a flow from state to state, and so do the end of a group of policies and the end of a tier. What the states mean is in `ways.ts`.
 */
import type { Tier } from '../model/policy.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecisionTable } from './decisions.ts';
import type { Judge } from './fold.ts';
import {
  endGroup,
  endTier,
  finalDecision,
  hasEnded,
  isInTier,
  type LastWord,
  type Match,
  meet,
  meetAlone,
  START,
  type Ways,
} from './ways.ts';

export class TierJudge implements Judge {
  private readonly tiers: readonly Tier[];
  private readonly lastWord: LastWord;
  private readonly decisions: DecisionTable;
  private readonly catalogue: Catalogue;
  private readonly matchOfAtom: (Match | undefined)[] = [];
  /** What matches the peers that are decided, in order. */
  private matches: Match[] = [];

  constructor(decisions: DecisionTable, catalogue: Catalogue, lastWord: LastWord) {
    this.decisions = decisions;
    this.catalogue = catalogue;
    this.tiers = catalogue.tiers;
    this.lastWord = lastWord;
  }

  decide(atoms: Uint32Array, count: number, isolated: Uint8Array): number {
    const { tiers, lastWord } = this;
    let ways = START;
    let next = 0;
    for (let tier = 0; tier < tiers.length && !hasEnded(ways); tier++) {
      const { match } = tiers[tier]!;
      this.matches.length = 0;
      for (; next < count; next++) {
        const each = this.matchOf(atoms[next]!);
        if (each.tier !== tier) break;
        this.matches.push(each);
      }
      const met = match === 'all' ? this.meetInAll(ways) : this.meetInOrder(ways);
      ways = endTier(met, match, isolated[tier] === 1, lastWord);
    }
    return finalDecision(ways, lastWord, this.decisions);
  }

  private meetInAll(ways: Ways): Ways {
    if (this.matches.length === 0 || !isInTier(ways)) return ways;
    const allowing: number[] = [];
    const doubtful: number[] = [];
    for (const { action, atom } of this.matches) (action === 'allow' ? allowing : doubtful).push(atom);
    return { ...ways, allowing, doubtful };
  }

  private meetInOrder(before: Ways): Ways {
    const { matches } = this;
    let ways = before;
    for (let i = 0; i < matches.length; ) {
      const end = endOfGroup(matches, i);
      // One policy alone, of which every match is certain: its rules need not be weighed against others.
      const alone = isAlone(matches, i, end);
      for (; i < end; i++) ways = alone ? meetAlone(ways, matches[i]!) : meet(ways, matches[i]!);
      if (!alone) ways = endGroup(ways);
    }
    return ways;
  }

  private matchOf(atom: number): Match {
    let match = this.matchOfAtom[atom];
    if (match === undefined) {
      const rule = this.catalogue.atomRule.get(atom);
      const { catalogue } = this;
      const policy = catalogue.policyOfRule.get(rule);
      const group = catalogue.groupOfPolicy.get(policy);
      const tier = catalogue.tierOfPolicy.get(policy);
      const { action } = catalogue.ruleList[rule]!;
      match = { atom, rule, policy, group, tier, action, open: catalogue.atomOpen.get(atom) === 1 };
      this.matchOfAtom[atom] = match;
    }
    return match;
  }
}

function endOfGroup(matches: readonly Match[], from: number): number {
  let end = from + 1;
  while (end < matches.length && matches[end]!.group === matches[from]!.group) end++;
  return end;
}

function isAlone(matches: readonly Match[], from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (matches[i]!.open || matches[i]!.policy !== matches[from]!.policy) return false;
  return true;
}
