/**
 * The compiler: a cluster and a policy set in, tables out. The stages, in order:
 *   prefixes -> endpoints and units -> catalogue of policies and rules -> port classes -> per direction: subject classes, peer classes, rows -> pack.
 * All matching happens here; what evaluates the tables only reads arrays.
 */
import type { Cluster } from '../model/cluster.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { mapAddresses } from './address-lookup.ts';
import { Catalogue, portNamesOf, selectsNodes } from './catalogue.ts';
import { DecisionTable } from './decisions.ts';
import { compileDirection } from './direction.ts';
import { layOutEndpoints } from './endpoints.ts';
import { classifyPorts, numbersOfNames } from './entries.ts';
import { pack } from './pack.ts';
import { PeerSets } from './peer-sets.ts';
import { indexPrefixes } from './prefixes.ts';

export interface CompileTablesOptions {
  /** Put the tables into a SharedArrayBuffer, so that threads can read them in place. Default false. */
  readonly shared?: boolean;
}

export function compileTables(
  cluster: Cluster,
  policySet: PolicySet,
  profile: CniProfile,
  { shared = false }: CompileTablesOptions = {},
): RuleTables {
  const prefixes = indexPrefixes(policySet);
  const addresses = mapAddresses(cluster, prefixes, profile);
  const distinctions = { portNames: portNamesOf(policySet), nodes: selectsNodes(policySet) };
  const endpoints = layOutEndpoints(cluster, prefixes, addresses.hasOutside, distinctions, profile);
  const peerSets = new PeerSets(cluster, endpoints, prefixes, profile);
  const catalogue = new Catalogue(policySet);
  const portNumbers = numbersOfNames(endpoints);
  const ports = classifyPorts(catalogue, portNumbers);
  const decisions = new DecisionTable();
  const compileOne = (direction: Direction) =>
    compileDirection({ direction, policySet, catalogue, endpoints, peerSets, ports, portNumbers, decisions, ownNode: profile.ownNode });
  const ingress = compileOne('ingress');
  const egress = compileOne('egress');
  return pack({ cluster, profile, prefixes, addresses, endpoints, catalogue, ports, decisions, ingress, egress }, shared);
}
