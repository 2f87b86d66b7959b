/**
 * Partition refinement: items that no set tells apart share a class. Exact, without hashing; the cost is the sum of the sizes of the sets
 * (Paige and Tarjan, "Three partition refinement algorithms", 1987, section 2).
 */
import { GrowableUint32 } from './growable.ts';
import { newWords } from './words.ts';

/** `classOf[item]` is in 0..count-1, numbered by first item; class 0 holds the items that are in no set, if there are any, or is empty. */
export interface Classes {
  readonly classOf: Uint32Array;
  readonly count: number;
}

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

  /** The classes, numbered densely. Class 0 is kept for the items that were in no split. */
  classes(): Classes {
    const number = newWords(this.touchedBy.length);
    const classOf = newWords(this.cell.length);
    let count = 1;
    for (let item = 0; item < classOf.length; item++) {
      const cell = this.cell[item]!;
      if (cell === 0) continue;
      if (number[cell] === 0) number[cell] = count++;
      classOf[item] = number[cell]!;
    }
    return { classOf, count };
  }

  private addCell(): number {
    this.touchedBy.push(0);
    this.movedTo.push(0);
    return this.touchedBy.length - 1;
  }
}
