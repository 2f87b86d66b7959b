/**
 * Where a job of GitHub Actions runs: paths as its repository has them, and the summary that its steps write together.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { MOST_SUMMARY_BYTES } from '../index.ts';
import { CliError, EXIT_INCOMPLETE, systemErrorText } from './exit.ts';

/** From the folder of the run, which is the root of the repository where a workflow does not say otherwise. */
export function relativePath(file: string): string {
  return relative(process.cwd(), resolve(file)).split(sep).join('/');
}

/** The summary of a job is what all its steps have added: only what is left of the room is used. */
export async function addSummary(write: (mostBytes: number) => string): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  if (file === undefined || file === '') return;
  try {
    const handle = await open(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new CliError(`the summary of the job could not be written: \`${file}\` is not a file`, EXIT_INCOMPLETE);
      await handle.writeFile(write(Math.max(0, MOST_SUMMARY_BYTES - stats.size)));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`the summary of the job could not be written to \`${file}\`: ${systemErrorText(error)}`, EXIT_INCOMPLETE);
  }
}
