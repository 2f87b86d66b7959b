/**
 * `npm run mutation [-- GLOB…]`: Stryker over the verdict core, or over the files that the globs name. Prints the score of each room and the survivors that nobody has explained;
 * exit 1 when there is one, or when a room is below the target.
 */
import { Stryker } from '@stryker-mutator/core';

const ROOMS = ['compile', 'evaluate', 'dialects', 'lib', 'reference'];

const files = process.argv.slice(2);
const results = await new Stryker({
  packageManager: 'npm',
  plugins: [new URL('./runner.js', import.meta.url).pathname],
  testRunner: 'checks',
  buildCommand: 'tsc -p tsconfig.mutation.json',
  coverageAnalysis: 'perTest',
  mutate: files.length > 0 ? files : ROOMS.map((room) => `src/${room}/**/*.ts`),
  ignorePatterns: ['/dist', '/dist-tools', '/dist-mutation', '/datasets', '/bench', '/schemas', '/*.md'],
  tempDirName: 'out/stryker',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'out/mutation/report.json' },
  concurrency: 2,
  timeoutMS: 8000,
  timeoutFactor: 3,
  thresholds: { high: 95, low: 95, break: null },
  checkers: [],
}).runMutationTest();
console.log(results.length);
