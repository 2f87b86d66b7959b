/**
 * `npm run fuzz:report`: what the generators make and what they reach. Prints, for every preset, the mix of verdicts, the flows at edges and the rarest forms of
 * fields, then the branches of the engine that the differential run takes. Exit 1 when a goal is missed or a branch is neither taken nor in the table of `branches.ts`.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { NODE_FLAGS } from '../support/node-flags.ts';
import { type CoverageMap, checkBranches } from './branches.ts';

// A run that ends before it has a result is no success.
process.exitCode = 1;
const root = process.cwd();
const folder = await mkdtemp(join(tmpdir(), 'netpolsim-fuzz-report-'));
try {
  const passed = await run();
  const coverage = JSON.parse(await readFile(join(folder, 'coverage-final.json'), 'utf8')) as CoverageMap;
  const { branches, functions, untaken, gaps, outdated } = checkBranches(coverage, root);
  console.log(`branches: ${branches} and ${functions} functions, ${untaken} not taken, of which ${gaps.length} are not explained`);
  for (const gap of gaps) console.log(`  not taken: ${gap}`);
  for (const { file, code } of outdated) console.log(`  taken, or gone, and still in the table: ${file}: ${code}`);
  process.exitCode = passed && branches > 0 && gaps.length === 0 && outdated.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs `*.fuzz.ts` with coverage into `folder`; false when something failed. */
async function run(): Promise<boolean> {
  const vitest = await startVitest('test', [], {
    config: false,
    watch: false,
    root,
    include: ['test/fuzz-report/*.fuzz.ts'],
    pool: 'forks',
    execArgv: [...NODE_FLAGS],
    setupFiles: ['test/support/surprises.ts'],
    testTimeout: 0,
    disableConsoleIntercept: true,
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['src/{compile,dialects,engine,evaluate,lib,reference}/**/*.ts'],
      reporter: ['json'],
      reportOnFailure: true,
      reportsDirectory: folder,
    },
  });
  const modules = vitest.state.getTestModules();
  const passed = modules.length > 0 && modules.every((module) => module.ok());
  await vitest.close();
  return passed;
}
