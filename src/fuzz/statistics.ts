/**
 * What generated flows were like: a test that compares two programs on flows that are all denied, or that never come near a rule, proves little.
 */
import type { Decision } from '../model/decision.ts';
import type { FlowQuery } from '../model/flow.ts';
import { type Edges, isNearEdge } from './world.ts';

/** Counts over flows; `countFlow` adds to them. */
export interface FlowStatistics {
  flows: number;
  readonly verdicts: Record<Decision['verdict'], number>;
  /** Flows within one step of an edge of a rule's ports or of a block. */
  nearEdge: number;
  /** Halves by what decided them: a default, or rules. */
  readonly decidedBy: Map<string, number>;
  /** Causes of `unknown` outside the halves. */
  readonly causes: Map<string, number>;
}

/** All counts at zero. */
export function createStatistics(): FlowStatistics {
  return { flows: 0, verdicts: { allow: 0, deny: 0, unknown: 0 }, nearEdge: 0, decidedBy: new Map(), causes: new Map() };
}

/** Adds one flow. `edges`: of its world, from `edgesOf`. `cause`: why the decision is unknown outside its halves (`decision.unknown?.cause`). */
export function countFlow(
  statistics: FlowStatistics,
  edges: Edges,
  { from, to, port }: FlowQuery,
  { verdict, egress, ingress }: Pick<Decision, 'verdict' | 'egress' | 'ingress'>,
  cause: string | undefined,
): void {
  statistics.flows++;
  statistics.verdicts[verdict]++;
  if (isNearEdge(edges, port, [from, to])) statistics.nearEdge++;
  for (const half of [egress, ingress]) {
    increment(statistics.decidedBy, half.default ?? (half.reasons.length > 0 ? `rules: ${half.verdict}` : 'nothing'));
  }
  if (cause !== undefined) increment(statistics.causes, cause);
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Shares as text, for a failure message or a soak report. */
export function describeStatistics({ flows, verdicts, nearEdge, decidedBy, causes }: FlowStatistics): string {
  const percent = (count: number) => `${((100 * count) / Math.max(1, flows)).toFixed(1)} %`;
  const list = (counts: ReadonlyMap<string, number>) => [...counts].map(([key, count]) => `${key} ${count}`).join(', ');
  const mix = `allow ${percent(verdicts.allow)}, deny ${percent(verdicts.deny)}, unknown ${percent(verdicts.unknown)}`;
  return `${flows} flows: ${mix}; near an edge ${percent(nearEdge)}; decided by: ${list(decidedBy)}; causes: ${list(causes)}`;
}
