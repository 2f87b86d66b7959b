/**
 * Nothing is timed before its answers are right: a sample of the flows is put to the reference, which reads the manifests, and every verdict has to agree.
 */
import type { Engine } from '../../src/engine/engine.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { EndpointQuestions } from '../../src/scale/flow-questions.ts';
import { createRandom } from '../../src/shapes/random.ts';
import type { FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY, UNKNOWN } from '../../src/tables/layout.ts';

const VERDICT_NUMBERS: Readonly<Record<Verdict, number>> = { deny: DENY, allow: ALLOW, unknown: UNKNOWN };

/**
 * Compares `samples` flows of a judged batch with the reference.
 * @returns how many were compared
 * @throws {Error} with the first flow whose verdicts differ, or when hardly any flow could be asked
 */
export function checkBatch(manifests: Manifests, engine: Engine, batch: FlowBatch, verdicts: Uint8Array, samples: number): number {
  const questions = new EndpointQuestions(engine.tables);
  const random = createRandom(1);
  const oracle = reference(manifests);
  let compared = 0;
  for (let tries = 0; compared < samples && tries < samples * 10; tries++) {
    const flow = random.int(batch.count);
    const query = questions.query(batch, flow);
    if (query === undefined) continue;
    const expected = oracle.canReach(query).verdict;
    if (VERDICT_NUMBERS[expected] !== verdicts[flow]) {
      throw new Error(
        `the answer is wrong, nothing was measured: ${JSON.stringify(query)} is ${expected}, the batch says ${verdicts[flow]}`,
      );
    }
    compared++;
  }
  if (compared < samples / 2) throw new Error(`only ${compared} of ${samples} flows could be checked, nothing was measured`);
  return compared;
}
