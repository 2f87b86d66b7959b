// Opening a file never comes to an end, and nothing else keeps the process alive.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

Object.assign(promises, { open: () => new Promise<never>(() => {}) });
syncBuiltinESMExports();
