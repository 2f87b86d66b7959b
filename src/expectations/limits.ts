/**
 * Limits of a file: on cases with unknown verdicts, and on workloads that no case names.
 */
import { compareText } from '../lib/compare-text.ts';
import type { Pod } from '../model/cluster.ts';
import { type CaseResult, type LimitResult, workloadKey } from './report.ts';
import type { ReachabilityTest, TestLimit } from './test-case.ts';
import type { TestedCluster } from './tested-cluster.ts';

/** `tested`: `namespace/name` of the pods that cases name. */
export function checkLimits(
  { limits }: ReachabilityTest,
  results: readonly CaseResult[],
  cluster: TestedCluster,
  tested: ReadonlySet<string>,
): LimitResult[] {
  const ran = results.filter(({ status }) => status === 'passed' || status === 'failed');
  const isWhole = results.every(({ status }) => status !== 'not-selected');
  const found: LimitResult[] = [];
  if (limits.unknown !== undefined) {
    const items = ran.filter(({ unknown }) => unknown > 0).map(({ name }) => name);
    found.push(resultOf('unknown', limits.unknown, items, ran.length, true));
  }
  if (limits.untestedWorkloads !== undefined) {
    const all = new Set<string>();
    const named = new Set<string>();
    for (const [name, pod] of cluster.pods) {
      const workload = workloadOf(pod);
      all.add(workload);
      if (tested.has(name)) named.add(workload);
    }
    const items = [...all].filter((workload) => !named.has(workload)).sort(compareText);
    found.push(resultOf('untestedWorkloads', limits.untestedWorkloads, items, all.size, isWhole));
  }
  return found;
}

function workloadOf({ namespace, name, workload }: Pod): string {
  return workloadKey({ kind: workload?.kind ?? 'pod', namespace, name: workload?.name ?? name });
}

function resultOf(
  limit: LimitResult['limit'],
  { most, isPercent, origin }: TestLimit,
  items: readonly string[],
  of: number,
  isChecked: boolean,
): LimitResult {
  // Whole numbers on both sides, as a share such as 33.3 % is none in binary.
  const isKept = isPercent
    ? BigInt(items.length) * 100_000_000n <= BigInt(Math.round(most * 1_000_000)) * BigInt(of)
    : items.length <= most;
  return {
    limit,
    origin,
    status: !isChecked ? 'not-checked' : isKept ? 'kept' : 'exceeded',
    most: isPercent ? `${most}%` : String(most),
    found: items.length,
    of,
    items,
  };
}
