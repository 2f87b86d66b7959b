/**
 * Nodes, and which node each pod runs on. In come Node objects and pods, out come nodes with their addresses: what pods say about their host counts like what Node
 * objects say, and so does the address of a pod that the profile treats as its node.
 * A node has labels where its object is there; of others they are not known. Specification: networkpolicy-semantics 49, 50.
 */

import { append } from '../lib/append.ts';
import { compareText } from '../lib/compare-text.ts';
import { formatAddress, type IpAddress, parseAddress } from '../lib/ip-address.ts';
import type { Node } from '../model/cluster.ts';
import type { NodeObject, Resource } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import { AddressSet } from './address-set.ts';
import { labelsOf } from './label-sets.ts';
import type { Placement } from './placements.ts';

/** `nodeOf[i]` is the node of placement i. A host address that belongs to no known node is a node of its own. */
export function buildNodes(
  objects: readonly Resource<NodeObject>[],
  placements: readonly Placement[],
): { nodes: Node[]; nodeOf: (string | undefined)[] } {
  const addressesOf = new Map<string, AddressSet>();
  const namesOf = new Map<string, Set<string>>();
  const labelsByName = new Map<string, Labels>();
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
    labelsByName.set(name, labelsOf(labels));
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
      .map(([name, { addresses }]) => ({ name, labels: labelsByName.get(name), ips: addresses }))
      .sort((a, b) => compareText(a.name, b.name)),
    nodeOf: placements.map(({ nodeName, hosts }) => nodeName ?? owners(hosts)[0]),
  };
}

/** Nodes that were built before, and where pods are among them. */
export class KnownNodes {
  private readonly byName: ReadonlyMap<string, Node>;
  private readonly byAddress: ReadonlyMap<string, readonly string[]>;
  /** A node of which the labels are known, where there is one: without any, every address outside may be a node. */
  private readonly labelled: string | undefined;

  constructor(nodes: readonly Node[]) {
    const byAddress = new Map<string, string[]>();
    for (const { name, ips } of nodes) {
      for (const ip of ips) append(byAddress, formatAddress(ip), name);
    }
    this.byName = new Map(nodes.map((node) => [node.name, node]));
    this.byAddress = byAddress;
    this.labelled = nodes.find(({ labels }) => labels !== undefined)?.name;
  }

  /** The nodes of some placements, as `buildNodes` gives them for all, with those that have one of the addresses. */
  place(placements: readonly Placement[], addresses: readonly IpAddress[] = []): { nodes: Node[]; nodeOf: (string | undefined)[] } {
    const nodeOf = placements.map(({ nodeName, hosts }) => nodeName ?? this.owners(hosts)[0]);
    const names = new Set([...nodeOf, ...this.owners(addresses), this.labelled].filter((name) => name !== undefined));
    const nodes = [...names].sort(compareText).map((name) => this.byName.get(name) ?? { name, labels: undefined, ips: [] });
    return { nodes, nodeOf };
  }

  /**
   * Would the nodes be the same with other pods? `before` and `after` are placements of the pods that change; `ofNode` gives the Node object, if there is one, and the placements of all
   * pods on a node after the change.
   */
  staysWith(
    before: readonly Placement[],
    after: readonly Placement[],
    ofNode: (name: string) => { readonly objects: readonly Resource<NodeObject>[]; readonly placements: readonly Placement[] },
  ): boolean {
    const changed = [...before, ...after];
    // A host address that belongs to no node makes one.
    const makesNode = ({ nodeName, hosts }: Placement): boolean => {
      return nodeName === undefined && hosts.length > 0 && !this.owners(hosts).some((name) => !isMadeOfAddress(name));
    };
    if (changed.some(makesNode)) return false;
    const names = new Set(changed.map(({ nodeName }) => nodeName).filter((name) => name !== undefined));
    return [...names].every((name) => {
      const { objects, placements } = ofNode(name);
      const node = buildNodes(objects, placements).nodes.find((each) => each.name === name);
      return addressesText(node) === addressesText(this.byName.get(name));
    });
  }

  private owners(hosts: readonly IpAddress[]): string[] {
    if (hosts.length === 0) return NO_NAMES;
    return hosts.flatMap((host) => this.byAddress.get(formatAddress(host)) ?? NO_NAMES).sort(compareText);
  }
}

function addressesText(node: Node | undefined): string {
  return (node?.ips ?? []).map(formatAddress).join();
}

/** No node object can have such a name. */
function isMadeOfAddress(name: string): boolean {
  return name.startsWith('(');
}

const NO_NAMES: string[] = [];
