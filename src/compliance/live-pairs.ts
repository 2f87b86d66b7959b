/**
 * Pairs of ends that are pairs: not a pod and itself, and not a pod and its own node (or a host-network pod there), where the data plane connects them whatever policies say.
 */
import type { TableReader } from '../evaluate/reader.ts';
import type { Atom } from './zone-world.ts';

export interface LivePairs {
  /** Those with a pair left. */
  readonly from: readonly Atom[];
  readonly to: readonly Atom[];
  /** Endpoints of one. */
  readonly pair: readonly [number, number];
}

/** Undefined where no pair is left. */
export function livePairs(reader: TableReader, from: readonly Atom[], to: readonly Atom[]): LivePairs | undefined {
  const isPair = (a: Atom, b: Atom): boolean => isLive(reader, a.endpoint, b.endpoint);
  // Nearly always the first one is.
  const sources = from.filter((source) => to.some((destination) => isPair(source, destination)));
  const destinations = to.filter((destination) => from.some((source) => isPair(source, destination)));
  const [source] = sources;
  if (source === undefined) return undefined;
  const destination = destinations.find((each) => isPair(source, each));
  return destination === undefined ? undefined : { from: sources, to: destinations, pair: [source.endpoint, destination.endpoint] };
}

function isLive(reader: TableReader, source: number, destination: number): boolean {
  return !reader.decidedByComparison(source, destination) && !reader.isSamePod(source, destination);
}
