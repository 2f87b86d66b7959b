/**
 * Files of expectations against a cluster: every case judged at all its pairs and ports.
 */

import { profileOf } from '../cni/check-profile.ts';
import { type ResolvedNames, readDomainNames } from '../dialects/domain-names.ts';
import { type CompileOptions, compile, type Engine } from '../engine/engine.ts';
import type { InputOptions } from '../input/input-options.ts';
import { quote } from '../lib/quote.ts';
import type { Manifests } from '../model/resource.ts';
import { type AssumedCluster, assumePods, type ClusterOptions, disagree, shareClusters } from './assumed-pods.ts';
import { describeEnd } from './describe.ts';
import { judgePairs } from './judge-pairs.ts';
import { checkLimits } from './limits.ts';
import { type AssumedPod, type EndPlan, labelText, planEnd } from './plan-end.ts';
import type { CaseResult, TestedFile } from './report.ts';
import { podsBehind, type ResolvedEnds, resolvePlan } from './resolve-end.ts';
import type { ReachabilityTest, TestCase } from './test-case.ts';
import { TestedCluster } from './tested-cluster.ts';

export interface TestOptions extends Pick<CompileOptions, 'cni' | 'domainNames'> {
  /** The cases to run, by file and case; all when left out. */
  readonly select?: (test: ReachabilityTest, testCase: Pick<TestCase, 'name'>) => boolean;
  /** How the manifests were read. */
  readonly input?: InputOptions;
  /** What `compile` makes of these manifests with these options, if that is at hand. */
  readonly engine?: Engine;
}

/**
 * Runs files of expectations against one cluster. `inputs` of the files play no part: the manifests are given.
 * @throws {RangeError} for something that is no manifests, a profile that does not exist, a table of domain names that is none
 */
export function testReachability(manifests: Manifests, tests: readonly ReachabilityTest[], options: TestOptions = {}): TestedFile[] {
  const compileOptions = {
    ...(options.cni === undefined ? {} : { cni: options.cni }),
    ...(options.domainNames === undefined ? {} : { domainNames: options.domainNames }),
    shared: false,
  };
  const profile = profileOf(options.cni ?? 'spec');
  const engine = options.engine ?? compile(manifests, compileOptions);
  const runner: Runner = {
    cluster: new TestedCluster(manifests, engine, profile),
    names: readDomainNames(options.domainNames),
    options: { compile: compileOptions, input: options.input ?? {}, profile },
    select: options.select ?? (() => true),
  };
  return tests.map((test) => ({
    file: test.file,
    name: test.name,
    format: test.format,
    profile: engine.profileName,
    ...runFile(test, runner),
  }));
}

interface Runner {
  readonly cluster: TestedCluster;
  readonly names: ResolvedNames;
  readonly options: ClusterOptions;
  readonly select: NonNullable<TestOptions['select']>;
}

/** A case with what its ends mean. */
interface PlannedCase {
  readonly test: TestCase;
  readonly from: EndPlan;
  readonly to: EndPlan;
}

function runFile(test: ReachabilityTest, runner: Runner): Pick<TestedFile, 'cases' | 'limits'> {
  const { cluster, select } = runner;
  const tested = new Set<string>();
  const chosen = test.cases.filter((each) => select(test, each));
  const planned = chosen.map((each): PlannedCase => ({ test: each, from: planEnd(each.from, cluster), to: planEnd(each.to, cluster) }));
  const clusters = clustersOf(planned, runner);
  const results = new Map<TestCase, CaseResult>();
  for (const each of planned) results.set(each.test, runCase(each, clusters.get(each), runner, tested));
  const cases = [
    ...test.cases.map((each): CaseResult => results.get(each) ?? { ...headOf(each), status: 'not-selected' }),
    ...test.skipped.map((each): CaseResult => {
      const status = select(test, each) ? 'skipped' : 'not-selected';
      return { ...NO_CASE, name: each.name, origin: each.origin, status, problem: each.because };
    }),
  ];
  return { cases, limits: checkLimits(test, cases, cluster, tested) };
}

