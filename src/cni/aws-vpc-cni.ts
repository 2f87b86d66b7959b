/**
 * Amazon VPC CNI with network policies. Not modelled: pods without an owner and Fargate are not policed, clusters are of one address family, at most 24 ports for each CIDR, pods with one name stem share tables. EKS user guide, cni-network-policy; aws-network-policy-agent.
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
  // pods without an owner, and clusters of two families: EKS user guide, from the documentation.
  caveats: 'aws-vpc-cni',
};
