/**
 * kube-router 2.x. pkg/controllers/netpol, from the code.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const kubeRouter: CniProfile = {
  ...spec,
  name: 'kube-router',
  // all blocks of a rule share one ipset, in which exceptions are `nomatch` entries and the most specific entry wins: policy.go.
  exceptScope: 'rule',
  // `::/0` becomes 2000::/3 and fd00::/8: policy.go.
  ipv6Everything: 'global-and-local',
  // a name that resolves to nothing leaves a rule without ports; without `to` it is resolved in the policy's own namespace: policy.go.
  namedPorts: 'uncertain',
  // not known to it.
  adminApi: 'none',
};
