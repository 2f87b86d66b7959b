/**
 * What any list of tiers says, in order. The atoms that match are met group by group and tier by tier; what comes of that is in `ways.ts`.
 */
import type { Tier } from '../model/policy.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecisionTable } from './decisions.ts';
import type { Judge } from './fold.ts';
import { candidatesOf, type LastWord, type Match, Ways } from './ways.ts';

export class TierJudge implements Judge {
  private readonly tiers: readonly Tier[];
  private readonly lastWord: LastWord;
  private readonly decisions: DecisionTable;
  private readonly catalogue: Catalogue;
  private readonly matchOfAtom: (Match | undefined)[] = [];
  /** What matches the peers that are decided, in order. */
  private readonly matches: Match[] = [];

  constructor(decisions: DecisionTable, catalogue: Catalogue, lastWord: LastWord) {
    this.decisions = decisions;
    this.lastWord = lastWord;
    this.catalogue = catalogue;
    this.tiers = catalogue.tiers;
  }

  decide(atoms: Uint32Array, count: number, isolated: Uint8Array): number {
    const { tiers, matches } = this;
    const ways = new Ways(this.lastWord, this.decisions);
    let next = 0;
    for (let tier = 0; tier < tiers.length && !ways.haveEnded(); tier++) {
      const { match } = tiers[tier]!;
      matches.length = 0;
      for (; next < count; next++) {
        const each = this.matchOf(atoms[next]!);
        if (each.tier !== tier) break;
        matches.push(each);
      }
      if (match === 'first') this.meetInOrder(ways);
      else ways.meetAll(matches);
      ways.endTier(match, isolated[tier] === 1);
    }
    return ways.decision();
  }

  private meetInOrder(ways: Ways): void {
    const { matches } = this;
    for (let i = 0, past = 0; i < matches.length && ways.areInTier(); i = past) {
      past = endOfGroup(matches, i);
      ways.meetGroup(candidatesOf(matches, i, past));
    }
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
