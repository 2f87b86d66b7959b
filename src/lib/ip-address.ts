/**
 * IPv4 and IPv6 addresses and prefixes: strict text forms and word arithmetic.
 * Text is what Go's net/netip accepts (RFC 791 dotted quad without leading zeros; RFC 4291 section 2.2), without zones. Own code because every
 * parser on npm that was tried accepts addresses that Kubernetes rejects (octal quads, short quads, prefixes with leading zeros).
 */

/** `words` are big endian: one uint32 for IPv4, four for IPv6. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly words: readonly number[];
}

/** A prefix in canonical form: no bit is set beyond `length` (0..32 or 0..128). */
export interface IpPrefix extends IpAddress {
  readonly length: number;
}

/** What `parsePrefix` found. `hostBits`: the text had bits beyond the prefix length, which the result has lost. */
export interface ParsedPrefix {
  readonly prefix: IpPrefix;
  readonly hostBits: boolean;
}

const DOT = 46;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const HEX_GROUP = /^[0-9A-Fa-f]{1,4}$/;

/** Parses an address; undefined when the text is not one. IPv4-mapped IPv6 (`::ffff:10.0.0.1`) parses as IPv6: see `isMappedIPv4`. */
export function parseAddress(text: string): IpAddress | undefined {
  const word = parseIPv4(text);
  if (word >= 0) return { family: 4, words: [word] };
  const words = text.includes(':') ? parseIPv6(text) : undefined;
  return words === undefined ? undefined : { family: 6, words };
}

/** Parses `address/length`; undefined when the text is not a prefix. */
export function parsePrefix(text: string): ParsedPrefix | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const length = parseLength(text, slash + 1);
  if (length < 0) return undefined;
  const address = text.slice(0, slash);
  const word = parseIPv4(address);
  if (word >= 0) {
    if (length > 32) return undefined;
    const first = (word & wordMask(length)) >>> 0;
    return { prefix: { family: 4, words: [first], length }, hostBits: first !== word };
  }
  const given = address.includes(':') ? parseIPv6(address) : undefined;
  if (given === undefined || length > 128) return undefined;
  const words = maskWords(given, length);
  return { prefix: { family: 6, words, length }, hostBits: words.some((each, i) => each !== given[i]) };
}

/** The number from 0 to 999 that begins here and ends with the text, without zeros before it; -1 when there is none. */
function parseLength(text: string, start: number): number {
  const digits = text.length - start;
  if (digits < 1 || digits > 3 || (digits > 1 && text.charCodeAt(start) === DIGIT_0)) return -1;
  let length = 0;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < DIGIT_0 || code > DIGIT_9) return -1;
    length = length * 10 + code - DIGIT_0;
  }
  return length;
}

/** The prefix that holds exactly this address. */
export function hostPrefix(address: IpAddress): IpPrefix {
  return { family: address.family, words: address.words, length: address.words.length * 32 };
}

/** Is it `::ffff:0:0/96` or inside? Kubernetes rejects such addresses in policies; a data plane could read them as IPv4. */
export function isMappedIPv4(address: IpAddress): boolean {
  return address.family === 6 && address.words[0] === 0 && address.words[1] === 0 && address.words[2] === 0xffff;
}

/** The mask of a prefix length in one 32-bit word. `/0` must not go through a shift by 32, which JavaScript reads as a shift by 0. */
export function wordMask(length: number): number {
  if (length <= 0) return 0;
  return length >= 32 ? 0xffffffff : (0xffffffff << (32 - length)) >>> 0;
}

/** `words` with every bit beyond `length` cleared. */
export function maskWords(words: readonly number[], length: number): number[] {
  return words.map((word, i) => (word & wordMask(length - i * 32)) >>> 0);
}

/** `words` with every bit beyond `length` set: the last address of the prefix. */
export function lastWords(words: readonly number[], length: number): number[] {
  return words.map((word, i) => (word | ~wordMask(length - i * 32)) >>> 0);
}

/** Does `outer` contain `inner` (or equal it)? False across families. */
export function prefixContains(outer: IpPrefix, inner: IpPrefix): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  for (let i = 0, bits = outer.length; bits > 0; i++, bits -= 32) {
    const other = inner.words[i]! ^ outer.words[i]!;
    if ((bits < 32 ? other >>> (32 - bits) : other) !== 0) return false;
  }
  return true;
}

/** Orders by number, most significant word first. Both sides must have the same count of words. */
export function compareWords(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i]!;
    const right = b[i]!;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Orders prefixes so that each is directly followed by those inside it: IPv4 first, then by first address, then short before long. */
export function comparePrefixes(a: IpPrefix, b: IpPrefix): number {
  return a.family - b.family || compareWords(a.words, b.words) || a.length - b.length;
}

/** Canonical text (RFC 5952 for IPv6). */
export function formatAddress(address: IpAddress): string {
  return address.family === 4 ? formatIPv4(address.words[0]!) : formatIPv6(address.words);
}

export function formatPrefix(prefix: IpPrefix): string {
  return `${formatAddress(prefix)}/${prefix.length}`;
}

/** The word of an IPv4 address; -1 when the text is none. */
export function parseIPv4(text: string): number {
  // "255.255.255.255" is the longest there is.
  if (text.length > 15) return -1;
  let word = 0;
  let octets = 0;
  let value = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (value < 0) return -1;
      word = word * 256 + value;
      octets++;
      value = -1;
    } else {
      // A zero is an octet of its own: leading zeros mean octal to some and decimal to others.
      if (code < DIGIT_0 || code > DIGIT_9 || value === 0) return -1;
      value = Math.max(value, 0) * 10 + code - DIGIT_0;
      if (value > 255) return -1;
    }
  }
  return octets === 4 ? word : -1;
}

function parseIPv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // `::` stands for at least one group of zeros.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return [0, 2, 4, 6].map((i) => groups[i]! * 0x10000 + groups[i + 1]!);
}

/** 16-bit groups between colons; the last may be a dotted quad when `quadAllowed`. Empty text is no group. */
function parseGroups(text: string, quadAllowed: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (HEX_GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const quad = quadAllowed && i === parts.length - 1 ? parseIPv4(part) : -1;
    if (quad < 0) return undefined;
    groups.push(quad >>> 16, quad & 0xffff);
  }
  return groups;
}

function formatIPv4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

function formatIPv6(words: readonly number[]): string {
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === 0) end++;
    if (end - start > bestLength) {
      bestStart = start;
      bestLength = end - start;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (bestStart < 0) return hex.join(':');
  return `${hex.slice(0, bestStart).join(':')}::${hex.slice(bestStart + bestLength).join(':')}`;
}
