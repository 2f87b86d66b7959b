/**
 * Is a record a CNI profile? A switch with a value that nobody knows would be read as some other value, so it is an error.
 */
import type { CniProfile } from '../model/profile.ts';
import { antrea } from './antrea.ts';
import { awsVpcCni } from './aws-vpc-cni.ts';
import { calico } from './calico.ts';
import { cilium } from './cilium.ts';
import { flannel } from './flannel.ts';
import { kubeNetworkPolicies } from './kube-network-policies.ts';
import { kubeRouter } from './kube-router.ts';
import { spec } from './spec.ts';
import { weave } from './weave.ts';

/** What can be done where administrators' policies have one priority. */
export const EQUAL_PRIORITY_RULES: readonly CniProfile['equalPriority'][] = ['undefined', 'name', 'calico', 'cilium'];

/** Every switch with the values it can have. */
export const PROFILE_SWITCHES: { readonly [S in Exclude<keyof CniProfile, 'name'>]: readonly CniProfile[S][] } = {
  enforced: [true, false],
  ipBlockMatchesPods: [true, false],
  ipBlockMatchesNodes: [true, false],
  exceptScope: ['block', 'rule'],
  ipv6Everything: ['all', 'global-and-local'],
  namedPorts: ['resolved', 'policy-rejected', 'open-when-unresolved', 'uncertain'],
  namedPortDuplicates: ['every', 'first'],
  sidecarPorts: [true, false],
  hostNetwork: ['node', 'pod'],
  ownNode: ['allow', 'admin', 'from-node', 'policy'],
  hairpin: ['allow', 'policy'],
  hostBits: ['mask', 'reject'],
  endPort: ['range', 'ignored'],
  otherProtocols: ['error', 'allow'],
  adminApi: ['none', 'v1alpha1', 'v1alpha2', 'both'],
  adminPeers: ['experimental', 'standard'],
  unknownPeers: ['fail-closed', 'ignored'],
  equalPriority: EQUAL_PRIORITY_RULES,
  caveats: ['none', 'antrea', 'aws-vpc-cni', 'cilium', 'weave'],
};

const PROFILES: readonly CniProfile[] = [spec, calico, cilium, antrea, kubeRouter, awsVpcCni, weave, flannel, kubeNetworkPolicies];

export const PROFILE_NAMES: readonly string[] = PROFILES.map(({ name }) => name);

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
