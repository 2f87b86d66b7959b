/**
 * Short texts by the codes of their characters: a text that was met before is found without making a string of it first. Most texts of a dump repeat
 * (namespaces, labels, nodes, protocols), and what is not made need not be collected.
 */
import { copyText } from './text-pool.ts';

const SLOTS = 16 * 1024;
const LONGEST = 64;

/** Tables with one text a slot; a newer text takes the place of an older one. */
const textSlots = new Array<string | undefined>(SLOTS);
const keySlots = new Array<string | undefined>(SLOTS);

/** The characters `start..end` of the text as a string of their own. `codes` are those of the text, 0x80 for what is beyond ASCII. */
export function pooledText(text: string, codes: Uint8Array, start: number, end: number): string {
  return pooled(textSlots, text, codes, start, end);
}

/** The same for names of fields: the string that the engine uses for the name, which it need not look up again. */
export function pooledKey(text: string, codes: Uint8Array, start: number, end: number): string {
  return pooled(keySlots, text, codes, start, end);
}

function pooled(slots: (string | undefined)[], text: string, codes: Uint8Array, start: number, end: number): string {
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
  const copy = copyText(text.slice(start, end));
  const made = slots === keySlots ? Object.keys({ [copy]: 0 })[0]! : copy;
  slots[slot] = made;
  return made;
}

function isAt(known: string, codes: Uint8Array, start: number): boolean {
  for (let i = 0; i < known.length; i++) if (known.charCodeAt(i) !== codes[start + i]) return false;
  return true;
}
