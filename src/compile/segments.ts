/**
 * The port axis of a subject class, in pieces.
 */
import type { Entries } from './entries.ts';

/** A run of port classes up to `end` (one past the last), and the entries that are active in it but not everywhere. */
interface Segment {
  readonly active: number[];
  readonly end: number;
}

/** Cuts the port classes where the set of active entries changes. */
export function cutIntoSegments(
  subjectEntries: readonly number[],
  { first, last }: Entries,
  portClasses: number,
): { everywhere: number[]; segments: Segment[] } {
  const isEverywhere = (entry: number): boolean => first.get(entry) === 0 && last.get(entry) === portClasses - 1;
  const everywhere = subjectEntries.filter(isEverywhere);
  if (everywhere.length === subjectEntries.length) return { everywhere, segments: [{ active: [], end: portClasses }] };
  const local = subjectEntries.filter((entry) => !isEverywhere(entry));
  const cuts = new Set<number>([0, portClasses]);
  for (const entry of local) {
    cuts.add(first.get(entry));
    cuts.add(last.get(entry) + 1);
  }
  const bounds = [...cuts].sort((a, b) => a - b);
  const segments = bounds.slice(1).map((end): Segment => ({ active: [], end }));
  const segmentFrom = new Map(bounds.map((bound, i) => [bound, i]));
  // Subject entries are in atom order, so each segment's are too.
  for (const entry of local) {
    const past = segmentFrom.get(last.get(entry) + 1)!;
    for (let i = segmentFrom.get(first.get(entry))!; i < past; i++) segments[i]!.active.push(entry);
  }
  return { everywhere, segments };
}
