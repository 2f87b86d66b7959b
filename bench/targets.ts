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

/** A cluster beside one of half its size. */
const DOUBLED = [
  ['antrea-small-quarter', 'antrea-small-eighth'],
  ['antrea-small-half', 'antrea-small-quarter'],
  ['antrea-small', 'antrea-small-half'],
] as const;
/** What growth with n log n makes of twice the objects, from 25,000 to 200,000: 2.12 to 2.14. */
const N_LOG_N_DOUBLED = 2.14;

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
  ...DOUBLED.map(([larger, smaller]) => ({
    subject: `compile, ${larger} / ${smaller}`,
    metric: 'time',
    numerator: { subject: `compile.${larger}`, metric: 'time' },
    denominator: { subject: `compile.${smaller}`, metric: 'time' },
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
  // At the speed of the parser, within the noise.
  ...FORMS.map((form) => ({ subject: `load.${form} / bare parser`, metric: 'time', atMost: 1.05 })),
  { subject: 'load.snapshot', metric: 'time', atMost: 1000 },
  { subject: 'compile.antrea-small', metric: 'time', atMost: 500 },
  { subject: 'compile.antrea-large', metric: 'time', atMost: 200 },
  { subject: 'compile.antrea-one-namespace', metric: 'time', atMost: 100 },
  { subject: 'compile.antrea-policy-per-pod', metric: 'time', atMost: 150 },
  { subject: 'compile.antrea-cluster-scoped', metric: 'time', atMost: 200 },
  { subject: 'compile.calico-tenants-100k', metric: 'time', atMost: 1500 },
  { subject: 'compile.field-replica', metric: 'time', atMost: 200 },
  { subject: 'compile.kubernetes-maximum', metric: 'time', atMost: 1500 },
  { subject: 'compile.kubernetes-maximum', metric: 'tables', atMost: 150 },
  ...DOUBLED.map(([larger, smaller]) => ({ subject: `compile, ${larger} / ${smaller}`, metric: 'time', atMost: N_LOG_N_DOUBLED })),
  { subject: 'compile.field-replica', metric: 'peak memory', atMost: 500 },
  ...QUERIED.flatMap((workload) => [
    { subject: `query.${workload}.verdict`, metric: 'time per question', atMost: 1 },
    { subject: `query.${workload}.reasons`, metric: 'time per question', atMost: 10 },
  ]),
  ...(['random', 'aimed'] as const).flatMap((kind) => [
    { subject: `batch.field-replica.${kind}`, metric: THROUGHPUT, atLeast: 80e6 },
    // Their tables fit 256 KB.
    { subject: `batch.web-shop.${kind}`, metric: THROUGHPUT, atLeast: 150e6 },
    { subject: `batch.platform.${kind}`, metric: THROUGHPUT, atLeast: 150e6 },
  ]),
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
  ...['workload', 'pod'].map((by) => ({ subject: `matrix.field-replica.${by}`, metric: 'time', atMost: 2000 })),
  { subject: 'wire.flows.decode', metric: THROUGHPUT, atLeast: 250e6 },
  { subject: 'simulate.field-replica.2', metric: THROUGHPUT, atLeast: 60e6 },
  { subject: 'simulate.field-replica.full.2', metric: THROUGHPUT, atLeast: 30e6 },
  ...['2', 'full.2'].map((way) => ({
    subject: `simulate.field-replica.${way}`,
    metric: 'memory, after / during the first tenth',
    atMost: 1.1,
  })),
  { subject: 'simulate.field-replica.first-batch', metric: 'time', atMost: 300 },
  { subject: 'simulate, 2 workers / 1 worker', metric: THROUGHPUT, atLeast: 1.9 },
  { subject: 'simulate full, 2 workers / 1 worker', metric: THROUGHPUT, atLeast: 1.9 },
];
