/**
 * Bad YAML: what is said, where, and that nothing is guessed.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { badCases, labelYaml, listYaml, policyYaml, ruleYaml } from './bad-case.ts';

const GOOD = policyYaml();
const BOMB = [...'abcdefgh'].map((name, i, names) => {
  const inner = i === 0 ? '"l"' : `*${names[i - 1]}`;
  return `${name}: &${name} [${Array<string>(9).fill(inner).join(',')}]\n`;
});

describe('the text', () => {
  badCases([
    {
      title: 'A quote that is not closed has a place.',
      text: labelYaml('app: "web'),
      mended: labelYaml('app: "web"'),
      code: 'yaml-syntax',
      says: 'a quote is not closed',
      outcome: 'file',
    },
    {
      title: 'A bracket that is not closed has a place.',
      text: labelYaml('{app: web'),
      mended: labelYaml('{app: web}'),
      code: 'yaml-syntax',
      says: 'bracket',
      outcome: 'file',
    },
    {
      title: 'A tab as indentation is named.',
      text: policyYaml('spec:\n\tpodSelector: {}\n'),
      mended: GOOD,
      code: 'tab-indentation',
      says: 'tab',
      at: '7:1',
      outcome: 'file',
    },
    {
      title: 'A key that is written twice is told with both places.',
      text: policyYaml('spec:\n  podSelector: {}\n  ingress: []\n  ingress:\n  - {}\n'),
      mended: policyYaml('spec:\n  podSelector: {}\n  ingress:\n  - {}\n'),
      code: 'duplicate-key',
      says: 'first at 8:3',
      at: '9:3',
      outcome: 'file',
    },
    {
      title: 'Two spellings of one number as keys are not taken for two labels.',
      text: policyYaml('spec:\n  podSelector:\n    matchLabels:\n      1: a\n      0x1: b\n'),
      mended: policyYaml('spec:\n  podSelector:\n    matchLabels:\n      "1": a\n      "0x1": b\n'),
      code: 'ambiguous-value',
      says: 'quote it',
      at: '10:7',
      outcome: 'policy',
    },
    {
      title: 'Lone carriage returns are named.',
      text: GOOD.replaceAll('\n', '\r'),
      mended: GOOD.replaceAll('\n', '\r\n'),
      code: 'lone-carriage-return',
      at: '1:33',
      outcome: 'file',
    },
    {
      title: 'A lone carriage return before everything else is named.',
      text: `\r${GOOD}`,
      mended: GOOD,
      code: 'lone-carriage-return',
      at: '1:1',
      outcome: 'file',
    },
    {
      title: 'A lone carriage return behind a comment is named.',
      text: `#\r${GOOD.replaceAll('\n', '\r')}`,
      mended: GOOD,
      code: 'lone-carriage-return',
      at: '1:2',
      outcome: 'file',
    },
    {
      title: 'A lone carriage return behind spaces is named.',
      text: `  \r${GOOD.replaceAll('\n', '\r')}`,
      mended: GOOD,
      code: 'lone-carriage-return',
      at: '1:3',
      outcome: 'file',
    },
    {
      title: 'A lone carriage return in place of every line end, and before them is named.',
      text: `\r${GOOD.replaceAll('\n', '\r')}`,
      mended: GOOD,
      code: 'lone-carriage-return',
      at: '1:1',
      outcome: 'file',
    },
    {
      title: 'A kind that is written `1` is no text, and is not skipped.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: 1'),
      mended: GOOD,
      code: 'wrong-type',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A kind that is written `4294967296` is no text, and is not skipped.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: 4294967296'),
      mended: GOOD,
      code: 'wrong-type',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A kind that is written `true` is no text, and is not skipped.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: true'),
      mended: GOOD,
      code: 'wrong-type',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A kind that is written `Null` is no text, and is not skipped.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: Null'),
      mended: GOOD,
      code: 'wrong-type',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A kind that is written `0x1F` is no text, and is not skipped.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: 0x1F'),
      mended: GOOD,
      code: 'wrong-type',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A kind that is written `~` is no text, and is not skipped.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: ~'),
      mended: GOOD,
      code: 'wrong-type',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A control character in the text is named.',
      text: GOOD.replace('name: p', 'name: "p\u001b[2J"'),
      mended: GOOD,
      code: 'control-character',
      at: '4:11',
      outcome: 'file',
    },
    {
      title: 'An escaped NUL in a name is shown escaped.',
      text: GOOD.replace('name: p', 'name: "p\\0"'),
      mended: GOOD,
      code: 'invalid-name',
      says: 'p\\u{0}',
      at: '4:3',
      outcome: 'policy',
    },
    {
      title: 'A broken document refuses its whole file, the good policies beside it too.',
      text: [1, 2, 3]
        .map((i) => policyYaml(i === 2 ? 'spec:\n  podSelector: {]\n' : undefined).replace('name: p', `name: p${i}`))
        .join('---\n'),
      mended: [1, 2, 3].map((i) => GOOD.replace('name: p', `name: p${i}`)).join('---\n'),
      code: 'yaml-syntax',
      at: '15:17',
      outcome: 'file',
    },
    {
      title: 'A text that is no object is refused.',
      text: `${GOOD}---\nhello\n`,
      mended: `${GOOD}---\n`,
      code: 'not-an-object',
      at: '9:1',
      outcome: 'file',
    },
    {
      title: 'A name of a million characters is refused without showing it.',
      text: GOOD.replace('name: p', `name: ${'a'.repeat(1e6)}`),
      mended: GOOD,
      code: 'text-too-long',
      says: '1000000',
      at: '4:3',
      outcome: 'policy',
    },
  ]);
});

describe('templates', () => {
  const template = { code: 'unrendered-template', says: 'template', mended: GOOD };
  badCases([
    {
      ...template,
      title: 'A template expression as a value is named.',
      text: GOOD.replace('name: p', 'name: {{ .Values.x }}'),
      at: '4:3',
      outcome: 'policy',
    },
    {
      ...template,
      title: 'A template expression that is not YAML is named.',
      text: GOOD.replace('name: p', 'name: {{ .Release.Name }}-x'),
      at: '4:9',
      outcome: 'file',
    },
    { ...template, title: 'A template statement is named.', text: `{{- if .Values.x }}\n${GOOD}{{- end }}\n`, at: '1:1', outcome: 'file' },
    {
      ...template,
      title: 'A template expression as a port is named.',
      text: ruleYaml('ports:\n- port: {{ .Values.port }}'),
      at: '10:7',
      outcome: 'policy',
    },
    {
      ...template,
      title: 'A template expression in quotes is named.',
      text: GOOD.replace('name: p', 'name: "{{ .Values.x }}"'),
      at: '4:3',
      outcome: 'policy',
    },
    {
      ...template,
      title: 'A template expression in quotes as a label is named.',
      text: labelYaml('app: "{{ .Values.x }}"'),
      at: '9:7',
      outcome: 'policy',
    },
    {
      ...template,
      title: 'A template expression in quotes as a label key is named.',
      text: labelYaml('"{{ .Values.x }}": x'),
      at: '9:7',
      outcome: 'policy',
    },
    {
      ...template,
      title: 'A template expression in quotes as a protocol is named.',
      text: ruleYaml('ports:\n- protocol: "{{ .Values.x }}"'),
      at: '10:7',
      outcome: 'policy',
    },
    {
      ...template,
      title: 'A template expression in quotes as a kind may be a policy.',
      text: GOOD.replace('kind: NetworkPolicy', 'kind: "{{ .Values.kind }}"'),
      at: '1:1',
      outcome: 'policy',
    },
  ]);
});

describe('aliases, tags and depth', () => {
  const tag = { mended: labelYaml('a: "x"'), code: 'unsupported-tag', outcome: 'file' } as const;
  badCases([
    {
      title: 'An alias bomb is stopped.',
      text: `${GOOD}x:\n${BOMB.map((line) => `  ${line}`).join('')}`,
      mended: GOOD,
      code: 'alias-expansion',
      says: 'aliases',
      outcome: 'file',
    },
    {
      title: 'A mapping of two hundred thousand keys is too wide.',
      text: `${GOOD}x:\n${Array.from({ length: 200_000 }, (_, i) => `  k${i}: v\n`).join('')}`,
      mended: GOOD,
      code: 'too-many-keys',
      says: '`x` has 200000 keys',
      outcome: 'file',
    },
    {
      title: 'More aliases than a person writes are stopped.',
      text: `${GOOD}x: [&a b${', *a'.repeat(101)}]\n`,
      mended: GOOD,
      code: 'too-many-aliases',
      says: '100',
      outcome: 'file',
    },
    {
      title: 'An alias of what it stands in is cyclic.',
      text: policyYaml('spec: &s\n  podSelector: *s\n'),
      mended: policyYaml('spec:\n  podSelector: &s {}\n  ingress: [{from: [{podSelector: *s}]}]\n'),
      code: 'cyclic-alias',
      outcome: 'file',
    },
    {
      title: 'An alias without an anchor has a place.',
      text: policyYaml('spec: *nope\n'),
      mended: GOOD,
      code: 'undefined-alias',
      at: '6:7',
      outcome: 'file',
    },
    { ...tag, title: 'A tag of a programming language is not supported.', text: labelYaml('a: !!js/function "x"'), says: 'tag' },
    { ...tag, title: 'A tag of a template language is not supported.', text: labelYaml('a: !Ref x'), says: 'quoted' },
    { ...tag, title: 'Binary data is not supported.', text: labelYaml('a: !!binary aGk='), says: 'tag' },
    {
      title: 'A merge key cannot set a prototype.',
      text: labelYaml('<<: {__proto__: x, polluted: "1"}'),
      mended: labelYaml('<<: {app: x, tier: "1"}'),
      code: 'invalid-label-key',
      says: '__proto__',
      outcome: 'policy',
    },
    {
      title: 'Two thousand levels of mappings are too deep.',
      text: Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      mended: GOOD,
      code: 'too-deep',
      outcome: 'file',
    },
    {
      title: 'A hundred thousand dashes are too deep.',
      text: '- '.repeat(100_000),
      mended: `- ${GOOD.trimEnd().replaceAll('\n', '\n  ')}\n`,
      code: 'too-deep',
      outcome: 'file',
    },
    {
      title: 'Lists four deep are refused, three deep they are read.',
      text: listYaml(listYaml(listYaml(listYaml(GOOD)))),
      mended: listYaml(listYaml(listYaml(GOOD))),
      code: 'list-too-deep',
      at: '12:7',
      outcome: 'file',
    },
  ]);

  it('Deep documents one after another leave the process as it was.', () => {
    for (const depth of [1000, 5000, 2000]) {
      const { diagnostics, unreadable } = parseManifests('['.repeat(depth));
      expect(diagnostics.map(({ code }) => code)).toEqual(['too-deep']);
      expect(unreadable).toHaveLength(1);
    }
    expect(parseManifests(GOOD).networkPolicies).toHaveLength(1);
  });
});
