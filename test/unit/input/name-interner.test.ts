/**
 * Objects by kind, namespace and name.
 */
import { expect, it } from 'vitest';
import type { Kept } from '../../../src/input/findings.ts';
import { NameInterner } from '../../../src/input/name-interner.ts';

const object = (kind: string, namespace: string | undefined, name: string): Kept =>
  ({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }) as Kept;

it('numbers names in order, each in its kind and namespace', () => {
  const names = new NameInterner();
  const intern = (...[kind, namespace, name]: Parameters<typeof object>): number => names.intern(object(kind, namespace, name));
  expect(intern('Pod', 'a', 'x')).toBe(0);
  expect(intern('Pod', 'b', 'x')).toBe(1);
  expect(intern('Service', 'a', 'x')).toBe(2);
  expect(intern('Pod', 'a', 'x')).toBe(0);
  // Where one text ends and the other begins counts.
  expect(intern('Pod', 'ab', 'x')).toBe(3);
  expect(intern('Pod', 'b', 'xa')).toBe(4);
  expect(names.count).toBe(5);
});

it('takes no namespace for `default`, and none at all for what is in no namespace', () => {
  const names = new NameInterner();
  expect(names.intern(object('Pod', undefined, 'x'))).toBe(0);
  expect(names.intern(object('Pod', 'default', 'x'))).toBe(0);
  expect(names.intern(object('Node', undefined, 'x'))).toBe(1);
  expect(names.intern(object('Node', 'a', 'x'))).toBe(1);
});

it('finds the names of many objects again', () => {
  const names = new NameInterner();
  const objects = Array.from({ length: 5000 }, (_, i) => object('Pod', `ns-${i % 7}`, `pod-${i}`));
  const numbers = objects.map((each) => names.intern(each));
  expect(numbers).toEqual(objects.map((_, i) => i));
  expect(objects.map((each) => names.intern(each))).toEqual(numbers);
});
