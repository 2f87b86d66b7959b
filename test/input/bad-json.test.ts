/**
 * Bad JSON and NDJSON: strict, exact, and never half read.
 */
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { badCases, ndjson, podObject, policyObject } from './bad-case.ts';

const GOOD = JSON.stringify(policyObject({ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }));
const port = (written: string): string => GOOD.replace('"port":80', `"port":${written}`);
const TWO = ndjson(policyObject({ podSelector: {} }), policyObject({ podSelector: {} }, { name: 'q' }));

describe('the text', () => {
  const strict = { mended: GOOD, code: 'json-syntax', outcome: 'file' } as const;
  badCases([
    {
      title: 'A key that is written twice is told with both places.',
      text: port('80,"port":443'),
      mended: GOOD,
      code: 'duplicate-key',
      says: 'first at 1:151',
      at: '1:161',
      outcome: 'file',
    },
    {
      title: 'Two spellings of one key are one key.',
      text: port('80,"p\\u006frt":443'),
      mended: GOOD,
      code: 'duplicate-key',
      outcome: 'file',
    },
    { ...strict, title: 'A comma before a bracket is named.', text: GOOD.replace(/\}$/, ',}'), says: 'comma' },
    { ...strict, title: 'NaN is named.', text: port('NaN'), says: 'NaN', at: '1:158' },
    { ...strict, title: 'A number with leading zeros is no number.', text: port('080'), says: 'number', at: '1:158' },
    { ...strict, title: 'A comment between fields is no JSON.', text: GOOD.replace('"spec"', '/* x */ "spec"') },
    {
      ...strict,
      title: 'A comment before the first field is no JSON.',
      text: GOOD.replace('{', '{ /* x */ '),
      says: 'comments',
      at: '1:3',
    },
    {
      ...strict,
      title: 'A comment before the first bracket is no JSON.',
      text: `// x\n${GOOD}`,
      says: 'comments',
      at: '1:1',
    },
    {
      title: 'A version that is written twice is told, although it is read no more.',
      text: GOOD.replace(/\}$/, ',"apiVersion":"v1"}'),
      mended: GOOD,
      code: 'duplicate-key',
      says: 'first at 1:2',
      outcome: 'file',
    },
    {
      title: 'A kind that is written twice is told of an object that is not used.',
      text: '{"apiVersion":"v1","kind":"ConfigMap","data":{},"kind":"NetworkPolicy"}',
      mended: GOOD,
      code: 'duplicate-key',
      says: 'first at 1:20',
      at: '1:49',
      outcome: 'file',
    },
    {
      title: 'A mapping of two hundred thousand keys is too wide.',
      text: JSON.stringify(podObject({}, { labels: Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, 'v'])) })),
      mended: JSON.stringify(podObject()),
      code: 'too-many-keys',
      says: '100000 keys',
      outcome: 'file',
    },
    { title: 'A hundred thousand brackets are too deep.', text: '{"a":'.repeat(100_000), mended: GOOD, code: 'too-deep', outcome: 'file' },
    {
      title: 'An object that is not used cannot be too deep either.',
      text: `{"apiVersion":"v1","kind":"ConfigMap","x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      mended: GOOD,
      code: 'too-deep',
      outcome: 'file',
    },
    {
      title: 'Half of a character in a name is invalid text.',
      text: GOOD.replace('"p"', '"\\ud800"'),
      mended: GOOD.replace('"p"', '"\\u0070"'),
      code: 'invalid-text',
      at: '1:80',
      outcome: 'file',
    },
    {
      title: 'Own keys called `__proto__` are unknown fields.',
      text: GOOD.replace('"podSelector"', '"__proto__":{"ingress":[{}]},"podSelector"'),
      mended: GOOD,
      code: 'unknown-field',
      says: '__proto__',
      field: 'spec.__proto__',
      outcome: 'policy',
    },
    {
      title: 'Own keys called `__proto__` are unknown fields of a pod too.',
      text: JSON.stringify(podObject()).replace('{', '{"__proto__":{"metadata":{}},'),
      mended: JSON.stringify(podObject()),
      code: 'unknown-field',
      severity: 'warning',
      says: '__proto__',
      outcome: 'kept',
    },
  ]);
});

describe('numbers', () => {
  const number = { mended: GOOD, field: 'spec.ingress[0].ports[0].port', at: '1:151', outcome: 'policy' } as const;
  badCases([
    {
      ...number,
      title: 'A number beyond what is exact is not rounded.',
      text: port('9007199254740993'),
      code: 'ambiguous-value',
      says: '`9007199254740993`',
    },
    { ...number, title: 'A number beyond all numbers is not infinite.', text: port('1e400'), code: 'ambiguous-value', says: '`1e400`' },
    { ...number, title: 'Minus zero is not zero.', text: port('-0'), code: 'ambiguous-value', says: '`-0`' },
    { ...number, title: 'A fraction is no port.', text: port('80.5'), code: 'wrong-type', says: '80.5' },
    {
      ...number,
      title: 'A whole number with a fraction is not taken for one.',
      text: port('80.0'),
      code: 'ambiguous-value',
      says: 'write `80`',
    },
    { ...number, title: 'A number in quotes is no port name.', text: port('"80"'), code: 'invalid-port', says: 'write `port: 80`' },
  ]);
});

describe('lines', () => {
  badCases([
    {
      title: 'A last line that is cut is no line, and nothing before it is kept.',
      text: TWO.slice(0, -20),
      mended: TWO,
      code: 'truncated',
      at: '2:110',
      outcome: 'file',
    },
    {
      title: 'A line that is no JSON refuses the file.',
      text: TWO.replace('\n', '\nxx\n'),
      mended: TWO,
      code: 'json-syntax',
      at: '2:1',
      outcome: 'file',
    },
    {
      title: 'A quote that is not closed on its line refuses the file.',
      text: TWO.replace('\n', '\n{"kind\n'),
      mended: TWO,
      code: 'control-character',
      at: '2:7',
      outcome: 'file',
    },
  ]);

  const accepted: readonly (readonly [title: string, text: string])[] = [
    ['The last line need not end.', TWO],
    ['The last line may end.', `${TWO}\n`],
    ['Lines may be empty.', `\n\n${TWO.replace('\n', '\n\n\n')}\n\n`],
    ['CRLF ends lines.', `${TWO.replace('\n', '\r\n')}\r\n`],
    ['A byte order mark is left out.', `\ufeff${TWO}`],
    ['Objects need no line of their own.', TWO.replace('\n', ' ')],
    ['A line separator inside a string ends no line.', TWO.replace('"namespace"', '"annotations":{"a":"x\u2028y\u2029z"},"namespace"')],
  ];
  it.each(accepted)('%s', (_title, text) => {
    const { networkPolicies, diagnostics, unreadable } = parseManifests(text);
    expect(networkPolicies.map(({ object }) => object.metadata.name)).toEqual(['p', 'q']);
    expect([diagnostics, unreadable]).toEqual([[], []]);
  });

  it('The line of an object counts all line ends before it.', () => {
    const { networkPolicies } = parseManifests(`\n${TWO.replace('\n', '\n\n\n')}`);
    expect(networkPolicies.map(({ origin }) => origin.line)).toEqual([2, 5]);
  });
});
