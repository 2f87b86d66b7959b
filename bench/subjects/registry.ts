/**
 * All subjects. Each one's code is imported when it runs, so that a process holds nothing but its own subject.
 */

import {
  BATCH_WORKLOADS,
  BATCHES,
  type BatchWay,
  COMPILED,
  COMPILED_ONCE,
  QUERIED,
  UPDATED,
  type WorkloadName,
} from '../workloads/names.ts';
import { TEXT_FORMS } from '../workloads/text-forms.ts';
import type { Subject, SubjectContext } from './subject.ts';

const load: Subject[] = TEXT_FORMS.flatMap((form) => [
  {
    name: `load.${form}`,
    about: `loadManifests of the field replica as ${form}`,
    prepare: async (context) => (await import('./load.ts')).prepareText(form, context),
    run: async (context) => (await import('./load.ts')).measureLoad(form, context),
  },
  {
    name: `load.${form}.bare`,
    about: `the bare parser on the same bytes`,
    prepare: async (context) => (await import('./load.ts')).prepareText(form, context),
    run: async (context) => (await import('./load.ts')).measureBareParser(form, context),
  },
]);

const snapshot: Subject = {
  name: 'load.snapshot',
  about: 'loadManifests of a snapshot of the Kubernetes maximum',
  prepare: async (context) => (await import('./load.ts')).prepareSnapshot(context),
  run: async (context) => (await import('./load.ts')).measureSnapshot(context),
};

const compile: Subject[] = [...COMPILED, ...COMPILED_ONCE].map((workload) => ({
  name: `compile.${workload}`,
  about: 'compile(manifests), the first call of a process',
  run: async (context) =>
    (await import('./compile.ts')).measureCompile(
      workload,
      COMPILED.some((each) => each === workload),
      context,
    ),
}));

const query: Subject[] = QUERIED.flatMap((workload) => [
  {
    name: `query.${workload}.verdict`,
    about: 'engine.verdict, one question by name',
    run: async (context) => (await import('./query.ts')).measureVerdict(workload, context),
  },
  {
    name: `query.${workload}.reasons`,
    about: 'engine.canReach, one question by name',
    run: async (context) => (await import('./query.ts')).measureReasons(workload, context),
  },
  {
    name: `query.${workload}.reference`,
    about: 'the reference on the same questions',
    run: async (context) => (await import('./query.ts')).measureReference(workload, context),
  },
]);

const update: Subject[] = UPDATED.flatMap((workload): Subject[] => [
  ...(['policy', 'pod'] as const).map((kind) => ({
    name: `update.${workload}.${kind}`,
    about: `engine.update, one ${kind} at a time`,
    run: async (context: SubjectContext) => (await import('./update.ts')).measureUpdates(workload, kind, context),
  })),
  {
    name: `update.${workload}.simulating`,
    about: 'engine.update at a steady pace beside a simulation',
    run: async (context) => (await import('./update.ts')).measureUpdatesBesideSimulation(workload, context),
  },
]);

const matrix: Subject[] = (['workload', 'pod'] as const).map((by) => ({
  name: `matrix.field-replica.${by}`,
  about: `who reaches whom, by ${by}, as NDJSON; the first call of a process`,
  run: async (context) => (await import('./matrix.ts')).measureMatrix('field-replica', by, context),
}));

const diff: Subject[] = (['policy', 'none'] as const).map((change) => ({
  name: `diff.field-replica.${change}`,
  about: `two compiled clusters compared whole, ${change === 'policy' ? 'one policy of them opened' : 'which are the same'}; the second call of a process`,
  run: async (context) => (await import('./diff.ts')).measureDiff('field-replica', change, context),
}));

