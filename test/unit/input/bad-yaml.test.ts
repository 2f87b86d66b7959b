/**
 * Texts that are no good YAML for Kubernetes: what is said, and where.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { findings, findingsOf, podWith, policyWith } from './helpers.ts';

const nested = (depth: number): string => Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a${i}:`).join('\n');

const TABLE: readonly (readonly [title: string, text: string, expected: string])[] = [
  ['an open quote', 'kind: "Pod\n', '2:1 error yaml-syntax'],
  ['an open bracket', 'a: [1, 2\n', '2:1 error yaml-syntax'],
  ['a tab for indentation', 'kind: Pod\nmetadata:\n\tname: x\n', '3:1 error tab-indentation'],
  ['a key written twice', policyWith('ingress: []', 'egress: []', 'ingress: []'), '7:3 error duplicate-key'],
  ['an alias without an anchor', policyWith('podSelector: *all'), '5:16 error undefined-alias'],
  ['a cycle of aliases', 'apiVersion: v1\nkind: Pod\nmetadata: &m {name: x, self: *m}\n', '1:1 error cyclic-alias'],
  ['flow nesting', `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(1000)}`, '3:70 error too-deep'],
  ['block nesting', `apiVersion: v1\nkind: Pod\n${nested(100)}`, '67:65 error too-deep'],
  ['dashes on one line', `apiVersion: v1\nkind: Pod\nspec:\n${'- '.repeat(100_000)}x`, '4:127 error too-deep'],
  ['a tag', policyWith('podSelector: !Ref x'), '5:16 error unsupported-tag'],
  ['a binary tag', policyWith('podSelector: !!binary aGk='), '5:16 error unsupported-tag'],
  ['a lone carriage return', 'apiVersion: v1\rkind: Pod\n', '1:15 error lone-carriage-return'],
  ['a NUL in a quoted name', podWith('{name: "a\u0000b"}'), '3:20 error control-character'],
  ['a raw escape character', podWith('{name: "a\u001bb"}'), '3:20 error control-character'],
  ['a template as a line', '{{- if .Values.policies }}\nkind: Pod\n{{- end }}\n', '1:1 error unrendered-template'],
  ['a template inside a value', podWith('{name: x}', 'spec:', '  nodeName: {{ .Values.node }}-a'), '5:13 error unrendered-template'],
  ['a single value', 'hello\n', '1:1 error not-an-object'],
  [
    'lists four deep',
    'kind: List\nitems:\n- kind: List\n  items:\n  - kind: List\n    items:\n    - kind: List\n      items: [{kind: Pod}]\n',
    '8:7 error list-too-deep',
  ],
  [
    'objects under `items` of no list',
    'apiVersion: v1\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata: {name: x}\nkind: Pod\n',
    '1:1 error not-a-list',
  ],
];

describe('a text that cannot be read', () => {
  it.each(TABLE)('says where: %s', (_, text, expected) => {
    const manifests = parseManifests(text, { file: 'x.yaml' });
    expect(findings(manifests)).toEqual([expected]);
    expect(manifests.pods).toEqual([]);
    expect(manifests.unreadable).toMatchObject([{ kind: '(unreadable)', origin: { file: 'x.yaml' } }]);
    expect(manifests.unreadable[0]).not.toHaveProperty('namespace');
  });

  it('names both places of a key that is written twice', () => {
    const [diagnostic] = parseManifests(policyWith('ingress: []', 'egress: []', 'ingress: []')).diagnostics;
    expect(diagnostic?.message).toContain('first at 5:3');
    const inFlow = parseManifests(podWith('{name: a, labels: {x: "1", y: "2", x: "3"}}')).diagnostics[0];
    expect(inFlow).toMatchObject({ code: 'duplicate-key', origin: { line: 3, column: 46 } });
    expect(inFlow?.message).toContain('first at 3:30');
  });

  it('refuses the whole file, and only that file, for one broken document', () => {
    const good = podWith('{name: a, namespace: x}');
    const manifests = parseManifests(`${good}---\n${good.replace('name: a', 'name: b')}---\nkind: Pod\nmetadata: [\n`);
    expect(manifests.pods).toEqual([]);
    expect(manifests.counts.size).toBe(0);
    expect(manifests.diagnostics).toHaveLength(1);
    expect(parseManifests(`${good}---\n${good.replace('name: a', 'name: b')}`).pods).toHaveLength(2);
  });

  it('does not mind a broken document of a kind that is not read', () => {
    const manifests = parseManifests(`${podWith('{name: a}')}---\nkind: Widget\napiVersion: x/v1\nspec: [\n`);
    expect(manifests.pods).toHaveLength(1);
    expect(findings(manifests)).toEqual([]);
    expect([...manifests.skipped]).toEqual([['Widget', 1]]);
  });

  it('reads three deep documents in a row and lives', () => {
    for (const depth of [1000, 5000, 2000]) {
      expect(findingsOf(`kind: Pod\napiVersion: v1\nspec: ${'['.repeat(depth)}`)[0]).toContain('too-deep');
    }
    expect(findingsOf(podWith('{name: a}'))).toEqual([]);
  });

  it('accepts 60 levels, brackets in texts and in scripts', () => {
    const brackets = '[{'.repeat(200);
    const text = podWith(
      '{name: a}',
      'spec:',
      '  containers:',
      `  - command: ["${brackets}", '${brackets}']  # ${brackets}`,
      '    args:',
      '    - |',
      `      ${brackets}`,
      `    - plain${brackets}`,
    );
    expect(findingsOf(text)).toEqual([]);
    expect(findingsOf(`${podWith('{name: a}')}${nested(60)}`)).toEqual(['4:1 warning unknown-field a0']);
  });

  it('limits aliases and what they expand to', () => {
    const many = `x: &a 1\ny: [${Array.from({ length: 101 }, () => '*a').join(', ')}]\n`;
    expect(findingsOf(podWith('{name: a}') + many)).toEqual(['1:1 error too-many-aliases']);
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [before, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [pair[0], pair[1]])) {
      lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
    }
    expect(findingsOf(podWith('{name: a}') + lines.join('\n'))).toEqual(['1:1 error alias-expansion']);
    expect(findingsOf(podWith('{name: a, labels: &l {app: web}}', 'spec: {x: *l}'))).toEqual([]);
  });

  it('never shows a part of the text', () => {
    for (const broken of [
      '"hunter2',
      '[hunter2',
      '*hunter2',
      '!hunter2 x',
      'a: b: hunter2',
      '{{ hunter2 }}-x',
      '|hunter2',
      '&hunter2 &hunter2 x',
    ]) {
      for (const text of [`kind: Pod\nspec: ${broken}\n`, `kind: Pod\nspec:\n  hunter2: ${broken}\n  hunter2: x\n`]) {
        const { diagnostics, unreadable } = parseManifests(text);
        expect(
          diagnostics.some(({ severity }) => severity === 'error'),
          text,
        ).toBe(true);
        expect(JSON.stringify({ diagnostics, unreadable }), text).not.toContain('hunter2');
      }
    }
  });
});

describe('a text that is good in an unusual form', () => {
  const pod = podWith('{name: a, namespace: x}');
  it.each([
    ['a byte order mark', `\ufeff${pod}`],
    ['CRLF', pod.replaceAll('\n', '\r\n')],
    ['comments, marks and empty documents around it', `# c\n---\n# d\n---\n${pod}...\n---\nnull\n---\n~\n...\n`],
    ['a document on the line of its mark', `--- {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: x}}\n`],
    ['a directive', `%YAML 1.1\n---\n${pod}`],
    ['no line end', pod.trimEnd()],
    ['spaces before all lines', pod.replaceAll(/^(?=.)/gm, '   ')],
    ['quoted keys', pod.replace('kind: Pod', '"kind": \'Pod\'')],
  ])('reads %s', (_, text) => {
    const manifests = parseManifests(text);
    expect(findings(manifests)).toEqual([]);
    expect(manifests.pods.map(({ object }) => object.metadata)).toEqual([{ name: 'a', namespace: 'x' }]);
  });

  it('says when there are no objects', () => {
    for (const text of ['', '\n', '---\n', '# only a comment\n', 'null\n'])
      expect(findingsOf(text), text).toEqual(['1:1 warning no-objects']);
  });

  it('leaves out files of other tools', () => {
    const manifests = parseManifests('replicaCount: 1\nimage: {tag: x}\n');
    expect(findings(manifests)).toEqual(['1:1 warning not-an-object']);
    expect(manifests.unreadable).toEqual([]);
  });
});
