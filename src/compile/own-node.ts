/**
 * Which rules can speak of the way from a pod to its own node: those of tiers where the first match decides, with a peer that is a node. NetworkPolicies never stand between them
 * (networkpolicy-semantics 49); an administrator's egress rule may (policy.networking.k8s.io `nodes`, `networks`).
 */
import { type Grouping, membersOf } from '../lib/grouping.ts';
import type { PolicySet } from '../model/policy.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE } from '../tables/layout.ts';
import type { Endpoints } from './endpoints.ts';
import { EVERY_PEER } from './peer-sets.ts';

/** Tells of an entry, by its tier and its peer set, whether it may judge that way. */
export function nodeJudges(
  { tiers }: PolicySet,
  { kind, unit }: Endpoints,
  peerOfUnit: Uint32Array,
  peersOfSet: Grouping,
): (tier: number, peerSet: number) => boolean {
  const classes = new Set<number>();
  for (let endpoint = 0; endpoint < kind.length; endpoint++) {
    if (kind[endpoint] === ENDPOINT_NODE || kind[endpoint] === ENDPOINT_HOST_POD) classes.add(peerOfUnit[unit[endpoint]!]!);
  }
  const hasNode = new Map<number, boolean>();
  return (tier, peerSet) => {
    if (tiers[tier]!.match !== 'first' || classes.size === 0) return false;
    if (peerSet === EVERY_PEER) return true;
    let found = hasNode.get(peerSet);
    if (found === undefined) {
      found = membersOf(peersOfSet, peerSet).some((peer) => classes.has(peer));
      hasNode.set(peerSet, found);
    }
    return found;
  };
}
