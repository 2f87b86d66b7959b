import { basename, dirname, isAbsolute } from 'node:path';
import { defineConfig, type RolldownOptions } from 'rolldown';

/**
 * Processes that start often load one file of ours instead of hundreds: each file costs Node about a millisecond. `tsc` has written `dist` before, the same programs in
 * many files, of which these take the place. What is installed stays outside; paths below `dist` stay as deep as they are in `src`. What is imported only when it is asked for (`fuzz`, with fast-check) becomes
 * a file of its own, and so does what it shares with the rest.
 */
function program(name: string): RolldownOptions {
  return {
    input: `src/${name}.ts`,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    output: {
      dir: dirname(`dist/${name}`),
      entryFileNames: `${basename(name)}.js`,
      chunkFileNames: `${basename(name)}-[name].js`,
      format: 'esm',
    },
  };
}

export default defineConfig([program('cli/run'), program('scale/child')]);
