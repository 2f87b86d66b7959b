import { expect, it } from 'vitest';

it('reads a prototype by its old name', () => {
  expect(Reflect.get({}, '__proto__')).toBe(Object.prototype);
});
