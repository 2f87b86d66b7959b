/**
 * How much of the internet ranges of addresses hold. Public are the IPv4 addresses that are not set aside for private networks, links, loops, multicast and the future (IANA special-purpose registry; the blocks for
 * documentation count as public, as examples use them in the place of such), and the IPv6 addresses in 2000::/3.
 */
import { addressToNumber } from '../lib/address-number.ts';
import { lastWords, parseAddress, parsePrefix } from '../lib/ip-address.ts';
import type { AddressRange } from '../matrix/matrix.ts';

export interface AddressCount {
  readonly 4: bigint;
  readonly 6: bigint;
}

type Interval = readonly [first: bigint, last: bigint];

const NOT_PUBLIC_4: readonly Interval[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].map(intervalOf);

const PUBLIC_6 = intervalOf('2000::/3');

/** A /8, and a /16 of IPv6. */
const MANY = { 4: 2n ** 24n, 6: 2n ** 112n } as const;

export function publicAddresses(ranges: readonly AddressRange[]): AddressCount {
  let [four, six] = [0n, 0n];
  for (const { first, last } of ranges) {
    const [from, to] = [parseAddress(first), parseAddress(last)];
    if (from === undefined || to === undefined) continue;
    const interval = [addressToNumber(from.words), addressToNumber(to.words)] as const;
    if (from.family === 6) six += common(interval, PUBLIC_6);
    else four += interval[1] - interval[0] + 1n - NOT_PUBLIC_4.reduce((sum, each) => sum + common(interval, each), 0n);
  }
  return { 4: four, 6: six };
}

export function isInternet(count: AddressCount): boolean {
  return count[4] >= MANY[4] || count[6] >= MANY[6];
}

function common([first, last]: Interval, [from, to]: Interval): bigint {
  const [start, end] = [first > from ? first : from, last < to ? last : to];
  return end < start ? 0n : end - start + 1n;
}

function intervalOf(text: string): Interval {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new TypeError(`no prefix: \`${text}\``);
  const { words, length } = parsed.prefix;
  return [addressToNumber(words), addressToNumber(lastWords(words, length))];
}
