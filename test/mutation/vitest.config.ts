import { defineConfig } from 'vitest/config';

/** Unit tests that a mutant meets after `kill.ts`: what no flow shows, such as the words of errors. */
export default defineConfig({
  test: {
    include: ['test/unit/{lib,compile,evaluate,dialects,reference,engine,flows}/**/*.test.ts', 'test/conformance/questions.test.ts'],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    bail: 1,
    // Under load nothing may fail for being slow: that would count as a kill.
    testTimeout: 120_000,
  },
});
