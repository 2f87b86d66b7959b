/**
 * Addresses for the definition: an address is its string of bits, 32 or 128 characters of 0 and 1. A block of addresses is a beginning of such a string.
 * Slow and plain on purpose, and nothing of it is shared with the engine. Specification: RFC 791 and RFC 4291 text forms, as Go's net/netip reads them.
 */

/** 32 characters for IPv4, 128 for IPv6: the family is the length. */
export type Bits = string;

/** Texts that were read before, as the same few come with every question. */
const known = new Map<string, Bits | undefined>();

/** The bits of an address; undefined when the text is not one. */
export function addressBits(text: string): Bits | undefined {
  if (!known.has(text)) {
    if (known.size >= 100_000) known.clear();
    known.set(text, text.includes(':') ? bits6(text) : bits4(text));
  }
  return known.get(text);
}

export function familyOf(bits: Bits): 4 | 6 {
  return bits.length === 32 ? 4 : 6;
}

/** IPv4 addresses in IPv6 notation, `::ffff:10.0.0.1`: what a data plane makes of them is open, so they are no flow end. */
export function isMapped(bits: Bits): boolean {
  return bits.startsWith('0'.repeat(80) + '1'.repeat(16));
}

/** Is the address in the block? An address of the other family never is [35]. Bits beyond the block's prefix length do not count [36]. */
export function inBlock(bits: Bits, cidr: string): boolean {
  const block = readBlock(cidr);
  return block.bits.length === bits.length && bits.startsWith(block.bits.slice(0, block.length));
}

/** Does the text of the block have bits beyond its prefix length [36]? */
export function hasHostBits(cidr: string): boolean {
  const block = readBlock(cidr);
  return block.bits.slice(block.length).includes('1');
}

function readBlock(cidr: string): { bits: Bits; length: number } {
  const slash = cidr.indexOf('/');
  const bits = addressBits(cidr.slice(0, slash));
  const length = Number(cidr.slice(slash + 1));
  if (bits === undefined || !(length <= bits.length)) throw new TypeError(`the policy was read although \`${cidr}\` is not a CIDR`);
  return { bits, length };
}

function bits4(text: string): Bits | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) <= 255)) return undefined;
  return octets.map((octet) => binary(Number(octet), 8)).join('');
}

function bits6(text: string): Bits | undefined {
  // A dotted quad at the end is two groups in other clothes.
  const lastColon = text.lastIndexOf(':');
  const quad = bits4(text.slice(lastColon + 1));
  const hexadecimal =
    quad === undefined
      ? text
      : `${text.slice(0, lastColon + 1)}${Number.parseInt(quad.slice(0, 16), 2).toString(16)}:${Number.parseInt(quad.slice(16), 2).toString(16)}`;

  const [head, tail, ...more] = hexadecimal.split('::');
  if (more.length > 0) return undefined;
  const groupsOf = (part: string | undefined) => (part ? part.split(':') : []);
  const before = groupsOf(head);
  const after = groupsOf(tail);
  const missing = 8 - before.length - after.length;
  // `::` stands for one group of zeros or more; without it all eight are written.
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...new Array<string>(missing).fill('0'), ...after];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => binary(Number.parseInt(group, 16), 16)).join('');
}

function binary(value: number, width: number): Bits {
  return value.toString(2).padStart(width, '0');
}
