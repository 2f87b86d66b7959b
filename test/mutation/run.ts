/**
 * `npm run mutation [-- FILES…]`: Stryker over the verdict core, or over the files named (`src/lib/ip-address.ts`, `src/compile/*.ts`, `src/lib/partition.ts:10-20`).
 * Prints the score of each room and the survivors that `survivors.ts` does not explain. Exit 1 when there is one, or when a room is below 95 %.
 */
import { readFileSync } from 'node:fs';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { EXPLANATIONS, type Explanation } from './survivors.ts';
import { createTypeCheck } from './type-check.ts';

const ROOMS = ['compile', 'evaluate', 'dialects', 'lib', 'reference'];
const TARGET = 0.95;

const files = process.argv.slice(2);
process.exitCode = 1;
const results = await new Stryker({
  packageManager: 'npm',
  plugins: [new URL('./runner.js', import.meta.url).pathname],
  testRunner: 'checks',
  testRunnerNodeArgs: ['--max-old-space-size=1000'],
  buildCommand: 'tsc -p tsconfig.mutation.json',
  coverageAnalysis: 'perTest',
  mutate: files.length > 0 ? files : ROOMS.map((room) => `src/${room}/**/*.ts`),
  ignorePatterns: ['/dist', '/dist-tools', '/dist-mutation', '/datasets', '/bench', '/schemas', '/*.md'],
  tempDirName: 'out/stryker',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'out/mutation/report.json' },
  concurrency: 2,
  // An endless loop costs the time of all checks and this.
  timeoutMS: 4000,
  timeoutFactor: 1,
  thresholds: { high: 95, low: 95, break: null },
}).runMutationTest();

const refused = createTypeCheck();
const alive: Survivor[] = [];
const counted = results.filter((mutant) => {
  if (isNoticed(mutant)) return true;
  const survivor = describe(mutant);
  if (refused({ file: survivor.file, ...mutant.location, replacement: survivor.replacement })) return false;
  alive.push(survivor);
  return true;
});
const unexplained = alive.filter((mutant) => !EXPLANATIONS.some((each) => explains(each, mutant)));
const idle = files.length > 0 ? [] : EXPLANATIONS.filter((each) => !alive.some((mutant) => explains(each, mutant)));

console.log(table());
for (const { file, place, status, line, replacement } of unexplained) {
  console.log(`${status}, not explained: ${file}:${place}\n  ${line}\n  becomes ${replacement}`);
}
for (const { file, line } of idle) console.log(`explains no survivor: ${file}: ${line}`);
const low = scores().filter(({ score }) => score < TARGET);
process.exitCode = unexplained.length + idle.length + low.length > 0 ? 1 : 0;

interface Survivor {
  readonly file: string;
  readonly place: string;
  readonly status: string;
  readonly line: string;
  readonly replacement: string;
}

function describe({ fileName, location, status, replacement }: MutantResult): Survivor {
  const file = fileName.slice(fileName.indexOf('src/'));
  const { line: row, column } = location.start;
  const line = readFileSync(file, 'utf8').split('\n')[row - 1]?.trim() ?? '';
  return { file, place: `${row}:${column}`, status, line, replacement: replacement ?? '' };
}

/** A process that dies of a mutant, of memory for one, has noticed it. */
function isNoticed({ status }: MutantResult): boolean {
  return status === 'Killed' || status === 'Timeout' || status === 'RuntimeError';
}

function explains(explanation: Explanation, { file, line, replacement }: Survivor): boolean {
  if (explanation.file !== file || explanation.line !== line) return false;
  return explanation.replacement === undefined || explanation.replacement === replacement;
}

function scores(): { room: string; killed: number; survived: number; score: number }[] {
  const rooms = [...new Set(counted.map(roomOf))].sort();
  return rooms.map((room) => {
    const all = counted.filter((mutant) => roomOf(mutant) === room);
    const killed = all.filter(isNoticed).length;
    return { room, killed, survived: all.length - killed, score: killed / all.length };
  });
}

function roomOf({ fileName }: MutantResult): string {
  return /src\/(\w+)/.exec(fileName)?.[1] ?? '';
}

function table(): string {
  const rows = scores().map(({ room, killed, survived, score }) => {
    return `${room.padEnd(12)}${String(killed).padStart(8)}${String(survived).padStart(10)}${(100 * score).toFixed(1).padStart(8)} %`;
  });
  const head = `${'room'.padEnd(12)}${'killed'.padStart(8)}${'survived'.padStart(10)}${'score'.padStart(10)}`;
  return [
    head,
    ...rows,
    `${alive.length - unexplained.length} survivors explained, ${unexplained.length} not; ${results.length - counted.length} mutants do not type-check and are not counted`,
  ].join('\n');
}
