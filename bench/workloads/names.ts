/**
 * The names of the workloads, apart from what makes them: a process that measures one thing loads nothing else.
 */

/** One cluster under 10 to 100,000 policies (`growth.ts`). */
export const GROWTH = ['policies-10', 'policies-100', 'policies-1000', 'policies-10000', 'policies-100000'] as const;

/** Shapes of `datasets/shapes` at a scale; `small` for runs that only prove that everything works. */
export const SHAPES = {
  'kubernetes-maximum': { shape: 'kubernetes-maximum', scale: 1, small: 0.01 },
  'cidr-20k': { shape: 'cidr-heavy', scale: 0.2, small: 0.02 },
  'antrea-small-eighth': { shape: 'antrea-small', scale: 1 / 8, small: 0.005 },
  'antrea-small-quarter': { shape: 'antrea-small', scale: 1 / 4, small: 0.01 },
  'antrea-small-half': { shape: 'antrea-small', scale: 1 / 2, small: 0.02 },
  'antrea-small': { shape: 'antrea-small', scale: 1, small: 0.04 },
  'antrea-large': { shape: 'antrea-large', scale: 1, small: 0.04 },
  'antrea-one-namespace': { shape: 'antrea-one-namespace', scale: 1, small: 0.04 },
  'antrea-policy-per-pod': { shape: 'antrea-policy-per-pod', scale: 1, small: 0.04 },
  'antrea-cluster-scoped': { shape: 'antrea-cluster-scoped', scale: 1, small: 0.04 },
  'calico-tenants-100k': { shape: 'calico-tenants-100k', scale: 1, small: 0.01 },
  'calico-production': { shape: 'calico-production', scale: 1, small: 0.05 },
  'calico-netsets-10k': { shape: 'calico-netsets-10k', scale: 1, small: 0.01 },
  'cidr-heavy': { shape: 'cidr-heavy', scale: 1, small: 0.02 },
  'cilium-netpol-1000': { shape: 'cilium-netpol-1000', scale: 1, small: 0.01 },
} as const;

export type ShapeName = keyof typeof SHAPES;

/** `field-replica-tiers`: the field replica under administrators' policies. */
export const WORKLOADS = [
  'web-shop',
  'platform',
  'field-replica',
  'field-replica-tiers',
  ...GROWTH,
  ...(Object.keys(SHAPES) as ShapeName[]),
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
/** Compiled cold, and again and again. */
export const COMPILED = ['web-shop', 'platform', 'field-replica', 'field-replica-tiers'] as const;
/** Compiled cold only: they are large. */
export const COMPILED_ONCE = [
  'antrea-small-eighth',
  'antrea-small-quarter',
  'antrea-small-half',
  'antrea-small',
  'antrea-large',
  'antrea-one-namespace',
  'antrea-policy-per-pod',
  'antrea-cluster-scoped',
  'calico-tenants-100k',
  'calico-production',
  'calico-netsets-10k',
  'cidr-heavy',
  'cilium-netpol-1000',
  'kubernetes-maximum',
] as const;
