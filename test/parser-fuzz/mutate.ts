/**
 * Changes of bytes: flips, numbers at their bounds, cuts, copies, pieces of other inputs, words of the grammar, depth, length, and what text should never hold.
 */
import type { Random } from '../../src/fuzz/random.ts';
import { bytesOf } from './target.ts';

export interface Mutation {
  readonly random: Random;
  readonly dictionary: readonly string[];
  /** Another input, to take a piece of. */
  readonly other: Uint8Array;
  readonly largest: number;
}

const ODD_BYTES = [0x00, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x27, 0x2d, 0x3a, 0x5c, 0x7f, 0x80, 0xc0, 0xed, 0xef, 0xf4, 0xff];
const ODD_TEXTS = [
  '\ufeff', '\r', '\r\n', '\u0000', '\u001b[2J', '\u0085', '\u2028', '\u202e', '\ud83d\ude00', '\u00e9', '\u0001',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty',
  '0', '-1', '-0', '1', '01', '0x50', '0o17', '65535', '65536', '4294967295', '4294967296', '2147483648', '9007199254740993', '1e400', '1_000', '80.0', '12:30:45',
].map(bytesOf); // biome-ignore format: a list of words
const NOT_UTF8 = [
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xff, 0xfe],
  [0xf5, 0x80, 0x80, 0x80],
  [0xe2, 0x82],
].map((bytes) => Uint8Array.from(bytes));
const NESTS = ['[', '{"a":', '- ', '{a: ', '[[', '? '];
const NUMBERS = /[0-9]+/g;

/** One to eight changes, few more often than many. */
export function mutateBytes(bytes: Uint8Array, mutation: Mutation): Uint8Array {
  const { random, largest } = mutation;
  let changed = bytes;
  let changes = 1;
  while (changes < 8 && random.chance(0.4)) changes++;
  for (let i = 0; i < changes; i++) changed = changeOnce(changed, mutation);
  return changed.length > largest ? changed.slice(0, largest) : changed;
}

function changeOnce(bytes: Uint8Array, mutation: Mutation): Uint8Array {
  const { random, dictionary, other } = mutation;
  const { length } = bytes;
  const at = random.below(length + 1);
  const to = Math.min(length, at + 1 + random.below(random.chance(0.7) ? 8 : Math.max(1, length)));
  switch (random.below(16)) {
    case 0:
      return withByte(bytes, at, (byte) => byte ^ (1 << random.below(8)));
    case 1:
      return withByte(bytes, at, () => random.below(256));
    case 2:
      return withByte(bytes, at, () => random.pick(ODD_BYTES));
    case 3:
      return withByte(bytes, at, (byte) => byte + (random.chance(0.5) ? 1 : 255));
    case 4:
      return replace(bytes, at, to, NOTHING);
    case 5:
      return replace(bytes, at, at, bytes.subarray(at, to));
    case 6:
      return random.chance(0.3) ? bytes.slice(0, at) : replace(bytes, at, to, ofOther(other, random));
    case 7:
      return replace(bytes, at, at, ofOther(other, random));
    case 8:
    case 9:
    case 10:
      return dictionary.length === 0 ? bytes : replace(bytes, at, random.chance(0.5) ? at : to, bytesOf(random.pick(dictionary)));
    case 11:
      return replace(bytes, at, random.chance(0.5) ? at : to, random.pick(ODD_TEXTS));
    case 12:
      return random.chance(0.2) ? replace(bytes, at, at, random.pick(NOT_UTF8)) : swapLines(bytes, random);
    case 13:
      return withNumber(bytes, random);
    case 14:
      return random.chance(0.1) ? long(bytes, at, random) : duplicateLine(bytes, random);
    default:
      return moved(bytes, at, to, random);
  }
}

const NOTHING = new Uint8Array(0);

function replace(bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - (to - from) + by.length);
  result.set(bytes.subarray(0, from));
  result.set(by, from);
  result.set(bytes.subarray(to), from + by.length);
  return result;
}

function withByte(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  if (bytes.length === 0) return bytes;
  const result = Uint8Array.from(bytes);
  const index = at % bytes.length;
  result[index] = change(result[index] as number);
  return result;
}

function ofOther(other: Uint8Array, random: Random): Uint8Array {
  const from = random.below(other.length + 1);
  return other.subarray(from, Math.min(other.length, from + 1 + random.below(64)));
}

function moved(bytes: Uint8Array, at: number, to: number, random: Random): Uint8Array {
  const rest = replace(bytes, at, to, NOTHING);
  const target = random.below(rest.length + 1);
  return replace(rest, target, target, bytes.subarray(at, to));
}

/** Some number in the text becomes one at a bound. */
function withNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const found = [...Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').matchAll(NUMBERS)];
  if (found.length === 0) return bytes;
  const { index, 0: text } = random.pick(found);
  return replace(bytes, index, index + text.length, random.pick(ODD_TEXTS));
}

/** Deep nesting, or one very long scalar. */
function long(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const count = 1 << random.below(12);
  return replace(bytes, at, at, bytesOf((random.chance(0.5) ? random.pick(NESTS) : 'a').repeat(count)));
}

function linesOf(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0 && starts.length < 500; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return [...starts, bytes.length];
}

function duplicateLine(bytes: Uint8Array, random: Random): Uint8Array {
  const starts = linesOf(bytes);
  const line = random.below(starts.length - 1);
  const target = random.pick(starts);
  return replace(bytes, target, target, bytes.subarray(starts[line], starts[line + 1]));
}

function swapLines(bytes: Uint8Array, random: Random): Uint8Array {
  const starts = linesOf(bytes);
  if (starts.length < 3) return bytes;
  const line = random.below(starts.length - 2);
  const [a, b, c] = [starts[line], starts[line + 1], starts[line + 2]] as [number, number, number];
  return replace(bytes, a, c, Uint8Array.of(...bytes.subarray(b, c), ...bytes.subarray(a, b)));
}
