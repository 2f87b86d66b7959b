/**
 * The names of the workloads, apart from what makes them: a process that measures one thing loads nothing else.
 */

/** One cluster under 10 to 100,000 policies (`growth.ts`). */
export const GROWTH = ['policies-10', 'policies-100', 'policies-1000', 'policies-10000', 'policies-100000'] as const;

/** `field-replica-tiers`: the field replica under administrators' policies. `kubernetes-maximum` and `cidr-20k` are shapes of `datasets/shapes`, the latter a fifth of `cidr-heavy`. */
export const WORKLOADS = [
  'web-shop',
  'platform',
  'field-replica',
  'field-replica-tiers',
  'kubernetes-maximum',
  ...GROWTH,
  'cidr-20k',
] as const;

export type WorkloadName = (typeof WORKLOADS)[number];

/** What is measured for a batch of each workload. */
export const BATCHES = {
  'web-shop': ['random', 'aimed', 'decisions', 'c', 'c.aimed', 'naive', 'reference'],
  platform: ['random', 'aimed', 'decisions', 'c', 'c.aimed', 'naive', 'reference'],
  'field-replica': ['random', 'aimed', 'decisions', 'c', 'c.aimed', 'naive', 'reference'],
  'field-replica-tiers': ['random', 'aimed', 'decisions', 'c', 'c.aimed', 'naive', 'reference'],
  'kubernetes-maximum': ['random', 'decisions', 'c', 'naive', 'reference'],
  'policies-10': ['random', 'c', 'naive'],
  'policies-100': ['random', 'c', 'naive'],
  'policies-1000': ['random', 'c', 'naive'],
  'policies-10000': ['random', 'c', 'naive'],
  'policies-100000': ['random', 'c', 'naive'],
} as const satisfies Partial<Record<WorkloadName, readonly BatchWay[]>>;

export type BatchWay = 'random' | 'aimed' | 'decisions' | 'c' | 'c.aimed' | 'naive' | 'reference';
export type BatchWorkload = keyof typeof BATCHES;
export const BATCH_WORKLOADS = Object.keys(BATCHES) as BatchWorkload[];

/** Clusters of several sizes that single questions are asked about. */
export const QUERIED = ['web-shop', 'field-replica', 'policies-100000', 'kubernetes-maximum'] as const;
/** Clusters in which single objects change. */
export const UPDATED = ['field-replica', 'kubernetes-maximum'] as const;
export const COMPILED = ['web-shop', 'platform', 'field-replica', 'field-replica-tiers'] as const;
