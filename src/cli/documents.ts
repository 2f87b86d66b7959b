/**
 * Files that people write for netpolsim (tests, zones, invariants) at the command line: what is wrong with them, and the manifests that they name.
 */
import { DocumentError, formatDiagnostics } from '../index.ts';
import { CliError, EXIT_BAD_INPUT } from './exit.ts';
import type { Session } from './input.ts';

/** Problems of documents go to stderr, with their places. `what`: what cannot be done for them. */
export async function sayingWhatIsWrong<T>({ terminal }: Session, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    for (const line of formatDiagnostics(error.diagnostics, { paint: terminal.errorPaint })) terminal.line(line);
    const count = error.diagnostics.length;
    throw new CliError(`${what}: ${count === 1 ? 'an error' : `${count} errors`} in them`, EXIT_BAD_INPUT);
  }
}

/** What a document names as `inputs`. @throws {CliError} when that is nothing */
export async function namedInputs<T extends { readonly file: string }>(
  document: T,
  find: (document: T) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const paths = await find(document);
  if (paths.length > 0) return paths;
  throw new CliError(`\`${document.file}\` names no \`inputs\`: give manifests with \`-f PATH\``);
}
