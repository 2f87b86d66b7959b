/**
 * `netpolsim test`: files of expected connections against manifests, and a report that people and build servers read.
 */
import {
  escapeControls,
  formatGitHub,
  formatJson,
  formatJUnit,
  formatReachabilityTest,
  formatSarif,
  formatTestSummary,
  matchesText,
  type ReachabilityTest,
  type ReachabilityTestReport,
  reachabilityTestDocument,
  reachabilityTestReport,
  type TestedFile,
  type TestOptions,
  testReachability,
  type Verdict,
} from '../index.ts';
import { inputPaths, loadReachabilityTests } from '../node.ts';
import { namedInputs, sayingWhatIsWrong } from './documents.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { addSummary, relativePath } from './github-job.ts';
import { type InputFlags, loadEngine, refuseTwoStdins, type Session } from './input.ts';
import { Progress } from './progress.ts';

export interface TestFlags extends Omit<InputFlags, 'tables'> {
  readonly case?: string;
  readonly expect?: Verdict;
  readonly output?: 'table' | 'json' | 'junit' | 'sarif' | 'github';
}

const CANNOT_RUN = 'the tests cannot be run';

export async function testCommand(files: readonly string[], flags: TestFlags, session: Session): Promise<ExitCode> {
  const { file } = flags;
  if (files.includes('-')) throw new CliError('tests are read from files: standard input is for manifests (`-f -`)');
  refuseTwoStdins(file ?? []);
  const tests = await sayingWhatIsWrong(session, CANNOT_RUN, () =>
    loadReachabilityTests(files, flags.expect === undefined ? {} : { expect: flags.expect }),
  );
  if (flags.expect !== undefined && tests.every(({ format }) => format !== 'policy-assistant')) {
    throw new CliError('`--expect` is for traffic of policy-assistant: other files say what they expect');
  }
  const inputs = await sayingWhatIsWrong(session, CANNOT_RUN, () =>
    Promise.all(tests.map((test) => file ?? namedInputs(test, inputPaths))),
  );
  const tested = new Map<ReachabilityTest, TestedFile>();
  let isWhole = true;
  for (const group of groupByInputs(tests, inputs)) {
    const { results, wasRead } = await runGroup(group.tests, { ...flags, file: group.paths }, session);
    for (const [i, test] of group.tests.entries()) tested.set(test, results[i]!);
    isWhole &&= wasRead;
  }
  const report = reachabilityTestReport(tests.map((test) => tested.get(test)!));
  await session.terminal.result(textOf(report, flags, session));
  if (flags.output === 'github') await addSummary((room) => formatTestSummary(report, room));
  if (!report.ok) return EXIT_FINDING;
  if (!isWhole)
    throw new CliError('the input could not be read whole: what is missing may be an end that no case has seen', EXIT_INCOMPLETE);
  const { skipped } = report.counts;
  if (skipped > 0) throw new CliError(`${skipped} of the cases could not be asked`, EXIT_INCOMPLETE);
  return EXIT_OK;
}

/** What tests name as `inputs`; of a file that cannot be read, nothing. */
export async function inputsOfTests(files: readonly string[]): Promise<string[]> {
  const inputs = files.map(async (file) => {
    try {
      const tests = await loadReachabilityTests([file], { expect: 'allow' });
      return (await Promise.all(tests.map(inputPaths))).flat();
    } catch {
      return [];
    }
  });
  return (await Promise.all(inputs)).flat();
}

/** Files with the same inputs are tested together: the cluster is compiled once. */
function groupByInputs(
  tests: readonly ReachabilityTest[],
  inputs: readonly (readonly string[])[],
): { readonly tests: ReachabilityTest[]; readonly paths: readonly string[] }[] {
  const groups = new Map<string, { readonly tests: ReachabilityTest[]; readonly paths: readonly string[] }>();
  for (const [i, test] of tests.entries()) {
    const paths = inputs[i]!;
    const key = JSON.stringify(paths);
    const group = groups.get(key) ?? { tests: [], paths };
    group.tests.push(test);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function runGroup(
  tests: readonly ReachabilityTest[],
  flags: TestFlags,
  session: Session,
): Promise<{ results: TestedFile[]; wasRead: boolean }> {
  const progress = new Progress(session.terminal, flags);
  const { engine, manifests, compiledWith = {}, load = {} } = await loadEngine(flags, 'stop', session);
  const { case: pattern } = flags;
  const options: TestOptions = {
    ...compiledWith,
    engine,
    input: load,
    ...(pattern === undefined
      ? {}
      : { select: (test, { name }) => [name, `${test.name}/${name}`].some((each) => matchesText(pattern, each, '')) }),
  };
  const wasRead = manifests!.diagnostics.every(({ severity }) => severity !== 'error');
  progress.begin(() => `testing ${tests.map(({ name }) => escapeControls(name)).join(', ')}`);
  const results = testReachability(manifests!, tests, options);
  progress.end();
  return { results, wasRead };
}

function textOf(report: ReachabilityTestReport, { output = 'table' }: TestFlags, { terminal }: Session): string {
  switch (output) {
    case 'json':
      return formatJson(reachabilityTestDocument(report));
    case 'junit':
      return formatJUnit(report);
    case 'sarif':
      return formatSarif(report, { relativePath });
    case 'github':
      return formatGitHub(report, { relativePath });
    case 'table':
      return formatReachabilityTest(report, terminal.paint);
  }
}
