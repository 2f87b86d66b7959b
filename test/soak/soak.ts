/**
 * `npm run soak -- --minutes 60 [--seed N] [--preset NAME]`: the soak run through vitest, which reads TypeScript. Exit 1 on a mismatch, 2 on wrong usage.
 */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { minutes, seed, preset } = readOptions();
process.env.NETPOLSIM_SOAK_MINUTES = minutes;
if (seed !== undefined) process.env.NETPOLSIM_SEED = seed;
if (preset !== undefined) process.env.NETPOLSIM_SOAK_PRESET = preset;

// A run that ends before it has a result is no success.
process.exitCode = 1;
const vitest = await startVitest('test', [], {
  config: false,
  watch: false,
  include: ['test/soak/*.soak.ts'],
  pool: 'forks',
  disableConsoleIntercept: true,
});
const modules = vitest.state.getTestModules();
const ok = modules.length > 0 && modules.every((module) => module.ok());
await vitest.close();
process.exitCode = ok ? 0 : 1;

function readOptions(): { minutes: string; seed: string | undefined; preset: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, preset: { type: 'string' } },
    });
    if (!(Number(values.minutes) >= 0)) throw new TypeError(`--minutes must be a number, got \`${values.minutes}\``);
    return { minutes: values.minutes, seed: values.seed, preset: values.preset };
  } catch (error) {
    console.error(`soak: ${(error as Error).message}\nusage: npm run soak -- --minutes 60 [--seed N] [--preset NAME]`);
    process.exit(2);
  }
}
