// Makes one step of writing a file fail: FAIL_STEP is open, write, sync, close or rename, FAIL_CODE the error (ENOSPC). Steps on directories and on files that are read are left alone.
import type { Mode, PathLike } from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { FAIL_STEP: step, FAIL_CODE: code = 'ENOSPC' } = process.env;
const fail = (): Promise<never> => Promise.reject(Object.assign(new Error('made to fail'), { code }));
const { open, rename } = promises;

Object.assign(promises, {
  open: async (file: PathLike, flags?: string | number, mode?: Mode): Promise<FileHandle> => {
    if (flags !== 'wx') return await open(file, flags, mode);
    if (step === 'open') return await fail();
    const handle = await open(file, flags, mode);
    const close = handle.close.bind(handle);
    if (step === 'write') handle.writeFile = () => handle.write('half').then(fail);
    if (step === 'sync') handle.sync = fail;
    if (step === 'close') handle.close = () => close().then(fail);
    return handle;
  },
  rename: (from: PathLike, to: PathLike): Promise<void> => (step === 'rename' ? fail() : rename(from, to)),
});
syncBuiltinESMExports();
