/**
 * `netpolsim snapshot`: manifests into a file that is read many times faster than they are.
 */
import { encodeSnapshot, formatJson, formatSnapshot, type Manifests, snapshotDocument, WireFormatError } from '../index.ts';
import { CliError, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, readManifests, type Session } from './input.ts';
import { checkTarget, writeFileWhole } from './write-file.ts';

export interface SnapshotFlags extends Omit<InputFlags, 'tables' | 'cni' | 'equalPriority' | 'domainNames'> {
  readonly out: string;
  readonly output?: 'table' | 'json';
}

export async function snapshotCommand(flags: SnapshotFlags, session: Session): Promise<ExitCode> {
  checkTarget(flags.out);
  const manifests = await readManifests(flags, session);
  const bytes = snapshotBytes(manifests);
  session.signals.listen();
  await writeFileWhole(flags.out, bytes);
  const { terminal } = session;
  const result = { manifests, out: flags.out, fileBytes: bytes.length };
  await terminal.result(flags.output === 'json' ? formatJson(snapshotDocument(result)) : formatSnapshot(result, terminal.paint));
  const isWhole = manifests.unreadable.length === 0 && manifests.diagnostics.every(({ severity }) => severity !== 'error');
  return isWhole ? EXIT_OK : EXIT_INCOMPLETE;
}

/** @throws {CliError} for more than a snapshot can hold */
export function snapshotBytes(manifests: Manifests): Uint8Array {
  try {
    return encodeSnapshot(manifests);
  } catch (error) {
    if (error instanceof WireFormatError) throw new CliError(`the input cannot be written as a snapshot: ${error.message}`);
    throw error;
  }
}
