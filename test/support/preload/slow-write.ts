// Writing a file takes a while: 24 pieces with a pause after each, and a pause before fsync, close and rename. Says each step on stderr when it begins.
import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const PIECES = 24;
const PAUSE_MS = Number(process.env.SLOW_WRITE_MS ?? '4');
const { open, rename } = promises;

async function step(name: string): Promise<void> {
  fs.writeSync(2, `step: ${name}\n`);
  await pause(PAUSE_MS);
}

function slowed(handle: FileHandle): FileHandle {
  const { sync, close } = handle;
  handle.writeFile = async (data) => {
    const bytes = data as Uint8Array;
    const size = Math.ceil(bytes.length / PIECES);
    for (let at = 0; at < bytes.length; at += size) {
      await step('write');
      await handle.write(bytes.subarray(at, at + size));
    }
  };
  handle.sync = () => step('sync').then(() => sync.call(handle));
  handle.close = () => step('close').then(() => close.call(handle));
  return handle;
}

Object.assign(promises, {
  open: async (...args: Parameters<typeof open>) => {
    if (args[1] !== 'wx') return await open(...args);
    await step('open');
    return slowed(await open(...args));
  },
  rename: (...args: Parameters<typeof rename>) => step('rename').then(() => rename(...args)),
});
syncBuiltinESMExports();
