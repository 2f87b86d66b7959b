/**
 * Mutants of `src/compile` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const row = (file: string, line: string, why: string): Explanation => ({ file: `src/compile/${file}`, line, why });

export const COMPILE_SURVIVORS: readonly Explanation[] = [
  {
    file: 'src/compile/decisions.ts',
    line: 'const key = list * 4 + verdict;',
    replacement: 'list * 4 - verdict',
    why: 'verdicts are below 4: no two pairs meet under this key either',
  },
  row(
    'label-index.ts',
    'const postings = to - from <= FEW ? undefined : this.shortestPostings(selector);',
    'by postings or one by one: the same items, at another cost',
  ),
  row(
    'label-index.ts',
    'for (let i = lowerBound(posting, from); i < posting.length && posting[i]! < to; i++) {',
    'past the end there is `undefined`, which is not below the end of the range',
  ),
  row(
    'label-index.ts',
    'return postings.length > 1 ? selected.sort((a, b) => a - b) : selected;',
    'the items of one posting are in order: sorting them changes nothing',
  ),
  row('label-index.ts', 'for (const requirement of selector) {', 'without a posting all items are checked: slower, the same result'),
  row(
    'label-index.ts',
    'const size = postings.reduce((sum, posting) => sum + posting.length, 0);',
    'the estimate chooses where to begin, the check of every requirement follows',
  ),
  row(
    'label-index.ts',
    'if (size < bestSize) [best, bestSize] = [postings, size];',
    'the estimate chooses where to begin, the check of every requirement follows',
  ),
  row(
    'label-index.ts',
    "if (operator === 'exists') return [this.byKey.get(key) ?? []];",
    'without a posting all items are checked: slower, the same result',
  ),
  row(
    'label-index.ts',
    "if (operator === 'in') return values.map((value) => this.byPair.get(key)?.get(value) ?? []);",
    'without a posting all items are checked: slower, the same result',
  ),
  row('pack.ts', 'for (let endpoint = 0; endpoint < count; endpoint++) {', 'one past the end of a typed array is written nowhere'),
  row(
    'pack.ts',
    'const isUniform = portClass === ports.classOf(protocol, first + PAGE_CELLS_32 - 1);',
    'a page is made again and interned to the same number; one with a boundary never begins with the class of the page before',
  ),
  row(
    'pack.ts',
    'for (let i = 0; i < PAGE_CELLS_32; i++) page[i] = ports.classOf(protocol, first + i);',
    'one past the end of a page is written nowhere',
  ),
  row('peer-sets.ts', "let key = '';", 'a beginning that all keys share'),
  row('row-store.ts', 'if (row === undefined) {', 'the row is made again and interned to the same number'),
  row('row-store.ts', 'for (let cell = 0; cell < PAGE_CELLS_32; cell++) {', 'one past the end of a page is written nowhere'),
  row(
    'segments.ts',
    'if (everywhere.length === subjectEntries.length) return { everywhere, segments: [{ active: [], end: portClasses }] };',
    'without a cut there is one segment all the same',
  ),
  row('tier-fold.ts', 'if (row === undefined) {', 'the row is made again and interned to the same number'),
  row('tier-fold.ts', 'for (let cell = 0; cell < PAGE_CELLS_32; cell++) {', 'one past the end of a page is written nowhere'),
  row('tier-fold.ts', 'for (let i = 0; i < entry.peers.length; i++) {', 'past the end there is `undefined`, which no state array has'),
  row('union-fold.ts', 'private isolated = false;', 'set at the start of every fold'),
  row('union-fold.ts', 'if (entries.length === 0) return base;', 'the same row is folded again'),
  row('union-fold.ts', 'if (row === undefined) {', 'the row is made again and interned to the same number'),
  row('union-fold.ts', 'if (more.length === 0) {', 'the same row is folded again'),
  row(
    'union-fold.ts',
    'for (let i = touched.length - 1; i >= 0; i--) this.node[touched[i]!] = before[i]!;',
    'one past the end is written nowhere',
  ),
  row('union-fold.ts', 'const move = ++this.moves;', 'any sequence of distinct numbers marks moves'),
  row('union-fold.ts', 'for (let i = 0; i < entry.peers.length; i++) {', 'past the end there is `undefined`, which no node has'),
  row('union-fold.ts', '} else if (from === 0) {', 'the node is found again by its list'),
  row('union-fold.ts', 'if (movedIn.get(from) !== move) {', 'the node is found again by its list'),
  row('union-fold.ts', 'if (touched.length === 0) return template;', 'the template is written again'),
  row('union-fold.ts', 'for (let cell = 0; cell < PAGE_CELLS_32; cell++) {', 'one past the end of a page is written nowhere'),
  row('union-fold.ts', 'if (decision === NONE_32) {', 'the decision is interned to the same number'),
];
