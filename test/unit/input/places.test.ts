/**
 * Lines and columns of objects and of fields below them, in every form of input.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { type PositionTable, PositionWriter } from '../../../src/input/position-table.ts';
import { formatPath, parsePath } from '../../../src/input/problem.ts';
import { readYamlLinePlaces } from '../../../src/input/yaml-line-places.ts';
import { listenToYaml, parseYaml } from '../../../src/input/yaml-parse.ts';
import { readYamlPlaces } from '../../../src/input/yaml-places.ts';
import { YamlSplitter } from '../../../src/input/yaml-splitter.ts';

const FIELDS = [
  '',
  'metadata.name',
  'spec',
  'spec.podSelector.matchLabels[app.kubernetes.io/name]',
  'spec.ingress[0]',
  'spec.ingress[1].from[0]',
  'spec.ingress[1].ports[1].port',
];

/** The characters that stand where each field is said to be. */
function textAt(text: string, fields: readonly string[] = FIELDS): string[] {
  const { networkPolicies, diagnostics } = parseManifests(text);
  expect(diagnostics).toEqual([]);
  expect(networkPolicies).toHaveLength(1);
  const lines = text.split(/\r?\n/);
  return fields.map((field) => {
    const { line, column } = networkPolicies[0]!.locate(field);
    return (lines[line - 1] ?? '').slice(column - 1, column + 1);
  });
}

const block = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: p
  namespace: x
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: web
  ingress:
  - {}
  - from:
    - podSelector: {}
    ports:
    - protocol: TCP
      port: 80
    - port: http
`;
const expected = ['ap', 'na', 'sp', 'ap', '{}', 'po', 'po'];

describe('the place of a field', () => {
  const item = block.replaceAll(/^(?=.)/gm, '  ').replace('  ', '- ');
  it.each([
    ['a document', block],
    ['a later document', `# first\na: 1\nkind: X\n---\n\n${block}`],
    ['CRLF', `kind: X\r\n---\r\n${block.replaceAll('\n', '\r\n')}`],
    [
      'an item of a list',
      `apiVersion: v1\nitems:\n${item.replace('name: p', 'name: q').replaceAll('NetworkPolicy', 'Other')}${item}kind: List\n`,
    ],
    ['an item that is further right', `kind: List\nitems:\n${item.replaceAll(/^(?=.)/gm, '    ')}`],
    ['a list in a list', `kind: List\nitems:\n- kind: List\n  items:\n${item.replaceAll(/^(?=.)/gm, '  ')}`],
    ['anchors', block.replace('spec:', 'spec: &s').replace('podSelector: {}', 'podSelector: &e {}')],
    [
      'a value over two lines',
      block
        .replace('name: web', 'name:\n        web')
        .replace('namespace: x', 'namespace: "x"')
        .replace('kind: N', 'kind: "N')
        .replace('Policy\n', 'Policy"\n'),
    ],
    ['comments', block.replaceAll('\n', ' # c\n').replaceAll('{} #', '{}  #')],
  ])('is right in %s', (_, text) => {
    expect(textAt(text)).toEqual(expected);
  });

  it('is right in brackets', () => {
    const flow = `--- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: x},
      spec: {podSelector: {matchLabels: {app.kubernetes.io/name: web}},
        ingress: [{}, {from: [
          {podSelector: {}}], ports: [{protocol: TCP, port: 80}, {port: http}]}]}}`;
    expect(textAt(flow)).toEqual(['{a', 'na', 'sp', 'ap', '{}', '{p', 'po']);
  });

  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'x' },
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      ingress: [{}, { from: [{ podSelector: {} }], ports: [{ port: 80 }, { port: 'http' }] }],
    },
  };
  it.each([
    ['one line', JSON.stringify(object)],
    ['many lines', JSON.stringify(object, null, 2)],
    ['a list', JSON.stringify({ kind: 'List', items: [{ ...object, kind: 'Other' }, object] }, null, 4)],
    ['a list on one line', JSON.stringify({ kind: 'List', items: [{ ...object, kind: 'Other' }, object] })],
    [
      'a list in a list',
      JSON.stringify({ kind: 'List', items: [{ kind: 'List', items: [{ ...object, kind: 'Other' }, object] }] }, null, 4),
    ],
    ['after others', `${JSON.stringify({ ...object, kind: 'Other' })}\n\n${JSON.stringify(object, null, 1)}`],
    ['between documents of YAML', `kind: Other\n---\n${JSON.stringify(object, null, 1)}\n---\nkind: Other\n`],
  ])('is right in JSON, %s', (_, text) => {
    const [object, name, spec, label, rule, peer, port] = textAt(text);
    expect([name, spec, label, rule, port]).toEqual(['"n', '"s', '"a', '{}', '"p']);
    for (const brace of [object, peer]) expect(brace).toMatch(/^\{"?$/);
  });

  it('is that of the nearest field when there is none', () => {
    expect(textAt(block, ['spec.ingress[1].from[7].ipBlock', 'spec.egress', 'spec.ingress[1].ports[0].endPort', 'nothing'])).toEqual([
      'fr',
      'sp',
      'pr',
      'ap',
    ]);
  });

  it('is that of the object for other kinds', () => {
    const { pods } = parseManifests('kind: X\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: x\n', { file: 'f' });
    expect(pods[0]!.locate('metadata.name')).toEqual({ file: 'f', line: 3, column: 1 });
  });
});

describe('a path', () => {
  it('survives being written', () => {
    for (const path of [['spec', 'ingress', 0, 'from', 12], ['metadata', 'labels', 'a.b/c'], []]) {
      expect(parsePath(formatPath(path))).toEqual(path);
    }
  });
});

const CORPORA = resolve(import.meta.dirname, '../../../../shared/corpora');
const DATASETS = resolve(import.meta.dirname, '../../../datasets');

function yamlFilesBelow(folder: string): string[] {
  try {
    return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /\.ya?ml$/.test(name)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

describe('reading places from lines', () => {
  const files = [...yamlFilesBelow(DATASETS), ...yamlFilesBelow(CORPORA)].filter((file) => statSync(file).size < 1_000_000);
  it.skipIf(files.length === 0)(`says the same as the parser's events, on ${files.length} files`, () => {
    let read = 0;
    for (const file of files) {
      const count = (text: string): void => {
        if (compare(text, file)) read++;
      };
      const splitter = new YamlSplitter(
        {
          document: count,
          item: count,
          listEnd: () => undefined,
        },
        1,
      );
      splitter.push(readFileSync(file, 'utf8'));
      splitter.end();
    }
    expect(read).toBeGreaterThan(files.length / 2);
  });
});

/** Are the places of all fields the same? False when the lines are not understood. */
function compare(text: string, file: string): boolean {
  let value: unknown;
  try {
    value = parseYaml(text, 1);
  } catch {
    return false;
  }
  const writer = new PositionWriter();
  const fast = readYamlLinePlaces(text, 1, writer);
  if (fast === undefined) return false;
  const slow = readYamlPlaces(text, 1, writer, (listener) => listenToYaml(text, listener));
  compareBelow(value, [], fast, slow, file);
  return true;
}

function compareBelow(value: unknown, path: readonly (string | number)[], fast: PositionTable, slow: PositionTable, file: string): void {
  const [a, b] = [fast.locate(path), slow.locate(path)];
  if (a.line !== b.line || a.column !== b.column) {
    throw new Error(`${file} ${formatPath(path)}: ${a.line}:${a.column} from lines, ${b.line}:${b.column} from events`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value))
    compareBelow(child, [...path, Array.isArray(value) ? Number(key) : key], fast, slow, file);
}
