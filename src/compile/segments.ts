/**
 * The port axis of a subject class, in pieces: it is cut where the set of active entries changes.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner } from '../lib/interner.ts';
import { NumberSet } from '../lib/number-set.ts';
import type { Entries } from './entries.ts';

/** The pieces of one subject class at a time. */
export class Segments {
  /** Entries that are active on every port, in atom order. */
  readonly everywhere = new GrowableUint32();
  /** Where each segment ends: one past its last port class. */
  readonly end = new GrowableUint32();
  /** The entries that are active in a segment and not everywhere, in atom order: those of segment i are `active[start[i]..start[i + 1]]`. Segments with equal lists have equal numbers in `list`. */
  readonly active = new GrowableUint32();
  readonly start = new GrowableUint32();
  readonly list = new GrowableUint32();

  private readonly lists = new ListInterner();
  private readonly portClasses: number;
  private readonly local = new GrowableUint32();
  private readonly cuts: NumberSet;
  private readonly bounds = new GrowableUint32();
  /** The number of the segment that begins at a port class, where one does. */
  private readonly beginning: Uint32Array;

  constructor(portClasses: number) {
    this.portClasses = portClasses;
    this.cuts = new NumberSet(portClasses + 1);
    this.beginning = new Uint32Array(portClasses + 1);
  }

  /** The numbers in `list` are below. */
  get listCount(): number {
    return this.lists.count;
  }

  /** Has every segment entries that are not active everywhere? */
  isEverySegmentOwn(): boolean {
    const { start, end } = this;
    for (let i = 0; i < end.length; i++) if (start.get(i) === start.get(i + 1)) return false;
    return true;
  }

  /** Cuts the port classes for the entries `items[from..to]`, which are in atom order. */
  cut({ first, last }: Entries, items: GrowableUint32, from: number, to: number): void {
    const { everywhere, local, end, list, start, portClasses } = this;
    everywhere.length = local.length = end.length = list.length = 0;
    for (let i = from; i < to; i++) {
      const entry = items.get(i);
      if (first.get(entry) === 0 && last.get(entry) === portClasses - 1) everywhere.push(entry);
      else local.push(entry);
    }
    this.lists.clear();
    if (local.length === 0) {
      end.push(portClasses);
      list.push(this.lists.internPart(local.view(), 0, 0));
      start.clear(2);
    } else {
      this.cutLocal(first, last);
    }
  }

  private cutLocal(first: GrowableUint32, last: GrowableUint32): void {
    const { local, cuts, bounds, beginning, start, active, end, list } = this;
    cuts.add(0);
    cuts.add(this.portClasses);
    for (let i = 0; i < local.length; i++) {
      cuts.add(first.get(local.get(i)));
      cuts.add(last.get(local.get(i)) + 1);
    }
    cuts.drain(bounds);
    const count = bounds.length - 1;
    for (let i = 0; i <= count; i++) beginning[bounds.get(i)] = i;
    // How many entries each segment has, then where they end, and, filled from behind, where they begin.
    start.clear(count + 1);
    for (let i = 0; i < local.length; i++) {
      const past = beginning[last.get(local.get(i)) + 1]!;
      for (let segment = beginning[first.get(local.get(i))]!; segment < past; segment++) start.set(segment, start.get(segment) + 1);
    }
    let total = 0;
    for (let segment = 0; segment <= count; segment++) {
      total += start.get(segment);
      start.set(segment, total);
    }
    active.clear(total);
    for (let i = local.length - 1; i >= 0; i--) {
      const past = beginning[last.get(local.get(i)) + 1]!;
      for (let segment = beginning[first.get(local.get(i))]!; segment < past; segment++) {
        start.set(segment, start.get(segment) - 1);
        active.set(start.get(segment), local.get(i));
      }
    }
    const items = active.view();
    for (let segment = 0; segment < count; segment++) {
      end.push(bounds.get(segment + 1));
      list.push(this.lists.internPart(items, start.get(segment), start.get(segment + 1)));
    }
  }
}
