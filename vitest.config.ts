import { defineConfig } from 'vitest/config';
import { NODE_FLAGS } from './test/support/node-flags.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // By default one core is left idle: on two cores that doubles the time.
    maxWorkers: '100%',
    execArgv: [...NODE_FLAGS],
    setupFiles: ['test/support/surprises.ts'],
  },
});
