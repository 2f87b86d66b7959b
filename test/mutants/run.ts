/**
 * `npm run mutants [-- ID…]`: every mutant, or those whose ids are given, against the checks that must notice it. Prints a table; exit 1 when one survives, when a check fails without any
 * mutant, or when an edit no longer fits its file.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { NODE_FLAGS } from '../support/node-flags.ts';
import { MUTANTS } from './all.ts';
import type { Attempt, Outcome } from './attempt.ts';
import { edit } from './edit.ts';
import type { CheckName, Mutant } from './mutant.ts';

/** A mutant that makes a check run for ever is noticed too. */
const LONGEST_MS = 120_000;
const ATTEMPT = fileURLToPath(new URL('./attempt.js', import.meta.url));
/** Of the built sources, which lie as the sources do. */
const BUILT = new URL('../../', import.meta.url);

const INDENT = ' '.repeat(9);

async function main(): Promise<void> {
  const wanted = new Set(process.argv.slice(2));
  const mutants = MUTANTS.filter(({ id }) => wanted.size === 0 || wanted.has(id));
  const unknown = [...wanted].filter((id) => !mutants.some((each) => each.id === id));
  if (unknown.length > 0) return console.error(`mutants: there is no mutant ${unknown.map((id) => `\`${id}\``).join(', ')}`);
  const checks = [...new Set(mutants.flatMap(({ killedBy }) => killedBy))];
  const broken = (await run({ checks })).filter(({ noticed }) => noticed !== undefined);
  for (const { check, noticed } of broken) console.log(`fails without any mutant: ${check}: ${noticed}`);
  if (broken.length > 0) return;

  const killed = (await inTurn(mutants, judge)).filter(Boolean).length;
  console.log(`${killed} of ${mutants.length} mutants killed, ${checks.length} checks`);
  if (killed === mutants.length) process.exitCode = 0;
}

/** Prints the row of a mutant. False: a check that must notice it does not. */
async function judge(mutant: Mutant): Promise<boolean> {
  const { id, about, file, killedBy } = mutant;
  const source = edit(mutant, readFileSync(file, 'utf8'));
  const url = new URL(file.replace(/\.ts$/, '.js'), BUILT).href;
  const outcomes = await run({ replacement: { url, source: toJavaScript(id, source) }, checks: killedBy });
  const blind = outcomes.filter(({ noticed }) => noticed === undefined).map(({ check }) => check);
  const by = outcomes.map(({ check, noticed }) => `${check}: ${noticed ?? 'notices nothing'}`.slice(0, 170)).join(`\n${INDENT}`);
  const killed = blind.length === 0;
  console.log(`${killed ? 'killed  ' : 'SURVIVED'} ${id.padEnd(28)} ${about}\n${INDENT}${by}`);
  return killed;
}

function toJavaScript(id: string, source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  if (diagnostics.length > 0)
    throw new SyntaxError(`the mutant \`${id}\` is not TypeScript: ${ts.flattenDiagnosticMessageText(diagnostics[0]!.messageText, ' ')}`);
  return outputText;
}

/** What each check noticed, in a process of its own. A process that dies or does not end has noticed the mutant with all of them. */
async function run(attempt: Attempt): Promise<readonly Outcome[]> {
  const child = spawn(process.execPath, [...NODE_FLAGS, ATTEMPT], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(attempt));
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code === 0) return JSON.parse(stdout);
  const noticed = code === null ? `no end after ${LONGEST_MS} ms` : (/^\w*Error.*$/m.exec(stderr)?.[0] ?? `exit ${code}`);
  return attempt.checks.map((check: CheckName) => ({ check, noticed }));
}

/** As many at a time as there are processors; results in order. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), items.length) }, worker));
  return results;
}

process.exitCode = 1;
await main();
