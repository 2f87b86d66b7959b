import { PAGE_BITS, PAGE_CELLS_32, pagesFor } from './layout.ts';
import type { Columns } from './rule-tables.ts';

/** The classes of a direction, and the rows that it has for them. */
export interface RowCounts {
  readonly subjectClasses: number;
  readonly peerClasses: number;
  /** A row is a decision for every peer class, a verdict row a verdict for each. */
  readonly rows: number;
  readonly verdictRows: number;
}

export function countRows(columns: Columns, direction: 'ingress' | 'egress'): RowCounts {
  const peerClasses = Math.max(0, columns[`${direction}PeerMemberStart`].length - 1);
  const rowsOf = (blocks: Uint32Array, pages: Uint32Array, pagesPerRow: number): number => {
    return Math.floor(blocks.length > 0 ? blocks.length / pagesFor(pagesPerRow, PAGE_CELLS_32) : pages.length / pagesPerRow);
  };
  return {
    subjectClasses: Math.max(0, columns[`${direction}IsolatingStart`].length - 1),
    peerClasses,
    rows: rowsOf(columns[`${direction}DecisionBlock`], columns[`${direction}DecisionGroup`], pagesFor(peerClasses, PAGE_CELLS_32 ** 2)),
    verdictRows: rowsOf(columns[`${direction}AllowBlock`], columns[`${direction}AllowPage`], pagesFor(peerClasses, PAGE_BITS)),
  };
}
