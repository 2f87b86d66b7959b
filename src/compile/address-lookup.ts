/**
 * Address -> endpoint, for every address there is: pods and nodes as host prefixes over the prefixes that policies name.
 * A pod wins over a node, a node over a Service; an address that several pods (or nodes) have, or a Service, is a shared target.
 */
import { comparePrefixes, formatAddress, hostPrefix, type IpAddress } from '../lib/ip-address.ts';
import { type AddressIntervals, flattenPrefixes, type PrefixTarget } from '../lib/prefix-table.ts';
import type { Cluster } from '../model/cluster.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_NODE, ENDPOINT_POD, ENDPOINT_PREFIX } from '../tables/layout.ts';
import type { Endpoints } from './endpoints.ts';
import type { PrefixIndex } from './prefixes.ts';

export interface AddressLookup {
  readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  /** Target `endpoints.count + i` stands for these endpoints, or for this Service. */
  readonly shared: readonly { readonly endpoints: readonly number[]; readonly service: string | undefined }[];
}

interface Owners {
  readonly address: IpAddress;
  readonly pods: number[];
  readonly nodes: number[];
  service: string | undefined;
}

export function lookUpAddresses(cluster: Cluster, endpoints: Endpoints, prefixes: PrefixIndex): AddressLookup {
  const owners = new Map<string, Owners>();
  const ownersOf = (address: IpAddress): Owners => {
    const key = formatAddress(address);
    let found = owners.get(key);
    if (found === undefined) {
      found = { address, pods: [], nodes: [], service: undefined };
      owners.set(key, found);
    }
    return found;
  };
  const entries: PrefixTarget[] = [];
  for (let endpoint = 0; endpoint < endpoints.count; endpoint++) {
    const kind = endpoints.kind[endpoint]!;
    const address = endpoints.address[endpoint];
    if (kind === ENDPOINT_PREFIX) entries.push({ prefix: prefixes.prefixes[endpoints.object[endpoint]!]!, target: endpoint });
    else if (address === undefined || kind === ENDPOINT_HOST_POD) continue;
    else if (kind === ENDPOINT_POD) ownersOf(address).pods.push(endpoint);
    else if (kind === ENDPOINT_NODE) ownersOf(address).nodes.push(endpoint);
  }
  for (const { namespace, name, ip } of cluster.serviceAddresses) ownersOf(ip).service ??= `${namespace}/${name}`;

  const shared: { endpoints: readonly number[]; service: string | undefined }[] = [];
  for (const { address, pods, nodes, service } of owners.values()) {
    const candidates = pods.length > 0 ? pods : nodes;
    let target = candidates[0];
    if (candidates.length !== 1) {
      target = endpoints.count + shared.length;
      shared.push({ endpoints: candidates, service: candidates.length === 0 ? service : undefined });
    }
    entries.push({ prefix: hostPrefix(address), target: target! });
  }
  // Sorting is stable, so an owner comes after a prefix of the same extent and wins.
  entries.sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  const family = (wanted: 4 | 6): AddressIntervals =>
    flattenPrefixes(
      entries.filter(({ prefix }) => prefix.family === wanted),
      wanted,
    );
  return { intervals: { 4: family(4), 6: family(6) }, shared };
}
