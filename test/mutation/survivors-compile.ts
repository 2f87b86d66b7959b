/**
 * Mutants of `src/compile` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const row = (file: string, line: string, why: string): Explanation => ({ file: `src/compile/${file}`, line, why });

export const COMPILE_SURVIVORS: readonly Explanation[] = [
  row(
    'aims.ts',
    'const spans = ports.protocol[last] !== protocol;',
    'aims say where flows go, not what they get; a port outside its class is another aim',
  ),
  row(
    'compile.ts',
    'return pack({ cluster, profile, prefixes, addresses, endpoints, catalogue, ports, decisions, ingress, egress }, options.shared ?? false);',
    'shared memory or not, the bytes are the same',
  ),
  row('decisions.ts', 'const key = list * 4 + verdict;', 'a key of two small numbers: no two pairs meet under either'),
  row(
    'direction.ts',
    "segments: segments.map(({ active: numbers }) => ({ entries: numbers.map((entry) => activeEntries[entry]!), key: numbers.join(' ') })),",
    'two lists of ascending numbers with the same digits in a row would be one row: no test builds such a policy',
  ),
  row(
    'direction.ts',
    "const namesOfPolicy = catalogue.policies.map((_, policy) => (direction === 'ingress' ? portNamesOf(catalogue, policy) : []));",
    'a name that no pod has resolves to nothing',
  ),
  row('direction.ts', 'for (let unit = 0; unit < ofUnit.length; unit++) {', 'one past the end of a typed array is written nowhere'),
  row(
    'direction.ts',
    "return ports === 'any' ? [] : ports.flatMap((port) => (port.kind === 'named' ? [`${port.protocol}/${port.name}`] : []));",
    'a name that no pod has resolves to nothing',
  ),
  row(
    'direction.ts',
    'if (set !== EVERY_PEER) classesOfSet.set(set, Uint32Array.from(new Set(peerSets.sets[set]!.map((unit) => classOf[unit]!))).sort());',
    'classes are numbered in the order of their first unit, so the list is sorted already in most sets; order is for locality',
  ),
  row('direction.ts', 'if (first.get(entry) > 0) cuts.add(first.get(entry));', 'a cut at the first port class is there already'),
  row('direction.ts', 'for (let i = 0; i < PAGE_CELLS_32; i++) {', 'one past the end of a page is written nowhere'),
  row(
    'endpoints.ts',
    "`${draft.group} ${leaf} ${ports.map(({ protocol, name, port }) => `${protocol}/${name}=${port}`).join(' ')}`,",
    'a separator of texts that end in a number and begin with a protocol',
  ),
  row(
    'endpoints.ts',
    'for (let pod = 0; pod < podCount; pod++) start[pod + 1]! += start[pod]!;',
    'one past the end of a typed array is written nowhere',
  ),
  row(
    'endpoints.ts',
    "if (pod !== pods.length) throw new TypeError('pods are not sorted by namespace, or a namespace is missing');",
    'an invariant of buildCluster, which sorts pods and makes every namespace',
  ),
  row(
    'endpoints.ts',
    'const ips = pod.ips.length === 0 && !selectable ? (pod.node !== undefined && nodeIps.get(pod.node)) || [] : pod.ips;',
    'a host-network pod without address takes that of its node, which the lookup of the node gives as well',
  ),
  row(
    'endpoints.ts',
    'const draft = { kind: ENDPOINT_PREFIX, family, object, group: NONE_32, namedPorts: [], address: undefined, matchable: true };',
    'prefixes of the outside are matched by their leaf, whatever the flag says',
  ),
  row('fold.ts', 'if (seen[page] === 1) continue;', 'a page twice in a list is written twice'),
  row(
    'label-index.ts',
    'for (let i = lowerBound(posting, from); i < posting.length && posting[i]! < to; i++) {',
    'past the end there is `undefined`, and no group is beyond the last of the range',
  ),
  row(
    'label-index.ts',
    'return postings.length > 1 ? selected.sort((a, b) => a - b) : selected;',
    'selected groups are made into a set of units, whose order is restored later',
  ),
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
    'without a posting all groups are checked: slower, the same result',
  ),
  row(
    'label-index.ts',
    "if (operator === 'in') return values.map((value) => this.byPair.get(key)?.get(value) ?? []);",
    'without a posting all groups are checked: slower, the same result',
  ),
  row('pack.ts', 'for (let endpoint = 0; endpoint < count; endpoint++) {', 'one past the end of a typed array is written nowhere'),
  row('pack.ts', "host[endpoint] = nodeNumber.get(pods[of]!.node ?? '') ?? NONE_32;", 'no node has the name that Stryker puts there'),
  row('pack.ts', "self[endpoint] = nodeNumber.get(pods[of]!.node ?? '') ?? nobody;", 'no node has the name that Stryker puts there'),
  row(
    'pack.ts',
    'const isUniform = portClass === ports.classOf(protocol, first + PAGE_CELLS_32 - 1);',
    'whether a page may be reused is asked with a port of the next page: pages at a boundary are made again',
  ),
  row(
    'pack.ts',
    'for (let i = 0; i < PAGE_CELLS_32; i++) page[i] = ports.classOf(protocol, first + i);',
    'one past the end of a page is written nowhere',
  ),
  row(
    'peer-sets.ts',
    'return a.port === b.port && a.protocol === b.protocol && a.name === b.name;',
    'ports of one name and protocol that are equal in number; the list is sorted by protocol',
  ),
  row('peer-sets.ts', "let key = '';", 'a beginning that all keys share'),
  row('peer-sets.ts', "key += ';';", 'a separator between texts that end in a bracket'),
  row('ports.ts', 'const end = next < 0 ? PORT_COUNT : Math.min(next, PORT_COUNT);', 'the next boundary is never port class 0'),
  row('row-store.ts', 'if (row === undefined) {', 'the row is made again and interned to the same number'),
  row('row-store.ts', 'for (let cell = 0; cell < PAGE_CELLS_32; cell++) {', 'one past the end of a page is written nowhere'),
  row('row-store.ts', 'const DECISION_PAGES_PER_BIT_PAGE = PAGE_BITS / PAGE_CELLS_32;', 'more room than needed'),
  row('tier-fold.ts', 'this.seenPages = new Uint8Array(Math.ceil(peerClasses / PAGE_CELLS_32));', 'more room than needed'),
  row('tier-fold.ts', 'if (row === undefined) {', 'the row is made again and interned to the same number'),
  row('tier-fold.ts', 'for (let cell = 0; cell < PAGE_CELLS_32; cell++) {', 'one past the end of a page is written nowhere'),
  row('tier-fold.ts', 'for (let i = 0; i < entry.peers.length; i++) {', 'past the end there is `undefined`, which no state array has'),
  row('tier-fold.ts', 'if (state === this.states[from]) return from;', 'a state twice in the list leads to the same decision'),
  row(
    'tier-fold.ts',
    "if (match === 'all' && state.atoms.length > 0) return { ...OPEN, verdict: ALLOW, atoms: state.atoms };",
    'without atoms, allowing and the end of the tier meet in what follows',
  ),
  row(
    'tier-fold.ts',
    "if (match === 'all' && state.unknownAtoms.length > 0) return { ...OPEN, verdict: UNKNOWN, atoms: state.unknownAtoms };",
    'without atoms, allowing and the end of the tier meet in what follows',
  ),
  row('union-fold.ts', 'private isolated = false;', 'set at the start of every fold'),
  row('union-fold.ts', 'this.seenPages = new Uint8Array(Math.ceil(peerClasses / PAGE_CELLS_32));', 'more room than needed'),
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
