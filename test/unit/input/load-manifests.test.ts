/**
 * Files, directories and bytes; and that reading in pieces gives what reading at once gives.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dump } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../../src/input/collector.ts';
import { loadManifests } from '../../../src/input/load-manifests.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { readInto } from '../../../src/input/text-reader.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { findings, podWith, policyWith } from './helpers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netpolsim-input-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const named = (name: string): string => podWith(`{name: ${name}, namespace: x}`);
const names = ({ pods }: Manifests): string[] => pods.map(({ object }) => object.metadata.name);

describe('paths', () => {
  it('are read in the order given, directories in the order of code units, with all below them', async () => {
    for (const [path, name] of [
      ['d/b.yaml', 'b'],
      ['d/B.yml', 'b2'],
      ['d/a/z.json', 'z'],
      ['d/a.yaml', 'a'],
      ['d/.hidden.yaml', 'h'],
      ['d/notes.txt', 'n'],
      ['e.txt', 'e'],
    ] as const) {
      write(path, named(name));
    }
    const manifests = await loadManifests([join(folder, 'e.txt'), join(folder, 'd')]);
    expect(names(manifests)).toEqual(['e', 'b2', 'z', 'a', 'b']);
    expect(manifests.pods[1]!.origin).toEqual({ file: join(folder, 'd/B.yml'), line: 1, column: 1 });
    expect(findings(manifests)).toEqual([]);
  });

  it('that are not there are errors, and leave every verdict open', async () => {
    const path = join(folder, 'missing.yaml');
    const manifests = await loadManifests([path, write('there.yaml', named('a'))]);
    expect(manifests.diagnostics).toMatchObject([
      { code: 'cannot-read', severity: 'error', origin: { file: path }, message: 'cannot be read: there is no such file or directory' },
    ]);
    expect(manifests.unreadable).toMatchObject([{ kind: '(unreadable)', origin: { file: path } }]);
    expect(names(manifests)).toEqual(['a']);
  });

  it('of a directory without manifests are an error', async () => {
    write('none/readme.md', 'x');
    const { diagnostics } = await loadManifests([join(folder, 'none')]);
    expect(diagnostics).toMatchObject([{ code: 'no-files', severity: 'error' }]);
    expect(diagnostics[0]!.message).toContain('1 of 1 entries');
  });

  it('are read once, and links are followed inside the directory only', async () => {
    const inside = write('links/a.yaml', named('a'));
    const outside = write('outside/b.yaml', named('b'));
    symlinkSync(inside, join(folder, 'links/c.yaml'));
    symlinkSync(outside, join(folder, 'links/d.yaml'));
    symlinkSync(join(folder, 'links'), join(folder, 'links/loop'));
    const manifests = await loadManifests([join(folder, 'links'), inside]);
    expect(names(manifests)).toEqual(['a']);
    expect(manifests.diagnostics.map(({ code, origin }) => `${code} ${origin.file.slice(folder.length)}`)).toEqual([
      'file-given-twice /links/c.yaml',
      'symlink-outside /links/d.yaml',
      'directory-given-twice /links/loop',
      'file-given-twice /links/a.yaml',
    ]);
  });

  it('must be texts, and at least one', async () => {
    await expect(loadManifests([])).rejects.toThrow(TypeError);
    await expect(loadManifests('x' as never)).rejects.toThrow(TypeError);
  });
});

describe('bytes', () => {
  const load = async (name: string, content: Uint8Array): Promise<Manifests> => loadManifests([write(name, content)]);
  const pod = named('a');

  it.each([
    ['gzip', gzipSync(pod), 'gzip data'],
    ['PNG', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'binary data'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${pod}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from(pod, 'utf16le'), 'UTF-16'],
    ['zip', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'a zip archive'],
  ])('that are no text are named: %s', async (name, content, said) => {
    const { diagnostics, unreadable } = await load(`${name}.yaml`, content);
    expect(diagnostics).toMatchObject([{ code: 'not-text', severity: 'error' }]);
    expect(diagnostics[0]!.message).toContain(said);
    expect(unreadable).toHaveLength(1);
  });

  it('that are not UTF-8 are found, with offset, line and column', async () => {
    const bad = (bytes: readonly number[], before = ''): Promise<Manifests> =>
      load('bad.yaml', Buffer.concat([Buffer.from(before), Buffer.from(bytes)]));
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80], [0x80]]) {
      expect((await bad(bytes, 'kind: X\n# é ')).diagnostics, String(bytes)).toMatchObject([
        { code: 'invalid-utf8', message: 'byte 13 is not UTF-8 text', origin: { line: 2, column: 6 } },
      ]);
    }
    const far = await bad([0xff], `${'# é\n'.repeat(100_000)}`);
    expect(far.diagnostics).toMatchObject([{ message: 'byte 500000 is not UTF-8 text', origin: { line: 100_001, column: 1 } }]);
    expect(far.pods).toEqual([]);
  });

  it('of characters that are cut between pieces are put together', async () => {
    for (const shift of [0, 1, 2, 3]) {
      const comment = `#${'x'.repeat(shift)}${'é€😀'.repeat(120_000)}\n`;
      expect(names(await load('cut.yaml', Buffer.from(comment + pod)))).toEqual(['a']);
    }
  });
});

describe('a large file', () => {
  const count = 3000;
  const objects = Array.from({ length: count }, (_, i) =>
    i % 3 === 0
      ? {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: `p-${i}`, namespace: `ns-${i % 7}`, annotations: { note: 'é'.repeat(i % 50) } },
          spec: {
            podSelector: { matchLabels: { app: `app-with-a-long-name-${i % 11}` } },
            ingress: [{ ports: [{ port: (i % 60000) + 1 }] }, { from: [{ podSelector: {} }] }],
          },
        }
      : {
          apiVersion: 'v1',
          kind: i % 3 === 1 ? 'Pod' : 'Secret',
          metadata: {
            name: `pod-with-a-long-name-${i}`,
            namespace: `ns-${i % 7}`,
            labels: { app: `app-with-a-long-name-${i % 11}` },
            annotations: { note: `"[{\\n${i}` },
          },
          spec: { containers: [{ args: ['- x', '---', '# y', 'é'.repeat(i % 40)], ports: [{ name: 'http', containerPort: 80 }] }] },
          data: 'x'.repeat(i % 100),
        },
  );
  const list = { apiVersion: 'v1', items: objects, kind: 'List' };
  const forms: readonly (readonly [string, string])[] = [
    ['documents of YAML', objects.map((object) => dump(object)).join('---\n')],
    ['a list in YAML', dump(list, { noArrayIndent: true })],
    ['a list in YAML with items further right', dump(list)],
    ['a list in JSON on many lines', JSON.stringify(list, null, 4)],
    ['a list in JSON on one line', JSON.stringify(list)],
    ['NDJSON', objects.map((object) => JSON.stringify(object)).join('\n')],
  ];

  it.each(forms)('gives the same as its text at once, whatever the pieces: %s', async (name, text) => {
    expect(text.length).toBeGreaterThan(700_000);
    const path = write(`${name}.txt`, text);
    const whole = parseManifests(text, { file: path });
    expect([...whole.counts]).toEqual([
      ['NetworkPolicy', 1000],
      ['Pod', 1000],
    ]);
    expect([...whole.skipped]).toEqual([['Secret', 1000]]);
    expect(findings(whole).filter((line) => line.includes('error'))).toEqual([]);
    expectSame(await loadManifests([path]), whole);
    expectSame(inPieces(text, path, 4099), whole);
  });

  it.each(forms)('gives the same when it is cut at every place: %s', (_, text) => {
    const start = text.slice(0, 0);
    expect(start).toBe('');
    const small = smallForm(text);
    const whole = parseManifests(small, { file: 'f' });
    for (let size = 1; size < 40; size++) expectSame(inPieces(small, 'f', size), whole);
  });
});

/** The first objects of a form, cut where the text is no longer whole: how it ends is part of the test. */
function smallForm(text: string): string {
  return text.slice(0, 6000);
}

