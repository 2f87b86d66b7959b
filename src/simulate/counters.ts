/**
 * The counters of a run: where each stands in a worker's slot, the loops that count a batch, and the sum over slots.
 *
 * Every worker owns one slot of shared memory (one writer for each region, so plain additions are exact) and adds to it batch by batch. Counts are float64: whole
 * numbers up to 2^53 are exact, and addition of whole numbers does not depend on the order, so any number of workers gives the same sums.
 */
import { ISOLATED_NO_RULE } from '../tables/decisions.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { DeniedGroups } from './denied-groups.ts';

/** What is counted. `verdicts` is the cheapest; `rules` adds decisions, from which hits of rules and policies follow; `full` adds denied pairs. */
export type CounterLevel = 'verdicts' | 'rules' | 'full';

/** Verdicts by protocol: cell `protocol * 4 + verdict`. */
const VERDICT_CELLS = 16;

/** Where the counters of a slot stand: offsets and lengths in float64 cells. */
export interface CounterLayout {
  readonly level: CounterLevel;
  readonly decisions: number;
  readonly egressSubjects: number;
  readonly ingressSubjects: number;
  /** Pairs of groups that denied flows are counted between; 0 when they are not counted. */
  readonly pairs: number;
  readonly slotCells: number;
}

/** The counters of one slot, or of the sum of all. */
export interface Counters {
  readonly verdicts: Float64Array;
  /** By decision number. */
  readonly egress: Float64Array;
  readonly ingress: Float64Array;
  /** Flows denied because the pod is isolated and no rule matched, by subject class. Cell 0 is for flows that are not counted here. */
  readonly egressDefault: Float64Array;
  readonly ingressDefault: Float64Array;
  /** Denied flows: cell 1 + group of the source * groups of destinations + group of the destination. Cell 0 is for flows that are not denied. */
  readonly denied: Float64Array;
}

export function layOutCounters({ columns }: RuleTables, level: CounterLevel, deniedPairs: number): CounterLayout {
  const decisions = level === 'verdicts' ? 0 : columns.decisionVerdict.length;
  const egressSubjects = level === 'verdicts' ? 0 : Math.max(1, columns.egressIsolatingStart.length - 1);
  const ingressSubjects = level === 'verdicts' ? 0 : Math.max(1, columns.ingressIsolatingStart.length - 1);
  const pairs = level === 'full' ? deniedPairs : 0;
  const cells = VERDICT_CELLS + 2 * decisions + egressSubjects + ingressSubjects + (pairs === 0 ? 0 : 1 + pairs);
  // A multiple of a cache line, so that no two workers write to one line.
  return { level, decisions, egressSubjects, ingressSubjects, pairs, slotCells: Math.ceil(cells / 8) * 8 };
}

export function countersOfSlot(layout: CounterLayout, cells: Float64Array, slot: number): Counters {
  let at = slot * layout.slotCells;
  const next = (length: number): Float64Array => {
    at += length;
    return cells.subarray(at - length, at);
  };
  return {
    verdicts: next(VERDICT_CELLS),
    egress: next(layout.decisions),
    ingress: next(layout.decisions),
    egressDefault: next(layout.egressSubjects),
    ingressDefault: next(layout.ingressSubjects),
    denied: next(layout.pairs === 0 ? 0 : 1 + layout.pairs),
  };
}

/** The sum of all slots. */
export function sumSlots(layout: CounterLayout, cells: Float64Array): Counters {
  const { slotCells } = layout;
  const sum = new Float64Array(slotCells);
  for (let slot = 0; slot < cells.length; slot += slotCells) {
    for (let i = 0; i < slotCells; i++) sum[i]! += cells[slot + i]!;
  }
  return countersOfSlot(layout, sum, 0);
}

/** What a batch came out as. The decision columns are filled where the level asks for them. */
export interface BatchOutcome {
  readonly verdicts: Uint8Array;
  readonly egress: Uint32Array;
  readonly ingress: Uint32Array;
}

/** Adds the first `count` flows of a batch to the counters of this thread. */
export type BatchCounter = (count: number) => void;

/** One per thread: its loops are closures over the columns, which V8 specialises while there is one of each. */
export function createCounter(
  tables: RuleTables,
  batch: FlowBatch,
  outcome: BatchOutcome,
  groups: DeniedGroups | null,
  counters: Counters,
): BatchCounter {
  const countVerdicts = createVerdictCounter(batch, outcome, counters);
  const countDecisions = counters.egress.length === 0 ? undefined : createDecisionCounter(tables, batch, outcome, counters);
  const countDenied = groups === null || counters.denied.length === 0 ? undefined : createDeniedCounter(batch, outcome, groups, counters);
  return (count) => {
    countVerdicts(count);
    countDecisions?.(count);
    countDenied?.(count);
  };
}

function createVerdictCounter({ protocol }: FlowBatch, { verdicts }: BatchOutcome, counters: Counters): BatchCounter {
  // Integer cells, two sets in turn: an addition need not wait for the one before it to reach memory.
  const cells = new Uint32Array(VERDICT_CELLS);
  const others = new Uint32Array(VERDICT_CELLS);
  return (count) => {
    let i = 0;
    for (; i + 1 < count; i += 2) {
      cells[(protocol[i]! << 2) + verdicts[i]!]!++;
      others[(protocol[i + 1]! << 2) + verdicts[i + 1]!]!++;
    }
    if (i < count) cells[(protocol[i]! << 2) + verdicts[i]!]!++;
    for (let cell = 0; cell < VERDICT_CELLS; cell++) counters.verdicts[cell]! += cells[cell]! + others[cell]!;
    cells.fill(0);
    others.fill(0);
  };
}

function createDecisionCounter(tables: RuleTables, batch: FlowBatch, outcome: BatchOutcome, counters: Counters): BatchCounter {
  const { source, destination } = batch;
  const { egress: egressDecision, ingress: ingressDecision } = outcome;
  const { egress: egressCount, ingress: ingressCount, egressDefault, ingressDefault } = counters;
  const { endpointEgressSubject, endpointIngressSubject } = tables.columns;
  return (count) => {
    for (let i = 0; i < count; i++) {
      const egress = egressDecision[i]!;
      const ingress = ingressDecision[i]!;
      egressCount[egress]!++;
      ingressCount[ingress]!++;
      // if (egress === ISOLATED_NO_RULE) egressDefault[endpointEgressSubject[source[i]]]++; without the branch, which nobody can predict:
      const notEgress = egress ^ ISOLATED_NO_RULE;
      const notIngress = ingress ^ ISOLATED_NO_RULE;
      egressDefault[endpointEgressSubject[source[i]!]! & ~((notEgress | -notEgress) >> 31)]!++;
      ingressDefault[endpointIngressSubject[destination[i]!]! & ~((notIngress | -notIngress) >> 31)]!++;
    }
  };
}

function createDeniedCounter(batch: FlowBatch, { verdicts }: BatchOutcome, groups: DeniedGroups, counters: Counters): BatchCounter {
  const { source, destination } = batch;
  const { sourceGroup, destinationGroup, destinations } = groups;
  const { denied } = counters;
  return (count) => {
    for (let i = 0; i < count; i++) {
      const cell = 1 + sourceGroup[source[i]!]! * destinations + destinationGroup[destination[i]!]!;
      // Cell 0 unless the verdict is DENY, which is 0.
      denied[cell & ((verdicts[i]! - 1) >> 31)]!++;
    }
  };
}
