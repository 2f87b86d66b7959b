/**
 * Antrea 2.7. Its own policies (ACNP, ANNP) are not read. Not settled: which peers of administrators' policies it knows, and what it makes of others. NetworkPolicy: docs/antrea-network-policy.md.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const antrea: CniProfile = {
  ...spec,
  name: 'antrea',
  // AdminNetworkPolicy (deprecated) and, since 2.7 behind a feature gate, ClusterNetworkPolicy: docs/admin-network-policy.md, docs/cluster-network-policy.md, from the documentation.
  adminApi: 'both',
  // policies of one priority are in no defined order: docs/antrea-network-policy.md, from the documentation.
  equalPriority: 'undefined',
  // both APIs are behind feature gates that are off: docs/feature-gates.md, from the documentation.
  caveats: 'antrea',
};
