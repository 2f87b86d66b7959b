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
import { KnownNodes } from '../input/build-nodes.ts';
import { type ManifestChanges, readChanges, withChanges } from '../input/changes.ts';
import type { InputOptions } from '../input/input-options.ts';
import type { Decision, Verdict } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import { type FlowQuery, textOfEnd } from '../model/flow.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { FlowJudge } from './can-reach.ts';
import { ChangingCluster } from './changing-cluster.ts';
import type { Focus } from './focus.ts';

/** Answers questions about one cluster and one policy set. Immutable. */
export interface Engine {
  /** Of an engine that `update` gave, compiled when they are first asked for. */
  readonly tables: RuleTables;
  /** Name of the CNI profile that the tables were compiled for. */
  readonly profileName: string;
  /** What was found while reading and compiling; of an engine that `update` gave, when it is first asked for, as `tables`. */
  readonly diagnostics: readonly Diagnostic[];
  /** What it was compiled from; undefined for an engine that was made from tables. */
  readonly source: EngineSource | undefined;
  /**
   * Can this connection be made, and why?
   * @throws {RangeError} for an end that does not exist or is not clear, a protocol outside the model, a port outside 1..65535
   */
  canReach(query: FlowQuery): Decision;
  /** The verdict alone: what `canReach(query).verdict` would be, without the reasons. Throws as `canReach` does. */
  verdict(query: FlowQuery): Verdict;
  /**
   * The engine after some changes of the cluster; this one stays as it is. The same answers as compiling everything anew, without compiling what did not change: changes of pods,
   * namespaces and NetworkPolicies take some microseconds whatever the size of the cluster (the first update of an engine looks at all objects once), and questions about ends that they
   * concern compile the few objects that the answer depends on. Other changes, and those whose effect cannot be kept apart (pods of workloads that are in the input, addresses of
   * nodes that only pods tell, profiles that look up names of ports in the whole cluster, anything where something could not be read), compile everything. `tables` and `diagnostics` do that too.
   * An end that does not exist is refused without saying which one may be meant. `options`: those with which the objects were read before.
   * @throws {TypeError} for something that is no changes, and when `apply` or `remove` is not a list
   * @throws {RangeError} when an object cannot be read, is named twice, or is to be removed and not there; or when the engine was made from tables alone. The message says which and why
   */
  update(changes: ManifestChanges, options?: InputOptions): Engine;
}

export interface CompileOptions {
  /** A profile by name (`spec`), or a record of switches. Default `spec`. */
  readonly cni?: string | CniProfile;
  /** Addresses of domain names that policies speak of. A name that is not in it makes the verdicts that depend on it `unknown`. Default: none. */
  readonly domainNames?: DomainNameTable;
  /** Have `tables.buffer` in shared memory, as `simulate` needs it. Default true where the runtime has it. */
  readonly shared?: boolean;
}

export interface EngineSource {
  readonly manifests: Manifests;
  readonly profile: CniProfile;
}

/** What the data plane defines, or does not know, is no doubt under its profile. */
function mattersUnder({ code }: Diagnostic, { enforced, adminApi, adminPeers, equalPriority }: CniProfile): boolean {
  if (code === 'equal-priority') return enforced && adminApi !== 'none' && equalPriority === 'undefined';
  if (code === 'mixed-admin-apis') return enforced && adminApi === 'both';
  return code !== 'nodes-not-given' || (enforced && adminApi !== 'none' && adminPeers === 'experimental');
}

/**
 * Compiles manifests into an engine. Diagnostics do not stop it: what could not be read makes the verdicts that it could change `unknown`.
 * @throws {TypeError} for two Namespace objects of one name, which reading never gives
 * @throws {RangeError} for something that is no manifests, a profile that does not exist or has an impossible switch, a table of domain names that is none
 */
export function compile(manifests: Manifests, options: CompileOptions = {}): Engine {
  if (!Array.isArray(manifests?.networkPolicies)) {
    throw new RangeError('expected manifests, as `parseManifests`, `manifestsFromObjects` or `loadManifests` give them');
  }
  const shared = options.shared ?? typeof SharedArrayBuffer !== 'undefined';
  return engineOfManifests(manifests, { profile: profileOf(options.cni ?? 'spec'), domainNames: options.domainNames, shared });
}

/** An engine over tables that were compiled before, for instance read from a file. It cannot be updated. */
export function engineFromTables(tables: RuleTables): Engine {
  return {
    ...answersOf(tables),
    diagnostics: errorsOf(tables),
    source: undefined,
    update() {
      throw new RangeError(
        'an engine that was made from tables does not know their objects: compile manifests to get one that can be updated',
      );
    },
  };
}

