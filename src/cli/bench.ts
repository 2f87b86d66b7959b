/**
 * `netpolsim bench`: can this policy set be rolled out? What it costs, what of it costs most, how it grows, and how it compares with another.
 */
import {
  formatCount,
  formatJson,
  formatScale,
  formatScaleMarkdown,
  type Manifests,
  plotScale,
  rollOut,
  type ScaleReport,
  scaleDocument,
} from '../index.ts';
import { benchPolicies, MeasurementFailed, type PolicySetInput, WrongAnswer } from '../node.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, isLasting, type LoadedEngine, loadEngine, refuseTwoStdins, type Session } from './input.ts';
import { Progress } from './progress.ts';
import { checkTarget, writeFileWhole } from './write-file.ts';

export interface BenchFlags extends Omit<InputFlags, 'tables'> {
  readonly against?: readonly string[];
  readonly seed?: number;
  readonly rounds?: number;
  readonly quick?: true;
  readonly check?: true;
  readonly out?: readonly string[];
  readonly output?: 'table' | 'json' | 'markdown' | 'svg';
}

export const LEAST_ROUNDS = 5;
export const MOST_ROUNDS = 99;

type Format = NonNullable<BenchFlags['output']>;

const FORMAT_OF_ENDING: ReadonlyMap<string, Format> = new Map([
  ['.json', 'json'],
  ['.md', 'markdown'],
  ['.svg', 'svg'],
]);

export async function benchCommand(flags: BenchFlags, session: Session): Promise<ExitCode> {
  const { terminal, signals } = session;
  const { file, against, out = [] } = flags;
  if (file === undefined) throw new CliError('there is no input: give manifests with `-f PATH`');
  refuseTwoStdins([...file, ...(against ?? [])]);
  const targets = out.map((name) => ({ name, format: formatOf(name) }));
  for (const { name } of targets) checkTarget(name);

  const loaded = await loadEngine(flags, 'stop', session);
  const other = against === undefined ? undefined : await loadEngine({ ...flags, file: against }, 'stop', session);
  const report = await measure(flags, loaded, other, session);
  signals.listen();
  for (const { name, format } of targets) await writeFileWhole(name, new TextEncoder().encode(written(report, format)));
  const paint = flags.output === undefined || flags.output === 'table' ? terminal.paint : undefined;
  await terminal.result(paint === undefined ? written(report, flags.output ?? 'table') : formatScale(report, paint));
  return flags.check !== undefined && rollOut(report).verdict === 'no' ? EXIT_FINDING : EXIT_OK;
}

function formatOf(file: string): Format {
  const format = FORMAT_OF_ENDING.get(/\.[^./]*$/.exec(file)?.[0] ?? '');
  if (format === undefined)
    throw new CliError(`\`--out ${file}\` must end in \`.json\`, \`.md\` or \`.svg\`: the ending says what is written`);
  return format;
}

function written(report: ScaleReport, format: Format): string {
  if (format === 'json') return formatJson(scaleDocument(report));
  if (format === 'markdown') return formatScaleMarkdown(report);
  return format === 'svg' ? plotScale(report) : formatScale(report);
}

async function measure(
  flags: BenchFlags,
  loaded: LoadedEngine,
  other: LoadedEngine | undefined,
  { terminal, signals }: Session,
): Promise<ScaleReport> {
  const { seed, rounds, quick, file = [], against = [] } = flags;
  const progress = new Progress(terminal, flags);
  try {
    return await signals.abortable((signal) =>
      benchPolicies(setOf(loaded, file), {
        ...loaded.compiledWith,
        signal,
        ...(other === undefined ? {} : { against: setOf(other, against) }),
        ...(seed === undefined ? {} : { seed }),
        ...(rounds === undefined ? {} : { rounds }),
        ...(quick === undefined ? {} : { quick }),
        onProgress: (done, total, what) => progress.begin(() => `${formatCount(done)} of ${formatCount(total)}: ${what}`),
      }),
    );
  } catch (error) {
    if (error instanceof WrongAnswer || error instanceof MeasurementFailed) throw new CliError(error.message, EXIT_INCOMPLETE);
    throw error;
  } finally {
    terminal.progress(undefined);
  }
}

function setOf({ manifests, load }: LoadedEngine, paths: readonly string[]): PolicySetInput {
  const source = load !== undefined && paths.every(isLasting) ? { source: { paths, load } } : {};
  return { name: paths.join(' '), manifests: manifests as Manifests, ...source };
}
