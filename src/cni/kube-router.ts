/**
 * kube-router 2, with iptables and ipset as it is by default (with nftables every exception of a rule takes from all its blocks, longer ones too). Not modelled: refusals instead of drops, and
 * addresses that pods with one declared port lend each other (grabNamedPortFromPod). pkg/controllers/netpol, from the code.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const kubeRouter: CniProfile = {
  ...spec,
  name: 'kube-router',
  // all blocks of a rule share one ipset, in which exceptions are `nomatch` entries and the most specific entry wins: evalIPBlockPeer in policy.go, from the code. Which of two equal entries wins is not settled: the block.
  exceptScope: 'rule',
  // `::/0` becomes 2000::/3 and fd00::/8: evalIPBlockPeer in policy.go, from the code.
  ipv6Everything: 'global-and-local',
  // a rule whose names resolve to nothing is written without ports for its pods; without `to` names are resolved in the policy's own namespace: buildNetworkPoliciesInfo and processEgressRules in policy.go, from the code.
  namedPorts: 'open-when-unresolved',
  // ports of `spec.containers` only: grabNamedPortFromPod in policy.go, from the code.
  sidecarPorts: false,
  // what comes from the local node to the pod is accepted, what a pod sends to it is not exempt: the pod's chain in policy.go and network_policy_controller.go, from the code.
  ownNode: 'from-node',
  // no AdminNetworkPolicy, no ClusterNetworkPolicy: network_policy_controller.go watches NetworkPolicies, from the code.
  adminApi: 'none',
};
