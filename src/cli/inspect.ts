/**
 * `netpolsim inspect`: what compiled tables hold.
 */
import { formatInspection, formatJson, inspectDocument, inspectTables } from '../index.ts';
import { EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, loadEngine, type Session } from './input.ts';

export interface InspectFlags extends InputFlags {
  readonly output?: 'table' | 'json';
}

export async function inspectCommand(flags: InspectFlags, session: Session): Promise<ExitCode> {
  const { engine } = await loadEngine(flags, 'stop', session);
  const inspection = inspectTables(engine.tables);
  const { terminal } = session;
  await terminal.result(flags.output === 'json' ? formatJson(inspectDocument(inspection)) : formatInspection(inspection, terminal.paint));
  return EXIT_OK;
}
