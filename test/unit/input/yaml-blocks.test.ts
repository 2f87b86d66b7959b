/**
 * YAML in the plain style of machines, read from its lines, against the parser of all YAML: the same value, or none.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYamlBlocks } from '../../../src/input/yaml-blocks.ts';
import { parseYaml } from '../../../src/input/yaml-parse.ts';
import { checkProperty } from '../../support/check.ts';

const KEYS = ['a', 'b', 'kind', 'x-y', 'a.b/c', 'on', 'null', 'y', 'constructor', '1', '"a"', '__proto__', '<<'];
const VALUES = [
  ...[
    '',
    '1',
    '0',
    '017',
    '1e3',
    '12345678901',
    '1.2.3',
    '10.0.0.0/8',
    'x',
    'x y',
    'x: y',
    'x:y',
    'x #c',
    'x#c',
    '# c',
    'yes',
    'null',
    '~',
  ],
  ...['"q"', "'s'", '"q', "'it''s'", '"\\n"', '""', '{}', '[]', '[x]', '{', '-', '-1', '- x', '---', '...', '&x 1', '*x', '!x y', '|', '>'],
  ...[':', '? x', '%', '@', '`', '2001-01-01', '.5', 'x ', '\tx', 'x\ty', 'é', '\u0007', 'x, y', '=', '<<'],
];

const line = fc
  .record({
    indent: fc.nat({ max: 6 }),
    dashes: fc.constantFrom('', '', '', '- ', '- - ', '-   '),
    key: fc.constantFrom('', 'a: ', 'b: ', 'c: ', 'a:', 'b:', 'c:', ...KEYS.map((key) => `${key}: `)),
    value: fc.oneof({ weight: 2, arbitrary: fc.constantFrom('', 'x', '1') }, { weight: 1, arbitrary: fc.constantFrom(...VALUES) }),
  })
  .map(({ indent, dashes, key, value }) => `${' '.repeat(indent)}${dashes}${key}${value}`);
/** Lines of which whole documents are plain more often. */
const plainLine = fc
  .record({
    indent: fc.constantFrom('', '', '  '),
    dash: fc.constantFrom('', '', '- '),
    entry: fc.constantFrom('a:', 'b:', 'c: x', 'd: 1', 'e: "q"', 'f: {}', 'g: yes'),
  })
  .map(({ indent, dash, entry }) => `${indent}${dash}${entry}`);
const text = fc.tuple(
  fc.constantFrom('', '', '---\n'),
  fc.oneof(...[line, plainLine].map((each) => fc.array(each, { minLength: 1, maxLength: 6 }))),
  fc.constantFrom('\n', '\n', '\r\n'),
);

const nested = (levels: number): string =>
  Array.from({ length: levels }, (_, depth) => `${' '.repeat(depth)}a:${depth === levels - 1 ? ' x' : ''}\n`).join('');

const PLAIN = `---
# a policy
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy

metadata:
  name: "p"
  labels: {}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: 'web 1'
  ingress:
  - from:
    - ipBlock:
        cidr: 10.0.0.0/8
        except:
          - 10.1.0.0/16
    - namespaceSelector: {}
      podSelector:
        matchExpressions: []
    ports:
    - port: 80
      protocol: TCP
    -   endPort: 0
        port: yes
`;

describe('YAML in plain style', () => {
  it('is read as the parser reads it', () => {
    const value = readYamlBlocks(PLAIN);
    expect(value).toEqual(parseYaml(PLAIN, 1));
    expect(JSON.stringify(value)).toBe(JSON.stringify(parseYaml(PLAIN, 1)));
  });

  it('is read as the parser reads it as deep as 24 levels', () => {
    expect(readYamlBlocks(nested(24))).toEqual(parseYaml(nested(24), 1));
  });

  it('is read as the parser reads it, or left to the parser, whatever stands there', () => {
    let read = 0;
    checkProperty(
      text.map(([start, lines, end]) => start + lines.join(end)),
      (each) => {
        const value = readYamlBlocks(each);
        if (value === undefined) return;
        read++;
        const expected = parseYaml(each, 1);
        expect(value).toEqual(expected);
        expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
      },
      { runs: 3000, file: 'test/unit/input/yaml-blocks.test.ts', print: (each) => JSON.stringify(each) },
    );
    // A ninth of them: about 335.
    expect(read).toBeGreaterThan(250);
  });

  it.each([
    ['a key twice', 'a: 1\nb: 1\na: 2\n'],
    ['a key that every object has', 'constructor: 1\n'],
    ['a key that is no text', 'a: 1\non: 2\n'],
    ['a key without a value', 'a:\nb: 1\n'],
    ['a text over lines', 'a: x\n  y\n'],
    ['a comment behind a value', 'a: x # y\n'],
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['what may be an alias', 'a: "x *y"\n'],
    ['a block of text', 'a: |\n  x\n'],
    ['a list in brackets', 'a: [x]\n'],
    ['an escape', 'a: "\\u0061"\n'],
    ['a tab', 'a:\tx\n'],
    ['a line end of two characters', 'a: x\r\nb: y\r\n'],
    ['other characters than those of ASCII', 'a: é\n'],
    ['a control character in a comment', '# \u0007\na: x\n'],
    ['an item beside its key', '- a: x\n b: y\n'],
    ['deep nesting', nested(25)],
    ['a single value', 'x\n'],
    ['nothing', '# x\n'],
  ])('leaves to the parser: %s', (_, odd) => {
    expect(readYamlBlocks(odd)).toBeUndefined();
  });
});
