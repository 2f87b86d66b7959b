/**
 * Folding ordered tiers into rows. For one subject class come in its entries and the segments of port classes in which they are active, out goes a row for each
 * segment: for every peer class, which decision.
 */
import type { Action } from '../model/policy.ts';
import type { EVERY_PEER } from './peer-sets.ts';

/** An entry, with what its rule says. */
export interface ActiveEntry {
  readonly atom: number;
  readonly rule: number;
  readonly policy: number;
  /** The group that its policy stands in. */
  readonly group: number;
  readonly tier: number;
  readonly action: Action;
  /** Is it open whether the peers match? */
  readonly open: boolean;
  /** Peer classes, or EVERY_PEER. */
  readonly peers: Uint32Array | typeof EVERY_PEER;
}

/** What a fold needs to know of a subject class. */
export interface SubjectEntries {
  /** Entries that are active on every port, in atom order. */
  readonly everywhere: readonly ActiveEntry[];
  /** For each segment, the entries that are active there and not everywhere, in atom order. Equal keys: equal entries. */
  readonly segments: readonly { readonly entries: readonly ActiveEntry[]; readonly key: string }[];
  /** Tier t holds a policy that isolates the subject. */
  readonly isolated: readonly boolean[];
}

/** Makes the rows of subject classes, one after the other. */
export interface Fold {
  /** The row of each segment. */
  rowsOf(subject: SubjectEntries): number[];
}

/** Decision pages that hold a peer class of the list, ascending. `seen` is scratch: one element per page, all 0 before and after. */
export function pagesOf(peers: readonly number[], seen: Uint8Array): number[] {
  const pages: number[] = [];
  for (const peer of peers) {
    const page = peer >>> 4;
    if (seen[page] === 1) continue;
    seen[page] = 1;
    pages.push(page);
  }
  for (const page of pages) seen[page] = 0;
  return pages.sort((a, b) => a - b);
}
