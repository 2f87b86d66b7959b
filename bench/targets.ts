/**
 * What the results are held against: base lines (a result of another subject), ratios between subjects, and the project's targets.
 */
import { BATCH_WORKLOADS, BATCHES, QUERIED, UPDATED } from './workloads/names.ts';

/** Names a number of the report: subject and metric. */
export interface ResultRef {
  readonly subject: string;
  readonly metric: string;
}

export interface Target extends ResultRef {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A row that is computed from the medians of two others. */
export interface Ratio {
  readonly subject: string;
  readonly metric: string;
  readonly numerator: ResultRef;
  readonly denominator: ResultRef;
}

const FORMS = ['yaml', 'json', 'ndjson'] as const;
const THROUGHPUT = 'throughput';

/** The subject that a subject is compared with in the same table, by the longest prefix of its name. */
export const BASELINES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(QUERIED.map((workload) => [`query.${workload}.`, `query.${workload}.reference`])),
  ...Object.fromEntries(
    BATCH_WORKLOADS.map((workload) => {
      const ways: readonly string[] = BATCHES[workload];
      return [`batch.${workload}.`, `batch.${workload}.${ways.includes('reference') ? 'reference' : 'naive'}`];
    }),
  ),
  'simulate.field-replica.': 'batch.field-replica.reference',
  'load.yaml': 'load.yaml.bare',
  'load.json': 'load.json.bare',
  'load.ndjson': 'load.ndjson.bare',
};

export const RATIOS: readonly Ratio[] = [
  ...(['random', 'aimed'] as const).map((kind) => ({
    subject: `verdicts with tiers / without, ${kind} flows`,
    metric: THROUGHPUT,
    numerator: { subject: `batch.field-replica-tiers.${kind}`, metric: THROUGHPUT },
    denominator: { subject: `batch.field-replica.${kind}`, metric: THROUGHPUT },
  })),
  ...(['random', 'c'] as const).map((way) => ({
    subject: `verdicts of 100,000 policies / 10, ${way === 'c' ? 'C' : 'engine'}`,
    metric: THROUGHPUT,
    numerator: { subject: `batch.policies-100000.${way}`, metric: THROUGHPUT },
    denominator: { subject: `batch.policies-10.${way}`, metric: THROUGHPUT },
  })),
  ...[4, 6].map((family) => ({
    subject: `addresses.ipv${family}, index / binary search`,
    metric: 'lookups',
    numerator: { subject: `addresses.ipv${family}`, metric: 'lookups' },
    denominator: { subject: `addresses.ipv${family}`, metric: 'lookups by binary search' },
  })),
  ...FORMS.map((form) => ({
    subject: `load.${form} / bare parser`,
    metric: 'time',
    numerator: { subject: `load.${form}`, metric: 'time' },
    denominator: { subject: `load.${form}.bare`, metric: 'time' },
  })),
  {
    subject: 'simulate, 2 workers / 1 worker',
    metric: THROUGHPUT,
    numerator: { subject: 'simulate.field-replica.2', metric: THROUGHPUT },
    denominator: { subject: 'simulate.field-replica.1', metric: THROUGHPUT },
  },
  {
    subject: 'simulate full, 2 workers / 1 worker',
    metric: THROUGHPUT,
    numerator: { subject: 'simulate.field-replica.full.2', metric: THROUGHPUT },
    denominator: { subject: 'simulate.field-replica.full.1', metric: THROUGHPUT },
  },
];

export const TARGETS: readonly Target[] = [
  ...FORMS.map((form) => ({ subject: `load.${form} / bare parser`, metric: 'time', atMost: 1.5 })),
  { subject: 'compile.field-replica', metric: 'time', atMost: 1000 },
  { subject: 'compile.field-replica', metric: 'peak memory', atMost: 500 },
  ...QUERIED.flatMap((workload) => [
    { subject: `query.${workload}.verdict`, metric: 'time per question', atMost: 1 },
    { subject: `query.${workload}.reasons`, metric: 'time per question', atMost: 10 },
  ]),
  { subject: 'batch.field-replica.random', metric: THROUGHPUT, atLeast: 40e6 },
  { subject: 'batch.field-replica.aimed', metric: THROUGHPUT, atLeast: 40e6 },
  ...BATCH_WORKLOADS.flatMap((workload) =>
    BATCHES[workload]
      .filter((way) => way === 'c' || way === 'c.aimed')
      .map((way) => ({ subject: `batch.${workload}.${way}`, metric: 'engine / C', atLeast: 0.8 })),
  ),
  { subject: 'batch.field-replica.decisions', metric: THROUGHPUT, atLeast: 40e6 },
  { subject: 'batch.kubernetes-maximum.random', metric: THROUGHPUT, atLeast: 15e6 },
  { subject: 'addresses.ipv4', metric: THROUGHPUT, atLeast: 30e6 },
  { subject: 'addresses.ipv6', metric: THROUGHPUT, atLeast: 30e6 },
  ...UPDATED.map((workload) => ({ subject: `update.${workload}.simulating`, metric: 'updates beside a simulation', atLeast: 4900 })),
  ...UPDATED.flatMap((workload) =>
    ['policy', 'pod'].flatMap((kind) => [
      { subject: `update.${workload}.${kind}`, metric: 'update, median', atMost: 2 },
      { subject: `update.${workload}.${kind}`, metric: 'update, p99', atMost: 20 },
    ]),
  ),
  { subject: 'wire.flows.decode', metric: THROUGHPUT, atLeast: 250e6 },
  { subject: 'simulate.field-replica.1', metric: THROUGHPUT, atLeast: 15e6 },
  { subject: 'simulate, 2 workers / 1 worker', metric: THROUGHPUT, atLeast: 1.7 },
];
