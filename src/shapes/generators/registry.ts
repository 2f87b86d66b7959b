/**
 * The generators by the name that a specification calls them.
 */
import type { Generator } from '../generator.ts';
import { antrea } from './antrea.ts';
import { calicoProduction } from './calico-production.ts';
import { calicoSnapshot } from './calico-snapshot.ts';
import { calicoTenants } from './calico-tenants.ts';
import { churn } from './churn.ts';
import { cidrHeavy } from './cidr-heavy.ts';
import { ciliumNetpol } from './cilium-netpol.ts';
import { clusterLoad } from './cluster-load.ts';
import { fieldReplica } from './field-replica.ts';
import { kubeBurner } from './kube-burner.ts';
import { stress } from './stress.ts';

export const GENERATORS: ReadonlyMap<string, Generator> = new Map([
  ['antrea', antrea],
  ['calico-production', calicoProduction],
  ['calico-snapshot', calicoSnapshot],
  ['calico-tenants', calicoTenants],
  ['churn', churn],
  ['cidr-heavy', cidrHeavy],
  ['cilium-netpol', ciliumNetpol],
  ['cluster-load', clusterLoad],
  ['field-replica', fieldReplica],
  ['kube-burner', kubeBurner],
  ['stress', stress],
]);
