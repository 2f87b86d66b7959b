/**
 * `kill -9` at random moments of a run that writes a file: the file is the old one or the new one, whole. Half of the kills come at any moment of a run, half while it writes,
 * which a preload stretches. NETPOLSIM_KILLS says how many: `npm run soak -- --kills 200`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { RandomStream } from '../../src/lib/random.ts';
import { preload, runCli, says, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { replayLine, SEED } from '../support/seed.ts';

const KILLS = Number(process.env.NETPOLSIM_KILLS ?? '24');
const CLUSTER = ['-f', 'datasets/clusters/platform'];
/** What the pauses of the preload add up to, at least: what is measured beside other work may be less. */
const SHORTEST_WRITE_MS = 120;
const OLD = Buffer.from('old');
const folder = temporaryFolder();

interface Kill {
  readonly duringWrite: boolean;
  /** After the start of the run, or of its writing. */
  readonly afterMs: number;
  readonly overOld: boolean;
}

/** What is in the folder of a run that was killed. */
interface Remains {
  readonly target: Buffer | undefined;
  readonly others: readonly string[];
}

async function kill(out: string, { duringWrite, afterMs, overOld }: Kill): Promise<Remains & { readonly wasKilled: boolean }> {
  mkdirSync(out, { recursive: true });
  const target = join(out, 'tables.npt');
  if (overOld) writeFileSync(target, OLD);
  const { child, result } = startCli(['compile', ...CLUSTER, '--out', target], duringWrite ? { env: preload('slow-write') } : {});
  child.stdin?.end();
  if (duringWrite) await says(child, 'step: open\n');
  await pause(afterMs);
  child.kill('SIGKILL');
  const { signal, code } = await result;
  expect([`${signal} ${code}`], replayLine('test/fault/kill.test.ts')).toEqual([expect.stringMatching(/^(SIGKILL null|null 0)$/)]);
  return {
    wasKilled: signal === 'SIGKILL',
    target: existsSync(target) ? readFileSync(target) : undefined,
    others: readdirSync(out).filter((name) => name !== 'tables.npt'),
  };
}

async function durationOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

it(`leaves an old file or a whole one after each of ${KILLS} kills (seed ${SEED})`, { timeout: 600_000 }, async () => {
  const wholeFile = join(folder, 'whole.npt');
  const compile = () => runCli(['compile', ...CLUSTER, '--out', wholeFile]);
  await compile();
  const wholeMs = await durationOf(compile);
  const slowMs = await durationOf(() => runCli(['compile', ...CLUSTER, '--out', wholeFile], { env: preload('slow-write') }));
  const whole = readFileSync(wholeFile);

  const random = new RandomStream(SEED);
  const found = { 'nothing yet': 0, 'the old file': 0, 'the new file': 0, 'a temporary file beside it': 0 };
  for (let i = 0; i < KILLS; i++) {
    const duringWrite = i % 2 === 1;
    const range = duringWrite ? Math.max(slowMs - wholeMs, SHORTEST_WRITE_MS) : wholeMs;
    // A random moment of the i-th part of the time, and some after it.
    const afterMs = Math.floor(((i + random.below(1000) / 1000) / KILLS) * range * 1.2);
    const plan: Kill = { duringWrite, afterMs, overOld: i % 4 < 2 };
    const out = join(folder, `run-${i}`);
    const { target, others } = await kill(out, plan);
    const what = `kill ${i} ${JSON.stringify(plan)}; ${replayLine('test/fault/kill.test.ts')}`;
    if (target === undefined) expect(plan.overOld, what).toBe(false);
    else expect(target.equals(whole) || (plan.overOld && target.equals(OLD)), what).toBe(true);
    for (const name of others) expect(name, what).toMatch(/^\.netpolsim-\d+-[0-9a-f]{16}\.tmp$/);
    found[target === undefined ? 'nothing yet' : target.equals(OLD) ? 'the old file' : 'the new file']++;
    if (others.length > 0 && found['a temporary file beside it']++ < 5) {
      // What a killed run left behind does not stand in the way of the next, and is no input.
      expect(await runCli(['compile', ...CLUSTER, '--out', join(out, 'tables.npt')]), what).toMatchObject({ code: 0 });
      expect(readFileSync(join(out, 'tables.npt')).equals(whole), what).toBe(true);
    }
  }
  console.log(
    `kills: ${KILLS} (seed ${SEED}): ${Object.entries(found)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`,
  );
  // Otherwise the kills came at moments that show nothing.
  expect(found['a temporary file beside it']).toBeGreaterThan(0);
  expect(found['nothing yet'] + found['the old file']).toBeGreaterThan(0);
});
