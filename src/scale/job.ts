/**
 * The messages between the process that runs a benchmark and those that measure.
 */
import type { LoadOptions } from '../input/load-manifests.ts';
import type { SentManifests } from './copy-of-manifests.ts';
import type { Measured, MeasureOptions } from './measure.ts';

export interface Job {
  /** Read here, so that reading is measured too; or what the parent has read. */
  readonly input: { readonly paths: readonly string[]; readonly load: LoadOptions } | { readonly manifests: SentManifests };
  readonly replicate: { readonly what: 'cluster' | 'policies'; readonly factor: number; readonly seed: number };
  readonly options: MeasureOptions;
}

export type Outcome = { readonly measured: Measured } | { readonly error: string };
