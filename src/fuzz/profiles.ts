/**
 * CNI profiles: the default most of the time, else a record with every switch thrown at random, or now and then that of a data plane.
 */
import fc from 'fast-check';
import { PROFILE_NAMES, profileOf } from '../cni/check-profile.ts';
import { spec } from '../cni/spec.ts';
import type { CniProfile } from '../model/profile.ts';

export function profile(): fc.Arbitrary<CniProfile> {
  const random: fc.Arbitrary<CniProfile> = fc.record({
    name: fc.constant('random'),
    enforced: fc.constantFrom(...Array.from({ length: 19 }, () => true), false),
    exceptScope: fc.constantFrom('block', 'block', 'rule'),
    ipv6Everything: fc.constantFrom('all', 'all', 'global-and-local'),
    namedPorts: fc.constantFrom('resolved', 'resolved', 'policy-rejected', 'open-when-unresolved', 'open-when-unresolved', 'uncertain'),
    adminApi: fc.constantFrom('both', 'both', 'none', 'v1alpha1', 'v1alpha2'),
    adminPeers: fc.constantFrom('experimental', 'standard'),
    unknownPeers: fc.constantFrom('fail-closed', 'ignored'),
    equalPriority: fc.constantFrom('undefined', 'name', 'calico', 'cilium'),
    caveats: fc.constantFrom('none', 'antrea', 'aws-vpc-cni', 'cilium', 'weave'),
    ipBlockMatchesPods: fc.boolean(),
    ipBlockMatchesNodes: fc.boolean(),
    namedPortDuplicates: fc.constantFrom('every', 'first'),
    sidecarPorts: fc.boolean(),
    hostNetwork: fc.constantFrom('node', 'pod'),
    ownNode: fc.constantFrom('allow', 'admin', 'from-node', 'policy'),
    hairpin: fc.constantFrom('allow', 'policy'),
    hostBits: fc.constantFrom('mask', 'mask', 'reject'),
    endPort: fc.constantFrom('range', 'ignored'),
    otherProtocols: fc.constantFrom('error', 'allow'),
  });
  const named = fc.constantFrom(...PROFILE_NAMES.map(profileOf));
  return fc.oneof({ weight: 12, arbitrary: fc.constant(spec) }, { weight: 5, arbitrary: random }, { weight: 1, arbitrary: named });
}
