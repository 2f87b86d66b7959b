/**
 * Clusters and policies of the internal form, written by hand: what no manifest says (policies of an order, names in any order) can be said here.
 */
import { spec } from '../../../src/cni/spec.ts';
import { mapAddresses } from '../../../src/compile/address-lookup.ts';
import { type Distinctions, type Endpoints, layOutEndpoints } from '../../../src/compile/endpoints.ts';
import type { PrefixIndex } from '../../../src/compile/prefixes.ts';
import { parseAddress, parsePrefix } from '../../../src/lib/ip-address.ts';
import type { Cluster, Node, Pod } from '../../../src/model/cluster.ts';
import type { Action, PodMatch, Policy, PolicySet, Rule, Tier } from '../../../src/model/policy.ts';

const NOWHERE = { file: 'by hand', line: 1, column: 1 };
const EVERY_POD: PodMatch = { kind: 'pods', namespaces: { selector: [] }, pods: [] };

export const address = (text: string) => parseAddress(text)!;
export const prefix = (text: string) => parsePrefix(text)!.prefix;

/** A pod of namespace `a`. */
export function podOf(name: string, ips: readonly string[], more: Partial<Pod> = {}): Pod {
  return {
    namespace: 'a',
    name,
    labels: new Map(),
    ips: ips.map(address),
    namedPorts: [],
    hostNetwork: false,
    node: undefined,
    workload: undefined,
    origin: NOWHERE,
    ...more,
  };
}

export function nodeOf(name: string, ips: readonly string[], labels: Node['labels'] = new Map()): Node {
  return { name, labels, ips: ips.map(address) };
}

export function clusterOf(parts: Partial<Cluster>): Cluster {
  return { namespaces: [{ name: 'a', labels: new Map() }], pods: [], nodes: [], serviceAddresses: [], unreadableAddresses: [], ...parts };
}

/** The ends of flows of a cluster, as the specification has them. */
export function endpointsOf(cluster: Cluster, prefixes: PrefixIndex, distinctions: Distinctions): Endpoints {
  return layOutEndpoints(cluster, prefixes, mapAddresses(cluster, prefixes, spec), distinctions, spec);
}

/** A rule about egress to everything. */
export function ruleOf(action: Action, more: Partial<Rule> = {}): Rule {
  return { direction: 'egress', action, peers: 'any', ports: 'any', index: 0, origin: NOWHERE, ...more };
}

/** A policy for every pod. */
export function policyOf(name: string, rules: readonly Rule[], more: Partial<Policy> = {}): Policy {
  return {
    ref: { kind: 'Policy', name },
    origin: NOWHERE,
    subject: EVERY_POD,
    isolates: { ingress: false, egress: false },
    rules: rules.map((rule, index) => ({ ...rule, index })),
    ...more,
  };
}

/** One tier of the policies, where the first match decides. */
export function inOneTier(policies: readonly Policy[], match: Tier['match'] = 'first'): PolicySet {
  return { tiers: [{ name: 'tier', match, policies }], onUnmatched: 'allow' };
}
