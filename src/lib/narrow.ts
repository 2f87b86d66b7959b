/** Numbers of one, two or four bytes each. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array;

/**
 * The same numbers in 8 or 16 bits each, where they fit. Tables of the size of a real cluster then stay nearer to the second level cache, which is what random flows cost.
 */
export function narrow(column: Numbers): Numbers {
  let bits = 0;
  for (let i = 0; i < column.length; i++) bits |= column[i]!;
  if (bits >>> 16 !== 0 || column instanceof Uint8Array) return column;
  return bits > 0xff ? new Uint16Array(column) : new Uint8Array(column);
}
