/**
 * What `compile` did -> the document `CompileReport`, and lines for people.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { Manifests } from '../model/resource.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { inspectTables, type TableInspection } from './inspection.ts';
import { formatPairs } from './inspection-report.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatBytes, formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';

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
  readonly out: { readonly file: string; readonly sizeBytes: number };
  readonly input: InputSummary;
  readonly tables: Omit<TableInspection, 'sections'>;
}

/** What was read. Kinds are sorted. */
export interface InputSummary {
  readonly read: readonly KindCount[];
  readonly skipped: readonly KindCount[];
  /** Policies that could not be read: verdicts that they could change are `unknown`. */
  readonly unreadablePolicies: number;
  readonly diagnostics: Readonly<Record<Severity, number>>;
}

export interface KindCount {
  readonly kind: string;
  readonly objects: number;
}

export function summariseInput({ counts, skipped, unreadable }: Manifests, diagnostics: readonly Diagnostic[]): InputSummary {
  const severity = (wanted: Severity): number => diagnostics.filter((each) => each.severity === wanted).length;
  return {
    read: kindCounts(counts),
    skipped: kindCounts(skipped),
    unreadablePolicies: unreadable.length,
    diagnostics: { error: severity('error'), warning: severity('warning'), info: severity('info') },
  };
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
  const lines = [
    `${paint.bold('Wrote')} ${escapeControls(out.file)} (${formatBytes(out.sizeBytes)})`,
    '',
    ...formatPairs(
      [
        ['read', formatKinds(input.read)],
        ['skipped', formatKinds(input.skipped)],
        ['policies that cannot be read', formatCount(input.unreadablePolicies)],
        ['policies, rules', `${formatCount(counts.policies)}, ${formatCount(counts.rules)}`],
        ['pods', formatCount(counts.pods)],
        ['subject classes', both((direction) => directions[direction].subjectClasses)],
        ['peer classes', both((direction) => directions[direction].peerClasses)],
        ['port classes', formatCount(counts.portClasses)],
        ['rows', both((direction) => directions[direction].rows)],
        ['tables', formatBytes(sizeBytes)],
      ],
      paint,
      'left',
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** `12 Deployment, 3 Secret`, or `nothing`. Not escaped. */
export function formatKinds(kinds: readonly KindCount[]): string {
  return kinds.length === 0 ? 'nothing' : kinds.map(({ kind, objects }) => `${formatCount(objects)} ${kind}`).join(', ');
}

function kindCounts(counts: ReadonlyMap<string, number>): KindCount[] {
  return [...counts].map(([kind, objects]) => ({ kind, objects })).sort((a, b) => (a.kind < b.kind ? -1 : Number(a.kind > b.kind)));
}
