/**
 * What the results are held against: base lines (a result of another subject), ratios between subjects, and the project's targets.
 */

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

const WORKLOADS = ['web-shop', 'platform', 'field-replica', 'field-replica-tiers'] as const;
const FORMS = ['yaml', 'json', 'ndjson'] as const;
const THROUGHPUT = 'throughput';

/** The subject that a subject is compared with in the same table, by the longest prefix of its name. */
export const BASELINES: Readonly<Record<string, string>> = {
  'query.': 'query.reference',
  'batch.web-shop.': 'batch.web-shop.reference',
  'batch.platform.': 'batch.platform.reference',
  'batch.field-replica.': 'batch.field-replica.reference',
  'batch.field-replica-tiers.': 'batch.field-replica-tiers.reference',
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
  { subject: 'query.verdict', metric: 'time per question', atMost: 2 },
  { subject: 'query.reasons', metric: 'time per question', atMost: 20 },
  { subject: 'batch.field-replica.random', metric: THROUGHPUT, atLeast: 40e6 },
  { subject: 'batch.field-replica.aimed', metric: THROUGHPUT, atLeast: 40e6 },
  ...WORKLOADS.flatMap((workload) =>
    ['c', 'c.aimed'].map((kind) => ({ subject: `batch.${workload}.${kind}`, metric: 'engine / C', atLeast: 0.8 })),
  ),
  { subject: 'wire.flows.decode', metric: THROUGHPUT, atLeast: 250e6 },
  { subject: 'simulate.field-replica.1', metric: THROUGHPUT, atLeast: 15e6 },
  { subject: 'simulate, 2 workers / 1 worker', metric: THROUGHPUT, atLeast: 1.7 },
];
