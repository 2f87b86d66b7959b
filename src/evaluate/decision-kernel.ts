/**
 * The loop that attributes: decision numbers of both halves for a batch of flows, and the verdict. Slower than the verdict kernel, because decisions take 32 times the
 * room of bits. A WebAssembly function that is made for the tables, as in `kernel.ts`.
 */

import { LinearMemory } from '../lib/linear-memory.ts';
import { RowLoop } from '../lib/row-loop.ts';
import { choose, type FunctionBuilder, type I32Value, type Local } from '../lib/wasm-function.ts';
import { NOT_A_POLICED_POD, OWN_NODE, POD_TO_ITSELF } from '../tables/decisions.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_POD } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { type FlowLocals, TableCode } from './table-code.ts';

/** What the kernel fills, position by position with the batch. */
export interface DecisionColumns {
  /** Decision number of the source's egress. */
  readonly egress: Uint32Array;
  /** Decision number of the destination's ingress. */
  readonly ingress: Uint32Array;
  readonly verdicts: Uint8Array;
}

/** Fills the columns for the first `count` flows that are now in the batch. */
export type DecisionKernel = (count: number) => void;

/** The variables of what is decided about the flow at hand. */
type DecisionLocals = Readonly<Record<'egress' | 'ingress' | 'verdict', Local>>;

/**
 * A kernel over these tables, reading the columns of `batch` and writing those of `into`, which must have room for as many flows. For `memory` see `createKernel`.
 * @throws {RangeError} when `memory` would be larger than 4 GB
 */
export function createDecisionKernel(
  ruleTables: RuleTables,
  batch: FlowBatch,
  into: DecisionColumns,
  memory = new LinearMemory(),
): DecisionKernel {
  const tables = new TableCode(ruleTables, memory);
  const loop = new RowLoop(memory);
  const flowOf = tables.flowsOf(loop, batch);
  const egressDecision = loop.output(into.egress);
  const ingressDecision = loop.output(into.ingress);
  const verdictOf = loop.output(into.verdicts);
  const decisionVerdict = tables.column('decisionVerdict');
  return loop.compile((code, row) => {
    const flow = flowOf(code, row);
    const egress = code.let(tables.decision('egress', tables.decisionHalf(code, 'egress', flow)));
    const ingress = code.let(tables.decision('ingress', tables.decisionHalf(code, 'ingress', flow)));
    const verdict = code.let(combine(code.let(decisionVerdict.at(egress)), code.let(decisionVerdict.at(ingress))));
    compare(tables, code, flow, { egress, ingress, verdict });
    code.do(egressDecision.put(row, egress));
    code.do(ingressDecision.put(row, ingress));
    code.do(verdictOf.put(row, verdict));
  });
}

/** As `combine` of `reader.ts`, without a branch, which nobody can predict: 1 unless a half denies, moved to UNKNOWN where a half is unknown. */
function combine(egress: Local, ingress: Local): I32Value {
  const open = (half: Local): I32Value => half.or(half.shiftRight(1));
  const neitherDenies = open(egress).and(open(ingress)).and(1);
  return neitherDenies.shiftLeft(egress.or(ingress).shiftRight(1));
}

/** Says what is decided about a flow that comparison decides: see `TableReader.decide`. */
function compare(tables: TableCode, code: FunctionBuilder, flow: FlowLocals, into: DecisionLocals): void {
  tables.whenCompared(code, flow, (isToOwnNode) => {
    const compared = code.let(comparisonDecision(tables, code, flow));
    code.set(into.egress, compared);
    code.set(into.ingress, compared);
    tables.whenJudged(code, flow, isToOwnNode, (subject) => {
      code.set(into.egress, tables.decision('egress', tables.decisionHalf(code, 'egress', flow, subject)));
    });
    code.set(into.verdict, tables.column('decisionVerdict').at(into.egress));
  });
}

function comparisonDecision(tables: TableCode, code: FunctionBuilder, { from, to }: FlowLocals): I32Value {
  const object = tables.column('endpointObject');
  const kind = code.let(tables.column('endpointKind').at(from));
  const otherKind = code.let(tables.column('endpointKind').at(to));
  const isPod = kind.equals(ENDPOINT_POD).or(kind.equals(ENDPOINT_HOST_POD));
  const isSamePod = isPod.and(kind.equals(otherKind)).and(object.at(from).equals(object.at(to)));
  const isPoliced = kind.equals(ENDPOINT_POD).or(otherKind.equals(ENDPOINT_POD));
  return choose(isSamePod, POD_TO_ITSELF, choose(isPoliced, OWN_NODE, NOT_A_POLICED_POD));
}
