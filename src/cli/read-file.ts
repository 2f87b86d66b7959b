/**
 * A file in one piece.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CliError, systemErrorText } from './exit.ts';

/** Devices, pipes and directories are refused: they may never end. @throws {CliError} */
export async function readRegularFile(file: string, mostBytes: number): Promise<Uint8Array> {
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to waits for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size, isFile } = await handle.stat().then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
      if (!isFile) throw new CliError(`\`${file}\` cannot be read: it is not a file`);
      if (size > mostBytes) throw new CliError(`\`${file}\` cannot be read: it has ${size} bytes, at most ${mostBytes} are read`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`\`${file}\` cannot be read: ${systemErrorText(error)}`);
  }
}
