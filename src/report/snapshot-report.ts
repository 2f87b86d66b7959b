/**
 * What `snapshot` did -> the document `SnapshotReport`, and lines for people.
 */
import type { Manifests } from '../model/resource.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { type FileWritten, formatWritten, type InputSummary, summariseInput } from './written.ts';

export interface SnapshotResult {
  readonly manifests: Manifests;
  /** The file as it was named, and how long it is. */
  readonly out: string;
  readonly fileBytes: number;
}

/** The JSON form; `schemas/snapshot-report.schema.json`. */
export interface SnapshotDocument extends DocumentHead<'SnapshotReport'> {
  readonly out: FileWritten;
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
  const facts: readonly (readonly [string, string])[] = [
    ['policies', formatCount(networkPolicies.length + adminPolicies.length)],
    ['pods', formatCount(pods.length)],
  ];
  return formatWritten(out, input, facts, paint);
}
