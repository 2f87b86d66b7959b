/**
 * Short texts by the codes of their characters: a text that was met before is found without making a string of it first. Most texts of a dump repeat
 * (namespaces, labels, nodes, protocols), and what is not made need not be collected.
 */
import { copyText } from './text-pool.ts';

const SLOTS = 16 * 1024;
const LONGEST = 64;

/** A table with one text a slot; a newer text takes the place of an older one. */
const slots = new Array<string | undefined>(SLOTS);

/** The characters `start..end` of the text as a string of their own. `codes` are those of the text, 0x80 for what is beyond ASCII. */
export function pooledText(text: string, codes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST) return copyText(text.slice(start, end));
  let hash = length;
  for (let i = start; i < end; i++) {
    const code = codes[i]!;
    if (code === 0x80) return copyText(text.slice(start, end));
    hash = (Math.imul(hash, 31) + code) | 0;
  }
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  const known = slots[slot];
  if (known !== undefined && known.length === length && isAt(known, codes, start)) return known;
  const made = copyText(text.slice(start, end));
  slots[slot] = made;
  return made;
}

function isAt(known: string, codes: Uint8Array, start: number): boolean {
  for (let i = 0; i < known.length; i++) if (known.charCodeAt(i) !== codes[start + i]) return false;
  return true;
}
