import { it } from 'vitest';

it('leaks listeners on a signal', () => {
  const { signal } = new AbortController();
  for (let i = 0; i < 11; i++) signal.addEventListener('abort', () => {});
});
