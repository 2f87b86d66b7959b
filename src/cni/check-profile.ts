/**
 * Is a record a CNI profile? A switch with a value that nobody knows would be read as some other value, so it is an error.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

/** Every switch with the values it can have. */
const PROFILE_SWITCHES: { readonly [S in Exclude<keyof CniProfile, 'name'>]: readonly CniProfile[S][] } = {
  ipBlockMatchesPods: [true, false],
  ipBlockMatchesNodes: [true, false],
  namedPortDuplicates: ['every', 'first'],
  sidecarPorts: [true, false],
  hostNetwork: ['node', 'pod'],
  ownNode: ['allow', 'policy'],
  hairpin: ['allow', 'policy'],
  hostBits: ['mask', 'reject'],
  endPort: ['range', 'ignored'],
  otherProtocols: ['error', 'allow'],
};

const PROFILES: readonly CniProfile[] = [spec];

/**
 * The profile of a name, or the record itself.
 * @throws {RangeError} for a name that is no profile's, and for a record with a missing, unknown or impossible switch
 */
export function profileOf(cni: unknown): CniProfile {
  if (typeof cni === 'string') {
    const profile = PROFILES.find(({ name }) => name === cni);
    if (profile !== undefined) return profile;
    throw new RangeError(`there is no CNI profile \`${cni}\`: expected ${PROFILES.map(({ name }) => `\`${name}\``).join(', ')}`);
  }
  if (typeof cni !== 'object' || cni === null)
    throw new RangeError(`a CNI profile is a name or a record of switches, got \`${String(cni)}\``);
  const given = new Map<string, unknown>(Object.entries(cni));
  const name = given.get('name');
  if (typeof name !== 'string' || name === '') throw new RangeError('a CNI profile needs a `name`');
  const switches = new Map<string, readonly unknown[]>(Object.entries(PROFILE_SWITCHES));
  for (const [key, values] of switches) {
    if (values.includes(given.get(key))) continue;
    const expected = values.map((value) => `\`${String(value)}\``).join(' or ');
    throw new RangeError(`CNI profile \`${name}\`: \`${key}\` must be ${expected}, got \`${String(given.get(key))}\``);
  }
  const unknown = [...given.keys()].find((key) => key !== 'name' && !switches.has(key));
  if (unknown !== undefined) throw new RangeError(`CNI profile \`${name}\`: there is no switch \`${unknown}\``);
  const known = PROFILES.find((profile) => profile.name === name);
  if (known !== undefined && Object.entries(known).some(([key, value]) => given.get(key) !== value)) {
    throw new RangeError(`CNI profile \`${name}\`: that name is taken by a profile with other switches, choose another`);
  }
  return cni as CniProfile;
}
