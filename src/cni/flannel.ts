/**
 * Flannel alone, without kube-network-policies (`netpol.enabled`) or Calico beside it: it has no policy engine. Documentation/netpol.md.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const flannel: CniProfile = {
  ...spec,
  name: 'flannel',
  // flanneld enforces no policy: Documentation/netpol.md, from the documentation.
  enforced: false,
  // no policy at all: Documentation/netpol.md, from the documentation.
  adminApi: 'none',
};
