// An exception that belongs to nobody, while a file is being read.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

Object.assign(promises, {
  open: () => {
    setImmediate(() => {
      throw new Error('thrown late');
    });
    return new Promise<never>(() => {});
  },
});
syncBuiltinESMExports();
