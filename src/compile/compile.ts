/**
 * The compiler: a cluster and a policy set in, tables out. The stages, in order:
 *   prefixes -> endpoints and units -> catalogue of policies and rules, and whom they select -> port classes -> per direction: subject classes, peer classes, rows -> pack.
 * All matching happens here; what evaluates the tables only reads arrays.
 */
import { countWords } from '../lib/words.ts';
import type { Cluster } from '../model/cluster.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { Catalogue } from './catalogue.ts';
import { DecisionTable } from './decisions.ts';
import { compileDirection } from './direction.ts';
import { classifyPorts, numbersOfNames } from './entries.ts';
import { layOutEnds } from './lay-out-ends.ts';
import { findNamedSets } from './named-sets.ts';
import { pack } from './pack.ts';
import { PeerSets } from './peer-sets.ts';

/** In the order in which they run. */
export type CompileStage = 'prefixes' | 'addresses' | 'endpoints' | 'catalogue' | 'ports' | 'ingress' | 'egress' | 'pack';

export interface CompileTablesOptions {
  /** Have `buffer` of the tables be a SharedArrayBuffer, so that threads can read it in place. Default false. */
  readonly shared?: boolean;
  /** Errors that reading and lowering found, which the tables remember: whoever gets them without the manifests has to know that something is missing. Default 0. */
  readonly errors?: number;
  /** Called when a stage begins, for those who measure. */
  readonly onStage?: (stage: CompileStage) => void;
}

export function compileTables(
  cluster: Cluster,
  policySet: PolicySet,
  profile: CniProfile,
  { shared = false, errors = 0, onStage: begin = () => {} }: CompileTablesOptions = {},
): RuleTables {
  countWords();
  const { mentions, prefixes, addresses, endpoints } = layOutEnds(cluster, policySet, profile, begin);
  const peerSets = new PeerSets(cluster, endpoints, prefixes, profile, mentions.labelKeys);
  begin('catalogue');
  const catalogue = new Catalogue(policySet);
  const named = findNamedSets(catalogue, peerSets);
  begin('ports');
  const portNumbers = numbersOfNames(endpoints);
  const ports = classifyPorts(catalogue, portNumbers);
  const decisions = new DecisionTable();
  const compileOne = (direction: Direction) => {
    begin(direction);
    return compileDirection({
      direction,
      policySet,
      catalogue,
      named,
      endpoints,
      peerSets,
      ports,
      decisions,
      ownNode: profile.ownNode,
    });
  };
  const ingress = compileOne('ingress');
  const egress = compileOne('egress');
  begin('pack');
  return pack({ cluster, profile, errors, prefixes, addresses, endpoints, catalogue, ports, decisions, ingress, egress }, shared);
}
