/**
 * Amazon VPC CNI with network policies. Not modelled but told (`caveats`): pods without an owner are not policed, clusters are of one address family, at most 24 ports for each CIDR, exceptions that close other blocks, pods with one name stem that share tables, host-network pods as peers. Not modelled: Fargate and Windows, where nothing is policed. EKS user guide, cni-network-policy; aws-network-policy-agent.
 * Where nothing is said, as the specification has it.
 */
import type { CniProfile } from '../model/profile.ts';
import { spec } from './spec.ts';

export const awsVpcCni: CniProfile = {
  ...spec,
  name: 'aws-vpc-cni',
  // on ingress a name stands for the numbers of all pods that the policy selects, on egress it is passed over towards blocks and everywhere: pkg/resolvers/endpoints.go, from the code. Versions differ.
  namedPorts: 'uncertain',
  // has a ClusterNetworkPolicy of its own in `networks.k8s.aws`, which is another API: EKS user guide, from the documentation.
  adminApi: 'none',
  // pods without an owner, clusters of two families, exceptions, many ports, name stems, host-network peers: EKS user guide, aws-network-policy-agent and pkg/resolvers/endpoints.go, from the code.
  caveats: 'aws-vpc-cni',
};
