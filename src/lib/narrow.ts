/**
 * The same numbers in half the room, where they fit. Tables of the size of a real cluster then stay nearer to the second level cache, which is what random flows cost.
 */
export function narrow(column: Uint32Array): Uint16Array | Uint32Array {
  for (let i = 0; i < column.length; i++) if (column[i]! > 0xffff) return column;
  return new Uint16Array(column);
}
