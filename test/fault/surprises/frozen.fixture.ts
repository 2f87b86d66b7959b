import { expect, it } from 'vitest';

it('freezes what others assign to', () => {
  expect(Object.freeze(Object.prototype)).toBe(Object.prototype);
});
