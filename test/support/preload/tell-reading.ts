// Says `reading` on stderr when the first file of input is opened, and `read` when it has been closed.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { open } = promises;

Object.assign(promises, {
  open: async (...args: Parameters<typeof open>) => {
    const handle = await open(...args);
    fs.writeSync(2, 'reading\n');
    const { close } = handle;
    handle.close = async () => {
      await close.call(handle);
      fs.writeSync(2, 'read\n');
    };
    return handle;
  },
});
syncBuiltinESMExports();
