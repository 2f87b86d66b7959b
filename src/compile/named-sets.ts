/**
 * The sets of units that policies and rules name, found in one walk over them: neighbours name the same, and fetching objects from memory is what it costs.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { newWords } from '../lib/words.ts';
import type { Catalogue } from './catalogue.ts';
import { NOTHING_OPEN, type PeerSets } from './peer-sets.ts';

export interface NamedSets {
  /** For each policy, the set of units that it selects. */
  readonly subjects: Uint32Array;
  /** Where the peers of each rule begin in the columns below, and one past the last at the end. A rule for every peer has one. */
  readonly start: Uint32Array;
  /** For each peer, the set of units that it matches for certain, or EVERY_PEER. */
  readonly certain: GrowableUint32;
  /** For each peer, the set of units that it may match and may not (`PeerSets.internOpen`), or NOTHING_OPEN. */
  readonly open: GrowableUint32;
}

export function findNamedSets({ policyList, ruleList, policyOfRule }: Catalogue, peerSets: PeerSets): NamedSets {
  const subjects = newWords(policyList.length);
  const start = newWords(ruleList.length + 1);
  const certain = new GrowableUint32();
  const open = new GrowableUint32();
  let rule = 0;
  for (let policy = 0; policy < subjects.length; policy++) {
    subjects[policy] = peerSets.internPods(policyList[policy]!.subject);
    for (; rule < ruleList.length && policyOfRule.get(rule) === policy; rule++) {
      const { peers } = ruleList[rule]!;
      if (peers === 'any') {
        certain.push(peerSets.intern(peers));
        open.push(NOTHING_OPEN);
      } else {
        for (let i = 0; i < peers.length; i++) {
          certain.push(peerSets.intern(peers[i]!));
          open.push(peerSets.internOpen(peers[i]!));
        }
      }
      start[rule + 1] = certain.length;
    }
  }
  return { subjects, start, certain, open };
}
