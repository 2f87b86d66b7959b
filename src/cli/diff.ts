/**
 * `netpolsim diff`: what a change of policies, or of a cluster, does to reachability.
 */
import { existsSync } from 'node:fs';
import { type Coarsest, type DiffFormat, formatDiff, type ReachabilityDiff, reachabilityDiff } from '../index.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, isLasting, type LoadedEngine, loadEngine, refuseTwoStdins, type Session } from './input.ts';

export const FAIL_ON = ['opened', 'closed', 'changed', 'none'] as const;

export interface DiffFlags extends Omit<InputFlags, 'tables'> {
  readonly by?: Coarsest;
  readonly reasons?: true;
  readonly failOn?: (typeof FAIL_ON)[number];
  readonly limit?: number;
  readonly output?: DiffFormat;
}

const DEFAULT_LIMIT = 20;

export async function diffCommand(before: string, after: string, flags: DiffFlags, session: Session): Promise<ExitCode> {
  const { file: shared = [], by, reasons, failOn = 'opened', limit = DEFAULT_LIMIT, output = 'table', ...reading } = flags;
  if (before === '-' && after === '-')
    throw new CliError('BEFORE and AFTER are both `-`: standard input can be read once, so one of them has to be a file or a directory');
  refuseTwoStdins([...shared, before, after]);
  const once = shared.find((path) => !isReadable(path));
  if (once !== undefined)
    throw new CliError(
      `\`-f ${once}\` is read for BEFORE and for AFTER, and a pipe can be read once: write it into a file, or a snapshot (\`netpolsim snapshot\`)`,
    );
  const [one, two] = [
    await loadEngine({ ...reading, file: [...shared, before] }, 'stop', session),
    await loadEngine({ ...reading, file: [...shared, after] }, 'stop', session),
  ];
  refuseEmptyPipe([one, two]);
  const empty = [one, two].flatMap(({ engine }, t) => (engine.tables.columns.podName.length === 0 ? [t === 0 ? 'BEFORE' : 'AFTER'] : []));
  if (empty.length > 0)
    throw new CliError(
      `there is no pod in ${empty.join(' nor in ')}, so that there is nothing to compare: give the cluster that the policies are for with \`-f PATH\``,
    );
  const diff = reachabilityDiff(one.engine, two.engine, {
    ...(by === undefined ? {} : { by }),
    ...(reasons === undefined ? {} : { reasons }),
  });
  await session.terminal.result(formatDiff(diff, output, limit, session.terminal.paint));
  if (isFinding(diff, failOn)) return EXIT_FINDING;
  return diff.certain ? EXIT_OK : EXIT_INCOMPLETE;
}

/** A program that failed before the pipe brings nothing, too: then a change that opens much would look like one that only closes. */
function refuseEmptyPipe(sides: readonly LoadedEngine[]): void {
  for (const [t, { manifests }] of sides.entries()) {
    if (!manifests?.diagnostics.some(({ code, origin }) => code === 'no-objects' && origin.file === '<stdin>')) continue;
    throw new CliError(
      `${t === 0 ? 'BEFORE' : 'AFTER'} is standard input, which brought no object: did the program before the pipe fail? For no policy at all give an empty file`,
    );
  }
}

/** What is not there is told when it is read. */
function isReadable(path: string): boolean {
  return isLasting(path) || (path !== '-' && !existsSync(path));
}

function isFinding({ pairs: { opened, closed, changed } }: ReachabilityDiff, failOn: (typeof FAIL_ON)[number]): boolean {
  switch (failOn) {
    case 'opened':
      return opened + changed > 0;
    case 'closed':
      return closed + changed > 0;
    case 'changed':
      return opened + closed + changed > 0;
    case 'none':
      return false;
  }
}
