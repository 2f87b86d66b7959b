/**
 * `netpolsim compile`: manifests into a file of tables.
 */
import { compileDocument, encodeTables, formatCompilation, formatJson } from '../index.ts';
import { CliError, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, loadEngine, type Session } from './input.ts';
import { checkTarget, writeFileWhole } from './write-file.ts';

export interface CompileFlags extends InputFlags {
  readonly out: string;
  readonly output?: 'table' | 'json';
}

export async function compileCommand(flags: CompileFlags, session: Session): Promise<ExitCode> {
  checkTarget(flags.out);
  const { engine, manifests } = await loadEngine(flags, 'stop', session);
  if (manifests === undefined) throw new CliError('`compile` reads manifests: give them with `-f PATH`');
  const bytes = encodeTables(engine.tables);
  session.signals.listen();
  await writeFileWhole(flags.out, bytes);
  const { terminal } = session;
  const result = { manifests, tables: engine.tables, diagnostics: engine.diagnostics, out: flags.out, fileBytes: bytes.length };
  await terminal.result(flags.output === 'json' ? formatJson(compileDocument(result)) : formatCompilation(result, terminal.paint));
  return manifests.unreadable.length > 0 || engine.diagnostics.some(({ severity }) => severity === 'error') ? EXIT_INCOMPLETE : EXIT_OK;
}
