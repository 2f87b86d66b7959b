/**
 * Mutants of `src/evaluate` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const LOOKUP = 'src/evaluate/address-lookup.ts';
const INDEX = 'src/evaluate/address-index.ts';
const DIRECTORY = 'src/evaluate/directory.ts';
const KERNEL = 'src/evaluate/kernel.ts';

const CUBE = 'src/evaluate/verdict-cube.ts';

const SINGLE_READS = 'a single read says the same, only slower';

const SHORTCUT = 'a shortcut: where there are no such bits, reading past the end of the empty column gives none';

const MASK = 'one or all ones: with 0 or 1 either mask gives the same';

/** Comparisons of an IPv6 address, word by word, whose outcome goes through a mask of 0 or 1. */
const COMPARED_WORDS = ['fourth', 'second', 'next'].flatMap((start, i) => [
  `${i === 0 ? 'let ' : ''}passed = +(start[${start} | 3]! <= a3);`,
  `passed = +(start[${start} | 2]! < a2) | (+(start[${start} | 2]! === a2) & passed);`,
  `passed = +(start[${start} | 1]! < a1) | (+(start[${start} | 1]! === a1) & passed);`,
  `passed = +(start[${start}]! < a0) | (+(start[${start}]! === a0) & passed);`,
]);

export const EVALUATE_SURVIVORS: readonly Explanation[] = [
  {
    file: 'src/evaluate/decision-kernel.ts',
    line: 'const samePlace = endpointPlace[from] === endpointPlace[to];',
    replacement: 'true',
    why: 'a shortcut: ends in different places are never the same pod, nor a pod and its node',
  },
  {
    file: KERNEL,
    line: 'if ((endpointPlace[from]! | 0) === (endpointPlace[to]! | 0) && verdict === 0) {',
    replacement: 'true',
    why: 'a shortcut: ends in different places are never the same pod, nor a pod and its node',
  },
  { file: KERNEL, line: 'const ingressUnknown = ingressUnknownPage.length > 0;', why: SHORTCUT },
  { file: KERNEL, line: 'const egressUnknown = egressUnknownPage.length > 0;', why: SHORTCUT },
  { file: KERNEL, line: 'const anyUnknown = ingressUnknown || egressUnknown;', replacement: 'true', why: SHORTCUT },
  {
    file: 'src/evaluate/explain.ts',
    line: 'if (text !== NONE_32 && (isUnknown || columns.atomOpen[atom] === 1)) return names.text(text);',
    replacement: 'true',
    why: 'an unknown rule and one that is open always have a text; only tables from outside may lack it',
  },
  {
    file: 'src/evaluate/explain.ts',
    line: 'return policy !== other && policyGroup[policy] === policyGroup[other] && ruleAction[a] !== ruleAction[b];',
    replacement: 'true',
    why: 'of the rules of one group that are reasons, those of other policies say something else (what the groups are is tested)',
  },
  {
    file: DIRECTORY,
    line: "const kinds = typeof end === 'object' && end !== null ? Object.keys(end) : [];",
    replacement: '["Stryker was here"]',
    why: 'what Stryker adds is no kind of end, and refused as nothing is',
  },
  {
    file: DIRECTORY,
    line: "const pod = kind === 'pod' ? this.nameIndex().pods.get(text) : undefined;",
    replacement: 'undefined',
    why: 'the way of all names finds the pod, too: this one is faster',
  },
  {
    file: DIRECTORY,
    line: "if (wanted !== 'pod' && kind !== 'pod') {",
    why: 'asks the workloads of the kind `pod`, of which there are none',
  },
  {
    file: DIRECTORY,
    line: "const candidates = [...(wanted === 'workload' ? [] : pods.keys()), ...(wanted === 'pod' ? [] : workloads.keys())];",
    replacement: '["Stryker was here"]',
    why: 'the text that Stryker adds is near to no name',
  },
  {
    file: DIRECTORY,
    line: 'if (target < endpointKind.length) return { endpoints: [target], isAddress: true, owner: undefined, unreadable: false };',
    replacement: 'false',
    why: '`isAddress` matters only with several endpoints',
  },
  {
    file: 'src/evaluate/names.ts',
    line: 'for (let i = 0; i < properties.length; i += 2) if (this.text(properties[i]!) === name) return this.text(properties[i + 1]!);',
    replacement: 'i <= properties.length',
    why: 'one past the end is the text of no property',
  },
  {
    file: 'src/evaluate/names.ts',
    line: 'const words = Array.from(columns.prefixWords.subarray(object * 4, object * 4 + (family === 4 ? 1 : 4)));',
    replacement: 'false',
    why: 'the words after the first of an IPv4 address are not printed',
  },
  {
    file: 'src/lib/narrow.ts',
    line: 'for (let i = 0; i < column.length; i++) if (column[i]! > 0xffff) return column;',
    replacement: 'i <= column.length',
    why: 'one past the end is no number and not too large',
  },
  ...COMPARED_WORDS.map((line) => ({ file: LOOKUP, line, why: MASK })),
  {
    file: LOOKUP,
    line: 'if (slot > last || address < low) slot = address < low ? 0 : last;',
    replacement: 'slot >= last',
    why: 'the last slot becomes the last slot',
  },
  {
    file: LOOKUP,
    line: 'if (slot > last || address < low) slot = address < low ? 0 : last;',
    replacement: 'address <= low',
    why: 'the first address is in the first slot anyway',
  },
  {
    file: LOOKUP,
    line: 'if (slot > last || address < low) slot = address < low ? 0 : last;',
    replacement: 'false',
    why: 'what is before the first address wraps to a slot far behind the last: a directory below the first spans less than the word',
  },
  {
    file: LOOKUP,
    line: 'if (slot > last || key < low) slot = key < low ? 0 : last;',
    replacement: 'slot >= last',
    why: 'the last slot becomes the last slot',
  },
  {
    file: LOOKUP,
    line: 'if (slot > last || key < low) slot = key < low ? 0 : last;',
    replacement: 'key <= low',
    why: 'the first address is in the first slot anyway',
  },
  {
    file: LOOKUP,
    line: 'return targetOf[addresses[address + word]! < start[first * 4 + word]! ? first - 1 : directories[at + 6]!]! << 2;',
    replacement: 'addresses[address + word]! <= start[first * 4 + word]!',
    why: 'the words differ: the loop above ends there',
  },
  ...['true', 'at <= end'].map((replacement) => ({
    file: INDEX,
    line: 'if (slot > 0 && at < end && this.isFirst(at, word, low + slot * 2 ** shift)) at++;',
    replacement,
    why: 'the start behind those of a slot is in a later one, so it is not the first address of this',
  })),
  {
    file: INDEX,
    line: 'return { slots: this.slots.view().slice(), directories: Uint32Array.from(this.cells) };',
    replacement: 'this.slots.view()',
    why: 'the copy lets go of the room that was left over',
  },
  { file: INDEX, line: 'if (cost < bestCost) {', replacement: 'cost <= bestCost', why: 'of two widths that cost the same, either' },
  { file: INDEX, line: 'if (left === 0) break;', replacement: 'false', why: 'a shortcut: narrower slots cost more, so none is chosen' },
  {
    file: 'src/evaluate/decision-kernel.ts',
    line: 'const judge = compared === OWN_NODE ? judgeOf(from, to) : NONE_32;',
    replacement: 'true',
    why: 'nobody but a policed pod has a host that is the other end',
  },
  {
    file: KERNEL,
    line: 'const judgesOwnNode = columns.egressOwnNode.length > 0;',
    replacement: 'columns.egressOwnNode.length >= 0',
    why: SINGLE_READS,
  },
  { file: KERNEL, line: 'const same = +(self === other);', why: MASK },
  { file: KERNEL, line: 'const ownNode = (+(self === endpointHost[to]) | +(endpointHost[from] === other)) & (same ^ 1);', why: MASK },
  ...['true', 'judgesOwnNode || ownNode === 1'].map((replacement) => ({
    file: KERNEL,
    line: 'if (judgesOwnNode && ownNode === 1) verdicts[i] = reader.verdict(from, to, protocol[i]!, number);',
    replacement,
    why: SINGLE_READS,
  })),
  {
    file: CUBE,
    line: 'const sources = classesOf(endpointEgressSubject, endpointIngressPeer, most / ports);',
    replacement: 'most * ports',
    why: 'a shortcut: with too many sources there is no room for a destination',
  },
  {
    file: CUBE,
    line: 'for (let port = 0; port < ports; port++) {',
    replacement: 'port <= ports',
    why: 'there is no room for what would be written past the end',
  },
  { file: KERNEL, line: 'if (!egressUnknown) return DENY;', replacement: 'false', why: SHORTCUT },
  { file: KERNEL, line: 'if (egressUnknown) {', replacement: 'true', why: SHORTCUT },
  { file: KERNEL, line: 'if (ingressUnknown) {', replacement: 'true', why: SHORTCUT },
];
