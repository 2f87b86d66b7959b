/**
 * What a single tier says in which every match counts (NetworkPolicy alone): the order of its rules means nothing.
 */
import { ISOLATED_NO_RULE, type NOT_ISOLATED, type UNMATCHED } from '../tables/decisions.ts';
import { ALLOW, UNKNOWN } from '../tables/layout.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecisionTable } from './decisions.ts';
import type { Judge } from './fold.ts';

export class UnionJudge implements Judge {
  private readonly decisions: DecisionTable;
  private readonly catalogue: Catalogue;
  private readonly lastWord: typeof NOT_ISOLATED | typeof UNMATCHED;

  constructor(decisions: DecisionTable, catalogue: Catalogue, lastWord: typeof NOT_ISOLATED | typeof UNMATCHED) {
    this.decisions = decisions;
    this.catalogue = catalogue;
    this.lastWord = lastWord;
  }

  /** Allow wins over unknown, and both over what isolation says. */
  decide(atoms: Uint32Array, count: number, isolated: Uint8Array): number {
    if (count === 0) return isolated[0] === 1 ? ISOLATED_NO_RULE : this.lastWord;
    const { atomAllows } = this.catalogue;
    let allowing = 0;
    for (let i = 0; i < count; i++) {
      // Those that allow move to the front; where none does, all stay.
      if (atomAllows.get(atoms[i]!) === 1) atoms[allowing++] = atoms[i]!;
    }
    return allowing > 0 ? this.decisions.ofAscending(ALLOW, atoms, allowing) : this.decisions.ofAscending(UNKNOWN, atoms, count);
  }
}
