/**
 * Addresses outside as ranges. In come the prefixes of tables, out come disjoint ranges, each with the endpoint that its addresses belong to.
 */
import { addressToNumber, blockOfRange, numberToAddress } from '../lib/address-number.ts';
import { formatAddress, formatPrefix } from '../lib/ip-address.ts';
import { ENDPOINT_PREFIX } from '../tables/layout.ts';
import type { Columns } from '../tables/rule-tables.ts';

/** Addresses from `first` to `last` that are of no pod, node or Service. */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
  /** The same as one block, where it is one. */
  readonly cidr: string | null;
}

interface Piece {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly endpoint: number;
}

export class OutsideRanges {
  /** In order of family and address. Those without an address outside are left out. */
  private readonly pieces: readonly Piece[];
  private readonly piecesOf = new Map<number, number[]>();

  constructor(columns: Columns) {
    this.pieces = piecesOf(columns);
    for (const [i, { endpoint }] of this.pieces.entries()) {
      const known = this.piecesOf.get(endpoint);
      if (known === undefined) this.piecesOf.set(endpoint, [i]);
      else known.push(i);
    }
  }

  /** The ranges of endpoints, merged where no address outside is between them. */
  of(endpoints: Iterable<number>): AddressRange[] {
    const wanted = [...endpoints].flatMap((endpoint) => this.piecesOf.get(endpoint) ?? []).sort((a, b) => a - b);
    const ranges: AddressRange[] = [];
    for (let i = 0; i < wanted.length; ) {
      let end = i;
      while (wanted[end + 1] === wanted[end]! + 1 && this.pieces[wanted[end + 1]!]!.family === this.pieces[wanted[i]!]!.family) end++;
      const { family, first } = this.pieces[wanted[i]!]!;
      ranges.push(rangeOf(family, first, this.pieces[wanted[end]!]!.last));
      i = end + 1;
    }
    return ranges;
  }
}

/** Where the longest prefix of an address changes. */
function piecesOf(columns: Columns): Piece[] {
  const { prefixFamily, prefixLength, prefixWords, endpointKind, endpointObject } = columns;
  const endpointOf = new Map<number, number>();
  for (const [endpoint, kind] of endpointKind.entries()) if (kind === ENDPOINT_PREFIX) endpointOf.set(endpointObject[endpoint]!, endpoint);
  const pieces: Piece[] = [];
  const open: { readonly prefix: number; readonly last: bigint }[] = [];
  let family: 4 | 6 = 4;
  let next = 0n;
  const upTo = (last: bigint, prefix: number): void => {
    const endpoint = endpointOf.get(prefix);
    if (endpoint !== undefined && next <= last) pieces.push({ family, first: next, last, endpoint });
    next = last + 1n;
  };
  const closeBefore = (first: bigint | undefined): void => {
    for (let top = open.at(-1); top !== undefined && (first === undefined || top.last < first); top = open.at(-1)) {
      upTo(top.last, top.prefix);
      open.pop();
    }
  };
  // What is inside a prefix follows it.
  for (const [prefix, length] of prefixLength.entries()) {
    const own = prefixFamily[prefix] === 4 ? 4 : 6;
    if (own !== family) closeBefore(undefined);
    const bits = own === 4 ? 32 : 128;
    const first = addressToNumber(prefixWords.subarray(prefix * 4, prefix * 4 + bits / 32));
    closeBefore(own === family ? first : undefined);
    if (own !== family) next = 0n;
    family = own;
    const around = open.at(-1);
    if (around !== undefined && next < first) upTo(first - 1n, around.prefix);
    next = first;
    open.push({ prefix, last: first + (1n << BigInt(bits - length)) - 1n });
  }
  closeBefore(undefined);
  return pieces;
}

function rangeOf(family: 4 | 6, first: bigint, last: bigint): AddressRange {
  const block = blockOfRange(family, first, last);
  const text = (number: bigint): string => formatAddress(numberToAddress(family, number));
  return { first: text(first), last: text(last), cidr: block === undefined ? null : formatPrefix(block) };
}
