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

const PROTOTYPES = [Object.prototype, Array.prototype, Map.prototype, Set.prototype, Promise.prototype];

/** What every file of this process finds, fact by fact. */
function surroundings(): string[] {
  return [
    `folder: ${process.cwd()}`,
    ...Object.entries(process.env).map(([name, value]) => `environment: ${name}=${value}`),
    ...PROTOTYPES.map(
      (each) =>
        `${Object.isExtensible(each) ? 'extensible' : 'fixed'} prototype of ${each.constructor.name}: ${Reflect.ownKeys(each).map(String).join(' ')}`,
    ),
    `globals: ${Reflect.ownKeys(globalThis).map(String).join(' ')}`,
  ];
}

const before = surroundings();
afterAll(() => {
  const after = surroundings();
  const left = [
    ...before.filter((fact) => !after.includes(fact)).map((fact) => `before, ${fact}`),
    ...after.filter((fact) => !before.includes(fact)).map((fact) => `after, ${fact}`),
  ];
  if (left.length > 0) throw new Error(`this file leaves something behind in the process that the next one meets:\n${left.join('\n')}`);
});
