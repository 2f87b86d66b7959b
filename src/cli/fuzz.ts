/**
 * `netpolsim fuzz`: is there a cluster beside this one in which what must hold does not?
 */
import {
  applyMutations,
  type BrokenFlow,
  canReachArguments,
  compile,
  counterexamplePage,
  encodeCluster,
  type FuzzCounterexample,
  type FuzzedInvariant,
  type FuzzReport,
  formatCount,
  formatFuzz,
  formatJson,
  fuzzDocument,
  type Invariant,
  type Manifests,
  type MutationKind,
  parseManifests,
  unchanged,
  withPolicies,
  writtenObjects,
} from '../index.ts';
import { loadInvariants } from '../node.ts';
import { sayingWhatIsWrong } from './documents.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, type LoadedEngine, loadEngine, readManifests, refuseTwoStdins, type Session } from './input.ts';
import { Progress } from './progress.ts';
import { commandLine } from './shell.ts';
import { checkFolder, type FolderBytes, writeFolderWhole } from './write-folder.ts';

export interface FuzzFlags extends Omit<InputFlags, 'tables'> {
  readonly against?: readonly string[];
  readonly mutations?: readonly MutationKind[];
  readonly most?: number;
  readonly runs?: number;
  readonly seed?: number;
  readonly path?: string;
  /** Seconds. */
  readonly time?: number;
  readonly out?: string;
  readonly output?: 'table' | 'json';
}

const CANNOT_USE = 'the invariants cannot be used';

export async function fuzzCommand(files: readonly string[], flags: FuzzFlags, session: Session): Promise<ExitCode> {
  const { file = [], against, out, output } = flags;
  if (files.includes('-')) throw new CliError('invariants are read from files: standard input is for manifests (`-f -`)');
  refuseTwoStdins([...file, ...(against ?? [])]);
  if (files.length === 0 && against === undefined)
    throw new CliError('there is no invariant: give files of invariants, or other policies that must change nothing with `--against PATH`');
  if (flags.path !== undefined && (flags.runs !== undefined || flags.time !== undefined))
    throw new CliError('`--path` looks at one neighbour: it does not go with `--runs` and `--time`');
  if (out !== undefined) checkFolder(out);
  const invariants = await readInvariants(files, flags, session);
  const loaded = await loadEngine(flags, 'stop', session);
  const report = await search(loaded, invariants, flags, session);
  const folders = out === undefined ? new Map<string, string>() : await write(report, loaded, invariants, { ...flags, out }, files);
  const again = (invariant: FuzzedInvariant, found: FuzzCounterexample): string[] =>
    linesAgain(report, found, files, flags, folders.get(invariant.name), invariant.kind);
  const { terminal } = session;
  await terminal.result(
    output === 'json' ? formatJson(fuzzDocument(report, folders)) : formatFuzz(report, { paint: terminal.paint, again }),
  );
  if (report.invariants.some(({ counterexample }) => counterexample !== null)) return EXIT_FINDING;
  return report.ok ? EXIT_OK : EXIT_INCOMPLETE;
}

async function readInvariants(files: readonly string[], flags: FuzzFlags, session: Session): Promise<Invariant[]> {
  const readPolicies = (paths: readonly string[]): Promise<Manifests> => readManifests({ ...flags, file: paths }, session);
  const stated = files.length === 0 ? [] : await sayingWhatIsWrong(session, CANNOT_USE, () => loadInvariants(files, { readPolicies }));
  if (flags.against === undefined) return stated;
  const other = await readPolicies(flags.against);
  if (other.networkPolicies.length + other.adminPolicies.length + other.unreadable.length === 0 && flags.quiet === undefined)
    session.terminal.message(
      'warning: there is no policy in what `--against` names: it is compared with a cluster in which nothing is denied',
    );
  return [...stated, unchanged(other, { name: `unchanged against ${flags.against.join(' ')}` })];
}

async function search(loaded: LoadedEngine, invariants: readonly Invariant[], flags: FuzzFlags, session: Session): Promise<FuzzReport> {
  const { mutations, most, runs, seed, path, time } = flags;
  // Loaded by this command alone: fast-check is half a megabyte.
  const { searchCounterexamples } = await import('../fuzz/fuzz.ts');
  const progress = new Progress(session.terminal, flags);
  try {
    return await sayingWhatIsWrong(session, CANNOT_USE, async () =>
      searchCounterexamples(manifestsOf(loaded), invariants, {
        ...loaded.compiledWith,
        ...(mutations === undefined ? {} : { mutations }),
        ...(most === undefined ? {} : { most }),
        ...(runs === undefined ? {} : { runs }),
        ...(seed === undefined ? {} : { seed }),
        ...(path === undefined ? {} : { path }),
        ...(time === undefined ? {} : { timeLimitMs: time * 1000 }),
        onProgress: (done, total) =>
          progress.report(() =>
            done === undefined ? 'making a counterexample smaller' : `${formatCount(done)} of ${formatCount(total)} neighbours judged`,
          ),
      }),
    );
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  } finally {
    progress.end();
  }
}

