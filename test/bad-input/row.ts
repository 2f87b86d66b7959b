/**
 * The form of the bad-input tables and what checks them: a row is an input with one mistake, the exit code and what must be said about it.
 *
 * A row runs `netpolsim compile` over its files, beside an older output file, in this process; the first row of a catalogue number, and every row that needs one, in a process of
 * its own as well. Beside what the row says, every run is checked for this: no stack, nothing of the input's text (`CANARY`), no byte that a terminal acts on, nothing on stdout
 * without a result, and an output folder that holds what it held before.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSession } from '../../src/cli/run.ts';
import { Signals } from '../../src/cli/signals.ts';
import { Terminal } from '../../src/cli/terminal.ts';
import { PLAIN } from '../../src/report/paint.ts';
import { runCli } from '../support/cli.ts';

export type Text = string | Uint8Array;
export type Says = string | RegExp;

export interface Row {
  /** Its number in the catalogue. */
  readonly row: number;
  /** What the input is: `a tab as indentation`. */
  readonly title: string;
  /** Name in the folder of the run -> content. */
  readonly files?: Readonly<Record<string, Text>>;
  /** Makes what is not a file with a content: links, pipes, modes. Runs in the folder before the row does. */
  readonly prepare?: (folder: string) => void;
  /** Default: `compile -f` every file of `files` `--out out.npt`. Paths are relative to the folder of the run. */
  readonly args?: readonly string[];
  readonly stdin?: Text;
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: 0 | 1 | 2 | 3;
  /** All of them are in the messages on stderr; `input.yaml:3:5: error: …` where there is a place. With exit 0 nothing else may be on stderr: every line holds one of them. */
  readonly says?: Says | readonly Says[];
  /** All of them are on stdout, which is otherwise empty unless the exit code is 0 or 1. */
  readonly stdout?: Says | readonly Says[];
  /** Nothing on stderr or stdout may hold these. `CANARY` never may. */
  readonly hides?: readonly string[];
  /** Files that the run writes. Default: `out.npt` with exit 0 of a `compile`, nothing otherwise. All others keep their bytes, and no other appears. */
  readonly writes?: readonly string[];
  /** The same names with the mistake mended: read without an error, and written. */
  readonly mended?: Readonly<Record<string, Text>>;
  /** `only`: runs in a process of its own only (stdin, environment and modules that the run does not share). */
  readonly process?: 'only';
}

/** Put it into values that must never be shown. */
export const CANARY = 'c4n4ry-7d1f';
/** Is in the folder before each run, so that a run that fails can be seen to leave it alone. */
export const OUT = 'out.npt';
const OLD_OUT = 'what was there before';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One test for each row, and the tests of what is mended. */
export function badInput(title: string, rows: readonly Row[]): void {
  const root = mkdtempSync(join(tmpdir(), 'netpolsim-bad-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const sampled = new Set<number>();
  describe(title, () => {
    for (const row of rows) {
      const name = `${row.row}: ${row.title} exits ${row.exit}`;
      const own = row.process === 'only' || row.stdin !== undefined || row.env !== undefined;
      if (!own) it(name, () => checkRow(root, row, runHere));
      if (own || !sampled.has(row.row)) it(`${name}, in a process of its own`, () => checkRow(root, row, runCli));
      sampled.add(row.row);
      const { mended } = row;
      if (mended !== undefined) it(`${row.row}: ${row.title}, mended, is read`, () => checkMended(root, row, mended));
    }
  });
}

/**
 * Every number of the range has a row, or a reason in `notHere` why it has none; never both. `own` are the rows that have a test of their own, which is no row of a table.
 */
export function covers(
  rows: readonly Row[],
  range: readonly number[],
  notHere: Readonly<Record<number, string>>,
  own: readonly number[] = [],
): void {
  it('every row of the catalogue is here, or has a reason why it is not', () => {
    const present = new Set([...rows.map(({ row }) => row), ...own]);
    const reasons = new Map(Object.entries(notHere).map(([row, reason]) => [Number(row), reason]));
    expect(range.filter((row) => present.has(row) === reasons.has(row))).toEqual([]);
    expect([...present, ...reasons.keys()].filter((row) => !range.includes(row))).toEqual([]);
    for (const reason of reasons.values()) expect(reason.length).toBeGreaterThan(20);
  });
}

/** `span(3, 5)` is 3, 4, 5. */
export function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

type Run = (args: readonly string[], options: Pick<Row, 'stdin' | 'env'> & { readonly cwd: string }) => Promise<Outcome>;

async function checkRow(root: string, row: Row, run: Run): Promise<void> {
  const { files = {}, exit, says = [], stdout = [], hides = [] } = row;
  const folder = makeFolder(root, files, row.prepare);
  const before = contents(folder);
  const args = row.args ?? compileArgs(files);
  const { stdin, env } = row;
  const result = await run(args, { cwd: folder, ...(stdin === undefined ? {} : { stdin }), ...(env === undefined ? {} : { env }) });
  const shown = `${result.stderr}\n${result.stdout}`;
  expect({ code: result.code, stderr: result.stderr }).toMatchObject({ code: exit });
  for (const each of list(says)) expectText(result.stderr, each);
  for (const each of list(stdout)) expectText(result.stdout, each);
  if (exit === 0)
    for (const line of result.stderr.split('\n').slice(0, -1))
      expect(
        list(says).filter((each) => holds(line, each)),
        line,
      ).not.toEqual([]);
  if (exit > 1 && list(stdout).length === 0) expect(result.stdout).toBe('');
  checkClean(shown, [CANARY, ...hides]);
  const writes = row.writes ?? (exit === 0 && args[0] === 'compile' ? [OUT] : []);
  checkFolder(before, contents(folder), writes);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

async function checkMended(root: string, { files = {} }: Row, mended: Readonly<Record<string, Text>>): Promise<void> {
  const folder = makeFolder(root, { ...files, ...mended });
  const before = contents(folder);
  const { code, stderr } = await runHere(compileArgs({ ...files, ...mended }), { cwd: folder });
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining('error:') });
  checkFolder(before, contents(folder), [OUT]);
}

function compileArgs(files: Readonly<Record<string, Text>>): string[] {
  return ['compile', ...Object.keys(files).flatMap((name) => ['-f', name]), '--out', OUT];
}

function makeFolder(root: string, files: Readonly<Record<string, Text>>, prepare?: (folder: string) => void): string {
  const folder = mkdtempSync(join(root, 'run-'));
  for (const [name, content] of Object.entries({ [OUT]: OLD_OUT, ...files })) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  prepare?.(folder);
  return folder;
}

/** Every file below the folder with its bytes as text; what is no file with what it is. Large files are told apart by their size. Names are bytes: they may not be UTF-8. */
function contents(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (directory: Buffer): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true, encoding: 'buffer' })) {
      const path = Buffer.concat([directory, Buffer.from('/'), entry.name]);
      found.set(path.toString('latin1'), entry.isFile() ? bytesOf(path) : 'not a file');
      if (entry.isDirectory()) walk(path);
    }
  };
  walk(Buffer.from(folder));
  return found;
}

