/**
 * Which rules can speak of the way from a pod to its own node: those of tiers where the first match decides, with a peer that is a node. NetworkPolicies never stand between them
 * (networkpolicy-semantics 49); an administrator's egress rule may (policy.networking.k8s.io `nodes`, `networks`).
 */
import type { PolicySet } from '../model/policy.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE } from '../tables/layout.ts';
import type { Endpoints } from './endpoints.ts';
import type { ActiveEntry } from './fold.ts';
import { EVERY_PEER } from './peer-sets.ts';

/** Tells of an entry whether it may judge that way. */
export function nodeJudges({ tiers }: PolicySet, { kind, unit }: Endpoints, peerOfUnit: Uint32Array): (entry: ActiveEntry) => boolean {
  const classes = new Set<number>();
  for (const [endpoint, of] of kind.entries()) {
    if (of === ENDPOINT_NODE || of === ENDPOINT_HOST_POD) classes.add(peerOfUnit[unit[endpoint]!]!);
  }
  const hasNode = new Map<ActiveEntry['peers'], boolean>();
  return ({ tier, peers }) => {
    if (tiers[tier]!.match !== 'first' || classes.size === 0) return false;
    if (peers === EVERY_PEER) return true;
    let found = hasNode.get(peers);
    if (found === undefined) {
      found = peers.some((peer) => classes.has(peer));
      hasNode.set(peers, found);
    }
    return found;
  };
}
