/**
 * Mutants of `src/lib` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const row = (file: string, line: string, replacement: string, why: string): Explanation => {
  return { file: `src/lib/${file}`, line, replacement, why };
};

export const LIB_SURVIVORS: readonly Explanation[] = [
  row(
    'page-store.ts',
    'if (this.pages * 2 > this.slots.length) this.rehash();',
    'this.pages * 2 >= this.slots.length',
    'the table of slots grows one page earlier',
  ),
  row(
    'page-store.ts',
    'for (let i = 0; i < words.length; i++) {',
    'i <= words.length',
    'one more round of mixing, with `undefined` as 0: equal lists still have equal hashes',
  ),
  row('prefix-table.ts', 'if (word !== words[i]) return word > words[i]!;', 'word >= words[i]!', 'the two words differ'),
  row(
    'prefix-table.ts',
    'for (let i = 0; i < words.length; i++) {',
    'i <= words.length',
    'past the end there is `undefined`, above which no word is: the answer is false, as after the loop',
  ),
];
