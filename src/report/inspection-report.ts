/**
 * An inspection of tables -> the document `InspectReport`, and a table for people.
 */
import type { DirectionInspection, PageInspection, TableInspection } from './inspection.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatBytes, formatCount, formatShare } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { type Column, formatTable } from './table.ts';

/** The JSON form; `schemas/inspect-report.schema.json`. */
export type InspectDocument = DocumentHead<'InspectReport'> & TableInspection;

export function inspectDocument(inspection: TableInspection): InspectDocument {
  return { ...documentHead('InspectReport'), ...inspection };
}

/** Lines for a terminal. Sections that hold nothing are counted, not listed. */
export function formatInspection(inspection: TableInspection, paint: Paint = PLAIN): string {
  const { counts, directions, sections, sizeBytes, profile, layoutVersion } = inspection;
  const filled = sections.filter((section) => section.elements > 0).sort((a, b) => b.sizeBytes - a.sizeBytes);
  const lines = [
    `${paint.bold('Tables')}: ${formatBytes(sizeBytes)}, profile ${profile}, layout version ${layoutVersion}`,
    '',
    ...formatPairs(
      [
        ['policies', formatCount(counts.policies)],
        ['rules', formatCount(counts.rules)],
        ['pods', formatCount(counts.pods)],
        ['workloads', formatCount(counts.workloads)],
        ['nodes', formatCount(counts.nodes)],
        ['endpoints: pods by address', formatCount(counts.endpoints.pods)],
        ['endpoints: nodes by address', formatCount(counts.endpoints.nodes)],
        ['endpoints: prefixes', formatCount(counts.endpoints.prefixes)],
        ['port classes', formatCount(counts.portClasses)],
        ['decisions by rules', formatCount(counts.decisions.byRules)],
        ['decisions by default', formatCount(counts.decisions.byDefault)],
        ['strings', formatCount(counts.strings)],
      ],
      paint,
    ),
    '',
    ...formatTable(DIRECTION_COLUMNS, [...directionRows(directions.ingress, directions.egress)], paint),
    '',
    ...formatTable(
      SECTION_COLUMNS,
      filled.map(({ name, type, elements, sizeBytes: size }) => [
        name,
        type,
        formatCount(elements),
        formatCount(size),
        formatShare(size, sizeBytes),
      ]),
      paint,
    ),
    paint.dim(`${sections.length - filled.length} of ${sections.length} sections are empty`),
  ];
  return `${lines.join('\n')}\n`;
}

const DIRECTION_COLUMNS: readonly Column[] = [{ header: '' }, { header: 'INGRESS', align: 'right' }, { header: 'EGRESS', align: 'right' }];

const SECTION_COLUMNS: readonly Column[] = [
  { header: 'SECTION' },
  { header: 'TYPE' },
  { header: 'ELEMENTS', align: 'right' },
  { header: 'BYTES', align: 'right' },
  { header: 'SHARE', align: 'right' },
];

function directionRows(ingress: DirectionInspection, egress: DirectionInspection): string[][] {
  const row = (name: string, value: (direction: DirectionInspection) => number): string[] => [
    name,
    formatCount(value(ingress)),
    formatCount(value(egress)),
  ];
  const pageRow = (name: string, value: (pages: DirectionInspection['pages']) => PageInspection): string[] => [
    name,
    formatPages(value(ingress.pages)),
    formatPages(value(egress.pages)),
  ];
  return [
    row('subject classes', ({ subjectClasses }) => subjectClasses),
    row('peer classes', ({ peerClasses }) => peerClasses),
    row('rows', ({ rows }) => rows),
    row('verdict rows', ({ verdictRows }) => verdictRows),
    pageRow('pages: row numbers', ({ rows }) => rows),
    pageRow('pages: verdict row numbers', ({ verdictRows }) => verdictRows),
    pageRow('pages: allow bits', ({ allowBits }) => allowBits),
    pageRow('pages: unknown bits', ({ unknownBits }) => unknownBits),
    pageRow('pages: groups of decision pages', ({ decisionGroups }) => decisionGroups),
    pageRow('pages: decisions', ({ decisions }) => decisions),
  ];
}

function formatPages({ stored, referenced }: PageInspection): string {
  return stored === 0 ? '-' : `${formatCount(stored)} for ${formatCount(referenced)}`;
}

/** Names and values in two columns; numbers stand to the right. */
export function formatPairs(
  pairs: readonly (readonly [name: string, value: string])[],
  paint: Paint,
  align: 'left' | 'right' = 'right',
): string[] {
  const [, ...rows] = formatTable([{ header: '' }, { header: '', align }], pairs, paint);
  return rows;
}
