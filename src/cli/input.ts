/**
 * Manifests or compiled tables -> an engine, with everything that was found on the way on stderr.
 *
 * What is wrong with the input ends the run (EXIT_BAD_INPUT) when nothing could be read, and when a file or a document could not be read: what it would have said
 * is not known (EXIT_INCOMPLETE when it is only larger than what is read). What is wrong with single objects ends a run about everything (`compile`, `simulate`,
 * `inspect`), because its numbers would be those of another cluster; a question about one connection goes on, and its verdict is `unknown` when it could depend on
 * them. `--keep-going` goes on in either case.
 */
import { statSync } from 'node:fs';
import {
  type CniProfile,
  type CompileOptions,
  compile,
  type Diagnostic,
  type DomainNameTable,
  DomainNameTableError,
  decodeTables,
  type Engine,
  engineFromTables,
  formatBytes,
  formatCount,
  formatDiagnostics,
  formatKinds,
  INCOMPLETE_INPUT_CODES,
  type Manifests,
  profileOf,
  summariseInput,
  TableFormatError,
  WireFormatError,
} from '../index.ts';
import { type LoadOptions, loadManifests } from '../node.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, type ExitCode } from './exit.ts';
import { Progress } from './progress.ts';
import { readDocument } from './read-document.ts';
import { readRegularFile } from './read-file.ts';
import type { Signals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** The flags of every command that reads a cluster. */
export interface InputFlags {
  readonly file?: readonly string[];
  readonly tables?: string;
  readonly cni?: string;
  readonly equalPriority?: CniProfile['equalPriority'];
  /** A file. */
  readonly domainNames?: string;
  readonly workloadPods?: number | 'declared';
  readonly strict?: true;
  readonly keepGoing?: true;
  /** Seconds. */
  readonly readTimeout?: number;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** The flags of a command that reads manifests for several profiles. */
export type ReadingFlags = Omit<InputFlags, 'tables' | 'cni'>;

export interface Session {
  readonly terminal: Terminal;
  readonly signals: Signals;
}

export interface LoadedEngine {
  readonly engine: Engine;
  /** Undefined for an engine from compiled tables. */
  readonly manifests: Manifests | undefined;
  /** What else it was compiled with. */
  readonly compiledWith?: CompileOptions;
  /** How the manifests were read. */
  readonly load?: LoadOptions;
}

/** `objectErrors`: what to do about errors in single objects, without `--keep-going`. `told`: codes of diagnostics that the command tells itself. */
export async function loadEngine(
  flags: InputFlags,
  objectErrors: 'stop' | 'go-on',
  session: Session,
  told: ReadonlySet<string> = NOTHING_TOLD,
): Promise<LoadedEngine> {
  checkFlags(flags);
  return flags.tables === undefined
    ? await fromManifests(flags, objectErrors, session, told)
    : { engine: await fromTables(flags, flags.tables, session), manifests: undefined };
}

const NOTHING_TOLD: ReadonlySet<string> = new Set();

/** Names of standard input; the system resolves the last two to the pipe itself, whatever else is read. */
const STDIN_PATHS: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

function checkFlags({ file, tables, equalPriority, domainNames, workloadPods, strict, keepGoing, readTimeout }: InputFlags): void {
  if (file === undefined && tables === undefined)
    throw new CliError('there is no input: give manifests with `-f PATH`, or compiled tables with `--tables FILE`');
  refuseTwoStdins(file ?? []);
  if (tables === undefined) return;
  const unused = {
    '-f': file,
    '--equal-priority': equalPriority,
    '--domain-names': domainNames,
    '--workload-pods': workloadPods,
    '--strict': strict,
    '--keep-going': keepGoing,
    '--read-timeout': readTimeout,
  };
  for (const [flag, value] of Object.entries(unused)) {
    if (value !== undefined)
      throw new CliError(`\`${flag}\` and \`--tables\` do not go together: compiled tables hold all there is to know`);
  }
}

export function refuseTwoStdins(paths: readonly string[]): void {
  const stdin = paths.filter((path) => STDIN_PATHS.has(path));
  if (stdin.length < 2) return;
  const given = stdin.every((path) => path === '-') ? '`-f -` is given twice' : `\`-f ${stdin[0]}\` and \`-f ${stdin[1]}\` are the same`;
  throw new CliError(`${given}: standard input can be read once`);
}

async function fromManifests(
  flags: InputFlags,
  objectErrors: 'stop' | 'go-on',
  { terminal }: Session,
  told: ReadonlySet<string>,
): Promise<LoadedEngine> {
  const { cni } = flags;
  const progress = new Progress(terminal, flags);
  const manifests = await load(flags, objectErrors, terminal, progress);
  const table = await readDomainNames(flags);
  const compiledWith = {
    cni: withOrder(profileOf(cni ?? 'spec'), flags.equalPriority),
    ...(table === undefined ? {} : { domainNames: table }),
  };
  progress.begin(() => `compiling ${sizeText(manifests)}`);
  const engine = blamingNames(flags, () => compile(manifests, compiledWith));
  progress.end();
  // What counts a rest has no object, and is no finding.
  const left = engine.diagnostics.filter(({ code, object }) => !told.has(code) || object === undefined);
  report(manifests, left, flags, terminal);
  checkErrors(engine.diagnostics, objectErrors, flags);
  warnOfNoPolicy(manifests, flags, terminal);
  return { engine, manifests, compiledWith, load: loadOptions(flags) };
}

/** Can it be read twice? Pipes cannot, and of what cannot be looked at nobody knows. */
export function isLasting(path: string): boolean {
  if (STDIN_PATHS.has(path)) return false;
  try {
    const found = statSync(path);
    return found.isFile() || found.isDirectory();
  } catch {
    return false;
  }
}

/** Manifests for a command that compiles them under several profiles itself: what profiles find is its own to tell. */
export async function loadForProfiles<T>(
  flags: ReadingFlags,
  { terminal }: Session,
  work: (manifests: Manifests, domainNames: DomainNameTable | undefined) => T,
): Promise<T> {
  checkFlags(flags);
  const progress = new Progress(terminal, flags);
  const manifests = await load(flags, 'stop', terminal, progress);
  report(manifests, manifests.diagnostics, flags, terminal);
  warnOfNoPolicy(manifests, flags, terminal);
  const table = await readDomainNames(flags);
  progress.begin(() => `compiling ${sizeText(manifests)} for each profile, and comparing`);
  const result = blamingNames(flags, () => work(manifests, table));
  progress.end();
  return result;
}

/** The manifests alone. Errors in single objects stop the run without `--keep-going`. */
export async function readManifests(flags: InputFlags, { terminal }: Session): Promise<Manifests> {
  checkFlags(flags);
  const progress = new Progress(terminal, flags);
  const manifests = await load(flags, 'stop', terminal, progress);
  progress.end();
  report(manifests, manifests.diagnostics, flags, terminal);
  return manifests;
}

function loadOptions({ workloadPods, strict, readTimeout }: ReadingFlags): LoadOptions {
  return {
    ...(workloadPods === undefined ? {} : { workloadPods }),
    ...(strict === undefined ? {} : { strict }),
    ...(readTimeout === undefined ? {} : { idleMs: readTimeout * 1000 }),
  };
}

/** Says what is wrong only when it stops the run. */
async function load(flags: ReadingFlags, objectErrors: 'stop' | 'go-on', terminal: Terminal, progress: Progress): Promise<Manifests> {
  const { file = [] } = flags;
  const onRead = (files: number, sizeBytes: number): void =>
    progress.report(() => `reading: ${formatCount(files)} ${files === 1 ? 'file' : 'files'}, ${formatBytes(sizeBytes)}`);
  const manifests = await loadManifests(file, { ...loadOptions(flags), onRead });
  try {
    checkObjects(manifests, file, flags);
    checkErrors(manifests.diagnostics, objectErrors, flags);
  } catch (error) {
    report(manifests, manifests.diagnostics, flags, terminal);
    throw error;
  }
  return manifests;
}

function sizeText({ networkPolicies, adminPolicies, pods }: Manifests): string {
  return `${formatCount(networkPolicies.length + adminPolicies.length)} policies for ${formatCount(pods.length)} pods`;
}

function warnOfNoPolicy({ networkPolicies, adminPolicies, unreadable }: Manifests, { quiet }: ReadingFlags, terminal: Terminal): void {
  if (networkPolicies.length + adminPolicies.length + unreadable.length > 0 || quiet !== undefined) return;
  terminal.message('warning: there is no policy in the input, so that nothing is denied');
}

/** The table that the user named. What is wrong with it is said when it is used. */
async function readDomainNames({ domainNames }: ReadingFlags): Promise<DomainNameTable | undefined> {
  if (domainNames === undefined) return undefined;
  return (await readDocument(domainNames, '--domain-names', 'table of domain names', MOST_NAME_BYTES)) as DomainNameTable;
}

function blamingNames<T>({ domainNames }: ReadingFlags, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainNameTableError && domainNames !== undefined)
      throw new CliError(`\`${domainNames}\` cannot be used: ${error.message}`);
    throw error;
  }
}

