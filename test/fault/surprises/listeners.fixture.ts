import { EventEmitter } from 'node:events';
import { it } from 'vitest';

it('leaks listeners', () => {
  const emitter = new EventEmitter();
  for (let i = 0; i < 11; i++) emitter.on('news', () => {});
});
