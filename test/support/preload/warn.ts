// Leaks listeners, so that Node warns.
import { EventEmitter } from 'node:events';

const emitter = new EventEmitter();
for (let i = 0; i < 11; i++) emitter.on('news', () => {});
