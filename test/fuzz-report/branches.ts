/**
 * The branches of the engine and the reference that the differential run does not take, each with the reason and the test that takes it instead.
 * `check` compares a coverage map with this table: a branch that is not taken and not listed is a gap in the generators, an entry that is taken is out of date.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

export interface Untaken {
  /** File below the root of the repository. */
  readonly file: string;
  /** Part of the line that the branch stands on, or `*` for all of the file. */
  readonly code: string;
  readonly reason: string;
}

const UNTAKEN: readonly Untaken[] = [
  // Not part of verdicts.
  { file: 'src/lib/alias-table.ts', code: '*', reason: 'draws from traffic mixes: test/unit/lib/random.test.ts' },
  { file: 'src/lib/random.ts', code: 'copyState(into', reason: 'begins batches of the flow generator: test/unit/lib/random.test.ts' },
  {
    file: 'src/engine/changing-cluster.ts',
    code: "severity === 'error' ?",
    reason: 'objects of which only the diagnostic is left: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/engine/changing-cluster.ts',
    code: 'manifests.context?.workloads',
    reason: 'manifests that were made by hand have no context: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/engine/changing-cluster.ts',
    code: 'compiled.unread.has',
    reason: 'what could not be read and is applied: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/engine/changing-cluster.ts',
    code: 'diagnostic.object === undefined',
    reason: 'warnings about no object: test/unit/engine/update.test.ts',
  },
  { file: 'src/engine/changing-cluster.ts', code: 'textOfEnd(end)', reason: 'ends that are none: test/unit/engine/update.test.ts' },
  {
    file: 'src/engine/changing-cluster.ts',
    code: 'address === undefined',
    reason: 'ends that are no address and have no slash: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/engine/changing-cluster.ts',
    code: 'throw notThere(ref)',
    reason: 'removing what is not there: test/unit/engine/update.test.ts',
  },
  { file: 'src/lib/fingerprint.ts', code: '*', reason: 'names of findings in SARIF: test/unit/report/test-formats.test.ts' },
  { file: 'src/engine/engine.ts', code: 'MOST_FOCUSED', reason: 'more questions than are kept: test/unit/engine/update.test.ts' },
  {
    file: 'src/compile/lay-out-ends.ts',
    code: 'void = () => {}',
    reason: 'lint and the costs of a policy set measure no stages: test/lint, test/unit/scale',
  },
  {
    file: 'src/compile/peer-sets.ts',
    code: 'unitsOfPods(match',
    reason: 'asked for by lint and the costs of a policy set: test/lint, test/unit/scale',
  },
  ...['byKey', 'FEW_WORKLOADS', 'keyOf('].map((code) => ({
    file: 'src/compile/pack.ts',
    code,
    reason: 'many workloads in one namespace: test/unit/compile/workloads.test.ts',
  })),
  { file: 'src/compile/pack.ts', code: 'parts.errors === 0', reason: 'tables of input with errors: test/cli/matrix.test.ts' },
  { file: 'src/engine/engine.ts', code: 'errors === ', reason: 'tables of input with errors: test/cli/matrix.test.ts' },
  { file: 'src/engine/engine.ts', code: 'update() {', reason: 'an engine made from tables: test/unit/engine/update.test.ts' },
  { file: 'src/engine/engine.ts', code: 'get diagnostics', reason: 'diagnostics of an updated engine: test/unit/engine/update.test.ts' },
  { file: 'src/engine/engine.ts', code: 'get source', reason: 'what an updated engine holds: test/unit/diff/diff.test.ts' },
  {
    file: 'src/engine/focus.ts',
    code: 'canonicalAddress(text) ?? text',
    reason: 'addresses of unreadable ends are checked on input: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/engine/focus.ts',
    code: 'address === undefined',
    reason: 'ends that are no address and have no slash: test/unit/engine/update.test.ts',
  },
  { file: 'src/engine/objects-by-place.ts', code: 'change ?? []', reason: 'layered maps hold no key of nothing that was not compiled' },
  {
    file: 'src/engine/objects-by-place.ts',
    code: '(after.get(name) ?? []).filter',
    reason: 'a pod leaves an address twice that it names twice, and nothing is left the second time',
  },
  {
    file: 'src/lib/layered-map.ts',
    code: 'left.every(',
    reason: 'changes that come and go beside others: test/unit/lib/layered-map.test.ts',
  },
  {
    file: 'src/lib/layered-map.ts',
    code: 'entry.key !== key) left',
    reason: 'keys of one hash: test/unit/lib/layered-map.test.ts',
  },
  {
    file: 'src/engine/changing-cluster.ts',
    code: 'count === 0 ? undefined : count',
    reason: 'what comes and goes: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/engine/focus.ts',
    code: 'namespace === undefined || podsIn.has(namespace)',
    reason: 'unreadable policies of any namespace: test/unit/engine/update.test.ts',
  },
  {
    file: 'src/reference/reference.ts',
    code: 'administratorsSpeak(world)',
    reason: 'protocols outside the model, which generated flows do not have: test/unit/engine/questions.test.ts',
  },
  ...['manifests.adminPolicies.some(', 'manifests.unreadable.some('].map((code) => ({
    file: 'src/reference/admin.ts',
    code,
    reason: 'protocols outside the model, which generated flows do not have: test/unit/engine/questions.test.ts',
  })),
  ...[
    "protocol === 'SCTP'",
    'end < 0 || selecting.length === 0',
    'new Map(Object.entries(metadata.labels',
    'JSON.stringify(selecting.map(',
    'first.set(stem, values)',
  ].map((code) => ({
    file: 'src/dialects/caveats.ts',
    code,
    reason: 'what warnings of single profiles look for: test/unit/dialects/caveats.test.ts',
  })),
  { file: 'src/evaluate/address-index.ts', code: '*', reason: 'addresses in batches: test/unit/evaluate/address-lookup.test.ts' },
  { file: 'src/evaluate/address-lookup.ts', code: '*', reason: 'addresses in batches: test/unit/evaluate/address-lookup.test.ts' },
  {
    file: 'src/evaluate/directory.ts',
    code: 'there is no lookup target',
    reason: 'a number that no lookup gives: test/unit/evaluate/address-lookup.test.ts',
  },
  { file: 'src/evaluate/names.ts', code: 'ENDPOINT_PREFIX', reason: 'names of blocks in reports: test/unit/evaluate/directory.test.ts' },
  {
    file: 'src/evaluate/names.ts',
    code: 'columns.prefixWords',
    reason: 'names of blocks in reports: test/unit/evaluate/directory.test.ts',
  },
  { file: 'src/evaluate/names.ts', code: 'formatPrefix(', reason: 'names of blocks in reports: test/unit/evaluate/directory.test.ts' },
  { file: 'src/lib/ip-address.ts', code: 'formatPrefix(', reason: 'names of blocks in reports: test/unit/lib/ip-address.test.ts' },
  // Different words with one hash, which nothing that is drawn meets, and columns longer than drawn worlds need.
  { file: 'src/lib/interner.ts', code: 'return false;', reason: 'two lists of one hash: test/unit/lib/equal-hashes.test.ts' },
  { file: 'src/lib/page-store.ts', code: 'return false;', reason: 'two pages of one hash: test/unit/lib/equal-hashes.test.ts' },
  { file: 'src/lib/words.ts', code: 'return new Uint32Array(length);', reason: 'long columns: test/unit/lib/words.test.ts' },
  {
    file: 'src/lib/prefix-table.ts',
    code: 'goPast(addresses',
    reason: 'an address that is the last of its family: test/laws/set-algebras.ts',
  },
  { file: 'src/compile/mentions.ts', code: 'MOST_REMEMBERED', reason: 'very many blocks: test/unit/compile/mentions.test.ts' },
  ...['this.blocks.size < MOST_REMEMBERED', 'this.prefixes.size < MOST_REMEMBERED'].map((code) => ({
    file: 'src/dialects/shared-parts.ts',
    code,
    reason: 'very many blocks: test/unit/dialects/shared-parts.test.ts',
  })),
  ...['lastWords(', '(word | ~wordMask', 'comparePrefixes(', 'a.family - b.family || compareWords(a.words'].map((code) => ({
    file: 'src/lib/ip-address.ts',
    code,
    reason: 'ranges and blocks in reports and traffic mixes: test/unit/lib/ip-address.test.ts',
  })),
  ...['isAmong(', 'return false;'].map((code) => ({
    file: 'src/compile/prefixes.ts',
    code,
    reason: 'a mistake of the program: test/unit/lib/many-small.test.ts',
  })),
  { file: 'src/lib/slots.ts', code: 'this.slots.length > this.size', reason: 'many things, forgotten: test/unit/lib/structures.test.ts' },
  { file: 'src/lib/words.ts', code: 'column.slice()', reason: 'where nothing can be shared: test/unit/lib/words.test.ts' },
  {
    file: 'src/lib/pair-interner.ts',
    code: 'get count()',
    reason: 'how many there are is asked by tests: test/unit/lib/many-small.test.ts',
  },
  { file: 'src/lib/interner.ts', code: 'columns()', reason: 'snapshots ask it: test/unit/lib/structures.test.ts' },
  { file: 'src/lib/interner.ts', code: 'get(list: number)', reason: 'comparing asks it: test/unit/lib/equal-hashes.test.ts' },
  ...['get policies()', 'this.numberedPolicies', 'get rules()', 'this.numberedRules', 'private rulesOf(', 'length: this.rulesTo('].map(
    (code) => ({
      file: 'src/compile/catalogue.ts',
      code,
      reason: 'lint and the costs of the policy-scale benchmark look at single rules: test/lint/cases.test.ts',
    }),
  ),
  ...['*describe(', 'yield unresolved'].map((code) => ({
    file: 'src/compile/entries.ts',
    code,
    reason: 'the costs of the policy-scale benchmark: test/unit/scale/costs.test.ts',
  })),
  { file: 'src/lib/ascending.ts', code: 'count > MOST_INSERTED', reason: 'many atoms for one peer: test/unit/lib/structures.test.ts' },
  { file: 'src/lib/order-of-texts.ts', code: 'code >= 255', reason: 'names of namespaces are ASCII: test/unit/lib/order-of-texts.test.ts' },
  {
    file: 'src/compile/row-store.ts',
    code: 'verdictRowOf.push(verdictRows.close())',
    reason: 'a row of one decision that was derived from another first',
  },
  { file: 'src/evaluate/names.ts', code: 'policyOrigin', reason: 'places of policies in reports: test/unit/report/decision.test.ts' },
  // Arguments that only a programmer can get wrong.
  { file: 'src/lib/random.ts', code: 'Number.isSafeInteger(seed)', reason: 'throws for a bad seed: test/unit/lib/random.test.ts' },
  { file: 'src/lib/random.ts', code: 'Number.isInteger(stream)', reason: 'throws for a bad stream: test/unit/lib/random.test.ts' },
  {
    file: 'src/compile/endpoints.ts',
    code: 'pod !== pods.length',
    reason: 'an invariant of buildCluster, which sorts pods and makes every namespace',
  },
  {
    file: 'src/dialects/shared-parts.ts',
    code: 'parsed === undefined',
    reason: 'CIDRs are checked on input: test/input/bad-addresses-and-ports.test.ts, test/input/admin-peers.test.ts',
  },
  {
    file: 'src/reference/addresses.ts',
    code: 'is not a CIDR',
    reason: 'CIDRs are checked on input: test/input/bad-addresses-and-ports.test.ts',
  },
  {
    file: 'src/dialects/declared-ports.ts',
    code: 'spec?.containers ?? []',
    reason: 'a pod without containers that a rule under kube-router asks: test/unit/dialects/profile-switches.test.ts',
  },
  {
    file: 'src/dialects/read-differently.ts',
    code: 'if (cidr === undefined) return found;',
    reason: 'CIDRs are checked on input: test/input/bad-addresses-and-ports.test.ts',
  },
  {
    file: 'src/dialects/read-differently.ts',
    code: 'prefix === undefined',
    reason: 'CIDRs are checked on input: test/input/bad-addresses-and-ports.test.ts',
  },
  {
    file: 'src/dialects/resolved-names.ts',
    code: "protocol === 'any' ? 'TCP' : protocol",
    reason: 'ports of NetworkPolicies have a protocol; the type also serves administrators, whose names have none',
  },
  {
    file: 'src/reference/port-names.ts',
    code: 'pods.flatMap((pod) => portsNamed',
    reason: 'names without a protocol, which is TCP: which of two is drawn is luck',
  },
  {
    file: 'src/dialects/not-enforced.ts',
    code: 'policies are',
    reason: 'one policy more than are listed: the plural is for reading',
  },
  ...['const fault =', 'compare(fault(a), fault(b))'].map((code) => ({
    file: 'src/reference/admin.ts',
    code,
    reason: 'two policies of one place, neither with a name: test/unit/dialects/nameless-policies.test.ts',
  })),
  ...['const isUnreadable =', 'Number(isUnreadable(b)) - Number(isUnreadable(a))'].map((code) => ({
    file: 'src/reference/admin.ts',
    code,
    reason: 'two policies of one name and place: test/unit/engine/equal-names.test.ts',
  })),
  {
    file: 'src/reference/reference.ts',
    code: 'written ?? []',
    reason: 'a list that is not there has no item to ask about; the type does not say so',
  },
  {
    file: 'src/reference/ways.ts',
    code: 'why === undefined',
    reason: 'an open match always says what is open; the type does not say so',
  },
  {
    file: 'src/reference/addresses.ts',
    code: 'known.size >= 100_000',
    reason: 'bounds the memory of a cache, verdicts do not depend on it',
  },
  {
    file: 'src/reference/ends.ts',
    code: 'addressesOfPod(pod), hostAddresses(pod)',
    reason: 'nodeOf returns names of nodeAddresses only; the type of Map.get does not say so',
  },
  // Texts that no policy and no flow end is made of.
  {
    file: 'src/lib/ip-address.ts',
    code: 'if (slash < 0) return undefined',
    reason: 'CIDRs that are none: test/unit/lib/ip-address.test.ts',
  },
  {
    file: 'src/lib/ip-address.ts',
    code: 'if (length < 0) return undefined',
    reason: 'CIDRs that are none: test/unit/lib/ip-address.test.ts',
  },
  {
    file: 'src/lib/ip-address.ts',
    code: 'if (length > 32) return undefined',
    reason: 'CIDRs that are none: test/unit/lib/ip-address.test.ts',
  },
  {
    file: 'src/lib/ip-address.ts',
    code: 'if (digits < 1 ||',
    reason: 'CIDRs that are none: test/unit/lib/ip-address.test.ts',
  },
  {
    file: 'src/lib/ip-address.ts',
    code: 'if (code < DIGIT_0 || code > DIGIT_9) return -1',
    reason: 'CIDRs that are none: test/unit/lib/ip-address.test.ts',
  },
  ...["address.includes(':')", 'length > 128'].map((code) => ({
    file: 'src/lib/ip-address.ts',
    code,
    reason: 'CIDRs that are none: test/unit/lib/ip-address.test.ts',
  })),
  { file: 'src/lib/quote.ts', code: 'codePointAt', reason: 'control characters in messages: test/unit/report/inspection.test.ts' },
  // Tables that compile does not make.
  {
    file: 'src/lib/prefix-table.ts',
    code: 'this.target[last - 1] === target',
    reason: 'in compile every prefix and address is a target of its own: the set laws take it, test/laws/set-algebras.ts',
  },
  {
    file: 'src/lib/prefix-table.ts',
    code: 'this.target[last] !== target',
    reason: 'in compile every prefix and address is a target of its own: the set laws take it, test/laws/set-algebras.ts',
  },
  {
    file: 'src/engine/engine.ts',
    code: "names.property('profile')",
    reason: 'tables of another writer may lack the property; compile always writes it',
  },
  // What is too large for generated worlds, or not about verdicts.
  {
    file: 'src/compile/row-store.ts',
    code: 'blocksPerRow > 1',
    reason: 'rows of more than 16 pages: test/unit/engine/rows-in-blocks.test.ts',
  },
  {
    file: 'src/evaluate/table-code.ts',
    code: 'this.tables.columns[blocks].length === 0',
    reason: 'pages in blocks: test/unit/evaluate/kernel-layouts.test.ts',
  },
  ...[
    { file: 'src/compile/page-blocks.ts', code: '*' },
    { file: 'src/compile/row-map.ts', code: '> MOST_PAGES' },
    { file: 'src/compile/row-map.ts', code: 'inBlocks ?' },
    { file: 'src/evaluate/port-strips.ts', code: 'blocks.length > 0' },
  ].map((part) => ({
    ...part,
    reason: 'subject classes of many ports: test/unit/compile/row-map.test.ts, test/unit/engine/rows-in-blocks.test.ts',
  })),
  {
    file: 'src/evaluate/kernel.ts',
    code: 'cube !== undefined',
    reason: 'too many verdicts for a cube: test/unit/evaluate/kernels.test.ts',
  },
  ...[
    'return (count) => {',
    'flowsBeforeStrips > 0',
    'createKernelOfStrips(',
    'withStrips',
    'strips !== undefined',
    'instanceof RangeError',
    'buildStripsFor',
    'FLOWS_BEFORE_STRIPS)',
    'buildStripEnds(reader) ?? null',
  ].map((code) => ({
    file: 'src/evaluate/kernel.ts',
    code,
    reason: 'strips after many flows: test/unit/evaluate/kernels.test.ts',
  })),
  ...['> limits', 'builder.add(subject)', '> this.mostSteps', 'egress === undefined', 'ingress === undefined'].map((code) => ({
    file: 'src/evaluate/port-strips.ts',
    code,
    reason: 'tables too large for strips: test/unit/evaluate/kernel-layouts.test.ts',
  })),
  ...['sources === undefined', 'destinations === undefined', '> most'].map((code) => ({
    file: 'src/evaluate/verdict-cube.ts',
    code,
    reason: 'too many verdicts for a cube: test/unit/evaluate/verdict-cube.test.ts',
  })),
  {
    file: 'src/dialects/label-selector.ts',
    code: 'MOST_VALUES',
    reason: 'long lists of values: test/unit/dialects/known-selectors.test.ts',
  },
  { file: 'src/lib/linear-memory.ts', code: 'RangeError', reason: 'more than 4 GB: test/unit/lib/linear-memory.test.ts' },
  ...['end > rows', 'first >= 0', 'beyondLimit(', 'this.limit !== undefined', 'limit === undefined', 'wrong >= 0'].map((code) => ({
    file: 'src/lib/row-loop.ts',
    code,
    reason: 'what kernels refuse: test/unit/lib/row-loop.test.ts, test/unit/evaluate/kernels.test.ts',
  })),
  {
    file: 'src/lib/row-loop.ts',
    code: 'this.isCopied',
    reason: 'batches in the memory of their kernel, as simulations have them: test/unit/evaluate/kernels.test.ts',
  },
  {
    file: 'src/lib/row-loop.ts',
    code: 'memory.holds(numbers)',
    reason: 'batches in the memory of their kernel, as simulations have them: test/unit/evaluate/kernels.test.ts',
  },
  ...['this.perRow === 1', 'pairAt('].map((code) => ({
    file: 'src/lib/row-loop.ts',
    code,
    reason: 'addresses of several words: test/unit/evaluate/address-lookup.test.ts',
  })),
  ...['minus(', 'timesHigh(', 'rotateLeft(', "typeof index === 'number'"].map((code) => ({
    file: 'src/lib/wasm-function.ts',
    code,
    reason: 'what only the flow generator needs: test/unit/lib/wasm-function.test.ts',
  })),
  ...['I64Value', 'constructor(code', 'constructor(number', 'atMost(', 'narrowed('].map((code) => ({
    file: 'src/lib/wasm-function.ts',
    code,
    reason: 'what only lookups of addresses need: test/unit/lib/wasm-function.test.ts',
  })),
  ...['function ', 'words = family', 'words.map', 'size'].map((code) => ({
    file: 'src/lib/address-number.ts',
    code,
    reason: 'asked when ranges are told: test/unit/lib/address-number.test.ts',
  })),
  ...['bitPages', 'allowBlock'].map((code) => ({
    file: 'src/evaluate/reader.ts',
    code,
    reason: 'asked when a matrix is listed: test/property/matrix.test.ts',
  })),
  ...['decisionRow(', 'rowDecision('].map((code) => ({
    file: 'src/evaluate/reader.ts',
    code,
    reason: 'asked when decisions of two tables are compared: test/property/diff.test.ts',
  })),
  {
    file: 'src/evaluate/reader.ts',
    code: 'blocks.length === 0',
    reason: 'pages in blocks: test/unit/engine/rows-in-blocks.test.ts',
  },
  {
    file: 'src/evaluate/reader.ts',
    code: 'judgesOwnNode(source',
    reason: 'asked when tables are compared: test/property/compare-reach.test.ts',
  },
  { file: 'src/lib/set-own.ts', code: '*', reason: 'fields of objects that are read from text: test/bad-input/hostile-names.test.ts' },
  {
    file: 'src/engine/can-reach.ts',
    code: 'this.administratorsSpeak()',
    reason: 'protocols outside the model, which generated flows do not have: test/unit/engine/questions.test.ts',
  },
  {
    file: 'src/dialects/admin-read-differently.ts',
    code: 'rest === undefined',
    reason: 'more rules than are listed: test/unit/dialects/admin-read-differently.test.ts',
  },
];

