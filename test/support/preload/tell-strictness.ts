// Says on stderr whether this thread has no `__proto__` and makes no code from strings.
import { isMainThread } from 'node:worker_threads';

function makesCode(): boolean {
  try {
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}

const strict = !('__proto__' in {}) && !makesCode();
process.stderr.write(`${isMainThread ? 'main' : 'thread'}: ${strict ? 'strict' : 'NOT STRICT'}\n`);
