/**
 * Mutants of `src/lib` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const row = (file: string, line: string, replacement: string, why: string): Explanation => {
  return { file: `src/lib/${file}`, line, replacement, why };
};

const ROOM = 'room is made an entry earlier, or more often';
const NOWHERE = 'past its end, a typed array is written nowhere';
const LONGER_NUMBER = 'a number of LEB128 may have a byte more than it takes';

export const LIB_SURVIVORS: readonly Explanation[] = [
  {
    file: 'src/lib/ascending.ts',
    line: 'for (let i = 1; i < list.length; i++) if (list[i]! < list[i - 1]!) return list.sort();',
    why: 'saves a sort of what is in order, and past the end there is `undefined`, which is not below anything',
  },
  row(
    'grouping.ts',
    'for (let item = 0; item < groupOf.length; item++) {',
    'item <= groupOf.length',
    'past the end there is `undefined`, which is not below the count',
  ),
  {
    file: 'src/lib/grouping.ts',
    line: 'if (groupOf[item]! < groupCount) start[groupOf[item]! + 1]!++;',
    why: NOWHERE,
  },
  row(
    'grouping.ts',
    'for (let group = 0; group < groupCount; group++) start[group + 1]! += start[group]!;',
    'group <= groupCount',
    NOWHERE,
  ),
  { file: 'src/lib/grouping.ts', line: 'if (group < groupCount) items[next[group]!++] = item;', why: NOWHERE },
  ...[
    ['interner.ts', 'if (slots.hashOf(candidate) === hash && this.equals(candidate, items, from, to)) return candidate;'],
    ['page-store.ts', 'if (slots.hashOf(candidate) === openHash && this.isOpen(candidate)) return candidate;'],
  ].map(([file, line]) => row(file!, line!, 'true', 'a shortcut: words that are equal have equal hashes')),
  ...[
    ['private greatest = -1;', '+1'],
    ['private openGreatest = -1;', '+1'],
    ['this.openGreatest = -1;', '+1'],
  ].map(([line, replacement]) =>
    row(
      'page-store.ts',
      line!,
      replacement!,
      'of pages without a word above 1 there are few, and none is lost: they are looked for, or the greatest is found anew',
    ),
  ),
  ...[
    ['private lostGreater = false;', 'true'],
    ['this.lostGreater = false;', 'true'],
    ['if (before > this.greatest) this.lostGreater = true;', 'true'],
    ['if (before > this.greatest) this.lostGreater = true;', 'before >= this.greatest'],
    ['if (word > this.openGreatest) this.openGreatest = word;', 'word >= this.openGreatest'],
    ['if (greatest > this.greatest) this.greatest = greatest;', 'greatest >= this.greatest'],
    ['for (let i = 0; i < wordsPerPage; i++) if (words[end + i]! > greatest) greatest = words[end + i]!;', 'words[end + i]! >= greatest'],
  ].map(([line, replacement]) =>
    row('page-store.ts', line!, replacement!, 'the greatest word is looked for once more, or set to what it is'),
  ),
  ...[
    ['if (before === word) return before;', 'false'],
    ['if (this.unchanged >= 0) return this.unchanged;', 'false'],
    ['if (this.unchanged >= 0) return this.unchanged;', 'this.unchanged > 0'],
    ['const known = greatest > this.greatest ? -1 : this.find();', 'false'],
  ].map(([line, replacement]) => row('page-store.ts', line!, replacement!, 'a shortcut: the page is looked for, with the same result')),
  row('page-store.ts', 'private unchanged = -1;', '+1', 'every page is opened before it is closed'),
  ...[
    ['for (let i = 0; i < wordsPerPage; i++) words[end + i] = words[start + i]!;', 'i <= wordsPerPage'],
    ['for (let i = 0; i < wordsPerPage; i++) if (words[end + i]! > greatest) greatest = words[end + i]!;', 'i <= wordsPerPage'],
  ].map(([line, replacement]) =>
    row('page-store.ts', line!, replacement!, 'nobody reads the word behind the open page, and it is not above another'),
  ),
  row(
    'page-store.ts',
    'if (this.end + this.wordsPerPage <= this.words.length) return;',
    'this.end + this.wordsPerPage < this.words.length',
    ROOM,
  ),
  row(
    'ip-address.ts',
    'for (let i = 0; i < a.length; i++) {',
    'i <= a.length',
    'past the end of both there is `undefined`, which equals itself',
  ),
  row('growable.ts', 'if (this.length + count <= this.items.length) return;', 'this.length + count < this.items.length', ROOM),
  row(
    'growable.ts',
    'const larger = newWords(Math.max(this.items.length * GROWTH, this.length + count, SHORTEST_GROWN));',
    'this.items.length / GROWTH',
    ROOM,
  ),
  row('prefix-table.ts', 'if (word !== words[i]) return word > words[i]!;', 'word >= words[i]!', 'the two words differ'),
  row(
    'prefix-table.ts',
    'for (let i = 0; i < words.length; i++) {',
    'i <= words.length',
    'past the end there is `undefined`, above which no word is: the answer is false, as after the loop',
  ),
  row('order-of-texts.ts', 'if (to - from < 2) return;', 'false', 'a list of one is in order'),
  row('order-of-texts.ts', 'if (text < before) {', 'text <= before', 'a stable sort of what is in order changes nothing'),
  row('order-of-texts.ts', 'if (text < before) {', 'true', 'a stable sort of what is in order changes nothing'),
  row('text-numbers.ts', 'if (text === texts[last]) return last;', 'false', 'the same text is found again: slower'),
  row(
    'text-numbers.ts',
    'this.last = text === texts[last + 1] ? last + 1 : this.find(text);',
    'false',
    'the same text is found again: slower',
  ),
  ...['false', 'i <= key.length'].map((replacement) =>
    row(
      'layered-map.ts',
      'for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);',
      replacement,
      'only spreads keys over the tree: another tree, the same map',
    ),
  ),
  row('wasm-function.ts', 'for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);', 'rest >= 0x7f', LONGER_NUMBER),
  ...['rest <= -0x40 || rest > 0x3f', 'rest <= -0x40', 'rest < -0x40 || rest >= 0x3f', 'rest >= 0x3f'].map((replacement) =>
    row(
      'wasm-function.ts',
      'for (; rest < -0x40 || rest > 0x3f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);',
      replacement,
      LONGER_NUMBER,
    ),
  ),
  row(
    'wasm-function.ts',
    'return this.scale === 0 ? index.code : index.shiftLeft(this.scale).code;',
    'false',
    'a shift by no bits changes nothing',
  ),
  row('linear-memory.ts', 'if (missing > 0) {', 'missing >= 0', 'to grow by nothing changes nothing'),
  row(
    'partition.ts',
    'for (let item = 0; item < classOf.length; item++) {',
    'item <= classOf.length',
    'past the end there is no cell, which has no number to be compared, and nothing is written',
  ),
  ...['true', 'i >= 0'].map((replacement) =>
    row(
      'prefix-columns.ts',
      'if (i > 0 && areEqual(rows, row, order[i - 1]!)) continue;',
      replacement,
      'before the first there is no row, which equals none',
    ),
  ),
  row(
    'prefix-columns.ts',
    'for (let w = 0; w < PREFIX_WORDS; w++) words[count * PREFIX_WORDS + w] = rows[1 + w]![row]!;',
    'w <= PREFIX_WORDS',
    'the first word of the next prefix, which is written over, or cut off',
  ),
  row(
    'prefix-columns.ts',
    'for (let w = 0; w < words.length; w++) rows[1 + w]![i] = words[w]!;',
    'w <= words.length',
    'a 0 where there is one, or where the length is written next',
  ),
  ...['false', 'length[inner]! <= bits'].map((replacement) =>
    row(
      'prefix-columns.ts',
      'if (length[inner]! < bits) return false;',
      replacement,
      'a shortcut: what comes later in this order and is not longer differs within the bits of the outer one',
    ),
  ),
  row('prefix-columns.ts', 'for (let w = 0; w * 32 < bits; w++) {', 'w * 32 <= bits', 'of the word behind the last one no bit is compared'),
];
