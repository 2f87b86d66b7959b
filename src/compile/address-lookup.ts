/**
 * Address -> endpoint, for every address there is: pods, nodes and Services as host prefixes over the prefixes that policies name.
 * What could not be read comes first, because nobody knows what it is; then a pod wins over a node, a node over a Service. An address that several pods (or nodes)
 * have, and one that has no verdict, is a shared target.
 */
import { compareText } from '../lib/compare-text.ts';
import { comparePrefixes, compareWords, formatAddress, hostPrefix, type IpAddress } from '../lib/ip-address.ts';
import { type AddressIntervals, flattenPrefixes, type PrefixTarget } from '../lib/prefix-table.ts';
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
  const seen = new Set<AddressKey>();
  const hosts: IpAddress[] = [];
  const add = (address: IpAddress): void => {
    const key = addressKey(address);
    if (seen.has(key)) return;
    seen.add(key);
    hosts.push(address);
  };
  for (const pod of cluster.pods) if (isSelectable(pod, profile)) for (const address of pod.ips) add(address);
  for (const { ips } of cluster.nodes) for (const address of ips) add(address);
  for (const { ip } of cluster.serviceAddresses) add(ip);
  for (const { ip } of cluster.unreadableAddresses) add(ip);
  const flatten = (family: 4 | 6): AddressIntervals => {
    const entries: PrefixTarget[] = [];
    for (const [target, prefix] of prefixes.entries()) if (prefix.family === family) entries.push({ prefix, target });
    for (const i of inOrder(hosts, family)) entries.push({ prefix: hostPrefix(hosts[i]!), target: prefixes.length + i });
    // Sorting is stable, so an owner comes after a prefix of the same extent and wins.
    entries.sort((a, b) => comparePrefixes(a.prefix, b.prefix));
    return flattenPrefixes(entries, family);
  };
  const intervals = { 4: flatten(4), 6: flatten(6) };
  const isTarget = new Uint8Array(prefixes.length + hosts.length);
  for (const { target } of [intervals[4], intervals[6]]) for (const each of target) isTarget[each] = 1;
  return { intervals, hosts, hasOutside: prefixes.map((_, prefix) => isTarget[prefix] === 1) };
}

/** The places of the hosts of a family, by address. IPv4 addresses sort as numbers, with the place behind the point. */
function inOrder(hosts: readonly IpAddress[], family: 4 | 6): ArrayLike<number> & Iterable<number> {
  const places: number[] = [];
  for (const [i, address] of hosts.entries()) if (address.family === family) places.push(i);
  if (family === 6) return places.sort((a, b) => compareWords(hosts[a]!.words, hosts[b]!.words));
  const keys = Float64Array.from(places, (i) => hosts[i]!.words[0]! * MOST_HOSTS + i).sort();
  return Uint32Array.from(keys, (key) => key % MOST_HOSTS);
}

/** An IPv4 address and a place below this fit into the 53 bits of a number. */
const MOST_HOSTS = 2 ** 21;

/** Equal for equal addresses: the number of an IPv4 address, the text of an IPv6 address. */
type AddressKey = number | string;

function addressKey(address: IpAddress): AddressKey {
  return address.family === 4 ? address.words[0]! : formatAddress(address);
}

/** The map with endpoint numbers for targets. */
export function lookUpAddresses(cluster: Cluster, endpoints: Endpoints, { intervals, hosts, hasOutside }: AddressMap): AddressLookup {
  const pods = new Owners();
  const nodes = new Owners();
  const endpointOfPrefix = new Uint32Array(hasOutside.length);
  for (let endpoint = 0; endpoint < endpoints.count; endpoint++) {
    const kind = endpoints.kind[endpoint]!;
    const address = endpoints.address[endpoint];
    if (kind === ENDPOINT_PREFIX) endpointOfPrefix[endpoints.object[endpoint]!] = endpoint;
    else if (address !== undefined && kind === ENDPOINT_POD) pods.add(addressKey(address), endpoint);
    else if (address !== undefined && kind === ENDPOINT_NODE) nodes.add(addressKey(address), endpoint);
  }
  const services = new Map<AddressKey, string>();
  for (const { namespace, name, ip } of cluster.serviceAddresses) setFirst(services, addressKey(ip), `Service ${namespace}/${name}`);
  const unreadable = new Map<AddressKey, string>();
  for (const { object, ip } of cluster.unreadableAddresses) {
    setFirst(unreadable, addressKey(ip), `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`);
  }

  const shared: SharedTarget[] = [];
  const targetOfHost = Uint32Array.from(hosts, (address) => {
    const key = addressKey(address);
    const doubt = unreadable.get(key);
    const owners = doubt === undefined ? (pods.get(key) ?? nodes.get(key) ?? NOBODY) : NOBODY;
    if (typeof owners === 'number') return owners;
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

const NOBODY: readonly number[] = [];

/** Endpoints by address: nearly always one. */
class Owners {
  private readonly byKey = new Map<AddressKey, number | number[]>();

  add(key: AddressKey, endpoint: number): void {
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, endpoint);
    else if (typeof known === 'number') this.byKey.set(key, [known, endpoint]);
    else known.push(endpoint);
  }

  get(key: AddressKey): number | readonly number[] | undefined {
    return this.byKey.get(key);
  }
}

/** Of several names for a key the first by code units stays, whatever the order of the input. */
function setFirst(names: Map<AddressKey, string>, key: AddressKey, name: string): void {
  const known = names.get(key);
  if (known === undefined || compareText(name, known) < 0) names.set(key, name);
}
