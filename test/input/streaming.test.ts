/**
 * A file in pieces is read as its text is: characters, lines, documents and list items lie across the ends of pieces. And bytes that are no text.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { policyYaml } from './bad-case.ts';

const folder = temporaryFolder();

/** Documents of many lengths, with characters of one to four bytes. */
function policyDocument(i: number): string {
  const filler = 'é漢😀x'.repeat(i % 241);
  const bad = i % 1777 === 5 ? '\n  ingres: []' : '';
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: p${i}
  namespace: ns-${i % 50}
  annotations:
    note: "${filler}"
spec:
  podSelector:
    matchLabels: {app: a${i % 7}}${bad}
  egress:
  - to:
    - podSelector:
        matchLabels:
          app: "b${i % 11}"
    ports: [{port: ${1 + (i % 65535)}}]
`;
}

function* documents(count: number, each: (text: string, i: number) => string): Generator<string> {
  for (let i = 0; i < count; i++) {
    if (i % 10 === 3) yield each(`apiVersion: v1\nkind: Secret\nmetadata:\n  name: s${i}\ndata:\n  a: ${'A'.repeat((i * 37) % 900)}\n`, i);
    yield each(policyDocument(i), i);
  }
}

const asDocument = (text: string): string => `---\n${text}`;
const asItem = (text: string): string => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;

/** All that was read, with the places of some fields. */
function content(manifests: Manifests): unknown {
  return {
    policies: manifests.networkPolicies.map(({ object, origin, locate }, i, { [i]: resource }) => {
      void locate;
      return [object, origin, i % 20 === 0 ? resource?.locate('spec.egress[0].to[0].podSelector.matchLabels.app') : undefined];
    }),
    unreadable: manifests.unreadable,
    diagnostics: manifests.diagnostics,
    skipped: [...manifests.skipped],
    counts: [...manifests.counts],
  };
}

async function checkFile(name: string, text: string, policies: number): Promise<void> {
  const file = writeText(folder, name, text);
  const loaded = await loadManifests([file]);
  expect(loaded.networkPolicies.length + loaded.unreadable.length).toBe(policies);
  expect(loaded.unreadable.length).toBe(loaded.diagnostics.length);
  expect(loaded.unreadable.length).toBeGreaterThan(0);
  const parsed = parseManifests(text, { file });
  // Compared as a whole first: a difference of two large structures takes long to print.
  const [got, expected] = [JSON.stringify(content(loaded)), JSON.stringify(content(parsed))];
  if (got === expected) return;
  let at = 0;
  while (got[at] === expected[at]) at++;
  throw new Error(`they differ: file ${got.slice(at - 200, at + 200)}, text ${expected.slice(at - 200, at + 200)}`);
}

describe('a file in pieces', () => {
  it('More than 30 MB of YAML documents are read as their text is.', async () => {
    const count = 20_000;
    const text = [...documents(count, asDocument)].join('');
    expect(Buffer.byteLength(text)).toBeGreaterThan(30e6);
    await checkFile('documents.yaml', text, count);
  });

  it('A YAML list with CRLF is read as its text is.', async () => {
    const text = `apiVersion: v1\nitems:\n${[...documents(3000, asItem)].join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`;
    await checkFile('list.yaml', text.replaceAll('\n', '\r\n'), 3000);
  });

  it('JSON in lines, and in one list over lines, is read as its text is.', async () => {
    const objects = parseManifests([...documents(3000, asDocument)].join('')).networkPolicies.map(({ object }, i) => {
      const annotations = { note: 'é漢😀x'.repeat(i % 241) };
      const bad = i % 1777 === 5 ? { ingres: [] } : {};
      return {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { ...object.metadata, annotations },
        spec: { ...object.spec, ...bad },
      };
    });
    await checkFile('lines.ndjson', objects.map((each) => JSON.stringify(each)).join('\n'), objects.length);
    await checkFile('list.json', JSON.stringify({ items: objects, kind: 'List', apiVersion: 'v1' }, null, 2), objects.length);
  });

  it('A mistake at the end of a long file refuses all of it.', async () => {
    const text = [...documents(3000, asDocument)].join('');
    const { networkPolicies, unreadable, diagnostics } = await loadManifests([writeText(folder, 'late.yaml', `${text}---\nspec: [\n`)]);
    expect(networkPolicies).toEqual([]);
    expect(unreadable.map(({ kind }) => kind)).toContain('(unreadable)');
    const last = diagnostics.at(-1);
    expect([last?.code, last?.origin.line]).toEqual(['yaml-syntax', text.split('\n').length + 2]);
  });
});

describe('bytes', () => {
  const load = async (...bytes: readonly (string | readonly number[])[]): Promise<Manifests> => {
    const file = join(folder, 'bytes.yaml');
    writeFileSync(file, Buffer.concat(bytes.map((part) => Buffer.from(part as string))));
    return loadManifests([file]);
  };

  it.each([
    ['gzip data', [[0x1f, 0x8b, 8, 0]], 'not-text', 'gzip', '1:1'],
    ['a picture', [[0x89], 'PNG\r\n\u001a\n', [0, 0, 0, 13]], 'not-text', 'binary', '1:1'],
    ['UTF-16 with a mark', [[0xff, 0xfe], 'a\0p\0i\0'], 'not-text', 'UTF-16', '1:1'],
    ['UTF-16 without a mark', ['a\0p\0i\0V\0e\0r\0s\0i\0o\0n\0'], 'not-text', 'UTF-16', '1:1'],
    ['a byte that is no UTF-8', [policyYaml().slice(0, 70), [0xff], policyYaml().slice(70)], 'invalid-utf8', 'byte 70', '4:8'],
    ['a character in too many bytes', ['a: ', [0xc0, 0x80]], 'invalid-utf8', 'byte 3', '1:4'],
    ['half of a surrogate pair', ['a: ', [0xed, 0xa0, 0x80]], 'invalid-utf8', 'byte 3', '1:4'],
    ['a character that is cut at the end', [policyYaml(), '# ', [0xe6, 0xbc]], 'invalid-utf8', 'byte', '8:3'],
  ] as const)('%s is refused by name and place.', async (_title, bytes, code, says, at) => {
    const { diagnostics, unreadable, networkPolicies } = await load(...bytes);
    expect(networkPolicies).toEqual([]);
    expect(unreadable.map(({ kind }) => kind)).toEqual(['(unreadable)']);
    expect(diagnostics.map((each) => [each.code, each.severity, `${each.origin.line}:${each.origin.column}`])).toEqual([
      [code, 'error', at],
    ]);
    expect(diagnostics[0]?.message).toContain(says);
  });

  it('A byte order mark and characters of all lengths are text.', async () => {
    const { networkPolicies, diagnostics } = await load([0xef, 0xbb, 0xbf], '# é漢😀\n', policyYaml());
    expect([networkPolicies.length, diagnostics]).toEqual([1, []]);
  });

  it.each([
    ['a file that is not there', 'gone.yaml', 'there is no such file'],
    ['a directory without manifests', '.', 'no files'],
  ])('%s is refused.', async (_title, path, says) => {
    const empty = temporaryFolder();
    const { diagnostics, unreadable } = await loadManifests([join(empty, path)]);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
    expect(diagnostics[0]?.message).toContain(says);
    expect(unreadable).toHaveLength(1);
  });
});
