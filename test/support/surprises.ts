/**
 * Loaded before every test file. Makes a warning of Node (a leaked listener, something deprecated) end the run as a failure, as an unhandled rejection and an uncaught
 * exception do by vitest itself, and so does what a file leaves behind in the process, which it shares with others; and refuses to run without the flags of `node-flags.ts`.
 * `test/fault/surprises.test.ts` shows that each of them fails a suite.
 */
import { afterAll } from 'vitest';
import { NODE_FLAGS } from './node-flags.ts';

const missing = NODE_FLAGS.filter((flag) => !process.execArgv.includes(flag));
if (missing.length > 0)
  throw new Error(`this suite runs without ${missing.join(' ')}: \`execArgv\` of the vitest configuration names them`);

/** Thrown where nobody can catch it, so that no test can pass over it. A file may be loaded after others in the same process: once is enough. */
const installed = Symbol.for('netpolsim.surprises');
if (!Object.hasOwn(process, installed)) {
  Object.defineProperty(process, installed, { value: true });
  process.on('warning', (warning) => {
    throw new Error(`a warning of Node fails the suite: ${warning.name}: ${warning.message}`, { cause: warning });
  });
}

/** What every file of this process finds. */
function surroundings(): object {
  const prototypes = [Object.prototype, Array.prototype, Map.prototype, Set.prototype, Promise.prototype];
  return {
    folder: process.cwd(),
    environment: { ...process.env },
    prototypes: prototypes.map((each) => [Object.isExtensible(each), ...Reflect.ownKeys(each).map(String)].join(' ')),
    globals: Reflect.ownKeys(globalThis).map(String).join(' '),
  };
}

const before = JSON.stringify(surroundings(), null, 1).split('\n');
afterAll(() => {
  const after = JSON.stringify(surroundings(), null, 1).split('\n');
  const left = after.filter((line) => !before.includes(line)).concat(before.filter((line) => !after.includes(line)));
  if (left.length > 0) throw new Error(`this file leaves something behind in the process that the next one meets:\n${left.join('\n')}`);
});