/** The part of an Istanbul coverage map that counts here. */
export type CoverageMap = Readonly<
  Record<
    string,
    {
      readonly branchMap: Readonly<Record<string, { readonly loc: Range; readonly type: string; readonly locations: readonly Range[] }>>;
      readonly b: Readonly<Record<string, readonly number[]>>;
      readonly fnMap: Readonly<Record<string, { readonly name: string; readonly loc: Range }>>;
      readonly f: Readonly<Record<string, number>>;
    }
  >
>;

interface Range {
  readonly start: { readonly line: number };
}

export interface BranchReport {
  readonly branches: number;
  readonly functions: number;
  readonly untaken: number;
  /** Not taken and not in the table: `file:line: code`. */
  readonly gaps: readonly string[];
  /** In the table, and taken or gone. */
  readonly outdated: readonly Untaken[];
}

/** `root`: folder that the files of the table are below. Functions count as branches: one that is never called hides all of its own. */
export function checkBranches(coverage: CoverageMap, root: string, table: readonly Untaken[] = UNTAKEN): BranchReport {
  const used = new Set<Untaken>();
  const gaps: string[] = [];
  const count = { branches: 0, functions: 0, untaken: 0 };
  for (const [path, { branchMap, b, fnMap, f }] of Object.entries(coverage)) {
    const file = relative(root, path);
    const lines = readFileSync(path, 'utf8').split('\n');
    const alternatives = Object.entries(branchMap).flatMap(([id, { loc, locations }]) =>
      locations.map((each, i) => ({ line: (each.start.line === undefined ? loc : each).start.line, times: b[id]?.[i] })),
    );
    const functions = Object.entries(fnMap).map(([id, { loc }]) => ({ line: loc.start.line, times: f[id] }));
    count.branches += alternatives.length;
    count.functions += functions.length;
    for (const { line } of [...alternatives, ...functions].filter(({ times }) => times === 0)) {
      count.untaken++;
      const code = lines[line - 1]?.trim() ?? '';
      const entry = table.find((each) => each.file === file && (each.code === '*' || code.includes(each.code)));
      if (entry === undefined) gaps.push(`${file}:${line}: ${code}`);
      else used.add(entry);
    }
  }
  return { ...count, gaps: [...new Set(gaps)], outdated: table.filter((entry) => !used.has(entry)) };
}
