/** A list of numbers in order. */
export function ascending(numbers: readonly number[]): Uint32Array {
  const list = new Uint32Array(numbers);
  for (let i = 1; i < list.length; i++) if (list[i]! < list[i - 1]!) return list.sort();
  return list;
}
