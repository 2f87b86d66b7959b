/**
 * Names with characters that terminals act on, through every command that prints names, as text and as JSON: none of them comes out as it is. The names stand where input is
 * refused for them (manifests, arguments, paths), and where it is not: in tables that were compiled by something else.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { encodeTables } from '../../src/wire/tables.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { CLUSTER, podOf } from './inputs.ts';
import { checkClean, runHere } from './row.ts';

const HOSTILE: readonly (readonly [title: string, text: string])[] = [
  ['a screen that is cleared', 'a\u001b[2J\u001b[Hb'],
  ['a link (OSC 8)', 'a\u001b]8;;http://x\u001b\\b\u001b]8;;\u001b\\'],
  ['a window title (OSC with a bell)', 'a\u001b]0;x\u0007b'],
  ['C1 controls', 'a\u009b31m\u009d0;x\u009cb\u0085'],
  ['NUL, backspace, DEL and carriage return', 'a\u0000\u0008\u007f\rb'],
  ['a line feed that begins a message of its own', 'a\nnetpolsim: done'],
  ['a bidirectional override', 'a\u202eb\u202c'],
  ['bidirectional isolates and marks', '\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c'],
  ['line and paragraph separators', 'a\u2028b\u2029c'],
];

/** Every character of the range that is escaped, in one name. */
const ALL = [...span(0, 0x1f), ...span(0x7f, 0x9f), 0x61c, 0x200e, 0x200f, ...span(0x2028, 0x202e), ...span(0x2066, 0x2069)]
  .map((code) => String.fromCharCode(code))
  .join('');
const NAMES = [...HOSTILE, ['every such character', ALL] as const];

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const folder = temporaryFolder();
const MARK = 'placeholder';

