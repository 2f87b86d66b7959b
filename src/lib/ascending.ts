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
