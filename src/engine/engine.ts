/**
 * The engine: manifests in, answers out. `compile` runs the whole pipeline; an engine made from tables alone answers the same questions.
 */
import { profileOf } from '../cni/check-profile.ts';
import { compileTables } from '../compile/compile.ts';
import { lower } from '../dialects/lower.ts';
import { Directory } from '../evaluate/directory.ts';
import { TableNames } from '../evaluate/names.ts';
import { TableReader } from '../evaluate/reader.ts';
import { buildCluster } from '../input/build-cluster.ts';
import type { Decision, Verdict } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { FlowQuery } from '../model/flow.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { FlowJudge } from './can-reach.ts';

/** Answers questions about one cluster and one policy set. Immutable. */
export interface Engine {
  readonly tables: RuleTables;
  /** Name of the CNI profile that the tables were compiled for. */
  readonly profileName: string;
  /** What was found while reading and compiling. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Can this connection be made, and why?
   * @throws {RangeError} for an end that does not exist or is not clear, a protocol outside the model, a port outside 1..65535
   */
  canReach(query: FlowQuery): Decision;
  /** The verdict alone: what `canReach(query).verdict` would be, without the reasons. Throws as `canReach` does. */
  verdict(query: FlowQuery): Verdict;
}

export interface CompileOptions {
  /** A profile by name (`spec`), or a record of switches. Default `spec`. */
  readonly cni?: string | CniProfile;
  /** Addresses of domain names that policies speak of. A name that is not in it makes the verdicts that depend on it `unknown`. Default: none. */
  readonly domainNames?: DomainNameTable;
  /** Put the tables into shared memory, as `simulate` needs them. Default true where the runtime has it. */
  readonly shared?: boolean;
}

/** What the data plane defines, or does not know, is no doubt under its profile. */
function mattersUnder({ code }: Diagnostic, { enforced, adminApi, adminPeers, equalPriority }: CniProfile): boolean {
  if (code === 'equal-priority') return enforced && adminApi !== 'none' && equalPriority === 'undefined';
  if (code === 'mixed-admin-apis') return enforced && adminApi === 'both';
  return code !== 'nodes-not-given' || (enforced && adminApi !== 'none' && adminPeers === 'experimental');
}

/**
 * Compiles manifests into an engine. Diagnostics do not stop it: what could not be read makes the verdicts that it could change `unknown`.
 * @throws {RangeError} for something that is no manifests, a profile that does not exist or has an impossible switch, a table of domain names that is none
 */
export function compile(manifests: Manifests, options: CompileOptions = {}): Engine {
  if (!Array.isArray(manifests?.networkPolicies)) {
    throw new RangeError('expected manifests, as `parseManifests`, `manifestsFromObjects` or `loadManifests` give them');
  }
  const profile = profileOf(options.cni ?? 'spec');
  const { cluster, diagnostics } = buildCluster(manifests, profile);
  const { policySet, diagnostics: lowering } = lower(manifests, profile, options.domainNames);
  const tables = compileTables(cluster, policySet, profile, {
    shared: options.shared ?? typeof SharedArrayBuffer !== 'undefined',
  });
  return engineOf(tables, [...manifests.diagnostics.filter((each) => mattersUnder(each, profile)), ...diagnostics, ...lowering]);
}

/** An engine over tables that were compiled before, for instance read from a file. */
export function engineFromTables(tables: RuleTables): Engine {
  return engineOf(tables, []);
}

function engineOf(tables: RuleTables, diagnostics: readonly Diagnostic[]): Engine {
  const names = new TableNames(tables);
  const judge = new FlowJudge(new TableReader(tables), names, new Directory(tables, names));
  return {
    tables,
    profileName: names.property('profile') ?? 'spec',
    diagnostics,
    canReach: (query) => judge.decide(query),
    verdict: (query) => judge.verdict(query),
  };
}