const NO_CASE: Omit<CaseResult, 'name' | 'origin' | 'status'> = {
  expect: null,
  over: 'all',
  from: '',
  to: '',
  ports: [],
  because: null,
  pairs: 0,
  holding: 0,
  unknown: 0,
  problem: null,
  counterexamples: [],
  message: null,
  notes: [],
};

function headOf({ name, origin, expect, over, from, to, ports, because, message, notes }: TestCase): Omit<CaseResult, 'status'> {
  return {
    ...NO_CASE,
    name,
    origin,
    expect,
    over,
    from: describeEnd(from),
    to: describeEnd(to),
    ports: ports.map(({ text }) => text),
    because: because ?? null,
    message: message ?? null,
    notes,
  };
}

/** The clusters of cases with pods that do not exist yet. A text says why there is none. */
function clustersOf(planned: readonly PlannedCase[], { cluster, options }: Runner): Map<PlannedCase, AssumedCluster | string> {
  const found = new Map<PlannedCase, AssumedCluster | string>();
  const assumed = planned.map(({ from, to }) => assumedIn([from, to]));
  for (const [i, pods] of assumed.entries()) {
    const namespace = disagree(pods);
    if (namespace !== undefined) found.set(planned[i]!, `both ends are in the namespace ${quote(namespace)}, and give it different labels`);
  }
  const sharing = assumed.map((pods, i) => (found.has(planned[i]!) ? [] : pods));
  for (const members of shareClusters(sharing, options.profile)) {
    const pods = members.flatMap((i) => sharing[i]!);
    const made = assumePods(cluster.manifests, pods, options);
    for (const i of members) found.set(planned[i]!, made);
  }
  return found;
}

function assumedIn(plans: readonly EndPlan[]): AssumedPod[] {
  return plans.flatMap((plan) => (plan.means === 'assumed' ? [plan.pod] : []));
}

const NO_NAMES: ReadonlyMap<AssumedPod, string> = new Map();

function runCase(
  { test, from, to }: PlannedCase,
  made: AssumedCluster | string | undefined,
  runner: Runner,
  tested: Set<string>,
): CaseResult {
  const head = { ...headOf(test), notes: [...test.notes, ...notesOf('from', from), ...notesOf('to', to)] };
  if (typeof made === 'string') return { ...head, status: 'failed', problem: made };
  const { cluster, names } = made ?? { cluster: runner.cluster, names: NO_NAMES };
  const sources = resolvePlan(from, cluster, names, runner.names);
  const destinations = resolvePlan(to, cluster, names, runner.names);
  const problem = sources.problem === undefined ? destinations.problem : sources.problem;
  if (problem !== undefined) return { ...head, status: 'failed', problem: `${sources.problem === undefined ? 'to' : 'from'}: ${problem}` };
  for (const side of [sources, destinations]) addTested(side, cluster, tested);
  const { counterexamples, ...counts } = judgePairs(cluster, test, sources.ends, destinations.ends);
  if (counts.pairs === 0) return { ...head, status: 'failed', problem: 'the ends have no address family in common' };
  const holds = test.over === 'all' ? counts.holding === counts.pairs : counts.holding > 0;
  return { ...head, ...counts, status: holds ? 'passed' : 'failed', counterexamples: holds ? [] : counterexamples };
}

function notesOf(side: string, plan: EndPlan): string[] {
  if (plan.means === 'pods') return plan.notes.map((note) => `${side}: ${note}`);
  if (plan.means !== 'assumed') return [];
  const { end, namespace, namespaceLabels } = plan.pod;
  const where =
    namespaceLabels === undefined ? `namespace ${quote(namespace)}` : `namespace ${quote(namespace)}, which is in no input either`;
  const address = end.ips.length > 0 ? '' : ', without address: no ipBlock matches it (`ips` gives it some)';
  return [`${side}: no pod has the labels ${labelText(end.labels)}: one was assumed in the ${where}${address}`];
}

function addTested({ ends, namesPods }: ResolvedEnds, cluster: TestedCluster, tested: Set<string>): void {
  if (!namesPods) return;
  for (const end of ends) for (const pod of podsBehind(end, cluster)) tested.add(pod);
}