/** INVARIANT: compiled tables are no input of this command. */
function manifestsOf({ manifests }: LoadedEngine): Manifests {
  if (manifests === undefined) throw new Error('there are no manifests');
  return manifests;
}

/** Each counterexample as manifests: in the folder itself where there is one, else in folders with the numbers of their invariants. Returns where, by invariant. */
async function write(
  report: FuzzReport,
  loaded: LoadedEngine,
  invariants: readonly Invariant[],
  flags: FuzzFlags & { readonly out: string },
  files: readonly string[],
): Promise<Map<string, string>> {
  const found = report.invariants.flatMap((each, i) =>
    each.counterexample === null ? [] : [{ each, i, counterexample: each.counterexample }],
  );
  const folders = new Map<string, string>();
  const pieces: FolderBytes[] = [];
  for (const { each, i, counterexample } of found) {
    const below = found.length === 1 ? '' : `${i + 1}/`;
    const folder = below === '' ? flags.out : `${flags.out.replace(/\/+$/, '')}/${i + 1}`;
    folders.set(each.name, folder);
    for (const [name, cluster] of clustersOf(manifestsOf(loaded), invariants[i]!, counterexample)) {
      const text = [...encodeCluster(writtenObjects(cluster), 'yaml')].join('');
      checkWritten(text, loaded, counterexample.broken[0], name === 'other/');
      pieces.push({ file: `${below}${name}cluster.yaml`, bytes: new TextEncoder().encode(text) });
    }
    const page = counterexamplePage(report, each, counterexample, linesAgain(report, counterexample, files, flags, folder, each.kind));
    pieces.push({ file: `${below}README.md`, bytes: new TextEncoder().encode(page) });
  }
  if (pieces.length > 0) await writeFolderWhole(flags.out, pieces);
  return folders;
}

/** The cluster that breaks the invariant, by folder. Of `unchanged` two, which differ in their policies. */
function clustersOf(manifests: Manifests, invariant: Invariant, { mutations }: FuzzCounterexample): (readonly [string, Manifests])[] {
  const neighbour = applyMutations(manifests, mutations).manifests;
  if (invariant.kind !== 'unchanged') return [['', neighbour]];
  return [
    ['own/', withPolicies(neighbour, manifests)],
    ['other/', withPolicies(neighbour, invariant.policies)],
  ];
}

/** What is written says the same when it is read: nobody is to look for a mistake in the wrong cluster. What could not be read is not written, and may make a difference. */
function checkWritten(text: string, { compiledWith, manifests }: LoadedEngine, broken: BrokenFlow | undefined, isOther: boolean): void {
  if (broken?.flow == null || (manifests?.diagnostics ?? []).some(({ severity }) => severity === 'error')) return;
  const verdict = compile(parseManifests(text), compiledWith).verdict(broken.flow);
  if (verdict !== (isOther ? broken.expected : broken.verdict))
    throw new CliError(`the cluster of the counterexample cannot be written: read again, it says ${verdict}`, EXIT_INCOMPLETE);
}

/** Command lines that show a counterexample again. */
function linesAgain(
  { seed }: FuzzReport,
  { path, broken: [first] }: FuzzCounterexample,
  files: readonly string[],
  flags: FuzzFlags,
  folder: string | undefined,
  kind: Invariant['kind'],
): string[] {
  const asked = first === undefined ? undefined : canReachArguments(first);
  const policies = [
    ...(flags.cni === undefined ? [] : ['--cni', flags.cni]),
    ...(flags.equalPriority === undefined ? [] : ['--equal-priority', flags.equalPriority]),
    ...(flags.domainNames === undefined ? [] : ['--domain-names', flags.domainNames]),
  ];
  const lists = (name: string, list: readonly (string | number)[] | undefined): string[] =>
    (list ?? []).flatMap((each) => [name, String(each)]);
  const search = [
    'fuzz',
    ...files,
    ...lists('-f', flags.file),
    ...lists('--against', flags.against),
    ...(flags.mutations === undefined ? [] : ['--mutations', flags.mutations.join(',')]),
    ...(flags.most === undefined ? [] : ['--most', String(flags.most)]),
    ...(flags.workloadPods === undefined ? [] : ['--workload-pods', String(flags.workloadPods)]),
    ...(flags.strict === undefined ? [] : ['--strict']),
    ...(flags.keepGoing === undefined ? [] : ['--keep-going']),
    ...policies,
    ...['--seed', String(seed), '--path', path ?? ''],
  ];
  const readers = folder === undefined || asked === undefined ? [] : kind === 'unchanged' ? [`${folder}/own`, `${folder}/other`] : [folder];
  return [
    ...(path === null ? [] : [`again: ${commandLine(['netpolsim', ...search])}`]),
    ...readers.map((each) => `ask: ${commandLine(['netpolsim', 'can-reach', ...(asked ?? []), ...policies, '-f', each])}`),
  ];
}
