/**
 * What `snapshot` did -> the document `SnapshotReport`, and lines for people.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Manifests } from '../model/resource.ts';
import { formatKinds, type InputSummary, summariseInput } from './compile-report.ts';
import { formatPairs } from './inspection-report.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatBytes, formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';

export interface SnapshotResult {
  readonly manifests: Manifests;
  /** The file as it was named, and how long it is. */
  readonly out: string;
  readonly fileBytes: number;
}

/** The JSON form; `schemas/snapshot-report.schema.json`. */
export interface SnapshotDocument extends DocumentHead<'SnapshotReport'> {
  readonly out: { readonly file: string; readonly sizeBytes: number };
  readonly input: InputSummary;
}

export function snapshotDocument({ manifests, out, fileBytes }: SnapshotResult): SnapshotDocument {
  return {
    ...documentHead('SnapshotReport'),
    out: { file: out, sizeBytes: fileBytes },
    input: summariseInput(manifests, manifests.diagnostics),
  };
}

/** Lines for a terminal. */
export function formatSnapshot(result: SnapshotResult, paint: Paint = PLAIN): string {
  const { input, out } = snapshotDocument(result);
  const { pods, networkPolicies, adminPolicies } = result.manifests;
  const lines = [
    `${paint.bold('Wrote')} ${escapeControls(out.file)} (${formatBytes(out.sizeBytes)})`,
    '',
    ...formatPairs(
      [
        ['read', formatKinds(input.read)],
        ['skipped', formatKinds(input.skipped)],
        ['policies that cannot be read', formatCount(input.unreadablePolicies)],
        ['policies', formatCount(networkPolicies.length + adminPolicies.length)],
        ['pods', formatCount(pods.length)],
      ],
      paint,
      'left',
    ),
  ];
  return `${lines.join('\n')}\n`;
}
