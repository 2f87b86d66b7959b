/**
 * Antrea 2.7. Its own policies (ACNP, ANNP) are not read. NetworkPolicy: docs/antrea-network-policy.md.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const antrea: CniProfile = {
  ...spec,
  name: 'antrea',
};
