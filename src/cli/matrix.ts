/**
 * `netpolsim matrix`: who reaches whom, on which ports.
 */
import {
  type Engine,
  exposureMatrix,
  formatCount,
  formatMatrix,
  type MatrixFormat,
  type MatrixOptions,
  type MatrixRow,
  type ReachabilityMatrix,
  reachabilityMatrix,
} from '../index.ts';
import { CliError, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, type LoadedEngine, loadEngine, type Session } from './input.ts';
import { Progress } from './progress.ts';
import { checkScope, inNamespace, podsOfSelector, type ScopeFlags } from './scope.ts';

export interface MatrixFlags extends InputFlags, ScopeFlags, Omit<MatrixOptions, 'chosen'> {
  readonly output?: MatrixFormat;
  readonly exposure?: true;
}

/** Characters that are written at once. */
const PIECE = 2 ** 18;

export async function matrixCommand(flags: MatrixFlags, session: Session): Promise<ExitCode> {
  const { output = 'table' } = flags;
  const { namespace, selector } = flags;
  checkScope(flags);
  if (selector !== undefined && flags.focus !== undefined)
    throw new CliError('`--focus` and `-l` do not go together: both say which rows are wanted');
  const focus = flags.focus === undefined && selector === undefined ? namespace : flags.focus && inNamespace(flags.focus, namespace);
  checkTogether({ ...flags, ...(focus === undefined ? {} : { focus }) });
  if (selector !== undefined && flags.tables !== undefined) podsOfSelector(flags, undefined);
  const loaded = await loadEngine(flags, 'stop', session);
  const { engine, manifests } = loaded;
  if (engine.tables.columns.podName.length === 0)
    throw new CliError('there is no pod in the input, so that there is nothing to list: give the cluster beside the policies');
  const chosen = podsOfSelector(flags, manifests);
  const options = optionsOf({ ...flags, ...(focus === undefined ? {} : { focus }), ...(chosen === undefined ? {} : { chosen }) });
  const matrix = matrixOf(engine, flags.exposure === undefined ? undefined : loaded, options);
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

function checkTogether({ exposure, direction, focus, selector, nodes, peers, denied, tables }: MatrixFlags): void {
  if (nodes !== undefined && peers !== undefined)
    throw new CliError('`--nodes` and `--peers` do not go together: nodes are neither pods nor outside');
  if (exposure === undefined) {
    if (direction !== undefined && focus === undefined && selector === undefined)
      throw new CliError('`--direction` is that of a focus: name a pod, a workload or a namespace with `--focus`, `-n` or `-l`');
    return;
  }
  if (tables !== undefined)
    throw new CliError('`--exposure` and `--tables` do not go together: tables hold no selectors, give the manifests with `-f PATH`');
  for (const [flag, value] of Object.entries({ '--peers': peers, '--nodes': nodes, '--denied': denied })) {
    if (value !== undefined)
      throw new CliError(`\`--exposure\` and \`${flag}\` do not go together: its rows are about addresses outside and pods that may come`);
  }
}

function optionsOf({ by, focus, chosen, direction, protocol, port, nodes, peers, denied }: MatrixOptions): MatrixOptions {
  const given = Object.entries({ by, focus, chosen, direction, protocol, port, nodes, peers, denied }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(given) as MatrixOptions;
}

/** `exposed`: what the engine was made of, when its exposure is asked for. */
function matrixOf(engine: Engine, exposed: LoadedEngine | undefined, options: MatrixOptions): ReachabilityMatrix {
  try {
    if (exposed?.manifests === undefined) return reachabilityMatrix(engine, options);
    return exposureMatrix(exposed.manifests, { ...exposed.compiledWith, ...options, engine });
  } catch (error) {
    // A focus that does not exist or is not clear.
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

function isUnknown({ ports: { unknown, some, named = [] } }: MatrixRow): boolean {
  return unknown.length > 0 || [...some, ...named].some(({ verdicts }) => verdicts.includes('unknown'));
}
