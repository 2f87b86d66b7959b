import { newWords } from './words.ts';

/** A list of numbers in order. */
export function ascending(numbers: readonly number[]): Uint32Array {
  const list = new Uint32Array(numbers);
  for (let i = 1; i < list.length; i++) if (list[i]! < list[i - 1]!) return list.sort();
  return list;
}

/** The places of numbers in their order; of equal numbers the first place comes first. */
export function orderOf(numbers: Uint32Array): Uint32Array {
  // Each with its place behind it, in one number of 64 bits: its high half comes second in memory.
  const keys = new BigUint64Array(numbers.length);
  const halves = new Uint32Array(keys.buffer);
  for (let i = 0; i < numbers.length; i++) {
    halves[2 * i] = i;
    halves[2 * i + 1] = numbers[i]!;
  }
  keys.sort();
  const order = new Uint32Array(numbers.length);
  for (let i = 0; i < order.length; i++) order[i] = halves[2 * i]!;
  return order;
}

/** The places of rows in their order: by the first column, then by the second, and so on. All columns are of one length. */
export function orderOfRows(columns: readonly Uint32Array[]): Uint32Array {
  let order = newWords(columns[0]!.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  // From the last column on: what is equal in one keeps the order that those behind it have made.
  for (let c = columns.length - 1; c >= 0; c--) order = orderedBy(columns[c]!, order);
  return order;
}

/** The places in the order of the numbers that are there; of equal numbers as they stand. Mostly they are in order. */
function orderedBy(column: Uint32Array, places: Uint32Array): Uint32Array {
  const numbers = newWords(places.length);
  let inOrder = true;
  for (let i = 0; i < places.length; i++) {
    numbers[i] = column[places[i]!]!;
    if (i > 0 && numbers[i]! < numbers[i - 1]!) inOrder = false;
  }
  if (inOrder) return places;
  const order = orderOf(numbers);
  for (let i = 0; i < order.length; i++) order[i] = places[order[i]!]!;
  return order;
}

/** So many words are sorted in place; more go to the sort of typed arrays, of which a call costs as much. */
const MOST_INSERTED = 24;

/** Puts the first `count` words in order. */
export function sortStart(words: Uint32Array, count: number): void {
  if (count > MOST_INSERTED) {
    words.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const word = words[i]!;
    let at = i;
    for (; at > 0 && words[at - 1]! > word; at--) words[at] = words[at - 1]!;
    words[at] = word;
  }
}
