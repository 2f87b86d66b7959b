/**
 * The address of each endpoint that is a node, as the lookup of addresses knows it: tables have no other place for it.
 */
import { formatAddress } from '../lib/ip-address.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** Endpoint -> address. A node is not in it at an address that a pod has, too, or that could not be read: such an address does not lead to it. */
export function nodeAddresses({ columns }: RuleTables): ReadonlyMap<number, string> {
  const { endpointKind, sharedStart, sharedEndpoint } = columns;
  const found = new Map<number, string>();
  if (columns.nodeName.length === 0) return found;
  for (const family of [4, 6] as const) {
    const { start, target, wordsPerAddress: size } = addressIntervals(columns, family);
    for (const [i, to] of target.entries()) {
      const shared = to - endpointKind.length;
      const owners = shared < 0 ? [to] : sharedEndpoint.subarray(sharedStart[shared]!, sharedStart[shared + 1]!);
      for (const endpoint of owners) {
        if (endpointKind[endpoint] !== ENDPOINT_NODE) continue;
        found.set(endpoint, formatAddress({ family, words: Array.from(start.subarray(i * size, (i + 1) * size)) }));
      }
    }
  }
  return found;
}
