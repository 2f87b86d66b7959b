/**
 * All checks that need no look at the code without mutant, in a fresh process: for mutants in code that runs once, when a module loads. Exit 0 when everything holds, else 1.
 */
import { CHECKS } from './checks.ts';

async function main(): Promise<void> {
  for (const { prepare, run } of CHECKS) if (prepare === undefined) await run();
}

process.exitCode = 1;
main().then(
  () => {
    process.exitCode = 0;
  },
  (error: unknown) => console.error(error),
);
