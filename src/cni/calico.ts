/**
 * Calico 3.32 and newer. Not modelled: a `protocols` entry of a ClusterNetworkPolicy without a known field matches every protocol there (clusternetworkpolicy.go); such a policy is unreadable here.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const calico: CniProfile = {
  ...spec,
  name: 'calico',
  // from a pod to its host after the egress policy of the pod (then `defaultEndpointToHostAction`, which the manifests set to ACCEPT): Felix configuration, from the documentation.
  ownNode: 'from-node',
  // ClusterNetworkPolicy since 3.32 (3.29 to 3.31 read v1alpha1): libcalico-go clusternetworkpolicy.go, from the code.
  adminApi: 'v1alpha2',
  // only the standard channel, the other peers fail closed: clusternetworkpolicy.go, from the code.
  adminPeers: 'standard',
  // by `name/namespace/kind` as one text since 3.32: felix policy ordering, from the code.
  equalPriority: 'calico',
};