const WAYS: Readonly<Record<BatchWay, { readonly about: string; readonly run: (name: WorkloadName) => Subject['run'] }>> = {
  random: {
    about: 'verdicts for ready columns of random flows, one thread',
    run: (name) => async (context) => (await import('./batch.ts')).measureBatch(name, 'random', context),
  },
  aimed: {
    about: 'verdicts for ready columns of aimed flows, one thread',
    run: (name) => async (context) => (await import('./batch.ts')).measureBatch(name, 'aimed', context),
  },
  decisions: {
    about: 'verdicts with the deciding rules of both halves, random flows, one thread',
    run: (name) => async (context) => (await import('./decisions.ts')).measureDecisions(name, context),
  },
  c: {
    about: 'a C loop over the same tables and flows, in turns with the engine; without gcc it is skipped',
    run: (name) => async (context) => (await import('./c-loop.ts')).measureCLoop(name, 'random', context),
  },
  'c.aimed': {
    about: 'the same on aimed flows',
    run: (name) => async (context) => (await import('./c-loop.ts')).measureCLoop(name, 'aimed', context),
  },
  naive: {
    about: 'one loop over all policies for each flow, labels matched one by one',
    run: (name) => async (context) => (await import('./naive.ts')).measureNaive(name, context),
  },
  reference: {
    about: 'the reference on flows of the same batch',
    run: (name) => async (context) => (await import('./batch.ts')).measureReference(name, context),
  },
};

const batch: Subject[] = BATCH_WORKLOADS.flatMap((workload) =>
  BATCHES[workload].map((way) => ({ name: `batch.${workload}.${way}`, about: WAYS[way].about, run: WAYS[way].run(workload) })),
);

const addresses: Subject[] = ([4, 6] as const).map((family) => ({
  name: `addresses.ipv${family}`,
  about: `verdicts for flows between IPv${family} addresses: longest prefix match at both ends, then the verdict`,
  run: async (context) => (await import('./addresses.ts')).measureAddresses(family, context),
}));

const simulation: Subject[] = [
  ...[1, 2].flatMap((workers): Subject[] => [
    {
      name: `simulate.field-replica.${workers}`,
      about: `1,000,000,000 flows generated, judged and counted by verdict, ${workers} worker${workers === 1 ? '' : 's'}, and the memory that it takes`,
      run: async (context) => (await import('./simulate.ts')).measureSimulation(workers, 'verdicts', context),
    },
    {
      name: `simulate.field-replica.full.${workers}`,
      about: 'the same, counted by rule, policy and denied pair, too',
      run: async (context) => (await import('./simulate.ts')).measureSimulation(workers, 'full', context),
    },
  ]),
  {
    name: 'simulate.field-replica.first-batch',
    about: 'from a file of tables to the first batch counted, 2 workers',
    prepare: async (context) => (await import('./simulate.ts')).prepareTables(context),
    run: async (context) => (await import('./simulate.ts')).measureFirstBatch(context),
  },
];

const wire: Subject[] = [
  {
    name: 'wire.tables.encode',
    about: 'tables of the field replica to bytes',
    run: async (context) => (await import('./wire.ts')).measureTables('encode', context),
  },
  {
    name: 'wire.tables.decode',
    about: 'and back, checked',
    run: async (context) => (await import('./wire.ts')).measureTables('decode', context),
  },
  {
    name: 'wire.flows.encode',
    about: 'a batch of flows to bytes',
    run: async (context) => (await import('./wire.ts')).measureFlows('encode', context),
  },
  {
    name: 'wire.flows.decode',
    about: 'and back, checked',
    run: async (context) => (await import('./wire.ts')).measureFlows('decode', context),
  },
];

/** The subjects that a word on the command line means: with a part of that name (`c`, `random`), or else those whose names begin with it (`batch.platform`). */
export function subjectsOf(word: string): Subject[] {
  const named = SUBJECTS.filter(({ name }) => name.split('.').includes(word));
  return named.length > 0 ? named : SUBJECTS.filter(({ name }) => name.startsWith(word));
}

export const SUBJECTS: readonly Subject[] = [
  ...load,
  snapshot,
  ...compile,
  ...query,
  ...update,
  ...matrix,
  ...diff,
  ...batch,
  ...addresses,
  ...simulation,
  ...wire,
];
