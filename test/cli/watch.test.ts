/**
 * `netpolsim watch`: real files are changed, and what the run says next is waited for. Nothing is expected of how long that takes.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { changedPaths, inputsOfCommand, statesOf } from '../../src/cli/watched-paths.ts';
import { runHere } from '../bad-input/row.ts';
import { ROOT, startCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { createTestProgram } from '../support/program.ts';

const PODS = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
`;
const policy = (from: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec: {podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: ${from}}}}]}]}
`;
const QUESTION = ['can-reach', 'web', 'cart', '-n', 'shop', '--port', '80'];

/** Starts a watch; `says` waits for a text behind what it has waited for before. */
function watch(folder: string, ...args: readonly string[]) {
  const { child, result } = startCli(['watch', ...args], { cwd: folder });
  child.stdin?.end();
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  let seen = 0;
  let wake = (): void => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      wake();
    });
  }
  let hasEnded = false;
  void result.finally(() => {
    hasEnded = true;
    wake();
  });
  const says = async (expected: string): Promise<void> => {
    for (;;) {
      const at = text.indexOf(expected, seen);
      if (at >= 0) {
        seen = at + expected.length;
        return;
      }
      if (hasEnded) throw new Error(`ended before it said \`${expected}\`: ${text}`);
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  };
  return { child, result, says };
}

describe('watch', () => {
  it('runs again when a file changes, appears, goes or is replaced, and outlives what is wrong', async () => {
    const folder = temporaryFolder();
    writeText(folder, 'cluster/pods.yaml', PODS);
    const file = writeText(folder, 'cluster/cart.yaml', policy('web'));
    const { child, result, says } = watch(folder, ...QUESTION, '-f', 'cluster');
    await says('watching `cluster`');
    await says('TCP/80: ALLOW');
    writeFileSync(file, policy('nobody'));
    await says('changed: `cluster/cart.yaml`');
    await says('TCP/80: DENY');
    // As editors save: another file takes the name.
    writeText(folder, 'cluster/.cart.yaml.swp', policy('web'));
    renameSync(join(folder, 'cluster/.cart.yaml.swp'), file);
    await says('changed: `cluster/cart.yaml`');
    await says('TCP/80: ALLOW');
    writeFileSync(file, policy('web').slice(0, -20));
    await says('error');
    await says('the command ended with exit code 2');
    rmSync(file);
    await says('TCP/80: ALLOW');
    writeText(folder, 'cluster/more/deep/deny.yml', policy('nobody'));
    await says('changed: `cluster/more/deep/deny.yml`');
    await says('TCP/80: DENY');
    child.kill('SIGINT');
    expect(await result).toMatchObject({ code: 0, signal: null });
  });

  it('watches the inputs of tests', async () => {
    const folder = temporaryFolder();
    writeText(folder, 'cluster/pods.yaml', PODS);
    const test = (expected: string) => `apiVersion: netpolsim/v1
kind: ReachabilityTest
metadata: {name: shop}
inputs: [../cluster]
cases: [{name: web reaches cart, from: {workload: shop/web}, to: {workload: shop/cart}, ports: [80], expect: ${expected}}]
`;
    const file = writeText(folder, 'tests/shop.yaml', test('allow'));
    const { child, result, says } = watch(folder, 'test', 'tests/shop.yaml');
    await says('1 passed');
    writeText(folder, 'cluster/cart.yaml', policy('nobody'));
    await says('changed: `');
    await says('cluster/cart.yaml`');
    await says('the command ended with exit code 1');
    writeFileSync(file, test('deny'));
    await says('changed: `tests/shop.yaml`');
    await says('1 passed');
    child.kill('SIGTERM');
    expect(await result).toMatchObject({ code: 0, signal: null });
  });

  it.each([
    [['nothing'], 'unknown command `nothing`'],
    [['matrix', '--nothing', '-f', 'x'], 'unknown option `--nothing`'],
    [['matrix', '--by', 'pods', '-f', 'x'], 'did you mean `pod`?'],
    [['matrix', '-f', '-'], 'standard input cannot be watched'],
    [['completion', 'bash'], '`completion` reads no files here'],
    [['generate', 'antrea-small', '--out', 'x'], '`generate` reads no files here'],
    [[], 'missing required argument `COMMAND`'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runHere(['watch', ...args], { cwd: ROOT });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('what a command reads', () => {
  it.each([
    [
      ['matrix', '-f', 'a', 'b', '--file', 'c'],
      ['a', 'b', 'c'],
    ],
    [
      ['can-reach', 'x/y', 'x/z', '--port', '80', '-f', 'a', '--domain-names', 'names.yaml'],
      ['a', 'names.yaml'],
    ],
    [
      ['simulate', '--tables', 't.npt', '--mix', 'm.json'],
      ['m.json', 't.npt'],
    ],
    [
      ['bench', '-f', 'a', '--against', 'b', '--out', 'report.md'],
      ['a', 'b'],
    ],
    [['compile', '-f', 'a', '--out', 'a/b.npt'], ['a']],
    [
      ['test', '-f', 'a', '--', 'x.yaml', 'y.yaml'],
      ['x.yaml', 'y.yaml', 'a'],
    ],
  ])('is what its flags and arguments name: %j', async (words, expected) => {
    expect(await inputsOfCommand(createTestProgram(), words)()).toEqual(expected);
  });
});

describe('states of files', () => {
  it('differ where something is written, replaced, added or taken away, and for nothing else', () => {
    const folder = temporaryFolder();
    const path = (name: string) => join(folder, name);
    writeText(folder, 'a/one.yaml', '1');
    writeText(folder, 'b.txt', '1');
    mkdirSync(path('a/c'));
    symlinkSync('..', path('a/c/loop'));
    const named = [path('a'), path('b.txt'), path('missing.yaml')];
    let before = statesOf(named);
    const changed = () => {
      const after = statesOf(named);
      const found = changedPaths(before, after);
      before = after;
      return found.map((each) => each.slice(folder.length + 1));
    };
    expect(changed()).toEqual([]);
    writeText(folder, 'a/.hidden.yaml', '1');
    writeText(folder, 'a/report.md', '1');
    expect(changed()).toEqual([]);
    writeText(folder, 'a/one.yaml', '22');
    writeText(folder, 'a/c/d/two.json', '1');
    expect(changed()).toEqual(['a/c/d/two.json', 'a/one.yaml']);
    writeText(folder, 'other', '22');
    renameSync(path('other'), path('a/one.yaml'));
    expect(changed()).toEqual(['a/one.yaml']);
    utimesSync(path('b.txt'), 1, 1);
    writeText(folder, 'missing.yaml', '');
    expect(changed()).toEqual(['b.txt', 'missing.yaml']);
    rmSync(path('a'), { recursive: true });
    expect(changed()).toEqual(['a', 'a/c/d/two.json', 'a/one.yaml']);
  });
});
