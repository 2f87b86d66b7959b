/**
 * Mutants of `src/reference` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const ADDRESSES = 'src/reference/addresses.ts';
const ENDS = 'src/reference/ends.ts';
const REFERENCE = 'src/reference/reference.ts';

export const REFERENCE_SURVIVORS: readonly Explanation[] = [
  { file: ADDRESSES, line: 'if (!known.has(text)) {', replacement: 'true', why: 'reads the same text again: the cache saves time only' },
  { file: ADDRESSES, line: 'if (known.size >= 100_000) known.clear();', why: 'the bound of a cache: what is forgotten is read again' },
  {
    file: ENDS,
    line: 'if (hosts.length === 0 || hosts.some((host) => known.has(host))) continue;',
    replacement: 'false',
    why: 'a node without addresses stands at no end of a flow',
  },
  {
    file: ENDS,
    line: 'return bitsOf([spec?.clusterIP, ...(spec?.clusterIPs ?? []), ...(spec?.externalIPs ?? []), ...balancer]);',
    replacement: '["Stryker was here"]',
    why: 'the text that Stryker adds is no address',
  },
  {
    file: ENDS,
    line: 'const known = [addressesOfPod(pod), hostAddresses(pod), node ? (nodeAddresses(manifests, profile).get(node) ?? []) : []];',
    replacement: '["Stryker was here"]',
    why: 'the node of a pod that is not gone is always among the nodes',
  },
  {
    file: 'src/reference/domain-names.ts',
    line: 'names.set(plain, [...(names.get(plain) ?? []), ...read]);',
    replacement: '["Stryker was here"]',
    why: 'the text that Stryker adds is no address, and so never that of a flow',
  },
  {
    file: 'src/reference/world.ts',
    line: 'const listed = value !== undefined && (values ?? []).includes(value);',
    replacement: '["Stryker was here"]',
    why: 'operators that look at values have some, which validation demands',
  },
  {
    file: REFERENCE,
    line: 'return peers.some((each) => matchesPeer(world, each, [], namespaceOf(policy), { pod, isNode: false }));',
    replacement: 'true',
    why: 'of a face that is a pod nobody asks whether it is a node',
  },
  ...[
    'const ofRule = peersOfRule.flatMap(({ ipBlock }) => ipBlock?.except ?? []);',
    "const excepts = (exceptScope === 'block' ? (block.except ?? []) : ofRule).filter((except) => lengthOf(except) > lengthOf(entry));",
  ].map((line) => ({
    file: REFERENCE,
    line,
    replacement: '["Stryker was here"]',
    why: 'the text that Stryker adds has no prefix length, and so is longer than no block',
  })),
  {
    file: 'src/reference/admin.ts',
    line: "const fault = ({ rules }: Placed) => rules[0]?.matches[0]?.reason.because ?? '';",
    replacement: '"Stryker was here!"',
    why: 'only policies that could not be read share kind and name, and each says what is wrong with it',
  },
];
