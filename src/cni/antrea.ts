/**
 * Antrea 2.7. Its own policies (ACNP, ANNP) are not read. NetworkPolicy: docs/antrea-network-policy.md.
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
};
