// The system takes at most 100 bytes at a time, as it may.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { writeSync } = fs;
Object.assign(fs, {
  writeSync: (fd: number, bytes: Uint8Array, offset = 0): number => writeSync(fd, bytes, offset, Math.min(100, bytes.length - offset)),
});
syncBuiltinESMExports();
