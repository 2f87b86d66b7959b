/**
 * Nodes, and which node each pod runs on. In come Node objects and pods, out come nodes with their addresses: what pods say about their host counts like what Node
 * objects say, and so does the address of a pod that the profile treats as its node.
 * A node has labels where its object is there; of others they are not known. Specification: networkpolicy-semantics 49, 50.
 */

import { compareText } from '../lib/compare-text.ts';
import { formatAddress, type IpAddress, parseAddress } from '../lib/ip-address.ts';
import type { Node } from '../model/cluster.ts';
import type { NodeObject, PodObject, Resource } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import { AddressSet } from './address-set.ts';
import type { LabelInterner } from './label-interner.ts';

/** What a pod says about where it is. */
export interface Placement {
  /** `spec.nodeName`. */
  readonly nodeName: string | undefined;
  /** `status.hostIP` and `hostIPs`. */
  readonly hosts: readonly IpAddress[];
  /** The pod's own addresses, when the profile treats it as its node. */
  readonly own: readonly IpAddress[];
}

export function placementOf({ spec }: PodObject, hosts: readonly IpAddress[], own: readonly IpAddress[]): Placement {
  return { nodeName: spec?.nodeName || undefined, hosts, own };
}

/** `nodeOf[i]` is the node of placement i. A host address that belongs to no known node is a node of its own. */
export function buildNodes(
  objects: readonly Resource<NodeObject>[],
  placements: readonly Placement[],
  interner: LabelInterner,
): { nodes: Node[]; nodeOf: (string | undefined)[] } {
  const addressesOf = new Map<string, AddressSet>();
  const namesOf = new Map<string, Set<string>>();
  const labelsOf = new Map<string, Labels>();
  const setOf = (name: string): AddressSet => {
    let set = addressesOf.get(name);
    if (set === undefined) {
      set = new AddressSet();
      addressesOf.set(name, set);
    }
    return set;
  };
  const add = (name: string, addresses: readonly (IpAddress | undefined)[]): void => {
    const set = setOf(name);
    for (const address of addresses) {
      if (address === undefined || !set.add(address)) continue;
      const key = formatAddress(address);
      const names = namesOf.get(key);
      if (names === undefined) namesOf.set(key, new Set([name]));
      else names.add(name);
    }
  };
  const owners = (hosts: readonly IpAddress[]): string[] => {
    if (hosts.length === 0) return NO_NAMES;
    return hosts.flatMap((host) => [...(namesOf.get(formatAddress(host)) ?? [])]).sort(compareText);
  };
  for (const { object } of objects) {
    // Whatever their type says: `Hostname` can hold an address, other names are none.
    const addresses = object.status?.addresses ?? [];
    const { name, labels } = object.metadata;
    labelsOf.set(name, interner.intern(labels));
    add(
      name,
      addresses.map(({ address }) => parseAddress(address)),
    );
  }
  for (const { nodeName, hosts, own } of placements) {
    if (nodeName === undefined) continue;
    add(nodeName, hosts);
    add(nodeName, own);
  }
  for (const { nodeName, hosts } of placements) {
    if (nodeName === undefined && hosts.length > 0 && owners(hosts).length === 0) add(`(${formatAddress(hosts[0]!)})`, hosts);
  }
  return {
    nodes: [...addressesOf]
      .map(([name, { addresses }]) => ({ name, labels: labelsOf.get(name), ips: addresses }))
      .sort((a, b) => compareText(a.name, b.name)),
    nodeOf: placements.map(({ nodeName, hosts }) => nodeName ?? owners(hosts)[0]),
  };
}

const NO_NAMES: string[] = [];
