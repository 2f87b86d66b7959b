/**
 * Mutants of `src/compile` that live, each with the reason why no test can or should kill it.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of source, as they stand there
import type { Explanation } from './survivors.ts';

const row = (file: string, line: string, why: string): Explanation => ({ file: `src/compile/${file}`, line, why });

const only = (file: string, line: string, replacements: readonly string[], why: string): Explanation[] =>
  replacements.map((replacement) => ({ ...row(file, line, why), replacement }));

const PAST_TYPED = 'past its end, a typed array is read as nothing and written nowhere';

export const COMPILE_SURVIVORS: readonly Explanation[] = [
  row(
    'address-lookup.ts',
    'for (let endpoint = 0; endpoint < endpoints.count; endpoint++) {',
    'past the end the host is `undefined`, which nobody asks for',
  ),
  row(
    'decisions.ts',
    'if (passes.length > 0) return this.afterPasses(verdict, DECIDED_BY_RULES, this.atomLists.intern(list), passes);',
    'no passes are the empty list, under a key of text: the same numbers, more slowly',
  ),
  row(
    'direction.ts',
    "if (!policySet.tiers.some(({ match }) => match === 'first')) return [];",
    'where no tier is like that nothing is judged',
  ),
  row('direction.ts', 'if (judged.length > 0) {', 'a fold that is made and never used'),
  row(
    'direction.ts',
    "input.ownNode === 'from-node' && direction === 'egress'",
    'the column is taken from the egress half only: nothing reads that of ingress',
  ),
  row(
    'units.ts',
    'if (place !== NONE_32) {',
    'what has neither group nor prefix has no first unit either; without first units all are found among the others, in the same order: slower',
  ),
  row('units.ts', 'if (first === NONE_32) {', 'the first unit of a group or a prefix is found among the others then: slower'),
  row(
    'units.ts',
    'if (asked !== NOTHING_ASKED || nodeGroup !== NONE_32) {',
    'under a key of text the same endpoints form a unit, in the same order: slower',
  ),
  ...only(
    'units.ts',
    'return ((group + 1) >>> 0) * (this.prefixes + 1) + ((prefix + 1) >>> 0);',
    ['(group + 1 >>> 0) * (this.prefixes + 1) - (prefix + 1 >>> 0)'],
    'the second number is below the factor of the first: subtracted it tells pairs apart as it does added',
  ),
  ...only(
    'units.ts',
    'return ((group + 1) >>> 0) * (this.prefixes + 1) + ((prefix + 1) >>> 0);',
    ['group - 1'],
    'every group still has a number of its own',
  ),
  ...only(
    'units.ts',
    'return ((group + 1) >>> 0) * (this.prefixes + 1) + ((prefix + 1) >>> 0);',
    ['prefix - 1'],
    'every prefix still has a number of its own: those of prefix 0 and of none wrap to 2**32 - 1 and 2**32 - 2, past all keys until groups times prefixes are as many',
  ),
  row(
    'units.ts',
    "const text = ports.map(({ protocol, name, port }) => `${protocol}/${name}=${port}`).join(' ');",
    'a number ends before the capital letter of the next protocol, and port names hold neither `/` nor `=`',
  ),
  row('units.ts', 'if (namedPorts.length === 0 || this.portNames.size === 0) return NOTHING_ASKED;', 'the filter finds none either'),
  row('units.ts', 'if (namedPorts !== this.lastPorts) {', 'the same list gives the same object again: slower'),
  row(
    'entries.ts',
    "if (port.protocol !== 'any' && port.protocol !== protocol) continue;",
    'numbers of a name are known only for the protocols that some rule asks for, and that rule makes the same cuts',
  ),
  row(
    'label-index.ts',
    'return postings.length > 1 ? selected.sort((a, b) => a - b) : selected;',
    'the items of one posting are in order: sorting them changes nothing',
  ),
  row(
    'label-index.ts',
    'if (size < bestSize) [best, bestSize] = [postings, size];',
    'of two requirements that offer equally many items either may be the one to begin with, as all are checked',
  ),
  row('pack.ts', 'for (let endpoint = 0; endpoint < count; endpoint++) {', 'one past the end of a typed array is written nowhere'),
  ...only(
    'label-index.ts',
    'if (asked?.has(key) === false) continue;',
    ['false'],
    'saves memory: postings that nobody asks for change nothing',
  ),
  ...only(
    'pack.ts',
    'const next = page[0] === portClass ? Math.floor(end() / PAGE_CELLS_32) : at + 1;',
    ['false'],
    'a page at a time: like pages are made again, and are interned to the same number',
  ),
  ...only(
    'pack.ts',
    'for (let i = 0; i < PAGE_CELLS_32; i++) {',
    ['i <= PAGE_CELLS_32'],
    'one past the end of a page is written nowhere, and the class that begins there begins',
  ),
  row('page-tree.ts', 'if (leaf === this.current) return;', 'of a page that is open nothing is stored and nothing loaded'),
  row('peer-sets.ts', "let key = '';", 'a beginning that all keys share'),
  row(
    'peer-sets.ts',
    "const namespace = 'name' in namespaces ? this.numberOfNamespace(namespaces.name) * 2 : this.selectorNumber(namespaces.selector) * 2 + 1;",
    'odd numbers for selectors all the same, one for each, and even ones for names',
  ),
  row(
    'peer-sets.ts',
    'this.ofNodes ??= allUnits(this.endpoints).filter((unit) => units.nodeGroup[unit] !== NONE_32);',
    'there is no group of the number NONE_32: it is not chosen',
  ),
  row(
    'peer-sets.ts',
    'return Uint32Array.from(units).sort();',
    'classes are numbered by the first unit that they hold and sorted where they are listed: what is made of a set does not depend on the order of its units',
  ),
  row(
    'row-store.ts',
    'for (let from = offset, to = 0; to < tops.length; from += 2 * blocks, to += blocks) {',
    'one past the end of a typed array is written nowhere',
  ),
  row('row-store.ts', 'for (let row = 0; row < tops.length; row++) {', 'one past the end of a typed array is written nowhere'),
  row(
    'row-store.ts',
    'for (let i = 0; i < pagesPerRow; i++) pages[row * pagesPerRow + i] = blocks[start + i]!;',
    'one past the end of a row is the beginning of the next, which is written after it, or nowhere',
  ),
  row('segments.ts', 'if (local.length === 0) {', 'without a cut there is one segment all the same'),
  row(
    'subject-classes.ts',
    'for (let unit = 0; unit < ofUnit.length; unit++) {',
    'one past the end no policy selects anything, and nothing is written',
  ),
  row('ways.ts', "return this.main === 'ended' && !this.otherHere && !this.otherPast;", 'a shortcut: what has ended no tier changes'),
  row('tier-judge.ts', 'if (match === undefined) {', 'a memo: the same is made again'),
  row('fold-nodes.ts', 'this.made.push(++this.madeSoFar);', 'numbers that are not given again, upwards or downwards'),
  row(
    'fold.ts',
    'if (rowOfList.get(each) === NONE_32) rowOfList.set(each, this.segmentRow(segments, i, base));',
    'a memo: the same row is made again',
  ),
  ...only('fold.ts', 'if (start.get(segment) === end) return base;', ['false'], 'a shortcut: a row that nothing changes is its template'),
  ...only('fold.ts', 'if (hasMore) nodes.decision.fill(NONE_32);', ['true'], 'what is known is decided again'),
  ...only('fold.ts', '} else if (from === 0) {', ['true'], 'those that left node 0 are noted more than once, and written once'),
  ...only(
    'fold.ts',
    'if (!hiding.hides(atom)) return false;',
    ['false'],
    'an atom that hides nothing is remembered: less is found hidden here, and the nodes leave it out',
  ),
  ...only(
    'fold.ts',
    'const peers = others.length === 0 && isAscending(some) ? some : this.inOrder(some, others);',
    ['false'],
    'a shortcut: what is in order is put in order',
  ),
  row(
    'fold.ts',
    'for (let i = 1; i < numbers.length; i++) if (numbers.get(i) <= numbers.get(i - 1)) return false;',
    'a shortcut: what is in order is put in order, and what stands twice has one decision',
  ),
  ...only('fold.ts', 'return true;', ['false'], 'a shortcut: what is in order is put in order'),
  ...[
    ['for (let i = 0; i < touched.length; i++) node[touched.get(i)] = 0;', 'i <= touched.length'],
    ['for (let i = 0; i < peers.length; i++) newDecisions.push(this.decisionOf(node[peers.get(i)]!));', 'i <= peers.length'],
    ['for (let i = 0; i < some.length; i++) changed.add(some.get(i));', 'i <= some.length'],
    ['for (let i = 0; i < others.length; i++) changed.add(others.get(i));', 'i <= others.length'],
    ['for (let i = 0; i < forAll.length; i++) matched[i] = forAll.get(i);', 'i <= forAll.length'],
  ].flatMap(([line, replacement]) =>
    only(
      'fold.ts',
      line!,
      [replacement!],
      'one peer class more gets the decision or the node that it has; one atom more is written over, or behind the last',
    ),
  ),
  ...only(
    'page-blocks.ts',
    'for (; rest > 0 && this.written > 0; rest--) this.write(page);',
    ['true', 'this.written >= 0'],
    'a shortcut: page by page, whole blocks are the same',
  ),
  ...only(
    'hiding.ts',
    "const atoms = tiers.some(({ match }) => match === 'first') ? atomRule.length : 0;",
    ['true'],
    'columns of atoms that hide nothing',
  ),
  row(
    'hiding.ts',
    'return atom < this.firstHidden.length && this.firstHidden[atom] !== NONE_32;',
    'taken for one that hides it stands before one that does: less is left out, so that more is decided',
  ),
  row(
    'fold-nodes.ts',
    'if (known < made.length && made.get(known) === lastMade.get(from) && atomOf.get(known) === atom) return known;',
    'a node of its own for each peer class: the same decisions, more slowly',
  ),
  row(
    'fold-nodes.ts',
    'return hiding.hides(atom) && (last === 0 || !hiding.hideAlike(atomOf.get(last), atom));',
    'where nothing more is hidden, the atoms are gone through in vain; the root has no atom, which hides like no other',
  ),
  ...only(
    'fold-nodes.ts',
    'for (let at = node; at !== 0; at = parent.get(at)) if (hiding.isHidden(atomOf.get(at), by)) kept = parent.get(at);',
    ['true'],
    'what stands before all that is hidden is left out and met again: the same atoms, more slowly',
  ),
  ...only(
    'row-map.ts',
    'while (run < last && ends.get(run) < past && rows.get(run + 1) === row) run++;',
    ['run >= last', 'true', 'ends.get(run) >= past'],
    'rows that follow each other and are alike make the same pages one by one',
  ),
  ...only(
    'row-map.ts',
    'const mixed = run === last ? pagesPerSubject : Math.floor(ends.get(run) / PAGE_CELLS_32);',
    ['false'],
    'the pages of the last row are the same one by one, wherever it is said to end',
  ),
  ...only(
    'address-lookup.ts',
    'const target = intervals[family].target.slice();',
    ['intervals[family].target'],
    'nothing reads the intervals afterwards that are written over then',
  ),
  ...only(
    'address-lookup.ts',
    'for (let i = 0; i < target.length; i++) target[i] = resolved[target[i]!]!;',
    ['i <= target.length'],
    PAST_TYPED,
  ),
  ...only(
    'address-lookup.ts',
    'if (known === undefined || compareText(name, known) < 0) names.set(host, name);',
    ['compareText(name, known) <= 0'],
    'sets what is there',
  ),
  ...only('peer-sets.ts', 'if (match !== this.lastMatch) {', ['true'], 'a shortcut: what is looked up again is the same'),
  ...only('peer-sets.ts', 'if (set === undefined) {', ['true'], 'a cache: what is looked up again is the same'),
  ...only(
    'entries.ts',
    "if (ports === 'any' || ports === last) continue;",
    ["ports === 'any'", 'false'],
    'a shortcut: what is added again is there',
  ),
  ...only(
    'entries.ts',
    'if (!list.includes(declared.port)) list.push(declared.port);',
    ['true'],
    'a boundary that is added again is there: slower',
  ),
  ...only('peer-sets.ts', 'private lastSet = -1;', ['+1'], 'not read before there is a last match, and with that it is set'),
  ...only(
    'peer-sets.ts',
    'return number < this.namespaceCount ? number : -1;',
    ['number <= this.namespaceCount'],
    'the first number of a name without a namespace: the groups from behind the last one on, which are none',
  ),
  ...only(
    'peer-sets.ts',
    'if (namespace >= 0) this.pushPods(pods, namespaceStart[namespace]!, namespaceStart[namespace + 1]!);',
    ['true'],
    'of the namespace -1 the groups from the first to before the first: none',
  ),
  ...only(
    'peer-sets.ts',
    'for (let i = 0; i < groups.length; i++) {',
    ['i <= groups.length'],
    'past the end there is no group, and where its units begin is compared with nothing',
  ),
  ...only(
    'peer-sets.ts',
    'const excluded = except.length === 0 ? NO_PREFIXES : new Set(except.map((prefix) => prefixes.numberOf(prefix)));',
    ['false'],
    'a shortcut: an empty set is made anew',
  ),
  ...only('columns.ts', 'if (text !== strings[last]) {', ['true'], 'a shortcut: neighbours with one text look it up once'),
  ...only(
    'columns.ts',
    'last = next < strings.length && text === strings[next] ? next : interner.intern(text);',
    ['false', 'true && text === strings[next]', 'next <= strings.length'],
    'a shortcut: texts in the order of others are found by comparing',
  ),
  ...only(
    'endpoints.ts',
    'if (groups.length - start <= FEW_GROUPS) {',
    ['true', 'false'],
    'what is found by comparing is found in the map',
  ),
  ...only(
    'columns.ts',
    'if (ascii.length === joined.length) return { stringBytes: ascii, stringStart: start };',
    ['false'],
    'a shortcut: where every text is ASCII the bytes are the same either way',
  ),
  ...only(
    'direction.ts',
    'for (let set = 0; set < sets.count; set++) if (isUsed[set] === 1) partition.split(units, sets.start(set), sets.start(set + 1));',
    ['set <= sets.count'],
    'no set is used that is not there',
  ),
  ...only('direction.ts', 'for (let set = 0; set < sets.count; set++) {', ['set <= sets.count'], 'no set is used that is not there'),
  ...only(
    'pack.ts',
    'rule.ruleIndex[i] = index < 0 ? NONE_32 : index;',
    ['false'],
    'the only index below 0 is -1, which is NONE_32 as a uint32',
  ),
  ...only(
    'label-index.ts',
    'const isMet = selector.length === 1;',
    ['false'],
    'a shortcut: what a posting holds meets the one requirement',
  ),
  ...only('label-index.ts', 'if (selector.length === 1) return this.postingsFor(selector[0]!);', ['false'], 'the shortest of one'),
  ...only(
    'pack.ts',
    'if (list.length - first <= FEW_WORKLOADS) {',
    ['false', 'true', 'list.length - first < FEW_WORKLOADS'],
    'what is found by comparing is found in the map',
  ),
  ...only(
    'row-store.ts',
    'if (this.hasUnknown) setBit(unknownTree, peer, says === UNKNOWN);',
    ['true'],
    'a shortcut: as long as nothing is unknown the bits are 0 already',
  ),
  ...only(
    'subject-classes.ts',
    "const key = ports.length === 0 ? '' : `${list} ${JSON.stringify(ports)}`;",
    ['false'],
    'a shortcut: lists without ports under a key of text, too',
  ),
];
