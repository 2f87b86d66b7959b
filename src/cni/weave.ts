/**
 * Weave Net 2.8, which is no longer maintained. Not modelled but told (`caveats`): IPv6, which it does not know. npc/analyser.go, npc/rule.go, from the code.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const weave: CniProfile = {
  ...spec,
  name: 'weave',
  // the analyser returns an error that is only logged, and nothing of the policy is programmed: checkForNamedPorts in npc/analyser.go, weave#3032, from the code. It looks at rules of both directions.
  namedPorts: 'policy-rejected',
  // its API library (0.18) is older than the field: go.mod, npc/analyser.go, from the code.
  endPort: 'ignored',
  // no AdminNetworkPolicy, no ClusterNetworkPolicy: npc/controller.go, from the code.
  adminApi: 'none',
  // it reads one address of a pod, of IPv4: npc/controller.go, from the code.
  caveats: 'weave',
};
