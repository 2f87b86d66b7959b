/**
 * Numbers for strings and for lists of numbers: equal things get equal numbers, in order of first appearance.
 */
import { GrowableUint32 } from './growable.ts';
import { hashWords } from './page-store.ts';

export class StringInterner {
  private readonly numbers = new Map<string, number>();
  readonly strings: string[] = [];

  intern(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.strings.length;
      this.numbers.set(text, number);
      this.strings.push(text);
    }
    return number;
  }
}

/** Lists of uint32, stored one after the other (CSR): list n is `items[start[n]..start[n + 1]]`. */
export class ListInterner {
  private readonly itemList = new GrowableUint32();
  private readonly startList = new GrowableUint32();
  private readonly buckets = new Map<number, number[]>();

  constructor() {
    this.startList.push(0);
  }

  get count(): number {
    return this.startList.length - 1;
  }

  /** CSR columns of all lists. */
  columns(): { start: Uint32Array; items: Uint32Array } {
    return { start: this.startList.view(), items: this.itemList.view() };
  }

  get(list: number): Uint32Array {
    return this.itemList.view().subarray(this.startList.get(list), this.startList.get(list + 1));
  }

  intern(list: Uint32Array): number {
    const hash = hashWords(list);
    let bucket = this.buckets.get(hash);
    if (bucket === undefined) {
      bucket = [];
      this.buckets.set(hash, bucket);
    }
    for (const candidate of bucket) {
      if (equalLists(this.get(candidate), list)) return candidate;
    }
    const number = this.count;
    this.itemList.pushAll(list);
    this.startList.push(this.itemList.length);
    bucket.push(number);
    return number;
  }
}

function equalLists(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
