/**
 * The rows of a subject class, found in the tables.
 */
import type { Direction } from '../model/protocol.ts';
import { PAGE_CELLS_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** A function that gives the distinct rows of a subject class over all port classes. */
export function rowsOfSubjects({ columns }: RuleTables, direction: Direction): (subject: number) => ReadonlySet<number> {
  const directory = columns[`${direction}RowPage`];
  const cells = columns[`${direction}RowCell`];
  const portClasses = columns.portClassFirst.length;
  const pages = Math.max(1, Math.ceil(portClasses / PAGE_CELLS_32));
  const known = new Map<number, Set<number>>();
  return (subject) => {
    let rows = known.get(subject);
    if (rows === undefined) {
      rows = new Set();
      for (let portClass = 0; portClass < portClasses; portClass++) {
        const page = directory[subject * pages + Math.floor(portClass / PAGE_CELLS_32)]!;
        rows.add(cells[page * PAGE_CELLS_32 + (portClass % PAGE_CELLS_32)]!);
      }
      known.set(subject, rows);
    }
    return rows;
  };
}
