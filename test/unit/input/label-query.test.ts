/**
 * Label selectors of kubectl: what they mean, against a definition, and where they are wrong.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LabelTerm, matchesLabelQuery, parseLabelQuery } from '../../../src/input/label-query.ts';
import { checkProperty } from '../../support/check.ts';

const file = 'test/unit/input/label-query.test.ts';

const matches = (text: string, labels: Record<string, string | null>) => matchesLabelQuery(labels, parseLabelQuery(text));

describe('a label selector', () => {
  it.each<readonly [text: string, requirements: readonly (readonly [string, LabelTerm['operator'], ...string[]])[]]>([
    ['', []],
    ['app=web', [['app', 'in', 'web']]],
    [
      'app==web , tier!=db',
      [
        ['app', 'in', 'web'],
        ['tier', 'notIn', 'db'],
      ],
    ],
    [
      'app in (web,cart),tier notin ( db )',
      [
        ['app', 'in', 'cart', 'web'],
        ['tier', 'notIn', 'db'],
      ],
    ],
    [
      'app,!legacy',
      [
        ['app', 'exists'],
        ['legacy', 'doesNotExist'],
      ],
    ],
    ['  ! legacy\t', [['legacy', 'doesNotExist']]],
    [
      'app=,tier',
      [
        ['app', 'in', ''],
        ['tier', 'exists'],
      ],
    ],
    ['app in ()', [['app', 'in', '']]],
    ['app in (,web)', [['app', 'in', '', 'web']]],
    ['app in (web,)', [['app', 'in', '', 'web']]],
    ['app in (web,,cart,web)', [['app', 'in', '', 'cart', 'web']]],
    [
      'in in (in,notin),notin',
      [
        ['in', 'in', 'in', 'notin'],
        ['notin', 'exists'],
      ],
    ],
    [
      'example.com/size>007,size<10',
      [
        ['example.com/size', 'greaterThan', '007'],
        ['size', 'lessThan', '10'],
      ],
    ],
    ['app\n=\r\nweb', [['app', 'in', 'web']]],
  ])('is read: %j', (text, requirements) => {
    expect(parseLabelQuery(text)).toEqual(requirements.map(([key, operator, ...values]) => ({ key, operator, values })));
  });

  it.each<readonly [text: string, column: number, message: string]>([
    ['app in web', 8, 'expected `(`, found `web`'],
    ['app in (web', 12, 'expected `,` or `)`, found the end'],
    ['app in (web cart)', 13, 'expected `,` or `)`, found `cart`'],
    ['app=web,', 9, 'expected a label key or `!`, found the end'],
    [',app', 1, 'expected a label key or `!`, found `,`'],
    ['!', 2, 'expected a label key, found the end'],
    ['!app=web', 5, 'expected `,` or the end, found `=`'],
    ['app==web==cart', 9, 'expected `,` or the end, found `==`'],
    ['app web', 5, 'expected `=`, `==`, `!=`, `in`'],
    ['app=(web)', 5, 'expected a label value, found `(`'],
    ['app=web||tier=db', 5, 'the label value `web||tier` is not letters'],
    ['a_/b=c', 1, 'the label key `a_/b` has a prefix'],
    ['/b', 1, 'has a prefix'],
    [`${'a'.repeat(64)}`, 1, 'has 64 characters, at most 63'],
    ['size>ten', 6, 'expected a whole number, found `ten`'],
    ['size>', 6, 'expected a whole number'],
    ['size<9223372036854775808', 6, 'expected a whole number'],
    ['app=web tier=db', 9, 'expected `,` or the end, found `tier`'],
    ['app=\u001b[2J', 5, '\\u{1b}'],
  ])('is refused: %j', (text, column, message) => {
    expect(() => parseLabelQuery(text)).toThrow(
      expect.objectContaining({ name: 'LabelQueryError', column, message: expect.stringContaining(message) }),
    );
  });

  it('needs the key for `=` and `in`, and not for `!=` and `notin`', () => {
    expect([matches('app=web', {}), matches('app in (web)', {}), matches('app', {}), matches('app=', {})]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([matches('app!=web', {}), matches('app notin (web)', {}), matches('!app', {})]).toEqual([true, true, true]);
    expect([matches('app!=web', { app: 'web' }), matches('app!=web', { app: 'cart' })]).toEqual([false, true]);
    // `app:` in YAML is the empty value, and a name of objects is no label.
    expect([matches('app=', { app: null }), matches('app', { app: '' }), matches('constructor', {})]).toEqual([true, true, false]);
  });

  it('compares numbers, and what is none with nothing', () => {
    const query = 'size>9';
    expect(
      ['10', '9', '010', '9223372036854775807', '9223372036854775808', 'x10', '', '1_0'].map((size) => matches(query, { size })),
    ).toEqual([true, false, true, true, false, false, false, false]);
    expect([matches('size<9', { size: '8' }), matches('size<9', {}), matches('size<9', { size: '-1' })]).toEqual([true, false, false]);
  });

  it('means what its parts mean, however it is spaced', () => {
    const key = fc.constantFrom('a', 'b', 'in', 'x.io/a');
    const value = fc.constantFrom('', '1', '2', 'v', 'notin');
    const number = fc.constantFrom('0', '1', '2');
    const part = fc.oneof(
      fc.record({ key, sign: fc.constantFrom('=', '==', '!=' as const), values: fc.tuple(value) }),
      fc.record({ key, sign: fc.constantFrom('in', 'notin' as const), values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
      fc.record({ key, sign: fc.constantFrom('', '!' as const), values: fc.constant([] as string[]) }),
      fc.record({ key, sign: fc.constantFrom('>', '<' as const), values: fc.tuple(number) }),
    );
    const gap = fc.constantFrom('', ' ', '\t ');
    const labels = fc.dictionary(key, value);
    let seen = 0;
    checkProperty(
      fc.tuple(fc.array(part, { minLength: 1, maxLength: 3 }), gap, labels),
      ([parts, space, given]) => {
        const text = parts.map(({ key: name, sign, values }) => {
          if (sign === '' || sign === '!') return `${sign}${space}${name}`;
          // A list ends where it begins to be empty: two commas before the end are none.
          if (sign === 'in' || sign === 'notin')
            return `${name} ${sign}${space}(${values.join(`${space},`)}${values.length > 1 && values.at(-1) === '' ? '' : space})`;
          return `${name}${space}${sign}${space}${values[0]}`;
        });
        const has = (name: string) => Object.hasOwn(given, name);
        const holds = parts.every(({ key: name, sign, values }) => {
          const label = given[name] ?? '';
          if (sign === '') return has(name);
          if (sign === '!') return !has(name);
          if (sign === '!=' || sign === 'notin') return !has(name) || !values.some((each) => each === label);
          if (sign === '>' || sign === '<')
            return has(name) && /^\d+$/.test(label) && Math.sign(Number(label) - Number(values[0])) === (sign === '>' ? 1 : -1);
          return has(name) && values.some((each) => each === label);
        });
        if (holds) seen++;
        if (matchesLabelQuery(given, parseLabelQuery(text.join(`,${space}`))) !== holds)
          throw new Error(`\`${text.join(`,${space}`)}\`: expected ${holds}`);
      },
      { runs: 2000, file, print: ([, , given]) => JSON.stringify(given) },
    );
    expect(seen).toBeGreaterThan(100);
  });
});
