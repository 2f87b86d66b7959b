/**
 * Cilium 1.20. Not modelled but told (`caveats`): labels that make no identity, the labels `host` and `init` of pods, SCTP (dropped unless `sctp.enabled`), rules of a direction that `policyTypes` omits, node selector labels, DNS that `domainNames` allow implicitly. NetworkPolicy: Documentation/network/kubernetes/policy.rst; pkg/k8s/network_policy.go.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const cilium: CniProfile = {
  ...spec,
  name: 'cilium',
  // CIDRs never match what has an identity in the cluster: policy.rst, cilium#9209, from the documentation.
  ipBlockMatchesPods: false,
  // nodes only with `policyCIDRMatchMode: nodes`: policy.rst, from the documentation.
  ipBlockMatchesNodes: false,
  // the local host reaches its pods (`--allow-localhost`), and there is no such exception on egress: policy.rst and pkg/policy, from the code.
  ownNode: 'from-node',
  // ClusterNetworkPolicy behind `enable-k8s-cluster-network-policy`: pkg/k8s/cluster_network_policy.go of 1.20, from the code.
  adminApi: 'v1alpha2',
  // rule i has priority p + i/100, and deny wins where numbers are equal: pkg/k8s/cluster_network_policy.go of 1.20, from the code.
  equalPriority: 'cilium',
  // the gate of ClusterNetworkPolicy, SCTP, node selector labels, DNS beside names, labels without identity, the labels `host` and `init`: pkg/k8s/cluster_network_policy.go and pkg/policy of 1.20, from the code.
  caveats: 'cilium',
};
