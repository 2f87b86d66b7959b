/**
 * Is it UTF-8? Own loop because decoders refuse views of shared memory in some runtimes, and nothing should be allocated to find out.
 */

/** Are `bytes[start..end - 1]` well-formed UTF-8 (Unicode 15, table 3-7): no surrogate, no overlong form, nothing above U+10FFFF? */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (length === 0 || i + length > end) return false;
    // The second byte has a narrower range after these leads: it keeps overlong forms, surrogates and numbers above U+10FFFF out.
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (bytes[i + 1]! < low || bytes[i + 1]! > high) return false;
    for (let k = 2; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return false;
    i += length;
  }
  return true;
}
