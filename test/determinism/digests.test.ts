/**
 * The same answers, byte for byte, whatever the number of workers, the locale, the time zone, the seed of V8's hashes, without its optimising compiler, and on any Node:
 * each is a process of its own (`digest.ts`) that gives the same SHA-256 digests as `digests.json`, which is committed for the bundled clusters. NETPOLSIM_NODES names further executables of Node,
 * separated by colons.
 *
 * When tables or reports change on purpose: `npm run build:tools && npx vitest run test/determinism --update`.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtFile } from '../support/built.ts';
import { ROOT, runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { NODE_FLAGS, nodeWarningIn } from '../support/node-flags.ts';
import type { DigestRun } from './digest.ts';

const run = promisify(execFile);
const OTHER_NODES = (process.env.NETPOLSIM_NODES ?? '').split(delimiter).filter((path) => path !== '');

interface Surroundings {
  readonly workers?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly node?: string;
}

async function digestsIn({ workers = 2, env = {}, flags = [], node = process.execPath }: Surroundings): Promise<DigestRun> {
  const { stdout, stderr } = await run(
    node,
    [...NODE_FLAGS, ...flags, builtFile('dist-tools/test/determinism/digest.js'), ROOT, String(workers)],
    {
      env: { PATH: process.env.PATH ?? '', ...env },
    },
  );
  expect(nodeWarningIn(stderr)).toBeUndefined();
  return JSON.parse(stdout) as DigestRun;
}

let here: DigestRun;

beforeAll(async () => {
  here = await digestsIn({});
});

describe('the digests of everything that is said', () => {
  it('are the committed ones', async () => {
    expect(Object.keys(here.bundled).length).toBeGreaterThan(2);
    await expect(`${JSON.stringify(here.bundled, null, 2)}\n`).toMatchFileSnapshot('digests.json');
  });

  it('differ between clusters: they are digests of something', () => {
    const all = Object.values(here.bundled).flatMap((digests) => Object.values(digests));
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([1, 3, 8])('are the same with 2 workers as with %i', async (workers) => {
    const { environment, bundled, generated } = await digestsIn({ workers });
    expect(environment.workers).toBe(workers);
    expect({ bundled, generated }).toEqual({ bundled: here.bundled, generated: here.generated });
  });

  it.each([
    ['Turkish, in Kathmandu', 'tr_TR.UTF-8', 'Asia/Kathmandu', { locale: /^tr/, timeZone: /^Asia\/Kath?mandu$/ }],
    ['Japanese, on Lord Howe Island', 'ja_JP.UTF-8', 'Australia/Lord_Howe', { locale: /^ja/, timeZone: /Lord_Howe/ }],
    ['Arabic of Egypt, in Apia', 'ar_EG.UTF-8', 'Pacific/Apia', { locale: /^ar/, timeZone: /Apia/ }],
    ['no language, in no known place', 'C', 'Nowhere/Nothing', { locale: /^en/, timeZone: /^none$/ }],
  ] as const)('are the same where people speak %s', async (_, language, timeZone, found) => {
    const env = { LANG: language, LC_ALL: language, TZ: timeZone };
    // Something that depends on them is different, so the rest could be.
    const { environment, bundled, generated } = await digestsIn({ env });
    expect(environment.locale).toMatch(found.locale);
    expect(environment.timeZone).toMatch(found.timeZone);
    expect({ bundled, generated }).toEqual({ bundled: here.bundled, generated: here.generated });
  });

  it.each([
    ['another seed of hashes', ['--hash-seed=42', '--random-seed=42']],
    ['no optimising compiler', ['--no-opt', '--no-sparkplug']],
  ] as const)('are the same with %s', async (_, flags) => {
    const { bundled, generated } = await digestsIn({ flags });
    expect({ bundled, generated }).toEqual({ bundled: here.bundled, generated: here.generated });
  });

  it.skipIf(OTHER_NODES.length === 0)('are the same on other versions of Node', async () => {
    for (const node of OTHER_NODES) {
      const { environment, bundled, generated } = await digestsIn({ node });
      console.log(`digests on Node ${environment.node} compared with those on ${here.environment.node}`);
      expect(environment.node).not.toBe(here.environment.node);
      expect({ bundled, generated }, environment.node).toEqual({ bundled: here.bundled, generated: here.generated });
    }
  });
});

describe('the command line', () => {
  const folder = temporaryFolder();

  it.each([process.execPath, ...OTHER_NODES])('writes the same tables and prints the same report on %s', async (node) => {
    const file = join(folder, 'tables.npt');
    const digest = async (bytes: Uint8Array) => Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    for (const cluster of Object.keys(here.bundled)) {
      const { code, stderr } = await runCli(['compile', '-f', `datasets/clusters/${cluster}`, '--out', file], { node });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(await digest(readFileSync(file))).toBe(here.bundled[cluster]!.tables);
      const inspection = await runCli(['inspect', '--tables', file, '-o', 'json'], { node });
      expect(await digest(Buffer.from(inspection.stdout))).toBe(here.bundled[cluster]!.inspection);
    }
  });
});