/** What tables remember of the errors in the input that they were compiled from. */
function errorsOf(tables: RuleTables): Diagnostic[] {
  const errors = Number(new TableNames(tables).property('errors') ?? 0);
  if (errors === 0) return [];
  const message = `compiled from input with ${errors === 1 ? 'an error' : `${errors} errors`}: verdicts that depend on what could not be read are unknown, and some ends may be missing`;
  return [{ code: 'compiled-with-errors', severity: 'error', message, origin: { file: '<tables>', line: 0, column: 0 } }];
}

/** The options of a compilation, after they have been checked. */
interface Settings {
  readonly profile: CniProfile;
  readonly domainNames: DomainNameTable | undefined;
  readonly shared: boolean;
}

type Answers = Pick<Engine, 'tables' | 'profileName' | 'canReach' | 'verdict'>;

function answersOf(tables: RuleTables): Answers {
  const names = new TableNames(tables);
  const judge = new FlowJudge(new TableReader(tables), names, new Directory(tables, names));
  return {
    tables,
    profileName: names.property('profile') ?? 'spec',
    canReach: (query) => judge.decide(query),
    verdict: (query) => judge.verdict(query),
  };
}

function engineOfManifests(manifests: Manifests, settings: Settings): Engine {
  const { profile, domainNames, shared } = settings;
  const { cluster, diagnostics } = buildCluster(manifests, profile);
  const { policySet, diagnostics: lowering } = lower(manifests, profile, domainNames);
  const found = [...manifests.diagnostics.filter((each) => mattersUnder(each, profile)), ...diagnostics, ...lowering];
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const answers = answersOf(compileTables(cluster, policySet, profile, { shared, errors }));
  let changing: ChangingCluster | undefined;
  return {
    ...answers,
    diagnostics: found,
    source: { manifests, profile },
    update(changes, options) {
      changing ??= ChangingCluster.of(manifests, profile, new KnownNodes(cluster.nodes));
      return updated(changing, answers, settings, changes, options);
    },
  };
}

function updated(
  cluster: ChangingCluster,
  compiled: Answers,
  settings: Settings,
  changes: ManifestChanges,
  options: InputOptions | undefined,
): Engine {
  const read = readChanges(changes, options);
  const next = cluster.with(read);
  if (next === undefined) return engineOfManifests(withChanges(cluster.manifests(), read, options), settings);
  return new ChangedEngine(next, compiled, settings);
}

/** How many questions' tables are kept. */
const MOST_FOCUSED = 64;

/**
 * An engine over `compiled` tables and what has changed since. A class, because V8 keeps an object with accessors of its own, and all that it refers to, until it collects the whole heap: of
 * thousands of updates a second, every version.
 */
class ChangedEngine implements Engine {
  readonly profileName: string;
  private readonly cluster: ChangingCluster;
  private readonly compiled: Answers;
  private readonly settings: Settings;
  private readonly focused = new Map<string, Answers>();
  private whole: Engine | undefined;

  constructor(cluster: ChangingCluster, compiled: Answers, settings: Settings) {
    this.profileName = compiled.profileName;
    this.cluster = cluster;
    this.compiled = compiled;
    this.settings = settings;
  }

  get tables(): RuleTables {
    return this.compileWhole().tables;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.compileWhole().diagnostics;
  }

  get source(): EngineSource {
    return { manifests: this.cluster.manifests(), profile: this.settings.profile };
  }

  // Functions of their own, as those of other engines are: they can be passed on without the engine.
  readonly canReach = (query: FlowQuery): Decision => this.answersTo(query).canReach(query);
  readonly verdict = (query: FlowQuery): Verdict => this.answersTo(query).verdict(query);
  readonly update = (changes: ManifestChanges, options?: InputOptions): Engine =>
    this.whole?.update(changes, options) ?? updated(this.cluster, this.compiled, this.settings, changes, options);

  private compileWhole(): Engine {
    this.whole ??= engineOfManifests(this.cluster.manifests(), this.settings);
    return this.whole;
  }

  private answersTo(query: FlowQuery): Answers {
    return this.whole ?? (isQuery(query) && this.cluster.concerns(query) ? this.focusOn(query) : this.compiled);
  }

  private focusOn(query: FlowQuery): Answers {
    const { focused } = this;
    const key = JSON.stringify([textOfEnd(query.from), textOfEnd(query.to)]);
    let answers = focused.get(key);
    if (answers === undefined) {
      if (focused.size === MOST_FOCUSED) focused.clear();
      answers = answersOf(compileFocus(this.cluster.focusOn(query), this.settings));
      focused.set(key, answers);
    }
    return answers;
  }
}

/** Anything else is refused by whoever answers. */
function isQuery(query: unknown): boolean {
  return typeof query === 'object' && query !== null;
}

function compileFocus({ manifests, addresses, nodes }: Focus, { profile, domainNames }: Settings): RuleTables {
  const { cluster } = buildCluster(manifests, profile, { place: (placements) => nodes.place(placements, addresses) });
  return compileTables(cluster, lower(manifests, profile, domainNames).policySet, profile);
}
