/**
 * All subjects. Each one's code is imported when it runs, so that a process holds nothing but its own subject.
 */
import { TEXT_FORMS } from '../workloads/text-forms.ts';
import type { Subject } from './subject.ts';

const WORKLOADS = ['web-shop', 'platform', 'field-replica', 'field-replica-tiers'] as const;

const load: Subject[] = TEXT_FORMS.flatMap((form) => [
  {
    name: `load.${form}`,
    about: `loadManifests of the field replica as ${form}`,
    run: async (context) => (await import('./load.ts')).measureLoad(form, context),
  },
  {
    name: `load.${form}.bare`,
    about: `the bare parser on the same bytes`,
    run: async (context) => (await import('./load.ts')).measureBareParser(form, context),
  },
]);

const compile: Subject[] = WORKLOADS.map((workload) => ({
  name: `compile.${workload}`,
  about: 'compile(manifests), the first call of a process',
  run: async (context) => (await import('./compile.ts')).measureCompile(workload, context),
}));

const query: Subject[] = [
  {
    name: 'query.verdict',
    about: 'engine.verdict on the field replica',
    run: async (context) => (await import('./query.ts')).measureVerdict(context),
  },
  {
    name: 'query.reasons',
    about: 'engine.canReach on the field replica',
    run: async (context) => (await import('./query.ts')).measureReasons(context),
  },
  {
    name: 'query.reference',
    about: 'the reference on the same questions',
    run: async (context) => (await import('./query.ts')).measureReference(context),
  },
];

const batch: Subject[] = WORKLOADS.flatMap((workload) => [
  ...(['random', 'aimed'] as const).map((kind) => ({
    name: `batch.${workload}.${kind}`,
    about: `verdicts for ready columns of ${kind} flows, one thread`,
    run: async (context: Parameters<Subject['run']>[0]) => (await import('./batch.ts')).measureBatch(workload, kind, context),
  })),
  ...(['random', 'aimed'] as const).map((kind) => ({
    name: `batch.${workload}.c${kind === 'aimed' ? '.aimed' : ''}`,
    about: `a C loop over the same tables and ${kind} flows, in turns with the engine; without gcc it is skipped`,
    run: async (context: Parameters<Subject['run']>[0]) => (await import('./c-loop.ts')).measureCLoop(workload, kind, context),
  })),
  {
    name: `batch.${workload}.naive`,
    about: 'one loop over all policies for each flow, labels matched one by one',
    run: async (context: Parameters<Subject['run']>[0]) => (await import('./naive.ts')).measureNaive(workload, context),
  },
  {
    name: `batch.${workload}.reference`,
    about: 'the reference on flows of the same batch',
    run: async (context: Parameters<Subject['run']>[0]) => (await import('./batch.ts')).measureReference(workload, context),
  },
]);

const simulation: Subject[] = [1, 2].flatMap((workers) => [
  {
    name: `simulate.field-replica.${workers}`,
    about: `flows generated, judged and counted by verdict, ${workers} worker${workers === 1 ? '' : 's'}`,
    run: async (context) => (await import('./simulate.ts')).measureSimulation(workers, 'verdicts', context),
  },
  {
    name: `simulate.field-replica.full.${workers}`,
    about: 'and by rule, policy and denied pair',
    run: async (context) => (await import('./simulate.ts')).measureSimulation(workers, 'full', context),
  },
]);

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

export const SUBJECTS: readonly Subject[] = [...load, ...compile, ...query, ...batch, ...simulation, ...wire];
