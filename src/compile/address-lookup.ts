/**
 * Address -> endpoint, for every address there is: pods, nodes and Services as host prefixes over the prefixes that policies name.
 * What could not be read comes first, because nobody knows what it is; then a pod wins over a node, a node over a Service. An address that several pods (or nodes)
 * have, and one that has no verdict, is a shared target.
 */
import { compareText } from '../lib/compare-text.ts';
import { comparePrefixes, formatAddress, hostPrefix, type IpAddress } from '../lib/ip-address.ts';
import { type AddressIntervals, flattenPrefixes, type PrefixTarget, putOver } from '../lib/prefix-table.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CniProfile } from '../model/profile.ts';
import { ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import { type Endpoints, isSelectable } from './endpoints.ts';
import type { PrefixIndex } from './prefixes.ts';

/** Who has which address, before endpoints have numbers. A target is a prefix, or, from the number of prefixes on, an entry of `hosts`. */
export interface AddressMap {
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  readonly hosts: readonly IpAddress[];
  readonly hostOf: ReadonlyMap<AddressKey, number>;
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
  const hostOf = new Map<AddressKey, number>();
  const hosts: IpAddress[] = [];
  const add = (address: IpAddress): void => {
    const key = addressKey(address);
    if (hostOf.has(key)) return;
    hostOf.set(key, hosts.length);
    hosts.push(address);
  };
  for (const pod of cluster.pods) if (isSelectable(pod, profile)) for (const address of pod.ips) add(address);
  for (const { ips } of cluster.nodes) for (const address of ips) add(address);
  for (const { ip } of cluster.serviceAddresses) add(ip);
  for (const { ip } of cluster.unreadableAddresses) add(ip);
  const flatten = (family: 4 | 6): AddressIntervals => {
    const entries: PrefixTarget[] = [];
    for (const [target, prefix] of prefixes.entries()) if (prefix.family === family) entries.push({ prefix, target });
    if (family === 4) return putHostsOver(flattenPrefixes(entries, family), hosts, prefixes.length);
    for (const [i, host] of hosts.entries()) if (host.family === 6) entries.push({ prefix: hostPrefix(host), target: prefixes.length + i });
    // Sorting is stable, so an owner comes after a prefix of the same extent and wins.
    entries.sort((a, b) => comparePrefixes(a.prefix, b.prefix));
    return flattenPrefixes(entries, family);
  };
  const intervals = { 4: flatten(4), 6: flatten(6) };
  const isTarget = new Uint8Array(prefixes.length + hosts.length);
  for (const { target } of [intervals[4], intervals[6]]) for (const each of target) isTarget[each] = 1;
  return { intervals, hosts, hostOf, hasOutside: prefixes.map((_, prefix) => isTarget[prefix] === 1) };
}

/** The intervals with the IPv4 addresses among the hosts over them; host i has the target `first + i`. */
function putHostsOver(intervals: AddressIntervals, hosts: readonly IpAddress[], first: number): AddressIntervals {
  // They sort as numbers, with the place behind the address.
  const keys = new Float64Array(hosts.length);
  let count = 0;
  for (let i = 0; i < hosts.length; i++) if (hosts[i]!.family === 4) keys[count++] = hosts[i]!.words[0]! * MOST_HOSTS + i;
  const sorted = keys.subarray(0, count).sort();
  const addresses = new Float64Array(count);
  const targets = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    addresses[i] = Math.floor(sorted[i]! / MOST_HOSTS);
    targets[i] = first + (sorted[i]! % MOST_HOSTS);
  }
  return putOver(intervals, addresses, targets);
}

/** An IPv4 address and a place below this fit into the 53 bits of a number. */
const MOST_HOSTS = 2 ** 21;

/** Equal for equal addresses: the number of an IPv4 address, the text of an IPv6 address. */
type AddressKey = number | string;

function addressKey(address: IpAddress): AddressKey {
  return address.family === 4 ? address.words[0]! : formatAddress(address);
}

/** The map with endpoint numbers for targets. */
export function lookUpAddresses(
  cluster: Cluster,
  endpoints: Endpoints,
  { intervals, hosts, hostOf, hasOutside }: AddressMap,
): AddressLookup {
  const hostNumber = (address: IpAddress): number => hostOf.get(addressKey(address))!;
  const pods = new Owners(hosts.length);
  const nodes = new Owners(hosts.length);
  /** The number that stands for each prefix, then for each host. */
  const resolved = new Uint32Array(hasOutside.length + hosts.length);
  for (let endpoint = 0; endpoint < endpoints.count; endpoint++) {
    const kind = endpoints.kind[endpoint]!;
    const address = endpoints.address[endpoint];
    if (kind === ENDPOINT_PREFIX) resolved[endpoints.object[endpoint]!] = endpoint;
    else if (address !== undefined && kind === ENDPOINT_POD) pods.add(hostNumber(address), endpoint);
    else if (address !== undefined && kind === ENDPOINT_NODE) nodes.add(hostNumber(address), endpoint);
  }
  const services = new Map<number, string>();
  for (const { namespace, name, ip } of cluster.serviceAddresses) setFirst(services, hostNumber(ip), `Service ${namespace}/${name}`);
  const unreadable = new Map<number, string>();
  for (const { object, ip } of cluster.unreadableAddresses) {
    setFirst(unreadable, hostNumber(ip), `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`);
  }

  const shared: SharedTarget[] = [];
  const shareWith = (owners: readonly number[], owner: SharedTarget['owner']): number => {
    shared.push({ endpoints: owners, owner });
    return endpoints.count + shared.length - 1;
  };
  for (let host = 0; host < hosts.length; host++) {
    const doubt = unreadable.get(host);
    const owners = doubt === undefined ? (pods.get(host) ?? nodes.get(host) ?? NOBODY) : NOBODY;
    const name = typeof owners === 'number' || owners.length > 0 ? undefined : (doubt ?? services.get(host));
    const owner = name === undefined ? undefined : { name, unreadable: doubt !== undefined };
    resolved[hasOutside.length + host] = typeof owners === 'number' ? owners : shareWith(owners, owner);
  }
  const resolve = (family: 4 | 6): AddressIntervals => {
    const target = intervals[family].target.slice();
    for (let i = 0; i < target.length; i++) target[i] = resolved[target[i]!]!;
    return { ...intervals[family], target };
  };
  return { intervals: { 4: resolve(4), 6: resolve(6) }, shared };
}

const NOBODY: readonly number[] = [];

/** Endpoints by host: nearly always one. */
class Owners {
  private readonly only: Uint32Array;
  private readonly several = new Map<number, number[]>();

  constructor(hosts: number) {
    this.only = new Uint32Array(hosts).fill(NONE_32);
  }

  add(host: number, endpoint: number): void {
    const known = this.several.get(host);
    if (known !== undefined) known.push(endpoint);
    else if (this.only[host] === NONE_32) this.only[host] = endpoint;
    else this.several.set(host, [this.only[host]!, endpoint]);
  }

  get(host: number): number | readonly number[] | undefined {
    return this.several.get(host) ?? (this.only[host] === NONE_32 ? undefined : this.only[host]);
  }
}

/** Of several names for a host the first by code units stays, whatever the order of the input. */
function setFirst(names: Map<number, string>, host: number, name: string): void {
  const known = names.get(host);
  if (known === undefined || compareText(name, known) < 0) names.set(host, name);
}
