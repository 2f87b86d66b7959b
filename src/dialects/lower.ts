/**
 * Everything the input says about policy -> one PolicySet. A dialect is a file beside this one that fills its own tiers.
 */
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { lowerNetworkPolicies } from './network-policy.ts';

export function lower(manifests: Manifests, profile: CniProfile): PolicySet {
  return { tiers: [lowerNetworkPolicies(manifests, profile)], onUnmatched: 'allow' };
}
