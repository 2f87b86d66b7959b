/**
 * A short name for some texts.
 */

/** FNV-1a over 64 bits, twice: the same for the same parts on every machine. Nothing is safe from those who want two of one name. */
export function fingerprint(parts: readonly (string | null)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return [0xcbf29ce484222325n, 0x9ae16a3b2f90404fn]
    .map((start) => {
      const hash = bytes.reduce((sum, byte) => BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n), start);
      return hash.toString(16).padStart(16, '0');
    })
    .join('');
}
