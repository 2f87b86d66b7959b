/**
 * kube-network-policies 1.0. Not modelled: the node is let in for sockets of root only. plugins/npa-v1alpha2/clusternetworkpolicy.go, from the code.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const kubeNetworkPolicies: CniProfile = {
  ...spec,
  name: 'kube-network-policies',
  // traffic with the own node is let through in both directions, before any policy: kube-network-policies#283, from the issue.
  ownNode: 'allow',
  // AdminNetworkPolicy up to 0.8.1, ClusterNetworkPolicy since: README.md, from the documentation.
  adminApi: 'v1alpha2',
  // an empty peer matches nothing, also in a Deny: clusternetworkpolicy.go, from the code.
  unknownPeers: 'ignored',
  // sorted by priority, then name: clusternetworkpolicy.go, from the code.
  equalPriority: 'name',
};
