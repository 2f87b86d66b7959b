/**
 * Mutants of `src/evaluate` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const DIRECTORY = 'src/evaluate/directory.ts';
const KERNEL = 'src/evaluate/kernel.ts';

const SHORTCUT = 'a shortcut: where there are no such bits, reading past the end of the empty column gives none';

export const EVALUATE_SURVIVORS: readonly Explanation[] = [
  {
    file: 'src/evaluate/decision-kernel.ts',
    line: 'const samePlace = endpointPlace[from] === endpointPlace[to];',
    replacement: 'true',
    why: 'a shortcut: ends in different places are never the same pod, nor a pod and its node',
  },
  {
    file: KERNEL,
    line: 'if (verdict === 0 && (endpointPlace[from]! | 0) === (endpointPlace[to]! | 0)) {',
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
    line: "const given = typeof end === 'object' && end !== null ? Object.entries(end) : [];",
    replacement: '["Stryker was here"]',
    why: 'what Stryker adds is no end of a flow, and refused as nothing is',
  },
  {
    file: DIRECTORY,
    line: 'const [kind, text] = given[0] ?? [];',
    replacement: '["Stryker was here"]',
    why: 'an object without fields is refused by their number',
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
    file: DIRECTORY,
    line: 'for (let workload = 0; workload < workloadName.length; workload++) {',
    replacement: 'workload <= workloadName.length',
    why: 'one past the end has no name that anybody could ask for',
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
    file: 'src/evaluate/narrow.ts',
    line: 'for (let i = 0; i < column.length; i++) if (column[i]! > 0xffff) return column;',
    replacement: 'i <= column.length',
    why: 'one past the end is no number and not too large',
  },
];
