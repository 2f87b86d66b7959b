/**
 * Partition refinement: items that no set tells apart share a class. Exact, without hashing; the cost is the sum of the sizes of the sets
 * (Paige and Tarjan, "Three partition refinement algorithms", 1987, section 2).
 */
import { GrowableUint32 } from './growable.ts';
import { newWords } from './words.ts';

/** `classOf[item]` is in 0..count-1. The items that are in no set are class 0, if there are any; the other classes follow, numbered by first item. */
export interface Classes {
  readonly classOf: Uint32Array;
  readonly count: number;
}

const NONE = 0xffffffff;

export class Partition {
  private readonly cell: Uint32Array;
  /** For each cell: the number of the split that last touched it, and the cell its touched members went to. */
  private readonly touchedBy = new GrowableUint32();
  private readonly movedTo = new GrowableUint32();
  private splits = 0;

  constructor(itemCount: number) {
    this.cell = newWords(itemCount);
    this.addCell();
  }

  /** Separates `members[from]..members[to - 1]` from everything else. They must be distinct. */
  split(members: ArrayLike<number>, from = 0, to = members.length): void {
    const { cell, touchedBy, movedTo } = this;
    const split = ++this.splits;
    for (let i = from; i < to; i++) {
      const item = members[i]!;
      const old = cell[item]!;
      if (touchedBy.get(old) !== split) {
        touchedBy.set(old, split);
        movedTo.set(old, this.addCell());
      }
      cell[item] = movedTo.get(old);
    }
  }

  /** The classes, numbered densely; none is empty. */
  classes(): Classes {
    const { cell } = this;
    const numberOf = newWords(this.touchedBy.length).fill(NONE);
    const classOf = newWords(cell.length);
    let count = 0;
    if (cell.includes(0)) numberOf[0] = count++;
    for (let item = 0; item < classOf.length; item++) {
      const each = cell[item]!;
      if (numberOf[each] === NONE) numberOf[each] = count++;
      classOf[item] = numberOf[each]!;
    }
    return { classOf, count };
  }

  private addCell(): number {
    this.touchedBy.push(0);
    this.movedTo.push(0);
    return this.touchedBy.length - 1;
  }
}
