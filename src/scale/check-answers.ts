/**
 * Nothing is timed before its answers are right: a sample of flows is put to the engine, to the verdict kernel and to the reference, which reads the manifests.
 */
import type { Engine } from '../engine/engine.ts';
import { createKernel } from '../evaluate/kernel.ts';
import { BATCH_FLOWS, planFlows } from '../flows/flow-plan.ts';
import { createFlowGenerator } from '../flows/generate.ts';
import { LinearMemory } from '../lib/linear-memory.ts';
import { RandomStream } from '../lib/random.ts';
import type { Verdict } from '../model/decision.ts';
import type { FlowQuery } from '../model/flow.ts';
import type { Manifests } from '../model/resource.ts';
import { type ReferenceOptions, reference } from '../reference/reference.ts';
import { createFlowBatch, type FlowBatch } from '../tables/flow-batch.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { EndpointQuestions } from './flow-questions.ts';

/** Thrown when two of the three say different things: nothing that is measured then means anything. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** In the order of their numbers in a batch. */
const VERDICTS: readonly Verdict[] = ['deny', 'allow', 'unknown'];

/** Flows of a seed, batch by batch, as `simulate` would send them (at rules and their edges, and anywhere), and their verdicts. */
export interface Judging {
  readonly batch: FlowBatch;
  readonly verdicts: Uint8Array;
  /** Fills the batch. */
  generate(batchNumber: number): void;
  /** Judges what is in it. */
  judge(): void;
}

export function createJudging(tables: RuleTables, seed: number): Judging {
  const memory = new LinearMemory();
  const batch: FlowBatch = { ...createFlowBatch(BATCH_FLOWS, memory), count: BATCH_FLOWS };
  const verdicts = memory.bytes(BATCH_FLOWS);
  const generate = createFlowGenerator(tables, planFlows(tables, seed), batch, memory);
  const kernel = createKernel(tables, batch, verdicts, memory);
  return { batch, verdicts, generate: (batchNumber) => generate(batchNumber, BATCH_FLOWS), judge: () => kernel(BATCH_FLOWS) };
}

/** Flows of a batch as questions, drawn with a seed, and where they are in it. At most `wanted`; fewer where flows cannot be asked by name or address. */
export function questionsOf(
  tables: RuleTables,
  batch: FlowBatch,
  wanted: number,
  seed: number,
): { readonly flow: number; readonly query: FlowQuery }[] {
  const questions = new EndpointQuestions(tables);
  const random = new RandomStream(seed, 3);
  const found: { flow: number; query: FlowQuery }[] = [];
  for (let tries = 0; found.length < wanted && tries < wanted * 10; tries++) {
    const flow = random.below(batch.count);
    const query = questions.query(batch, flow);
    if (query !== undefined) found.push({ flow, query });
  }
  return found;
}

/**
 * Compares engine, kernel and reference on `wanted` flows of the first batch.
 * @returns how many were compared
 * @throws {WrongAnswer} with the first flow on which they differ
 */
export function checkAnswers(
  manifests: Manifests,
  engine: Engine,
  options: ReferenceOptions,
  { wanted, seed, judging }: { readonly wanted: number; readonly seed: number; readonly judging: Judging },
): number {
  judging.generate(0);
  judging.judge();
  const definition = reference(manifests, options);
  const questions = questionsOf(engine.tables, judging.batch, wanted, seed);
  for (const { flow, query } of questions)
    compareAnswers(query, engine, VERDICTS[judging.verdicts[flow]!]!, definition.canReach(query).verdict);
  return questions.length;
}

function compareAnswers(query: FlowQuery, engine: Engine, inBatch: Verdict, expected: Verdict): void {
  const said = [inBatch, engine.verdict(query), engine.canReach(query).verdict];
  if (said.every((verdict) => verdict === expected)) return;
  const flow = JSON.stringify(query);
  throw new WrongAnswer(
    `the answer is wrong, nothing was measured: ${flow} is ${expected} by the reference, the engine says ${said.join(', ')}`,
  );
}

/** So many that the reference, which reads everything for each of them, takes seconds. */
export function affordableChecks({ pods, networkPolicies, adminPolicies }: Manifests): number {
  return Math.max(25, Math.min(500, Math.round(3_000_000 / (pods.length + networkPolicies.length + adminPolicies.length + 1))));
}