/** The profile with another order of equal priorities, under a name that says so. */
export function withOrder(profile: CniProfile, equalPriority: CniProfile['equalPriority'] | undefined): CniProfile {
  if (equalPriority === undefined || equalPriority === profile.equalPriority) return profile;
  return { ...profile, name: `${profile.name} with equal priorities ${equalPriority}`, equalPriority };
}

const MOST_NAME_BYTES = 16 * 2 ** 20;

/** Every object that is known belongs to a file that was read; an error without one is about a file or a document. */
function checkErrors(diagnostics: readonly Diagnostic[], objectErrors: 'stop' | 'go-on', { keepGoing }: ReadingFlags): void {
  if (keepGoing !== undefined) return;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const fatal = objectErrors === 'stop' ? errors : errors.filter(({ object }) => object === undefined);
  if (fatal.length === 0) return;
  const many = errors.length === 1 ? 'an error' : `${formatCount(errors.length)} errors`;
  throw new CliError(
    `the input has ${many} (\`--keep-going\` runs all the same: verdicts that depend on what cannot be read are unknown)`,
    exitCodeOf(fatal),
  );
}

/** What is too large, too slow or changed meanwhile need not be wrong: there is no result, and that is all. */
function exitCodeOf(errors: readonly Diagnostic[]): ExitCode {
  return errors.length > 0 && errors.every(({ code }) => INCOMPLETE_INPUT_CODES.has(code)) ? EXIT_INCOMPLETE : EXIT_BAD_INPUT;
}

