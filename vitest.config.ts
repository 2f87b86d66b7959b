import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { NODE_FLAGS } from './test/support/node-flags.ts';

/** What takes longest, by how its path begins. It starts first: a long file that starts last runs alone. */
const LONGEST = [
  'exhaustive',
  'property/engine',
  'laws',
  'fault',
  'cli/generate',
  'bad-input',
  'cli',
  'determinism',
  'parser-fuzz',
  'shapes',
  'unit/cni',
  'property',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative('test', moduleId);
      const found = LONGEST.findIndex((start) => path.startsWith(start));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Files share the processes, what is imported and what V8 has optimised: a tenth of the time. `surprises.ts` sees that none leaves anything behind for the next.
    isolate: false,
    // By default one core is left idle: on two cores that doubles the time.
    maxWorkers: '100%',
    execArgv: [...NODE_FLAGS],
    setupFiles: ['test/support/surprises.ts'],
    sequence: { sequencer: LongestFirst },
  },
});