/** Tables in which every name has `text` in it: pods, namespaces, policies, files, reasons. */
function tablesWith(text: string): Uint8Array {
  const yaml = `${CLUSTER}---\n${podOf('other')}`.replaceAll('name: ', `name: ${MARK}-`).replaceAll('namespace: ', `namespace: ${MARK}-`);
  const broken = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${MARK}-broken, namespace: ${MARK}-shop}\nspec: {podSelector: {matchLabels: {app: other}}, ${MARK}: 1}\n`;
  const manifests = parseManifests(`${yaml}---\n${broken}`, { file: `${MARK}.yaml` });
  return encodeTables(compile(renamed(manifests, text) as Manifests).tables);
}

function renamed(value: unknown, text: string): unknown {
  if (typeof value === 'string') return value.replaceAll(MARK, text);
  if (Array.isArray(value)) return value.map((item) => renamed(item, text));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [renamed(key, text), renamed(item, text)]));
  if (typeof value !== 'object' || value === null) return value;
  const { locate } = value as { readonly locate?: (field: string) => unknown };
  const rest = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, text)]));
  return locate === undefined ? rest : { ...rest, locate: (field: string) => renamed(locate.call(value, field), text) };
}

describe.each(NAMES)('names with %s', (_, text) => {
  it.each(['table', 'json'])('come out of tables escaped (%s), and as they were for who parses JSON', async (format) => {
    writeFileSync(join(folder, 'hostile.npt'), tablesWith(text));
    const tables = ['--tables', 'hostile.npt', '-o', format];
    for (const args of [
      ['inspect', ...tables],
      ['can-reach', `${text}-shop/${text}-web`, `${text}-shop/${text}-web`, '--port', '80', ...tables],
      ['can-reach', '203.0.113.9', `${text}-shop/${text}-web`, '--port', '80', ...tables],
      ['can-reach', '203.0.113.9', `${text}-shop/${text}-web`, '--port', '81', ...tables],
      ['can-reach', '203.0.113.9', `${text}-shop/${text}-other`, '--port', '80', ...tables],
      ['simulate', '--flows', '2000', '--workers', '1', ...tables],
      ['matrix', ...tables],
      ['matrix', '--focus', `${text}-shop/${text}-web`, ...tables],
    ]) {
      const { code, stdout, stderr } = await runHere(args, { cwd: folder });
      expect([0, 3], stderr).toContain(code);
      expect(stderr).toMatch(/^hostile\.npt: error: compiled from input with an error: [^\n]*\n$/);
      checkClean(stdout);
      expect(stdout).toMatch(args[0] === 'inspect' ? /classes/i : /\\u(\{[0-9a-f]+\}|[0-9a-f]{4})|\\[nrbtf]/);
      if (format === 'json' && args[0] !== 'inspect')
        expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(text).slice(1, -1));
    }
  });

  it('are refused in manifests, and shown escaped', async () => {
    const quoted = JSON.stringify(text).replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const inputs = [
      CLUSTER.replace('name: web', `name: ${quoted}`),
      CLUSTER.replace('namespace: shop', `namespace: ${quoted}`),
      CLUSTER.replace('app: web', `app: ${quoted}`),
      CLUSTER.replace('app: web', `${quoted}: web`),
      CLUSTER.replace('kind: Pod', `kind: ${quoted}`),
      CLUSTER.replace('apiVersion: v1', `apiVersion: ${quoted}`),
      CLUSTER.replace('port: 80', `port: ${quoted}`),
      CLUSTER.replace('port: 80', `port: 80, protocol: ${quoted}`),
      CLUSTER.replace('port: 80', `port: 80, ${quoted}: 1`),
      CLUSTER.replace('ports: [{port: 80}]', `from: [{ipBlock: {cidr: ${quoted}}}]`),
    ];
    for (const [i, input] of inputs.entries()) {
      writeText(folder, 'hostile.yaml', input);
      const { stdout, stderr } = await runHere(['inspect', '-f', 'hostile.yaml', '-v'], { cwd: folder });
      checkClean(stdout + stderr);
      // A kind that nobody knows is left out with its name.
      expect(stderr, `${i}`).toMatch(/hostile\.yaml:|left out kinds/);
      expect(stderr, `${i}`).not.toMatch(/^netpolsim: done/m);
    }
  });

  it('are refused as arguments, and shown escaped', async () => {
    writeText(folder, 'good.yaml', CLUSTER);
    const good = ['-f', 'good.yaml'];
    const lines: readonly (readonly string[])[] = [
      [text],
      ['help', text],
      ['inspect', `--${text}`],
      ['inspect', ...good, text],
      ['can-reach', text, 'shop/web', '--port', '80', ...good],
      ['can-reach', 'shop/web', `shop/${text}`, '--port', '80', ...good],
      ['can-reach', 'shop/web', 'shop/web', '--port', text, ...good],
      ['can-reach', 'shop/web', 'shop/web', '--port', '80', '--protocol', text, ...good],
      ['can-reach', 'shop/web', 'shop/web', '--port', '80', '--expect', text, ...good],
      ['inspect', ...good, '-o', text],
      ['inspect', ...good, '--cni', text],
      ['inspect', ...good, '--workload-pods', text],
      ['inspect', '-o', 'json', '-o', text, ...good],
      ['simulate', '--flows', text, ...good],
    ];
    for (const args of lines) {
      const { code, stdout, stderr } = await runHere(args, { cwd: folder });
      checkClean(stderr);
      expect({ code, stdout }, JSON.stringify(args)).toEqual({ code: 2, stdout: '' });
      // A line feed in an argument would begin a line that seems to be of this program.
      expect(stderr, JSON.stringify(args)).not.toMatch(/^netpolsim: done/m);
    }
  });

  it.skipIf(text.includes('\u0000'))('are shown escaped as paths', async () => {
    writeText(folder, 'good.yaml', CLUSTER);
    for (const args of [
      ['inspect', '-f', text],
      ['inspect', '--tables', text],
      ['simulate', '-f', 'good.yaml', '--mix', text],
      ['compile', '-f', 'good.yaml', '--out', `none/${text}`],
    ]) {
      const { code, stdout, stderr } = await runHere(args, { cwd: folder });
      checkClean(stderr);
      expect([2, 3]).toContain(code);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/\\u\{[0-9a-f]+\}.*(cannot be|no such)/);
    }
    const named = `x${text.replaceAll('/', '')}.yaml`;
    writeText(folder, named, CLUSTER.replace('port: 80', 'port: 70707'));
    for (const format of ['table', 'json']) {
      const { stdout, stderr } = await runHere(['inspect', '-f', named, '-o', format, '--keep-going'], { cwd: folder });
      checkClean(stdout + stderr);
      expect(stderr).toMatch(/^x.*\\u\{[0-9a-f]+\}.*\.yaml:\d+:\d+: error: /);
    }
  });
});