function inPieces(text: string, file: string, size: number): Manifests {
  const collector = createCollector({});
  const into = collector.openFile(file);
  const reader = readInto(file, into);
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  reader.end();
  into.end();
  return collector.finish();
}

/** Equal objects at equal places; locations of policies' fields as well. */
function expectSame(actual: Manifests, expected: Manifests): void {
  const flat = (manifests: Manifests): unknown => ({
    pods: manifests.pods.map(({ object, origin }) => [object, origin]),
    policies: manifests.networkPolicies.map((policy) => [
      policy.object,
      policy.origin,
      policy.locate('spec.ingress[1].from[0]'),
      policy.locate('spec.ingress[0].ports[0].port'),
    ]),
    diagnostics: manifests.diagnostics,
    unreadable: manifests.unreadable,
    skipped: [...manifests.skipped],
  });
  expect(flat(actual)).toEqual(flat(expected));
}

describe('several files', () => {
  it('are each kept or refused as a whole', async () => {
    const manifests = await loadManifests([
      write('s/1.yaml', named('a')),
      write('s/2.yaml', `${named('b')}---\nkind: [`),
      write('s/3.yaml', policyWith('podSelector: {}')),
    ]);
    expect(names(manifests)).toEqual(['a']);
    expect(manifests.networkPolicies).toHaveLength(1);
    expect(manifests.unreadable).toHaveLength(1);
  });

  it('do not trust selectors of namespaces by absent labels while a file is missing', async () => {
    const selecting = policyWith('ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: a, operator: DoesNotExist}]}}]}]');
    const good = write('t/1.yaml', selecting);
    expect((await loadManifests([good])).networkPolicies).toHaveLength(1);
    const manifests = await loadManifests([good, write('t/2.yaml', 'kind: [')]);
    expect(manifests.networkPolicies).toEqual([]);
    expect(manifests.unreadable.map(({ kind }) => kind)).toEqual(['(unreadable)', 'NetworkPolicy']);
  });

  it('report in the order given, then by line', async () => {
    const second = write('u/a.yaml', podWith('{name: A, namespace: x}'));
    const first = write('u/b.yaml', `${podWith('{name: a, namespace: A}')}---\n${podWith('{name: b, namespace: B}')}`);
    const { diagnostics } = await loadManifests([first, second]);
    expect(diagnostics.map(({ origin }) => [origin.file, origin.line])).toEqual([
      [first, 3],
      [first, 7],
      [second, 3],
    ]);
  });
});
