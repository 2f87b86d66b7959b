/**
 * Laws across the program: see `whole.ts`, `workers.ts`, `explanations.ts` and `encodings.ts`. X2 once more with real threads.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { reproduciblePart } from '../../src/simulate/report.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { SEED } from '../support/seed.ts';
import { ENCODING_LAWS } from './encodings.ts';
import { EXPLANATION_LAWS } from './explanations.ts';
import { testLaws } from './test-laws.ts';
import { WHOLE_LAWS } from './whole.ts';
import { WORKER_LAWS } from './workers.ts';
import { draws } from './worlds.ts';

describe(`laws of the whole (seed ${SEED})`, () => {
  testLaws([...WHOLE_LAWS, ...WORKER_LAWS, ...EXPLANATION_LAWS, ...ENCODING_LAWS], 'test/laws/whole.test.ts');

  test('X2, with threads: simulations of three worlds say the same for 1, 2, 3 and 8 workers', async () => {
    for (const [i, { world }] of fc.sample(draws, { numRuns: 3, seed: SEED }).entries()) {
      const engine = compile(toManifests(world), { cni: world.profile, domainNames: world.domainNames });
      const run = async (workers: number) => {
        const report = await simulate(engine, { flows: 150_000, seed: i, workers, batchesPerTask: 1, verdictColumns: true });
        return JSON.stringify([reproduciblePart(report), Buffer.from(report.columns!.verdicts).toString('base64')]);
      };
      const one = await run(1);
      for (const workers of [2, 3, 8]) expect(await run(workers)).toBe(one);
    }
  });
});
