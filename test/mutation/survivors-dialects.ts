/**
 * Mutants of `src/dialects` that live, each with the reason why no test can or should kill it.
 */
import type { Explanation } from './survivors.ts';

const row = (file: string, line: string, replacement: string, why: string): Explanation => {
  return { file: `src/dialects/${file}`, line, replacement, why };
};

const NO_ADDRESS = '["Stryker was here"]';

export const DIALECT_SURVIVORS: readonly Explanation[] = [
  row(
    'admin-read-differently.ts',
    "if (profile.adminPeers === 'experimental' && profile.unknownPeers === 'fail-closed') return [];",
    'false',
    'a shortcut: under such a profile every peer is known',
  ),
  row(
    'caveats.ts',
    'networkPolicies.filter(({ object }) => rulesOf(object).some(({ ports }) => (ports ?? []).length > MOST_PORTS)),',
    NO_ADDRESS,
    'one port is not too many',
  ),
  row(
    'caveats.ts',
    'keys.set(namespace, new Set([...(keys.get(namespace) ?? []), ...keysOf(object.spec?.podSelector)]));',
    NO_ADDRESS,
    'no label has the key that Stryker adds, so it tells no pod apart',
  ),
  row(
    'caveats.ts',
    'const selecting = [...(keys.get(namespace) ?? [])];',
    NO_ADDRESS,
    'no label has the key that Stryker adds, so it tells no pod apart',
  ),
  row('caveats.ts', 'if (end < 0 || selecting.length === 0) return false;', 'end <= 0', 'no name of a pod begins with `-`'),
  row(
    'caveats.ts',
    'if (end < 0 || selecting.length === 0) return false;',
    'false',
    'of `selecting.length === 0`: a shortcut, as without keys all pods are alike; pods without `-` in their names are tested',
  ),
  row(
    'caveats.ts',
    "const values = JSON.stringify(selecting.map((key) => (labels.has(key) ? [labels.get(key) ?? ''] : [])));",
    NO_ADDRESS,
    'a label that is missing is still something else than one with any value that a label can have',
  ),
  row('label-selector.ts', 'if (place === undefined) {', 'true', 'a cache: what is made again is the same'),
  row(
    'label-selector.ts',
    'return values.length < 2 ? values : [...new Set(values)].sort(compareText);',
    'false',
    'saves a sort of nothing',
  ),
  row('label-selector.ts', 'if (requirements.length < 2) return requirements;', 'false', 'saves a sort of nothing'),
  {
    file: 'src/dialects/label-selector.ts',
    line: 'for (let i = 0; i < Math.min(a.length, b.length); i++) {',
    why: 'past the end of the shorter list there is `undefined`, which compares as equal to everything',
  },
  row(
    'network-policy.ts',
    "if (profile.exceptScope === 'block' && !everything) return alone;",
    'false',
    'validation has accepted the exceptions, so each is strictly inside its block and none is left out below',
  ),
  row(
    'network-policy.ts',
    'const texts = peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));',
    NO_ADDRESS,
    'the text that Stryker adds is no CIDR and has no host bits',
  ),
  row('read-differently.ts', 'if (readsAsWritten(profile)) return [];', 'false', 'saves a look at policies in which nothing will be found'),
  row(
    'read-differently.ts',
    "const names = namedPorts === 'resolved' || namedPorts === 'policy-rejected';",
    'false',
    'a look too many: under both nothing is found about the names of a policy that is enforced',
  ),
  row(
    'read-differently.ts',
    "const blocks = exceptScope === 'block' && ipv6Everything === 'all' && ipBlockMatchesPods && ipBlockMatchesNodes;",
    'false',
    'a look too many: nothing is found about blocks',
  ),
  row('read-differently.ts', "return names && blocks && endPort === 'range';", 'false', 'a look too many: nothing is found'),
  row(
    'read-differently.ts',
    'const texts = new Set(peers.flatMap(({ ipBlock }) => ipBlock?.except ?? []));',
    NO_ADDRESS,
    'the text that Stryker adds is no CIDR, so it is not inside one',
  ),
  row('read-differently.ts', 'if (!this.known.has(key)) {', 'true', 'a cache: what is found again is the same'),
  ...['if (prefix === undefined) {', 'if (block === undefined) {', 'if (list === undefined) {'].map((line) =>
    row('shared-parts.ts', line, 'true', 'a cache: what is made again is the same'),
  ),
  row('shared-parts.ts', 'if (this.lastNamespace.name !== name) this.lastNamespace = { name };', 'true', 'what is made again is the same'),
];
