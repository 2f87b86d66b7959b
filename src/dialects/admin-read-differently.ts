/**
 * Peers of administrators' policies that a data plane does not know, and what becomes of their rules: what the author of the policy should know. In come the policies that it enforces, out come
 * diagnostics. Specification: `adminPeers` and `unknownPeers` of `CniProfile`.
 */
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { refOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { AdminEgressPeer, AdminPolicyObject, Resource } from '../model/resource.ts';

const MOST_LISTED = 20;

/** One warning for each of the first rules, at the first peer that is not known, and one that counts the rest. Empty peers that close their rules are told by the reader. */
export function adminReadDifferently(policies: readonly Resource<AdminPolicyObject>[], profile: CniProfile): Diagnostic[] {
  if (profile.adminPeers === 'experimental' && profile.unknownPeers === 'fail-closed') return [];
  const all = policies.flatMap((policy) => DIRECTIONS.flatMap((direction) => differences(policy, direction, profile)));
  const rest = all[MOST_LISTED];
  if (rest === undefined) return all;
  const { code, severity, origin } = rest;
  const message = `${all.length - MOST_LISTED} more rules have peers that ${quote(profile.name)} does not know`;
  return [...all.slice(0, MOST_LISTED), { code, severity, message, origin }];
}

function differences(policy: Resource<AdminPolicyObject>, direction: Direction, profile: CniProfile): Diagnostic[] {
  const { object } = policy;
  return rulesOf(object, direction).flatMap(({ action, peers }, index): Diagnostic[] => {
    const at = peers.findIndex((peer) => isReadDifferently(peer, profile));
    if (at < 0) return [];
    const field = `spec.${direction}[${index}].${direction === 'ingress' ? 'from' : 'to'}[${at}]`;
    const { nodes, domainNames } = peers[at]!;
    const what = nodes ? 'the peer `nodes`' : domainNames ? 'the peer `domainNames`' : 'a peer that names nothing';
    const message = `${object.kind} ${quote(object.metadata.name)} under ${quote(profile.name)}: ${what} is not known to it, ${effect(action, profile)}`;
    const ref = refOf(object.kind, object.metadata);
    return [{ code: 'policy-read-differently', severity: 'warning', message, origin: policy.locate(field), object: ref, field }];
  });
}

function effect(action: string, { unknownPeers }: CniProfile): string {
  if (unknownPeers === 'ignored') return `and passed over: the rule, whose action is \`${action}\`, is for its other peers alone`;
  const closes = action === 'Deny' || action === 'Pass';
  return `and the rule, whose action is \`${action}\`, ${closes ? 'denies everything in its direction' : 'matches nothing'}`;
}

function isReadDifferently({ namespaces, pods, networks, nodes, domainNames }: AdminEgressPeer, profile: CniProfile): boolean {
  if (namespaces || pods || networks) return false;
  if (nodes || domainNames) return profile.adminPeers === 'standard';
  return profile.unknownPeers === 'ignored';
}

function rulesOf({ spec }: AdminPolicyObject, direction: Direction): { action: string; peers: readonly AdminEgressPeer[] }[] {
  return direction === 'ingress'
    ? (spec.ingress ?? []).map(({ action, from }) => ({ action, peers: from }))
    : (spec.egress ?? []).map(({ action, to }) => ({ action, peers: to }));
}
