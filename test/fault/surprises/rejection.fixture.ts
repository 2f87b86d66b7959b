import { it } from 'vitest';

it('leaves a rejection to nobody', () => {
  Promise.reject(new Error('rejected for nobody'));
});
