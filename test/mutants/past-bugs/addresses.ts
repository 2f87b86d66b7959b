/**
 * The mistakes of rows 35 to 46: addresses.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are texts of source files
import { BLOCKS, CHECK_CIDR, CHECK_POLICY, ENDPOINTS, ENDS, NETWORK_POLICY, PEER_SETS, POD_ADDRESSES, REFERENCE } from '../files.ts';
import type { Edits } from '../mutant.ts';

export const ADDRESSES_EDITS: Edits = {
  '35a': [
    ['src/lib/ip-address.ts', 'const first = (word & wordMask(length)) >>> 0;', 'const first = word;'],
    [BLOCKS, 'block.bits.slice(0, block.length))', "block.bits.slice(0, Math.max(block.length, block.bits.lastIndexOf('1') + 1)))"],
  ],
  '35b': [
    [
      NETWORK_POLICY,
      'except: except.map((text) => parts.prefix(text))',
      'except: except.map((text) => ({ ...readPrefix(text), length: parsePrefix(text).hostBits ? 32 : readPrefix(text).length }))',
    ],
    [REFERENCE, '.some((except) => inBlock(address, except))', '.some((except) => !hasHostBits(except) && inBlock(address, except))'],
  ],
  '36': [
    [
      NETWORK_POLICY,
      'underProfile(lowerBlock(ipBlock, parts),',
      "underProfile(lowerBlock({ ...ipBlock, cidr: { '0.0.0.0/0': '::/0', '::/0': '0.0.0.0/0' }[ipBlock.cidr] ?? ipBlock.cidr }, parts),",
    ],
    [BLOCKS, 'return block.bits.length === bits.length && bits', 'return block.bits.length !== bits.length || bits'],
  ],
  '37a': [
    [
      POD_ADDRESSES,
      'return readAddresses(podIPs.map(({ ip }) => ip)).sort((a, b) => a.family - b.family);',
      'return readAddresses(podIPs.map(({ ip }) => ip)).slice(0, 1);',
    ],
    [ENDS, 'return [...first(4), ...first(6)];', 'return [...first(4), ...first(6)].slice(0, 1);'],
  ],
  '37b': [
    [
      REFERENCE,
      'return applicable.length > 0 ? endByDefault(',
      "const other = direction === 'egress' ? flow.destination : flow.source;\n  return applicable.length > 0 && other.address?.length !== 128 ? endByDefault(",
    ],
    [
      NETWORK_POLICY,
      `    isolates,
    rules,`,
      `    isolates: { ingress: isolates.ingress, egress: false },
    rules,`,
    ],
  ],
  '38': [
    [
      'src/compile/entries.ts',
      "const port = ports === 'any' ? 'any' : ports[q]!;",
      "const port = ports === 'any' || p < peerCount - 1 ? 'any' : ports[q]!;",
    ],
    [
      REFERENCE,
      'const ports = matches(rule.ports, (each) => matchesPort(world.profile, each, flow));',
      'const ports = peers[0] === 0 ? [null] : matches(rule.ports, (each) => matchesPort(world.profile, each, flow));',
    ],
  ],
  '39': [
    ['src/lib/ip-address.ts', 'if (length <= 0) return 0;', ''],
    [BLOCKS, 'block.bits.slice(0, block.length))', 'block.bits.slice(0, block.length || 32))'],
  ],
  '40a': [
    [
      'src/lib/prefix-columns.ts',
      'const order = orderOfRows(rows);',
      'const order = orderOfRows(rows.map((row, column) => (column === LENGTH ? row.map((bits) => 255 - bits) : row)));',
    ],
    [
      'src/lib/prefix-columns.ts',
      'if (length[inner]! < bits) return false;',
      'if ([0, 1, 2, 3].every((w) => words[outer * PREFIX_WORDS + w] === words[inner * PREFIX_WORDS + w])) return false;',
    ],
    [
      REFERENCE,
      '.some((except) => inBlock(address, except))',
      ".some((except) => except.split('/')[0] !== ipBlock.cidr.split('/')[0] && inBlock(address, except))",
    ],
  ],
  '40b': [
    [CHECK_POLICY, '} else if (inner.prefix.length === outer.prefix.length) {', '} else if (inner.prefix.length < outer.prefix.length) {'],
  ],
  '41': [[PEER_SETS, 'for (let prefix = block; prefix < prefixes.end[block]!; ) {', 'for (let prefix = block; prefix < block + 1; ) {']],
  '42': [
    ['src/lib/prefix-table.ts', 'if (goPast(words, closed', 'if (closed < 0 && goPast(words, closed'],
    ['src/lib/prefix-table.ts', 'let step = 2 ** (-length & 31);', 'let step = 2 ** (-length & 31) - 1;'],
  ],
  '43': [
    [
      CHECK_CIDR,
      'if (parsed === undefined) {\n    report.error',
      'if (parsed === undefined) {\n    if (text) return undefined;\n    report.error',
    ],
    [NETWORK_POLICY, 'if (profile.enforced) for (const policy of unreadable) policies.push(lowerUnreadable(policy));', ''],
    [REFERENCE, 'if (doubts.length > 0) return', 'if (doubts.length > 9999) return'],
  ],
  '44': [
    [
      NETWORK_POLICY,
      'let rules = lowerRules(resource, subject, isolates, context);',
      'let rules = [...new Map(lowerRules(resource, subject, isolates, context).map((rule) => [rule.peers[0]?.cidr?.words.join() + rule.peers[0]?.cidr?.length, rule])).values()];',
    ],
    [
      REFERENCE,
      'return rules.flatMap((rule, index) => {',
      'return rules.flatMap((rule, index) => {\n    if (rules.findLast(({ from }) => from?.[0]?.ipBlock?.cidr === rule.from?.[0]?.ipBlock?.cidr) !== rule) return [];',
    ],
  ],
  '45a': [
    [ENDPOINTS, 'profile.ipBlockMatchesNodes ? leaf[host]! : NONE_32', 'NONE_32'],
    [REFERENCE, 'face.isNode ? world.profile.ipBlockMatchesNodes : true;', 'face.isNode ? false : true;'],
  ],
  '45b': [
    [ENDPOINTS, 'const matchable = selectable ? profile.ipBlockMatchesPods', 'const matchable = selectable ? true'],
    [REFERENCE, 'face.pod ? world.profile.ipBlockMatchesPods', 'face.pod ? true'],
  ],
  '46a': [[CHECK_CIDR, 'if (isMappedIPv4(parsed.prefix)) {', 'if (!parsed) {']],
  '46b': [
    [
      'src/lib/ip-address.ts',
      'return address.family === 6 && address.words[0] === 0 &&',
      'return address.family === 4 && address.words[0] === 0 &&',
    ],
    [BLOCKS, "return bits.startsWith('0'.repeat(80)", "return bits.startsWith('0'.repeat(81)"],
  ],
};
