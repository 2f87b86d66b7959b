/**
 * The difference between two compiled clusters: the second call of a process. What the first one, by pod, says of some pairs is asked of the reference on both sides.
 */
import { reachabilityDiff } from '../../src/diff/diff.ts';
import type { ReachabilityDiff } from '../../src/diff/report.ts';
import { compile } from '../../src/engine/engine.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { applyChanges } from '../../src/input/changes.ts';
import { namespaceOf } from '../../src/model/object-names.ts';
import type { Manifests } from '../../src/model/resource.ts';
import type { EndGroup } from '../../src/reach/roll-up.ts';
import { reference } from '../../src/reference/reference.ts';
import { tableDetails } from '../support/digest.ts';
import { type Measurement, oneCallMs, peakMemoryMb, sink } from '../support/measure.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import type { WorkloadName } from '../workloads/names.ts';
import type { SubjectContext } from './subject.ts';

/** `policy`: the first policy with ingress rules lets everything in. `none`: the same, compiled apart. */
export type DiffChange = 'policy' | 'none';

export async function measureDiff(workload: WorkloadName, change: DiffChange, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload(workload, context.quick);
  const changed = change === 'policy' ? opened(manifests) : manifests;
  const [before, after] = [compile(manifests), compile(changed)];
  const found = reachabilityDiff(before, after, { by: 'pod' });
  check(found, [manifests, changed], change, context);
  const time = await oneCallMs(
    'diff',
    () => {
      sink.value += reachabilityDiff(before, after).rows.length;
    },
    false,
  );
  return [
    { metric: 'time', value: time, unit: 'ms', better: 'lower', details: { ...tableDetails(after.tables), rows: found.rows.length } },
    { metric: 'peak memory', value: peakMemoryMb(), unit: 'MB', better: 'lower' },
  ];
}

function opened(manifests: Manifests): Manifests {
  const [policy] = manifests.networkPolicies.filter(({ object }) => (object.spec?.ingress ?? []).length > 0);
  if (policy === undefined) throw new Error('there is no policy with ingress rules');
  const { object } = policy;
  return applyChanges(manifests, { apply: [{ ...object, apiVersion: 'networking.k8s.io/v1', spec: { ...object.spec, ingress: [{}] } }] });
}

/** Some pairs that are told as opened, and some of any pods, at a port. */
function check(diff: ReachabilityDiff, sides: readonly [Manifests, Manifests], change: DiffChange, context: SubjectContext): void {
  const fail = (what: string): never => {
    throw new Error(`the difference is wrong, nothing was measured: ${what}`);
  };
  if (diff.equivalent !== (change === 'none') || diff.pairs.opened > 0 !== (change === 'policy')) fail(JSON.stringify(diff.pairs));
  const random = createRandom(context.seed);
  const [before, after] = sides.map((each) => reference(each)) as [ReturnType<typeof reference>, ReturnType<typeof reference>];
  const pods = sides[0].pods.flatMap(({ object: { metadata, spec } }) =>
    spec?.hostNetwork === true ? [] : [`${namespaceOf(metadata)}/${metadata.name}`],
  );
  const port = 1 + random.below(65_535);
  const told = diff.rows.flatMap(({ effect, from, to, changes }) =>
    effect === 'opened' &&
    changes.some(({ ports }) => ports.some((range) => range.protocol === 'TCP' && range.from <= port && port <= range.to))
      ? [{ from: podsOf(from.groups), to: podsOf(to.groups) }]
      : [],
  );
  const targets = told.flatMap(({ to }) => [...to]);
  for (let i = 0; i < referenceWork('field-replica', context.quick).checked; i++) {
    const [from, to] = [random.pick(pods), i % 2 === 0 && targets.length > 0 ? random.pick(targets) : random.pick(pods)];
    if (from === to) continue;
    const [one, two] = [before, after].map((oracle) => oracle.canReach({ from, to, protocol: 'TCP', port }).verdict);
    const got = told.some((row) => row.from.has(from) && row.to.has(to));
    if (got !== (one === 'deny' && two === 'allow'))
      fail(`${from} to ${to} TCP/${port}: told ${got ? 'opened' : 'the same'}, and it is ${one} and ${two}`);
  }
}

function podsOf(groups: readonly EndGroup[]): Set<string> {
  return new Set(groups.flatMap((group) => (group.kind === 'pod' ? [`${group.namespace}/${group.name}`] : [])));
}
