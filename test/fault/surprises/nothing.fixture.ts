import { expect, it } from 'vitest';

it('holds nothing that surprises', () => {
  expect(1).toBe(1);
});
