/**
 * Address -> endpoint, for every address there is: pods, nodes and Services as host prefixes over the prefixes that policies name.
 * What could not be read comes first, because nobody knows what it is; then a pod wins over a node, a node over a Service. An address that several pods (or nodes)
 * have, and one that has no verdict, is a shared target.
 */
import { compareText } from '../lib/compare-text.ts';
import { comparePrefixes, formatAddress, hostPrefix, type IpAddress } from '../lib/ip-address.ts';
import { type AddressIntervals, flattenPrefixes } from '../lib/prefix-table.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import { ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX } from '../tables/layout.ts';
import { type Endpoints, isSelectable } from './endpoints.ts';
import type { PrefixIndex } from './prefixes.ts';

/** Who has which address, before endpoints have numbers. A target is a prefix, or, from the number of prefixes on, an entry of `hosts`. */
export interface AddressMap {
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  readonly hosts: readonly IpAddress[];
  /** For each prefix: does it hold an address that no deeper prefix, pod, node or Service has? */
  readonly hasOutside: readonly boolean[];
}

export interface AddressLookup {
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  /** Target `endpoints.count + i`. */
  readonly shared: readonly SharedTarget[];
}

/** Several owners of one address, or the owner of an address without verdict. */
export interface SharedTarget {
  readonly endpoints: readonly number[];
  readonly owner: { readonly name: string; readonly unreadable: boolean } | undefined;
}

export function mapAddresses(cluster: Cluster, { prefixes }: PrefixIndex, profile: CniProfile): AddressMap {
  const hosts = new Map<string, IpAddress>();
  const add = (address: IpAddress): void => {
    hosts.set(formatAddress(address), address);
  };
  for (const pod of cluster.pods) if (isSelectable(pod, profile)) pod.ips.forEach(add);
  for (const { ips } of cluster.nodes) ips.forEach(add);
  for (const { ip } of [...cluster.serviceAddresses, ...cluster.unreadableAddresses]) add(ip);
  const hostList = [...hosts.values()];
  const entries = [
    ...prefixes.map((prefix, target) => ({ prefix, target })),
    ...hostList.map((address, i) => ({ prefix: hostPrefix(address), target: prefixes.length + i })),
  ];
  // Sorting is stable, so an owner comes after a prefix of the same extent and wins.
  entries.sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  const flatten = (family: 4 | 6): AddressIntervals =>
    flattenPrefixes(
      entries.filter(({ prefix }) => prefix.family === family),
      family,
    );
  const intervals = { 4: flatten(4), 6: flatten(6) };
  const targets = new Set([...intervals[4].target, ...intervals[6].target]);
  return { intervals, hosts: hostList, hasOutside: prefixes.map((_, prefix) => targets.has(prefix)) };
}

/** The map with endpoint numbers for targets. */
export function lookUpAddresses(cluster: Cluster, endpoints: Endpoints, { intervals, hosts, hasOutside }: AddressMap): AddressLookup {
  const pods = new Map<string, number[]>();
  const nodes = new Map<string, number[]>();
  const endpointOfPrefix = new Uint32Array(hasOutside.length);
  for (let endpoint = 0; endpoint < endpoints.count; endpoint++) {
    const kind = endpoints.kind[endpoint]!;
    const address = endpoints.address[endpoint];
    if (kind === ENDPOINT_PREFIX) endpointOfPrefix[endpoints.object[endpoint]!] = endpoint;
    else if (address !== undefined && kind === ENDPOINT_POD) append(pods, formatAddress(address), endpoint);
    else if (address !== undefined && kind === ENDPOINT_NODE) append(nodes, formatAddress(address), endpoint);
  }
  const services = new Map<string, string>();
  for (const { namespace, name, ip } of cluster.serviceAddresses) setFirst(services, formatAddress(ip), `Service ${namespace}/${name}`);
  const unreadable = new Map<string, string>();
  for (const { object, ip } of cluster.unreadableAddresses) {
    setFirst(unreadable, formatAddress(ip), `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`);
  }

  const shared: SharedTarget[] = [];
  const targetOfHost = hosts.map((address) => {
    const key = formatAddress(address);
    const doubt = unreadable.get(key);
    const owners = doubt === undefined ? (pods.get(key) ?? nodes.get(key) ?? []) : [];
    if (owners.length === 1) return owners[0]!;
    const name = owners.length === 0 ? (doubt ?? services.get(key)) : undefined;
    shared.push({ endpoints: owners, owner: name === undefined ? undefined : { name, unreadable: doubt !== undefined } });
    return endpoints.count + shared.length - 1;
  });
  const resolve = (target: number): number => {
    return target < endpointOfPrefix.length ? endpointOfPrefix[target]! : targetOfHost[target - endpointOfPrefix.length]!;
  };
  const resolved = (family: 4 | 6): AddressIntervals => ({ ...intervals[family], target: intervals[family].target.map(resolve) });
  return { intervals: { 4: resolved(4), 6: resolved(6) }, shared };
}

function append(lists: Map<string, number[]>, key: string, item: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Of several names for a key the first by code units stays, whatever the order of the input. */
function setFirst(names: Map<string, string>, key: string, name: string): void {
  const known = names.get(key);
  if (known === undefined || compareText(name, known) < 0) names.set(key, name);
}