const MOST_COMPARED = 2 ** 22;

function bytesOf(path: Buffer): string {
  const { size } = statSync(path);
  if (size > MOST_COMPARED) return `${size} bytes`;
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return 'not readable';
  }
}

function checkFolder(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, writes: readonly string[]): void {
  const changed = new Set([...before.keys(), ...after.keys()].filter((path) => before.get(path) !== after.get(path)));
  const expected = [...changed].filter((path) => writes.some((name) => path.endsWith(`/${name}`)));
  expect([...changed].filter((path) => !expected.includes(path))).toEqual([]);
  expect(expected).toHaveLength(writes.length);
  for (const path of expected) expect(after.get(path)?.length).toBeGreaterThan(0);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const RAW_CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** What must hold of everything that a run shows. */
export function checkClean(shown: string, hides: readonly string[] = [CANARY]): void {
  expect(shown).not.toMatch(/\n\s+at |node:internal|\.[jt]s:\d+|YAMLException|internal error|\[object /);
  expect(shown).not.toMatch(RAW_CONTROL);
  for (const hidden of hides) expect(shown).not.toContain(hidden);
}

function list(says: Says | readonly Says[]): readonly Says[] {
  return typeof says === 'string' || says instanceof RegExp ? [says] : says;
}

function holds(text: string, says: Says): boolean {
  return typeof says === 'string' ? text.includes(says) : says.test(text);
}

function expectText(text: string, says: Says): void {
  if (typeof says === 'string') expect(text).toContain(says);
  else expect(text).toMatch(says);
}

/** Streams that keep what they are given. */
class CapturedTerminal extends Terminal {
  override readonly paint = PLAIN;
  override readonly errorPaint = PLAIN;
  override readonly errorIsTerminal = false;
  stdout = '';
  stderr = '';

  override result(text: string): Promise<void> {
    this.stdout += text;
    return Promise.resolve();
  }

  override line(text: string): void {
    this.stderr += `${text}\n`;
  }

  override progress(): void {}
}

let session: { readonly terminal: CapturedTerminal; readonly signals: Signals } | undefined;

/** Runs the command line in this process, in the folder `cwd`. Standard input and the environment are those of this process. */
export async function runHere(args: readonly string[], { cwd }: { readonly cwd: string }): Promise<Outcome> {
  // Both listen to events of the process: one of each is enough.
  session ??= { terminal: new CapturedTerminal(), signals: new Signals((message) => session?.terminal.message(message)) };
  const { terminal } = session;
  Object.assign(terminal, { stdout: '', stderr: '' });
  const here = process.cwd();
  process.chdir(cwd);
  try {
    const code = await runSession(args, session);
    return { code, stdout: terminal.stdout, stderr: terminal.stderr };
  } finally {
    process.chdir(here);
  }
}
