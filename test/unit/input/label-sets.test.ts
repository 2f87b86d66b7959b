import { describe, expect, test } from 'vitest';
import { LabelInterner, labelsOf, labelsOfNamespace } from '../../../src/input/label-sets.ts';
import { NAME_LABEL } from '../../../src/model/object-names.ts';

type Given = Record<string, string | null>;

const many = (count: number, last: string): Given =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${String(i).padStart(2, '0')}`, i === count - 1 ? last : 'v']));

describe('labels', () => {
  test.each([1, 2, 15, 16, 17, 40])('of %i names differ where the last value does', (count) => {
    const interner = new LabelInterner();
    const [good, bad, again] = ['good', 'bad', 'good'].map((last) => interner.intern(many(count, last)));
    expect(good).toBe(again);
    expect(good).not.toBe(bad);
    expect([...good!]).toEqual(Object.entries(many(count, 'good')));
    expect([...bad!]).toEqual(Object.entries(many(count, 'bad')));
  });

  test('are found by name, and only those', () => {
    const labels = labelsOf({ b: '2', a: '', constructor: '3' });
    expect([labels.size, labels.get('a'), labels.get('b'), labels.get('constructor'), labels.get('c'), labels.get('toString')]).toEqual([
      3,
      '',
      '2',
      '3',
      undefined,
      undefined,
    ]);
    expect([labels.has('a'), labels.has('c'), labels.has('hasOwnProperty')]).toEqual([true, false, false]);
    const inherited: Given = Object.assign(Object.create({ app: 'x', [NAME_LABEL]: 'a' }), { b: '2' });
    expect([labelsOf(inherited).get('app'), labelsOf(inherited).has('app'), labelsOf(inherited).get('b')]).toEqual([undefined, false, '2']);
    expect(labelsOfNamespace(inherited, 'a').get(NAME_LABEL)).toBe('a');
  });

  test.each<[string, Given, Given]>([
    ['the order in which they stand', { a: '1', b: '2' }, { b: '2', a: '1' }],
    ['null or an empty text', { a: null }, { a: '' }],
  ])('are equal whatever %s', (_, one, other) => {
    const interner = new LabelInterner();
    expect(interner.intern(one)).toBe(interner.intern(other));
  });

  test('that hold what no valid ones do are equal only where they are', () => {
    const interner = new LabelInterner();
    const [one, other, again] = [
      ['1\u0000', '2'],
      ['1', '\u00002'],
      ['1\u0000', '2'],
    ].map(([a, b]) => interner.intern({ a: a!, b: b! }));
    expect([...one!]).toEqual([...again!]);
    expect(one).not.toBe(other);
    expect(other!.get('a')).toBe('1');
  });

  test('are not those that an object inherits, also where they are compared', () => {
    const inherited: Given = Object.assign(Object.create({ b: '2' }), { a: '1' });
    for (const [one, other] of [
      [inherited, { b: '2' }],
      [{ b: '2' }, inherited],
    ] as const) {
      const interner = new LabelInterner();
      expect(interner.intern(one)).not.toBe(interner.intern(other));
    }
  });

  test('none are the same as missing or null ones', () => {
    const interner = new LabelInterner();
    const none = interner.intern({});
    expect([interner.intern(undefined), interner.intern(null)]).toEqual([none, none]);
    expect([none.size, [...none]]).toEqual([0, []]);
  });

  test('differ by a name more, and by values that change places', () => {
    const interner = new LabelInterner();
    const proto = JSON.parse('{"__proto__": "a"}') as Given;
    const given: Given[] = [{ a: '1', b: '2' }, { a: '1' }, { a: '2', b: '1' }, { b: '2' }, {}, { '': '' }, proto];
    const sets = [...given, ...given].map((each) => interner.intern(each));
    expect(new Set(sets).size).toBe(given.length);
    expect(sets.map((set) => Object.fromEntries(set))).toEqual([...given, ...given]);
    expect(sets[6]!.get('__proto__')).toBe('a');
  });
});

describe('in one namespace', () => {
  const numbered = (i: number): Given => ({ app: `app-${i}`, part: i % 2 === 0 ? 'even' : 'odd' });

  test.each([1, 2, 8, 9, 40])('%i sets are one object each, wherever they come again', (count) => {
    const interner = new LabelInterner();
    const places = Array.from({ length: count }, (_, i) => i);
    const sets = places.map((i) => interner.intern(numbered(i)));
    expect(new Set(sets).size).toBe(count);
    expect(places.toReversed().map((i) => interner.intern(numbered(i)))).toEqual(sets.toReversed());
    for (const i of places) expect(interner.intern({ part: numbered(i).part!, app: numbered(i).app! })).toBe(sets[i]);
  });

  test('sets of another namespace are others', () => {
    const interner = new LabelInterner();
    const before = Array.from({ length: 20 }, (_, i) => interner.intern(numbered(i)));
    interner.forget();
    const after = Array.from({ length: 20 }, (_, i) => interner.intern(numbered(i)));
    expect(new Set([...before, ...after]).size).toBe(40);
    expect(after.map((set) => [...set])).toEqual(before.map((set) => [...set]));
  });

  test('texts that run into each other are told apart among many', () => {
    const interner = new LabelInterner();
    for (let i = 0; i < 20; i++) interner.intern(numbered(i));
    const [one, other] = [{ a: '1\u0000b\u00002' }, { a: '1', b: '2' }].map((each) => interner.intern(each as Given));
    expect(one).not.toBe(other);
    expect([...other!]).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});

describe('a namespace', () => {
  test.each<[string, Given | undefined]>([
    ['right', { [NAME_LABEL]: 'x', a: '1' }],
    ['another', { [NAME_LABEL]: 'y', a: '1' }],
    ['null', { a: '1', [NAME_LABEL]: null }],
    ['missing', { a: '1' }],
  ])('has its name for a label once, where its object says: %s', (_, given) => {
    const labels = labelsOfNamespace(given, 'x');
    expect([labels.size, [...labels]]).toEqual([
      2,
      [
        ['a', '1'],
        [NAME_LABEL, 'x'],
      ],
    ]);
    expect(labelsOfNamespace(given, 'z').get(NAME_LABEL)).toBe('z');
  });

  test('without an object has nothing else', () => {
    expect([...labelsOfNamespace(undefined, 'x')]).toEqual([[NAME_LABEL, 'x']]);
  });
});
