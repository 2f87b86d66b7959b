/**
 * `netpolsim/fuzz` as a user's suite has it: ten lines of a vitest file over the built package, which compile against its typings and pass.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const SUITE = `import fc from 'fast-check';
import { compile } from 'netpolsim';
import { flowsOf, PRESETS, printObjects, toManifests, world } from 'netpolsim/fuzz';
import { reference } from 'netpolsim/reference';
import { expect, test } from 'vitest';

test('two evaluators agree', () => {
  fc.assert(fc.property(world(PRESETS.mixed), (generated) => {
    const [manifests, options] = [toManifests(generated), { cni: generated.profile, domainNames: generated.domainNames }];
    const [engine, definition] = [compile(manifests, options), reference(manifests, options)];
    const next = flowsOf(generated);
    for (let i = 0; i < 20; i++) {
      const flow = next();
      expect(engine.verdict(flow), printObjects(generated)).toBe(definition.canReach(flow).verdict);
    }
  }), { numRuns: 5, seed: 1 });
});
`;

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netpolsim-user-')));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/netpolsim'));
  for (const name of ['fast-check', 'vitest']) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'user.test.ts'), SUITE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a user suite compiles against the typings of the package', () => {
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'];
  expect(run('typescript/bin/tsc', [...flags, 'user.test.ts'])).toBe('');
});

test('and passes', () => {
  expect(run('vitest/vitest.mjs', ['run', '--reporter', 'json'])).toMatch(/"numPassedTests":1,/);
});

/** What the tool of `node_modules` prints, as its status says right or wrong. */
function run(tool: string, args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules', tool), ...args], { cwd: folder, encoding: 'utf8', env });
  return stdout;
}
