/**
 * `netpolsim matrix`: who reaches whom, on which ports.
 */
import {
  formatCount,
  formatMatrix,
  type MatrixFormat,
  type MatrixOptions,
  type MatrixRow,
  type ReachabilityMatrix,
  reachabilityMatrix,
} from '../index.ts';
import { CliError, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, loadEngine, type Session } from './input.ts';
import { Progress } from './progress.ts';
import { checkScope, inNamespace, podsOfSelector, type ScopeFlags } from './scope.ts';

export interface MatrixFlags extends InputFlags, ScopeFlags, Omit<MatrixOptions, 'chosen'> {
  readonly output?: MatrixFormat;
}

/** Characters that are written at once. */
const PIECE = 2 ** 18;

export async function matrixCommand(flags: MatrixFlags, session: Session): Promise<ExitCode> {
  const { output = 'table' } = flags;
  const { namespace, selector, direction } = flags;
  checkScope(flags);
  if (selector !== undefined && flags.focus !== undefined)
    throw new CliError('`--focus` and `-l` do not go together: both say which rows are wanted');
  const focus = flags.focus === undefined && selector === undefined ? namespace : flags.focus && inNamespace(flags.focus, namespace);
  if (direction !== undefined && focus === undefined && selector === undefined)
    throw new CliError('`--direction` is that of a focus: name a pod, a workload or a namespace with `--focus`, `-n` or `-l`');
  if (flags.nodes !== undefined && flags.peers !== undefined)
    throw new CliError('`--nodes` and `--peers` do not go together: nodes are neither pods nor outside');
  if (selector !== undefined && flags.tables !== undefined) podsOfSelector(flags, undefined);
  const { engine, manifests } = await loadEngine(flags, 'stop', session);
  if (engine.tables.columns.podName.length === 0)
    throw new CliError('there is no pod in the input, so that there is nothing to list: give the cluster beside the policies');
  const chosen = podsOfSelector(flags, manifests);
  const options = optionsOf({ ...flags, ...(focus === undefined ? {} : { focus }), ...(chosen === undefined ? {} : { chosen }) });
  const matrix = matrixOf(engine, options);
  // What could not be read may be an end that no row speaks of.
  let isCertain = matrix.unreadable.length === 0 && engine.diagnostics.every(({ severity }) => severity !== 'error');
  const progress = new Progress(session.terminal, session.terminal.resultIsTerminal ? { quiet: true } : flags);
  let rows = 0;
  function* watched(): Generator<MatrixRow, void, undefined> {
    for (const row of matrix.rows()) {
      rows++;
      progress.report(() => `${formatCount(rows)} rows`);
      if (isCertain && isUnknown(row)) isCertain = false;
      yield row;
    }
  }
  let text = '';
  for (const part of formatMatrix({ ...matrix, rows: watched }, options, output, session.terminal.paint)) {
    text += part;
    if (text.length < PIECE) continue;
    await session.terminal.result(text);
    text = '';
  }
  await session.terminal.result(text);
  return isCertain ? EXIT_OK : EXIT_INCOMPLETE;
}

function optionsOf({ by, focus, chosen, direction, protocol, port, nodes, peers, denied }: MatrixOptions): MatrixOptions {
  const given = Object.entries({ by, focus, chosen, direction, protocol, port, nodes, peers, denied }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(given) as MatrixOptions;
}

function matrixOf(engine: Parameters<typeof reachabilityMatrix>[0], options: MatrixOptions): ReachabilityMatrix {
  try {
    return reachabilityMatrix(engine, options);
  } catch (error) {
    // A focus that does not exist or is not clear.
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

function isUnknown({ ports: { unknown, some } }: MatrixRow): boolean {
  return unknown.length > 0 || some.some(({ verdicts }) => verdicts.includes('unknown'));
}
