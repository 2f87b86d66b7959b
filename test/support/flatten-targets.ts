import { comparePrefixes, type IpPrefix } from '../../src/lib/ip-address.ts';
import { prefixColumns } from '../../src/lib/prefix-columns.ts';
import { type AddressIntervals, flattenPrefixes } from '../../src/lib/prefix-table.ts';

export interface PrefixTarget {
  readonly prefix: IpPrefix;
  readonly target: number;
}

/** The intervals of prefixes of one family, of equal ones the last counts. One must be that of length 0. */
export function flattenTargets(entries: readonly PrefixTarget[], family: 4 | 6): AddressIntervals {
  const columns = prefixColumns(entries.map(({ prefix }) => prefix));
  const targets = new Uint32Array(columns.count);
  const inOrder = entries.toSorted((a, b) => comparePrefixes(a.prefix, b.prefix));
  let number = -1;
  for (const [i, { prefix, target }] of inOrder.entries()) {
    if (i === 0 || comparePrefixes(prefix, inOrder[i - 1]!.prefix) !== 0) number++;
    targets[number] = target;
  }
  return flattenPrefixes(columns, family, targets);
}
