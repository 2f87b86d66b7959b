/**
 * The rows of a subject class, found in the tables.
 */
import { TableReader } from '../evaluate/reader.ts';
import type { Direction } from '../model/protocol.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** A function that gives the distinct rows of a subject class over all port classes. */
export function rowsOfSubjects(tables: RuleTables, direction: Direction): (subject: number) => ReadonlySet<number> {
  const reader = new TableReader(tables);
  const portClasses = tables.columns.portClassFirst.length;
  const known = new Map<number, Set<number>>();
  return (subject) => {
    let rows = known.get(subject);
    if (rows === undefined) {
      rows = new Set();
      for (let portClass = 0; portClass < portClasses; portClass++) rows.add(reader.decisionRow(direction, subject, portClass));
      known.set(subject, rows);
    }
    return rows;
  };
}
