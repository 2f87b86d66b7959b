import { expect, it } from 'vitest';

it('sets a variable for others', () => {
  process.env.LEFT_BEHIND = 'yes';
  expect(process.env.LEFT_BEHIND).toBe('yes');
});
