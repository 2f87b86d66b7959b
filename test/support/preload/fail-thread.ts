// Makes worker threads fail: FAIL_THREAD is what happens, at the call of Atomics.add that FAIL_AT names. The worker of a simulation makes one when it begins and one after each batch.
import { isMainThread } from 'node:worker_threads';

const { FAIL_THREAD = '', FAIL_AT = '1' } = process.env;

const FAULTS: Readonly<Record<string, () => void>> = {
  throw: () => {
    throw new Error('injected: thrown');
  },
  'throw late': () => {
    setImmediate(() => {
      throw new Error('injected: thrown late');
    });
  },
  exit: () => process.exit(0),
  'run out of memory': () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(10_000).fill({}));
  },
  'loop for ever': () => {
    for (;;);
  },
};

if (!isMainThread) {
  if (FAIL_THREAD === 'fail at load') throw new Error('injected: failed at load');
  const add = Atomics.add;
  let calls = 0;
  Object.assign(Atomics, {
    add: (...args: Parameters<typeof add>) => {
      if (++calls === Number(FAIL_AT)) FAULTS[FAIL_THREAD]?.();
      return add(...args);
    },
  });
}
