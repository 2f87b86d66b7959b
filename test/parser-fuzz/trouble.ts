/**
 * A target that does everything a parser must not do, by the first letter of its input: so that the watchdog is shown to see it.
 */
import { accepted, bytesOf, type Target } from './target.ts';

const kept: unknown[] = [];

export const TROUBLE: Target = {
  name: 'trouble',
  dictionary: [],
  seeds: () => [bytesOf('good')],
  generate: (random) => bytesOf(random.pick((process.env.NETPOLSIM_TROUBLE ?? 'good').split(','))),
  run(bytes) {
    switch (new TextDecoder().decode(bytes)) {
      case 'abort':
        return process.abort();
      case 'endless':
        for (;;);
      case 'memory':
        for (;;) kept.push(new Array<number>(1_000_000).fill(kept.length));
      case 'throw':
        throw new TypeError('it is not a function');
      case 'pollute':
        Object.defineProperty(Object.prototype, `polluted${kept.push(0)}`, { value: 1, configurable: true });
        return accepted('polluted');
      case 'reject':
        void Promise.reject(new Error('nobody waits for it'));
        return accepted('rejected');
      default:
        return accepted('good');
    }
  },
};
