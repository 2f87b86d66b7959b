/**
 * Objects as YAML: what is written is read as the same, whatever the text looks like.
 */
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { toYaml } from '../../../src/shapes/to-yaml.ts';

describe('toYaml', () => {
  it('writes blocks, and words without quotes', () => {
    const object = {
      kind: 'Pod',
      metadata: { name: 'web-0', labels: { app: 'web', 'example.com/x': '1' } },
      list: [{ a: 1, b: [true] }, 'x', {}, []],
    };
    expect(toYaml(object)).toBe(
      'kind: Pod\nmetadata:\n  name: web-0\n  labels:\n    app: web\n    example.com/x: "1"\nlist:\n- a: 1\n  b:\n  - true\n- x\n- {}\n- []\n',
    );
  });

  it.each([
    'null',
    'Null',
    'true',
    'NO',
    'on',
    'y',
    'N',
    '~',
    '',
    ' ',
    '1',
    '0x1',
    '1e3',
    '.inf',
    '1_000',
    '12:30',
    '2001-01-01',
    '<<',
    '=',
    '-',
    '- a',
    'a: b',
    'a #b',
    '#',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a',
    '"',
    "'",
    '{',
    '[',
    '|',
    '>',
    '?',
    ':',
    'a:',
    'a\nb',
    '\t',
    'ü',
    '\u2028',
    '\u0085',
    '\\',
    'fd00::1',
    '10.0.0.0/8',
    'a'.repeat(5000),
    '...',
    '---',
  ])('writes the text %j as text', (text) => {
    const object = { [text === '<<' ? 'key' : text || 'key']: text, list: [text, { inner: text }] };
    expect(load(toYaml(object))).toEqual(object);
  });

  it('leaves out what is undefined', () => {
    expect(toYaml({ a: undefined, b: { c: undefined }, d: null })).toBe('b: {}\nd: null\n');
  });
});
