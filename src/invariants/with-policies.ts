/**
 * The objects of one input with the policies of another.
 */
import type { Manifests } from '../model/resource.ts';

/** Those policies that are read, and those that could not be. */
export function withPolicies(cluster: Manifests, { networkPolicies, adminPolicies, unreadable }: Manifests): Manifests {
  return { ...cluster, networkPolicies, adminPolicies, unreadable };
}
