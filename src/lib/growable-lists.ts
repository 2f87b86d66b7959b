/**
 * Lists of uint32 one after the other (CSR), made one at a time: many short lists without an object for each.
 */
import type { Grouping } from './grouping.ts';
import { GrowableUint32 } from './growable.ts';

export class GrowableLists {
  /** What is pushed here belongs to the list that the next `close` makes. */
  readonly items = new GrowableUint32();
  private readonly starts = new GrowableUint32();

  constructor() {
    this.starts.push(0);
  }

  get count(): number {
    return this.starts.length - 1;
  }

  /** Where a list begins in `items`. Every list ends where the next begins. */
  start(list: number): number {
    return this.starts.get(list);
  }

  /** A list of these items; its number. */
  add(items: ArrayLike<number>): number {
    this.items.pushAll(items);
    return this.close();
  }

  /** The items of a list, as a view that later lists may leave behind. */
  get(list: number): Uint32Array {
    return this.items.view().subarray(this.start(list), this.start(list + 1));
  }

  /** Ends the list, and tells its number. */
  close(): number {
    this.starts.push(this.items.length);
    return this.count - 1;
  }

  /** The items of a list, as an array of its own. */
  copy(list: number): number[] {
    const copy: number[] = [];
    for (let i = this.start(list); i < this.start(list + 1); i++) copy.push(this.items.get(i));
    return copy;
  }

  columns(): Grouping {
    return { start: this.starts.view(), items: this.items.view() };
  }
}
