import { it } from 'vitest';

it('makes code from a string', () => {
  new Function('return 1')();
});
