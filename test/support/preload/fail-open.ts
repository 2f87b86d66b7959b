// Opening the file FAIL_OPEN ends with the error FAIL_CODE.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { open } = promises;
const { FAIL_OPEN: file, FAIL_CODE: code = 'EACCES' } = process.env;
Object.assign(promises, {
  open: (...args: Parameters<typeof open>) =>
    args[0] === file ? Promise.reject(Object.assign(new Error('made to fail'), { code })) : open(...args),
});
syncBuiltinESMExports();
