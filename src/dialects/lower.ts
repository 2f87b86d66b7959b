/**
 * Everything the input says about policy -> one PolicySet. A dialect is a file beside this one that fills its own tiers.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import { isAdminKind } from '../model/object-names.ts';
import type { PolicySet } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import { lowerAdminPolicies, mayBeAnyPolicy } from './admin-policy.ts';
import { caveats } from './caveats.ts';
import { readDomainNames } from './domain-names.ts';
import { lowerNetworkPolicies } from './network-policy.ts';
import type { NotEnforced } from './not-enforced.ts';

export interface Lowered {
  readonly policySet: PolicySet;
  /** What the profile does not enforce, or reads in its own way. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every policy that the profile does not enforce. The diagnostics name the first ones. */
  readonly notEnforced: readonly NotEnforced[];
}

/** @throws {RangeError} for a table of domain names that is none */
export function lower(manifests: Manifests, profile: CniProfile, domainNames?: DomainNameTable): Lowered {
  const admin = lowerAdminPolicies(manifests, profile, readDomainNames(domainNames));
  const unreadable = manifests.unreadable.filter((policy) => !isAdminKind(policy.kind) && !mayBeAnyPolicy(policy, profile));
  const networkPolicies = lowerNetworkPolicies({ ...manifests, unreadable }, profile);
  const tiers = [admin.admin, networkPolicies.tier, admin.baseline];
  return {
    // A tier without policies decides nothing; NetworkPolicy alone has a faster fold.
    policySet: { tiers: tiers.filter((tier) => tier === networkPolicies.tier || tier.policies.length > 0), onUnmatched: 'allow' },
    diagnostics: [...admin.diagnostics, ...networkPolicies.diagnostics, ...caveats(manifests, profile)],
    notEnforced: [...admin.notEnforced, ...networkPolicies.notEnforced],
  };
}
