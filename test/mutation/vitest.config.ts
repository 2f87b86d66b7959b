import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests that import the file of the mutant come first: they are the likeliest to kill it, and one that fails ends the run. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = `/${basename(process.env.MUTATED_FILE ?? '')}'`;
    const isNear = ({ moduleId }: TestSpecification): boolean => readFileSync(moduleId, 'utf8').includes(mutated);
    return [...files.filter(isNear), ...files.filter((file) => !isNear(file))];
  }
}

/** Unit tests that a mutant meets after `kill.ts`: what no flow shows, such as the words of errors. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{lib,compile,evaluate,dialects,reference,engine,flows}/**/*.test.ts',
      'test/unit/scale/costs.test.ts',
      'test/conformance/questions.test.ts',
    ],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    bail: 1,
    setupFiles: ['test/mutation/no-shrinking.ts'],
    sequence: { sequencer: NearestFirst },
    // Under load nothing may fail for being slow: that would count as a kill.
    testTimeout: 120_000,
  },
});
