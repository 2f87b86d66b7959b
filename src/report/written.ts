/**
 * What was read and written, as commands that write a file tell it.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { Manifests } from '../model/resource.ts';
import { formatPairs } from './inspection-report.ts';
import { formatBytes, formatCount } from './numbers.ts';
import type { Paint } from './paint.ts';

/** The file as it was named. */
export interface FileWritten {
  readonly file: string;
  readonly sizeBytes: number;
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

/** Lines for a terminal: the file, what it was made of, and what `facts` say of it. */
export function formatWritten(out: FileWritten, input: InputSummary, facts: readonly (readonly [string, string])[], paint: Paint): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['read', formatKinds(input.read)],
    ['skipped', formatKinds(input.skipped)],
    ['policies that cannot be read', formatCount(input.unreadablePolicies)],
    ...facts,
  ];
  const lines = [
    `${paint.bold('Wrote')} ${escapeControls(out.file)} (${formatBytes(out.sizeBytes)})`,
    '',
    ...formatPairs(pairs, paint, 'left'),
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
