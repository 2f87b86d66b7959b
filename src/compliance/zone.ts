/**
 * What a file of a zone says: which pods are in it, and which paths into it, out of it and within it are meant. Nothing here knows a cluster.
 */
import type { PodsEnd, TestEnd, TestPort } from '../expectations/test-case.ts';
import type { Origin } from '../model/origin.ts';
import type { ControlId } from './controls.ts';

/** Into the zone, out of it, or between its pods. */
export type Way = 'in' | 'out' | 'within';

/** A connection that is meant, and why. */
export interface ListedPath {
  readonly way: Way;
  /** Undefined: every pod of the zone. */
  readonly from: TestEnd | undefined;
  /** Undefined: every pod of the zone. */
  readonly to: TestEnd | undefined;
  readonly ports: readonly TestPort[];
  readonly reason: string;
  readonly origin: Origin;
}

export interface ComplianceZone {
  readonly file: string;
  readonly name: string;
  /** Paths and patterns of manifests, relative to the file. */
  readonly inputs: readonly { readonly path: string; readonly origin: Origin }[];
  readonly controls: readonly ControlId[];
  /** A pod that one of these selects is in the zone. */
  readonly selectors: readonly PodsEnd[];
  /** Those of `in`, then of `out`, then of `within`. */
  readonly paths: readonly ListedPath[];
  /** Are the connections between pods of the zone to be judged, too? */
  readonly listsWithin: boolean;
  /** Who answers questions for names, and where. */
  readonly dns: { readonly to: TestEnd; readonly ports: readonly TestPort[] };
  /** The widest range of ports, in ports, that is not too broad. */
  readonly portRange: number;
}
