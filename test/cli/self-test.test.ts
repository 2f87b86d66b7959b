/**
 * The self-test at the start: it runs before a command gives verdicts, and not for help.
 */
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';

const folder = temporaryFolder();
const input = writeText(folder, 'a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\nspec: {}\n');
const ASK = ['can-reach', 'x/a', '203.0.113.9', '--port', '80', '-f', input];
/** A module that changes something before the command line is loaded. */
const changing = (code: string): Record<string, string> => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` });
/** Sets hold what nobody put into them: single questions get wrong verdicts. */
const WRONG_SETS = changing(
  'const has = Set.prototype.has; Set.prototype.has = function (x) { return typeof x === "number" || typeof x === "string" && x.startsWith("app") || has.call(this, x); };',
);
/** Only batches are judged in WebAssembly: here by a function that does nothing. */
const WRONG_KERNEL = changing('WebAssembly.Instance = class { exports = { run: () => 0 }; };');

describe('verdicts that are wrong', () => {
  it('end a run, when only those of batches are', async () => {
    const { code, stdout, stderr } = await runCli(ASK, { env: WRONG_KERNEL });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^netpolsim: the self-test failed, verdicts cannot be trusted: .* in a batch, expected/);
  });

  it.each([['--help'], ['--version'], ['simulate', '--help']])('do not keep anyone from `%s %s`', async (...args) => {
    for (const env of [WRONG_KERNEL, WRONG_SETS]) {
      const { code, stderr } = await runCli(
        args.filter((arg) => arg !== undefined),
        { env },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
  });
});

it('a question is answered when nothing is wrong', async () => {
  expect(await runCli(ASK)).toMatchObject({ code: 0 });
});