function checkObjects(manifests: Manifests, paths: readonly string[], flags: ReadingFlags): void {
  if (manifests.counts.size > 0) return;
  checkErrors(manifests.diagnostics, 'stop', flags);
  const inputs = paths.map((path) => (path === '-' ? '<stdin>' : `\`${path}\``)).join(', ');
  const errors = manifests.diagnostics.filter(({ severity }) => severity === 'error');
  const skipped = manifests.skipped.size === 0 ? '' : `, only ${formatKinds(summariseInput(manifests, []).skipped)}`;
  throw new CliError(`there is nothing to work with in ${inputs}: no object that has a part in verdicts${skipped}`, exitCodeOf(errors));
}

function report(manifests: Manifests, diagnostics: readonly Diagnostic[], { quiet, verbose }: ReadingFlags, terminal: Terminal): void {
  const severities = quiet ? (['error'] as const) : verbose ? (['error', 'warning', 'info'] as const) : (['error', 'warning'] as const);
  const limit = verbose ? Number.POSITIVE_INFINITY : 50;
  for (const line of formatDiagnostics(diagnostics, { severities, limit, paint: terminal.errorPaint })) terminal.line(line);
  if (quiet || manifests.skipped.size === 0) return;
  const kinds = formatKinds(summariseInput(manifests, []).skipped);
  const judging = diagnostics.some(({ code }) => code === 'policy-not-considered');
  const known = judging
    ? 'the warnings name the kinds that are known to decide about connections'
    : 'none is known to decide about connections';
  terminal.message(`left out kinds that are not read: ${kinds}; ${known}`);
}

async function fromTables({ cni }: InputFlags, file: string, { terminal }: Session): Promise<Engine> {
  const bytes = await readRegularFile(file, MOST_TABLE_BYTES);
  let engine: Engine;
  try {
    engine = engineFromTables(decodeTables(bytes));
  } catch (error) {
    if (error instanceof TableFormatError || error instanceof WireFormatError)
      throw new CliError(`\`${file}\` cannot be used as compiled tables: ${error.message}`);
    throw error;
  }
  if (cni !== undefined && cni !== engine.profileName) {
    throw new CliError(`\`${file}\` was compiled for the profile \`${engine.profileName}\`, not for \`${cni}\``);
  }
  const found = engine.diagnostics.map((each) => ({ ...each, origin: { ...each.origin, file } }));
  for (const line of formatDiagnostics(found, { paint: terminal.errorPaint })) terminal.line(line);
  return engine;
}

const MOST_TABLE_BYTES = 2 ** 31 - 1;
