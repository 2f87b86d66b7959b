/**
 * Addresses of a copy: those of the original with some bits turned over, the same bits for all of them, so that what was inside a block stays inside the moved block
 * (law N20). Bits are chosen such that no copy has an address of another, and none comes into a block of an administrator's policy that it was not in.
 */
import { formatAddress, type IpAddress, type IpPrefix, isMappedIPv4, maskWords, parseAddress, parsePrefix } from '../lib/ip-address.ts';
import { RandomStream } from '../lib/random.ts';

/** The bits that are turned over, per family. */
export interface Move {
  readonly 4: readonly number[];
  readonly 6: readonly number[];
}

const STAY: Move = { 4: [0], 6: [0, 0, 0, 0] };

/** What must not meet: addresses of the cluster, and the blocks that stand above all copies. */
export interface AddressesInUse {
  readonly addresses: readonly IpAddress[];
  readonly sharedBlocks: readonly IpPrefix[];
}

/** First only bits behind the first octet (16 bits in IPv6), so that the large blocks of a cluster hold all copies; where that is too narrow, more. */
const WIDTHS = [
  { tries: 200, bits4: 0x00ff0000, bits6: 0x0000ffff },
  { tries: 2000, bits4: 0xffff0000, bits6: 0xffffffff },
  { tries: 2000, bits4: 0xffffffff, bits6: 0xffffffff },
] as const;

/** One move for each copy; the first stays. @throws {RangeError} when there is no room for so many copies */
export function chooseMoves({ addresses, sharedBlocks }: AddressesInUse, copies: number, seed: number): readonly Move[] {
  const distinct = [...new Map(addresses.map((address) => [address.words.join(), address])).values()];
  const taken = new Set(distinct.map(({ words }) => words.join()));
  const random = new RandomStream(seed, 1);
  const moves: Move[] = [STAY];
  while (moves.length < copies) {
    const move = chooseMove(distinct, taken, sharedBlocks, moves, random);
    for (const address of distinct) taken.add(moved(address, move).words.join());
    moves.push(move);
  }
  return moves;
}

function chooseMove(
  addresses: readonly IpAddress[],
  taken: ReadonlySet<string>,
  blocks: readonly IpPrefix[],
  others: readonly Move[],
  random: RandomStream,
): Move {
  for (const { tries, bits4, bits6 } of WIDTHS) {
    for (let i = 0; i < tries; i++) {
      const move: Move = { 4: [(random.next() & bits4) >>> 0], 6: [(random.next() & bits6) >>> 0, 0, 0, 0] };
      const free = addresses.every((address) => {
        const to = moved(address, move);
        return !taken.has(to.words.join()) && !isMappedIPv4(to);
      });
      if (free && others.every((other) => keepsOut(addresses, blocks, between(move, other)))) return move;
    }
  }
  throw new RangeError(`there is no room for ${others.length + 1} copies of ${addresses.length} addresses`);
}

function between(a: Move, b: Move): Move {
  return { 4: xor(a[4], b[4]), 6: xor(a[6], b[6]) };
}

/** Does no address lie in the moved form of a block that it is not in? */
function keepsOut(addresses: readonly IpAddress[], blocks: readonly IpPrefix[], move: Move): boolean {
  return blocks.every(({ family, words, length }) => {
    const there = maskWords(xor(words, move[family]), length).join();
    if (there === words.join()) return true;
    return addresses.every((address) => address.family !== family || maskWords(address.words, length).join() !== there);
  });
}

function moved(address: IpAddress, move: Move): IpAddress {
  return { family: address.family, words: xor(address.words, move[address.family]) };
}

/** Of a text that is an address; any other text as it is. */
export function movedText<T extends string | null | undefined>(text: T, move: Move): T | string {
  const address = typeof text === 'string' ? parseAddress(text) : undefined;
  return address === undefined ? text : formatAddress(moved(address, move));
}

/** Of a text that is a CIDR; any other text as it is. Bits beyond its length stay: whether there are any is for the profile to judge. */
export function movedCidr(text: string, move: Move): string {
  const prefix = parsePrefix(text)?.prefix;
  if (prefix === undefined) return text;
  const { family, length } = prefix;
  const within = { ...move, [family]: maskWords(move[family], length) };
  return `${movedText(text.slice(0, text.indexOf('/')), within)}/${length}`;
}

function xor(a: readonly number[], b: readonly number[]): number[] {
  return a.map((word, i) => (word ^ (b[i] ?? 0)) >>> 0);
}
