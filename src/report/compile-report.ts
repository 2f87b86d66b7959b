/**
 * What `compile` did -> the document `CompileReport`, and lines for people.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Manifests } from '../model/resource.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { inspectTables, type TableInspection } from './inspection.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatBytes, formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { type FileWritten, formatWritten, type InputSummary, summariseInput } from './written.ts';

export interface CompileResult {
  readonly manifests: Manifests;
  readonly tables: RuleTables;
  readonly diagnostics: readonly Diagnostic[];
  /** The file as it was named, and how long it is. */
  readonly out: string;
  readonly fileBytes: number;
}

/** The JSON form; `schemas/compile-report.schema.json`. */
export interface CompileDocument extends DocumentHead<'CompileReport'> {
  readonly out: FileWritten;
  readonly input: InputSummary;
  readonly tables: Omit<TableInspection, 'sections'>;
}

export function compileDocument({ manifests, tables, diagnostics, out, fileBytes }: CompileResult): CompileDocument {
  const { sections: _, ...inspection } = inspectTables(tables);
  return {
    ...documentHead('CompileReport'),
    out: { file: out, sizeBytes: fileBytes },
    input: summariseInput(manifests, diagnostics),
    tables: inspection,
  };
}

/** Lines for a terminal. */
export function formatCompilation(result: CompileResult, paint: Paint = PLAIN): string {
  const { input, tables, out } = compileDocument(result);
  const { counts, directions, sizeBytes } = tables;
  const both = (value: (direction: 'ingress' | 'egress') => number): string =>
    `${formatCount(value('ingress'))} ingress, ${formatCount(value('egress'))} egress`;
  const facts: readonly (readonly [string, string])[] = [
    ['policies, rules', `${formatCount(counts.policies)}, ${formatCount(counts.rules)}`],
    ['pods', formatCount(counts.pods)],
    ['subject classes', both((direction) => directions[direction].subjectClasses)],
    ['peer classes', both((direction) => directions[direction].peerClasses)],
    ['port classes', formatCount(counts.portClasses)],
    ['rows', both((direction) => directions[direction].rows)],
    ['tables', formatBytes(sizeBytes)],
  ];
  return formatWritten(out, input, facts, paint);
}
