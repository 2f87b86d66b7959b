/**
 * The table of domain names: which tables are refused and in which words, and which addresses a pattern certainly stands for.
 */
import { describe, expect, test } from 'vitest';
import { addressesOf, readDomainNames } from '../../../src/dialects/domain-names.ts';
import { formatPrefix } from '../../../src/lib/ip-address.ts';
import { type DomainNameTable, DomainNameTableError } from '../../../src/model/domain-names.ts';

const read = (table: unknown) => readDomainNames(table as DomainNameTable);
const known = (pattern: string, table: DomainNameTable) => {
  const { known: prefixes, isComplete } = addressesOf(pattern, readDomainNames(table));
  return [...prefixes.map(formatPrefix), isComplete];
};

describe('a table of domain names', () => {
  test.each([null, 'example.com', 7, true])('%j is refused', (table) => {
    expect(() => read(table)).toThrow(new DomainNameTableError('the table of domain names must map names to lists of addresses'));
  });

  test('is an object or a map, or left out', () => {
    const address = [{ family: 4, words: [0x0a000001], length: 32 }];
    expect(readDomainNames(undefined)).toEqual(new Map());
    expect(readDomainNames({})).toEqual(new Map());
    expect(readDomainNames({ 'example.com': ['10.0.0.1'] })).toEqual(new Map([['example.com', address]]));
    expect(readDomainNames(new Map([['example.com', ['10.0.0.1']]]))).toEqual(new Map([['example.com', address]]));
  });

  const LONGEST = 'a'.repeat(63);
  test.each([
    'example.com',
    '*.example.com',
    'localhost',
    'x',
    'a.b',
    'ab.cd',
    'my-service.long-name.example',
    'a--b.c',
    '0.4',
    `${LONGEST}.com`,
    `com.${LONGEST}`,
  ])('may have the key %s', (name) => {
    expect([...read({ [name]: [] }).keys()]).toEqual([name]);
  });

  test('holds names in lower case without the dot at the end, and joins what is one name', () => {
    const table = readDomainNames({ 'Example.COM.': ['10.0.0.1'], 'example.com': ['10.0.0.2', '10.0.0.1'] });
    expect([...table].map(([name, addresses]) => [name, addresses.map(formatPrefix)])).toEqual([
      ['example.com', ['10.0.0.1/32', '10.0.0.2/32', '10.0.0.1/32']],
    ]);
  });

  test.each([
    '',
    '.',
    '*',
    '*.',
    'a..b',
    '.example.com',
    'example.com..',
    '-a.com',
    'a-.com',
    'a.-com',
    'a.com-',
    '_a.com',
    'a com',
    'a.com/',
    'a.*.com',
    '**.com',
    'x*.com',
    `${LONGEST}a.com`,
    `com.${LONGEST}a`,
  ])('cannot have the key %j', (name) => {
    expect(() => read({ [name]: [] })).toThrow(
      new DomainNameTableError(`the table of domain names has the key \`${name}\`, expected a name such as \`example.com\``),
    );
  });

  test.each([null, '10.0.0.1', { 0: '10.0.0.1' }])('must have a list of addresses, not %j', (addresses) => {
    expect(() => read({ 'Example.com': addresses })).toThrow(
      new DomainNameTableError('the table of domain names must have a list of addresses for `example.com`'),
    );
  });

  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['example.org', 'example.org'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    [7, '7'],
    [null, 'null'],
  ])('has addresses only, not %j', (text, shown) => {
    expect(() => read({ 'example.com': ['10.0.0.1', text] })).toThrow(
      new DomainNameTableError(`the table of domain names has \`${shown}\` for \`example.com\`, expected an IP address`),
    );
  });
});

describe('the addresses of a pattern', () => {
  const table: DomainNameTable = {
    'example.com': ['10.0.0.1'],
    'a.example.com': ['10.0.0.2', 'fd00::1'],
    'b.a.example.com': ['10.0.0.3'],
    'notexample.com': ['10.0.0.4'],
  };

  test('that is a name are those of the table, which are all, or none', () => {
    expect(known('a.Example.com.', table)).toEqual(['10.0.0.2/32', 'fd00::1/128', true]);
    expect(known('c.example.com', table)).toEqual([false]);
  });

  test('with a star are those of every name below, which may not be all', () => {
    expect(known('*.example.com', table)).toEqual(['10.0.0.2/32', 'fd00::1/128', '10.0.0.3/32', false]);
    expect(known('*.org', table)).toEqual([false]);
  });

  test('with a star that the table has are its own, each once, and those of names below', () => {
    expect(known('*.example.com', { ...table, '*.example.com': ['10.0.0.9'] })).toEqual([
      '10.0.0.9/32',
      '10.0.0.2/32',
      'fd00::1/128',
      '10.0.0.3/32',
      true,
    ]);
  });
});
