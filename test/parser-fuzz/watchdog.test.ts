/**
 * The watchdog of the parser fuzzer sees what it is there for: each kind of trouble beside inputs that are good. Processes start from the build of tools.
 */
import { describe, expect, it } from 'vitest';
import { builtFile } from '../support/built.ts';
import type { Work } from './child.ts';
import { type Failure, watch } from './watchdog.ts';

const SCRIPT = builtFile('dist-tools/test/parser-fuzz/child.js');
const WORK: Work = { target: 'trouble', corpus: '/nowhere', seed: 1, firstBlock: 0, blocks: 2, count: 40, grow: false };

async function failuresOf(kinds: string): Promise<{ failures: Failure[]; inputs: number }> {
  const failures: Failure[] = [];
  const inputs = await watch(SCRIPT, WORK, {
    ...(kinds.includes('endless') && { silenceMs: 2500 }),
    env: { NETPOLSIM_TROUBLE: kinds },
    onFailure: (failure) => failures.push(failure),
  });
  return { failures, inputs };
}

const textOf = ({ bytes }: Failure): string => Buffer.from(bytes).toString();

describe('the watchdog of the parser fuzzer', () => {
  it('says nothing about good inputs', async () => {
    expect(await failuresOf('good')).toEqual({ failures: [], inputs: 80 });
  });

  it.each([
    ['abort', /the process ended: SIGABRT/],
    ['memory', /the process ended: SIGABRT.*heap out of memory/],
    ['reject', /the process ended: exit code 1 .*nobody waits for it/],
    ['endless', /no sign of life/],
  ])('names the input at which the process ends: %s', async (kind, message) => {
    const { failures, inputs } = await failuresOf(`good,${kind}`);
    expect(failures.map((failure) => failure.block)).toEqual([0, 1]);
    for (const failure of failures) expect(failure.message).toMatch(message);
    // A rejection comes out after the block, when other inputs have run.
    if (kind !== 'reject') expect(failures.map(textOf)).toEqual([kind, kind]);
    expect(inputs).toBe(0);
  });

  it.each([
    ['throw', /TypeError: it is not a function/],
    ['pollute', /it changed a prototype that all objects share/],
  ])('names every input that breaks a promise, and goes on: %s', async (kind, message) => {
    const { failures, inputs } = await failuresOf(`good,${kind}`);
    expect(failures.length).toBeGreaterThan(5);
    for (const failure of failures) {
      expect(failure.message).toMatch(message);
      expect(textOf(failure)).toBe(kind);
    }
    expect(inputs).toBe(80);
  });
});
