import { describe, expect, test } from 'vitest';
import { Slots } from '../../../src/lib/slots.ts';

describe('slots', () => {
  test('every number is at its hash, or at the next free slot', () => {
    const slots = new Slots(8);
    expect([15, 7, 2, 23].map((hash) => slots.add(hash))).toEqual([0, 1, 2, 3]);
    // 15, 7 and 23 have the last slot in common, and go on from the first.
    expect([...slots.table()]).toEqual([2, 4, 3, 0, 0, 0, 0, 1]);
    expect([slots.count, slots.hashOf(3)]).toEqual([4, 23]);
  });

  test('what comes later is added, and where more than half would be taken the table grows', () => {
    const slots = new Slots(4);
    slots.add(15);
    const small = slots.table();
    expect([...small]).toEqual([0, 0, 0, 1]);
    slots.add(7);
    expect(slots.table()).toBe(small);
    expect([...small]).toEqual([2, 0, 0, 1]);
    slots.add(2);
    slots.add(23);
    slots.add(8);
    // Of 16 slots 15 has the last, 7 and 23 the eighth and the one behind it, where 8 would be.
    expect([...slots.table()]).toEqual([0, 0, 3, 0, 0, 0, 0, 2, 4, 5, 0, 0, 0, 0, 0, 1]);
  });

  test('nothing is left of what was forgotten', () => {
    const slots = new Slots(4);
    slots.add(1);
    slots.table();
    slots.clear();
    expect([slots.count, ...slots.table()]).toEqual([0, 0, 0, 0, 0]);
    for (let hash = 0; hash < 3; hash++) slots.add(hash);
    expect(slots.table()).toHaveLength(8);
    slots.clear();
    expect(slots.add(3)).toBe(0);
    expect([...slots.table()]).toEqual([0, 0, 0, 1]);
  });
});
