/**
 * A CNI profile: how a data plane reads what the specification leaves open, and where it departs from it. It changes how policies are lowered and compiled,
 * never how flows are evaluated. Sources: `networkpolicy-semantics`, numbers in brackets; the file of each profile in src/cni names its own.
 */
export interface CniProfile {
  readonly name: string;
  /** Are NetworkPolicies enforced at all? Where they are not, every flow is allowed. */
  readonly enforced: boolean;
  /** Does an ipBlock match the address of a pod [33]? The conformance tests say yes. */
  readonly ipBlockMatchesPods: boolean;
  /** Does an ipBlock match the address of a node, and so of a host-network pod [50]? */
  readonly ipBlockMatchesNodes: boolean;
  /** What the exceptions of an ipBlock are taken from [32]: that block, or every block of the rule that is shorter (one set, in which the longest prefix wins; of equal ones the block). */
  readonly exceptScope: 'block' | 'rule';
  /** What `::/0` stands for: every IPv6 address, or 2000::/3 and fd00::/8, from which exceptions that are wider take nothing. */
  readonly ipv6Everything: 'all' | 'global-and-local';
  /**
   * Names of ports [42, 44]: resolved at the destination pod; `policy-rejected`: a policy that has one is not enforced at all; `open-when-unresolved`: looked up before rules are written, at the pods that
   * the policy selects or the egress rule names (to everywhere: at those of the policy's namespace), and a rule of which every port is a name that nobody declares opens every port; `uncertain`: resolved in a
   * way of its own that may open more, so that what such a rule may allow, and no other rule does, is unknown.
   */
  readonly namedPorts: 'resolved' | 'policy-rejected' | 'open-when-unresolved' | 'uncertain';
  /** A port name that one pod declares with several numbers for one protocol [45]: each of them, or the first in container order. */
  readonly namedPortDuplicates: 'every' | 'first';
  /** Do ports of sidecars (init containers with restartPolicy Always) have names that policies can use [46]? */
  readonly sidecarPorts: boolean;
  /**
   * Host-network pods [50]: `node` keeps them out of selectors, as subject and as peer, and treats their traffic as the node's;
   * `pod` treats them as any pod.
   */
  readonly hostNetwork: 'node' | 'pod';
  /**
   * Traffic between a pod and its own node [49]: always allowed; always allowed as far as NetworkPolicies go, while an administrator's egress rules may deny the way from the pod to the node;
   * always allowed from the node to the pod, while every policy judges the way back; or judged by every policy.
   */
  readonly ownNode: 'allow' | 'admin' | 'from-node' | 'policy';
  /** Traffic of a pod to itself [48]: always allowed, or judged by policy. */
  readonly hairpin: 'allow' | 'policy';
  /** A CIDR with host bits set, such as 10.0.0.1/24 [36]: masked with a warning, or the policy is unreadable. */
  readonly hostBits: 'mask' | 'reject';
  /** `endPort` [40]: the range, or only `port` (data planes that do not know the field). */
  readonly endPort: 'range' | 'ignored';
  /** Flows of protocols other than TCP, UDP and SCTP [7]: refused as a question, or allowed because no NetworkPolicy can apply to them, and unknown where administrators' policies may. */
  readonly otherProtocols: 'error' | 'allow';
  /** Which versions of the administrator's policies are enforced: ClusterNetworkPolicy is v1alpha2, AdminNetworkPolicy and BaselineAdminNetworkPolicy are v1alpha1. */
  readonly adminApi: 'none' | 'v1alpha1' | 'v1alpha2' | 'both';
  /** Peers of administrators' policies: with `nodes` and `domainNames`, or without, which makes those two unknown peers. */
  readonly adminPeers: 'experimental' | 'standard';
  /** A peer that the data plane does not know: closed as the API asks (an Accept matches nothing, a Deny or Pass denies everything), or passed over. */
  readonly unknownPeers: 'fail-closed' | 'ignored';
  /**
   * Administrators' policies of one priority: in no defined order; by name; by `name//kind`, in which `-` and `.` come before the end of a name; or rule by rule (rule i has priority p + i/100), where deny comes first.
   */
  readonly equalPriority: 'undefined' | 'name' | 'calico' | 'cilium';
  /** Whose ways that no switch models are told where the input meets them: warnings, no verdicts. */
  readonly caveats: 'none' | 'antrea' | 'aws-vpc-cni' | 'cilium' | 'weave';
}
