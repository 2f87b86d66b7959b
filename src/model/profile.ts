/**
 * A CNI profile: how a data plane reads what the specification leaves open. It changes how policies are lowered and compiled,
 * never how flows are evaluated. Sources: `networkpolicy-semantics`, numbers in brackets.
 */
export interface CniProfile {
  readonly name: string;
  /** Does an ipBlock match the address of a pod [33]? The conformance tests say yes. */
  readonly ipBlockMatchesPods: boolean;
  /** Does an ipBlock match the address of a node, and so of a host-network pod [50]? */
  readonly ipBlockMatchesNodes: boolean;
  /** A port name that one pod declares with several numbers for one protocol [45]: each of them, or the first in container order. */
  readonly namedPortDuplicates: 'every' | 'first';
  /** Do ports of sidecars (init containers with restartPolicy Always) have names that policies can use [46]? */
  readonly sidecarPorts: boolean;
  /**
   * Host-network pods [50]: `node` keeps them out of selectors, as subject and as peer, and treats their traffic as the node's;
   * `pod` treats them as any pod.
   */
  readonly hostNetwork: 'node' | 'pod';
  /** Traffic between a pod and its own node [49]: always allowed, or judged by policy. */
  readonly ownNode: 'allow' | 'policy';
  /** Traffic of a pod to itself [48]: always allowed, or judged by policy. */
  readonly hairpin: 'allow' | 'policy';
  /** A CIDR with host bits set, such as 10.0.0.1/24 [36]: masked with a warning, or the policy is unreadable. */
  readonly hostBits: 'mask' | 'reject';
  /** `endPort` [40]: the range, or only `port` (data planes that do not know the field). */
  readonly endPort: 'range' | 'ignored';
  /** Flows of protocols other than TCP, UDP and SCTP [7]: refused as a question, or allowed because no policy can apply to them. */
  readonly otherProtocols: 'error' | 'allow';
}
