/**
 * Loaded before every test file. Makes a warning of Node (a leaked listener, something deprecated) end the run as a failure, as an unhandled rejection and an uncaught
 * exception do by vitest itself; and refuses to run without the flags of `node-flags.ts`. `test/fault/surprises.test.ts` shows that each of them fails a suite.
 */
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
