/**
 * Mutants of `src/evaluate` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const INDEX = 'src/evaluate/address-index.ts';
const DIRECTORY = 'src/evaluate/directory.ts';
const KERNEL = 'src/evaluate/kernel.ts';
const TABLE_CODE = 'src/evaluate/table-code.ts';

const CUBE = 'src/evaluate/verdict-cube.ts';

export const EVALUATE_SURVIVORS: readonly Explanation[] = [
  {
    file: KERNEL,
    line: "if (tables.hasUnknown('egress') || tables.hasUnknown('ingress')) {",
    replacement: 'true',
    why: 'a shortcut: where nothing is unknown, what is not allowed is denied once more',
  },
  ...['true', 'columns.egressOwnNode.length >= 0'].map((replacement) => ({
    file: KERNEL,
    line: 'if (columns.egressOwnNode.length > 0) tables.compare(code, flow, verdict);',
    replacement,
    why: 'with a branch the same comes out, only slower',
  })),
  {
    file: TABLE_CODE,
    line: 'if (column === undefined) {',
    replacement: 'true',
    why: 'another copy of a column holds the same',
  },
  {
    file: TABLE_CODE,
    line: 'if (!hairpin && !ownNode) return;',
    replacement: 'false',
    why: 'a shortcut: the branch that would be built is never taken',
  },
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
    line: 'for (let i = 0; i < column.length; i++) bits |= column[i]!;',
    replacement: 'i <= column.length',
    why: 'one past the end is no number and has no bits',
  },
  {
    file: INDEX,
    line: 'return { slots: this.slots.view().slice(), directories: Uint32Array.from(this.cells), levels, deepest: startsAtLevel.length };',
    replacement: 'this.slots.view()',
    why: 'the copy lets go of the room that was left over',
  },
  { file: INDEX, line: 'if (cost < bestCost) {', replacement: 'cost <= bestCost', why: 'of two widths that cost the same, either' },
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
];
