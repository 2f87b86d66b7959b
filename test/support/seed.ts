/**
 * The seed of a test run: from NETPOLSIM_SEED, or chosen now. It stands in the titles of the tests that use it, so that a failure can be run again.
 */
export const SEED: number = readSeed(process.env.NETPOLSIM_SEED);

/** Path into the shrinking of a failure, as fast-check prints it; from NETPOLSIM_PATH. */
export const PATH: string | undefined = process.env.NETPOLSIM_PATH;

function readSeed(text: string | undefined): number {
  if (text === undefined || text === '') return Math.floor(Math.random() * 0x7fffffff);
  const seed = Number(text);
  if (!Number.isInteger(seed)) throw new RangeError(`NETPOLSIM_SEED must be a whole number, got \`${text}\``);
  return seed;
}

/** The command that runs a test file again with the same seed. */
export function replayLine(file: string): string {
  return `replay: NETPOLSIM_SEED=${SEED} npx vitest run ${file}`;
}
