/**
 * What each switch of a profile does, as a sentence about a data plane. Specification: the doc comments of `CniProfile`.
 */
import type { CniProfile } from '../model/profile.ts';
import type { SwitchName } from './report.ts';

type Texts = { readonly [S in SwitchName]: Readonly<Record<`${CniProfile[S]}`, string>> };

const TEXTS: Texts = {
  enforced: { true: 'enforces policies', false: 'enforces no policy at all' },
  ipBlockMatchesPods: { true: 'matches pods by the addresses of a block', false: 'never matches a pod by a block of addresses' },
  ipBlockMatchesNodes: { true: 'matches nodes by the addresses of a block', false: 'never matches a node by a block of addresses' },
  exceptScope: {
    block: 'takes the exceptions of a block from that block only',
    rule: 'takes the exceptions of one block from all blocks of the rule',
  },
  ipv6Everything: { all: 'reads ::/0 as every IPv6 address', 'global-and-local': 'reads ::/0 as 2000::/3 and fd00::/8 only' },
  namedPorts: {
    resolved: 'resolves names of ports at the destination pod',
    'policy-rejected': 'gives up a whole policy that names a port by its name',
    'open-when-unresolved': 'resolves names of ports before it writes rules, and writes a rule without ports when it finds none',
    uncertain: 'resolves names of ports in a way of its own, which may open more',
  },
  namedPortDuplicates: {
    every: 'reads a port name that a pod declares twice as both numbers',
    first: 'reads a port name that a pod declares twice as the first number',
  },
  sidecarPorts: { true: 'knows the port names of sidecars', false: 'does not know the port names of sidecars' },
  hostNetwork: { node: 'treats host-network pods as their node', pod: 'treats host-network pods as pods' },
  ownNode: {
    allow: 'lets a pod and its own node talk always',
    admin: "lets no NetworkPolicy stand between a pod and its own node, but an administrator's egress rule",
    'from-node': 'lets a node reach its pods always, and applies policies on the way from a pod to its node',
    policy: 'applies policies between a pod and its own node',
  },
  hairpin: { allow: 'lets a pod reach itself always', policy: 'applies policies between a pod and itself' },
  hostBits: { mask: 'masks a CIDR with host bits', reject: 'refuses a policy with a CIDR that has host bits' },
  endPort: { range: 'reads endPort', ignored: 'does not know endPort: of a range only the first port is meant' },
  otherProtocols: { error: 'polices TCP, UDP and SCTP', allow: 'allows other protocols' },
  adminApi: {
    none: "knows no administrators' policies",
    v1alpha1: 'knows AdminNetworkPolicy and BaselineAdminNetworkPolicy, but not ClusterNetworkPolicy',
    v1alpha2: 'knows ClusterNetworkPolicy, but not AdminNetworkPolicy and BaselineAdminNetworkPolicy',
    both: "knows administrators' policies of both versions",
  },
  adminPeers: {
    experimental: 'knows the peers nodes and domainNames',
    standard: 'does not know the peers nodes and domainNames: an Accept matches nothing, a Deny or Pass denies everything',
  },
  unknownPeers: {
    'fail-closed': 'closes a rule with a peer that it does not know',
    ignored: 'passes over a peer that it does not know, also in a Deny',
  },
  equalPriority: {
    undefined: 'has no defined order for policies of one priority',
    name: 'orders policies of one priority by name',
    calico: 'orders policies of one priority by name//kind',
    cilium: 'gives rule i the priority p + i/100, and lets a deny come first where numbers are equal',
  },
};

/** `calico does this` for each switch, joined. `explained`: these are the cause, and not only what it is among. */
export function becauseOf(switches: readonly SwitchName[], profile: CniProfile, explained: boolean): string {
  const clauses = switches.map((name) => {
    const texts: Readonly<Record<string, string>> = TEXTS[name];
    return texts[String(profile[name])] ?? `has ${name} ${String(profile[name])}`;
  });
  const all = `${profile.name} ${clauses.join(', and ')}`;
  if (clauses.length === 1) return all;
  return explained ? `${all} (only together)` : `not searched to the end, it is one of these or several: ${all}`;
}
