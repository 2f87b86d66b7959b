import { it } from 'vitest';

it('makes Node warn', () => {
  process.emitWarning('of something', 'OddWarning');
});
