/**
 * The intervals of addresses that tables hold, as the search through them takes them.
 */
import type { AddressIntervals } from '../lib/prefix-table.ts';
import type { Columns } from './rule-tables.ts';

export function addressIntervals(columns: Columns, family: 4 | 6): AddressIntervals {
  return family === 4
    ? { wordsPerAddress: 1, start: columns.lookup4Start, target: columns.lookup4Target }
    : { wordsPerAddress: 4, start: columns.lookup6Start, target: columns.lookup6Target };
}
