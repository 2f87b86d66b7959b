/**
 * Address -> endpoint, for every address there is: pods, nodes and Services as host prefixes over the prefixes that policies name.
 * What could not be read comes first, because nobody knows what it is; then a pod wins over a node, a node over a Service. An address that several pods (or nodes)
 * have, and one that has no verdict, is a shared target.
 */

import { orderOf } from '../lib/ascending.ts';
import { compareText } from '../lib/compare-text.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { compareWords, type IpAddress } from '../lib/ip-address.ts';
import { type AddressIntervals, putOver } from '../lib/prefix-table.ts';
import { newWords } from '../lib/words.ts';
import type { Cluster } from '../model/cluster.ts';
import { objectName } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import { ENDPOINT_POD, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import { type Endpoints, isSelectable } from './endpoints.ts';
import type { PrefixIndex } from './prefixes.ts';

/** Who has which address, before endpoints have numbers. An address that somebody has is a host: IPv4 before IPv6, ascending. */
export interface AddressMap {
  /** A target is a prefix, or, from the number of prefixes on, a host. */
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  /** The longest prefix that holds each host. */
  readonly leaf: Uint32Array;
  /** The host of each address of the pods that policies can select, of nodes, of Services, and of what could not be read: one after the other, as they stand in the cluster. */
  readonly hostOf: Uint32Array;
  /** For each prefix, 1 or 0: does it hold an address that no deeper prefix, pod, node or Service has? */
  readonly hasOutside: Uint8Array;
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

export function mapAddresses(cluster: Cluster, prefixes: PrefixIndex, profile: CniProfile): AddressMap {
  const given = givenAddresses(cluster, profile);
  const hostOf = newWords(given.count);
  const hosts4 = hostsOfIPv4(given, hostOf);
  const hosts6 = hostsOfIPv6(given, hosts4.length, hostOf);
  const prefixCount = prefixes.count;
  const intervals = {
    4: putOver(prefixes.intervals[4], hosts4, prefixCount),
    6: putOver(prefixes.intervals[6], Uint32Array.from(hosts6.flatMap(({ words }) => words)), prefixCount + hosts4.length),
  };
  const isTarget = new Uint8Array(prefixCount + hosts4.length + hosts6.length);
  for (const { target } of [intervals[4], intervals[6]]) for (let i = 0; i < target.length; i++) isTarget[target[i]!] = 1;
  return {
    intervals,
    leaf: leavesOf(hosts4, hosts6, prefixes),
    hostOf,
    hasOutside: isTarget.subarray(0, prefixCount),
  };
}

/** Addresses as they stand in the cluster, and their places: those of IPv4 in columns, as there can be hundred thousands. */
interface GivenAddresses {
  readonly words4: Uint32Array;
  readonly places4: Uint32Array;
  readonly given6: readonly { readonly address: IpAddress; readonly place: number }[];
  readonly count: number;
}

function givenAddresses(cluster: Cluster, profile: CniProfile): GivenAddresses {
  const words4 = new GrowableUint32();
  const places4 = new GrowableUint32();
  const given6: { address: IpAddress; place: number }[] = [];
  let count = 0;
  const add = (address: IpAddress): void => {
    if (address.family === 4) {
      words4.push(address.words[0]!);
      places4.push(count);
    } else {
      given6.push({ address, place: count });
    }
    count++;
  };
  for (const pod of cluster.pods) if (isSelectable(pod, profile)) for (const address of pod.ips) add(address);
  for (const { ips } of cluster.nodes) for (const address of ips) add(address);
  for (const { ip } of cluster.serviceAddresses) add(ip);
  for (const { ip } of cluster.unreadableAddresses) add(ip);
  return { words4: words4.view(), places4: places4.view(), given6, count };
}

/** The hosts of IPv4. Notes which address is which. */
function hostsOfIPv4({ words4, places4 }: GivenAddresses, hostOf: Uint32Array): Uint32Array {
  const hosts = newWords(words4.length);
  let count = 0;
  const order = orderOf(words4);
  for (let i = 0; i < order.length; i++) {
    const word = words4[order[i]!]!;
    if (count === 0 || word !== hosts[count - 1]) hosts[count++] = word;
    hostOf[places4[order[i]!]!] = count - 1;
  }
  return hosts.subarray(0, count);
}

/** The hosts of IPv6, of which the first has the number `first`. Notes which address is which. */
function hostsOfIPv6({ given6 }: GivenAddresses, first: number, hostOf: Uint32Array): IpAddress[] {
  const hosts: IpAddress[] = [];
  for (const { address, place } of given6.toSorted((a, b) => compareWords(a.address.words, b.address.words))) {
    const last = hosts[hosts.length - 1];
    if (last === undefined || compareWords(last.words, address.words) !== 0) hosts.push(address);
    hostOf[place] = first + hosts.length - 1;
  }
  return hosts;
}

function leavesOf(hosts4: Uint32Array, hosts6: readonly IpAddress[], prefixes: PrefixIndex): Uint32Array {
  const leaf = newWords(hosts4.length + hosts6.length);
  const { start, target } = prefixes.intervals[4];
  let interval = 0;
  for (let i = 0; i < hosts4.length; i++) {
    while (interval + 1 < start.length && start[interval + 1]! <= hosts4[i]!) interval++;
    leaf[i] = target[interval]!;
  }
  for (let i = 0; i < hosts6.length; i++) leaf[hosts4.length + i] = prefixes.leafOf(hosts6[i]!);
  return leaf;
}

/** The map with endpoint numbers for targets. */
export function lookUpAddresses(
  cluster: Cluster,
  endpoints: Endpoints,
  { intervals, leaf, hostOf, hasOutside }: AddressMap,
): AddressLookup {
  const { kind, host: hostOfEndpoint } = endpoints;
  const hostCount = leaf.length;
  const pods = new Owners(hostCount);
  const nodes = new Owners(hostCount);
  /** The number that stands for each prefix, then for each host. */
  const resolved = newWords(hasOutside.length + hostCount);
  for (let endpoint = 0; endpoint < endpoints.count; endpoint++) {
    const host = hostOfEndpoint[endpoint]!;
    if (kind[endpoint] === ENDPOINT_PREFIX) resolved[endpoints.object[endpoint]!] = endpoint;
    else if (host !== NONE_32) (kind[endpoint] === ENDPOINT_POD ? pods : nodes).add(host, endpoint);
  }
  const { services, unreadable } = namesOfHosts(cluster, hostOf);
  const shared: SharedTarget[] = [];
  const shareWith = (owners: readonly number[], owner: SharedTarget['owner']): number => {
    shared.push({ endpoints: owners, owner });
    return endpoints.count + shared.length - 1;
  };
  const isResolved = new Uint8Array(hostCount);
  for (let i = 0; i < hostOf.length; i++) {
    const host = hostOf[i]!;
    if (isResolved[host] === 1) continue;
    isResolved[host] = 1;
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

/** What the Services and the unreadable objects that have hosts are called. */
function namesOfHosts({ serviceAddresses, unreadableAddresses }: Cluster, hostOf: Uint32Array) {
  const services = new Map<number, string>();
  const unreadable = new Map<number, string>();
  let place = hostOf.length - serviceAddresses.length - unreadableAddresses.length;
  for (const { namespace, name } of serviceAddresses) setFirst(services, hostOf[place++]!, `Service ${namespace}/${name}`);
  for (const { object } of unreadableAddresses) setFirst(unreadable, hostOf[place++]!, objectName(object));
  return { services, unreadable };
}

const NOBODY: readonly number[] = [];

/** Endpoints by host: nearly always one. */
class Owners {
  private readonly only: Uint32Array;
  private readonly several = new Map<number, number[]>();

  constructor(hosts: number) {
    this.only = newWords(hosts).fill(NONE_32);
  }

  add(host: number, endpoint: number): void {
    const only = this.only[host]!;
    if (only === NONE_32) this.only[host] = endpoint;
    else if (only === SEVERAL) this.several.get(host)!.push(endpoint);
    else {
      this.only[host] = SEVERAL;
      this.several.set(host, [only, endpoint]);
    }
  }

  get(host: number): number | readonly number[] | undefined {
    const only = this.only[host]!;
    if (only === SEVERAL) return this.several.get(host);
    return only === NONE_32 ? undefined : only;
  }
}

/** Of hosts that several endpoints have. */
const SEVERAL = NONE_32 - 1;

/** Of several names for a host the first by code units stays, whatever the order of the input. */
function setFirst(names: Map<number, string>, host: number, name: string): void {
  const known = names.get(host);
  if (known === undefined || compareText(name, known) < 0) names.set(host, name);
}
