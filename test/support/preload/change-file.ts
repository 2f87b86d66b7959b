// The file CHANGE_FILE gets another comment when it has been opened, and before it is read.
import { appendFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { open } = promises;
const { CHANGE_FILE: file = '' } = process.env;
Object.assign(promises, {
  open: async (...args: Parameters<typeof open>) => {
    const handle = await open(...args);
    if (args[0] === file) {
      const { stat } = handle;
      handle.stat = (async () => {
        const stats = await stat.call(handle);
        appendFileSync(file, '# changed\n');
        return stats;
      }) as typeof stat;
    }
    return handle;
  },
});
syncBuiltinESMExports();
