/**
 * The first stages of the compiler: what policies mention, the addresses of the cluster under it, and the ends of flows.
 */
import type { Cluster } from '../model/cluster.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import { type AddressMap, mapAddresses } from './address-lookup.ts';
import { type Endpoints, layOutEndpoints } from './endpoints.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import { indexPrefixes, type PrefixIndex } from './prefixes.ts';

export interface Ends {
  readonly mentions: Mentions;
  readonly prefixes: PrefixIndex;
  readonly addresses: AddressMap;
  readonly endpoints: Endpoints;
}

/** `begin` is called when a stage begins. */
export function layOutEnds(
  cluster: Cluster,
  policySet: PolicySet,
  profile: CniProfile,
  begin: (stage: 'prefixes' | 'addresses' | 'endpoints') => void = () => {},
): Ends {
  begin('prefixes');
  const mentions = mentionsOf(policySet);
  const prefixes = indexPrefixes(mentions.prefixes);
  begin('addresses');
  const addresses = mapAddresses(cluster, prefixes, profile);
  begin('endpoints');
  const endpoints = layOutEndpoints(cluster, prefixes, addresses, mentions, profile);
  return { mentions, prefixes, addresses, endpoints };
}
