import { it } from 'vitest';

it('throws when nobody looks', async () => {
  setTimeout(() => {
    throw new Error('thrown for nobody');
  }, 0);
  await new Promise((resolve) => setTimeout(resolve, 20));
});
