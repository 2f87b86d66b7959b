/**
 * The cluster that policies are compiled against, after defaulting. Nothing here matches anything.
 */
import type { IpAddress } from '../lib/ip-address.ts';
import type { ObjectRef, Origin } from './origin.ts';
import type { Protocol } from './protocol.ts';
import type { Labels } from './selector.ts';

export interface Namespace {
  readonly name: string;
  /** Always holds `kubernetes.io/metadata.name`. */
  readonly labels: Labels;
}

export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A pod that can send and receive: never one that has completed. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  /** Shared between pods of one namespace with equal labels, so identity implies equality (not the reverse). */
  readonly labels: Labels;
  /** IPv4 before IPv6; of several of one family the first counts. Empty when the pod has no address yet, or stands for a workload. */
  readonly ips: readonly IpAddress[];
  /** Named container ports, in the order of containers, sidecars (when the profile counts them) last. */
  readonly namedPorts: readonly NamedPort[];
  readonly hostNetwork: boolean;
  /** Name of the node it runs on, when known. */
  readonly node: string | undefined;
  /** The outermost controller, when there is one. */
  readonly workload: { readonly kind: string; readonly name: string } | undefined;
  readonly origin: Origin;
}

export interface Node {
  readonly name: string;
  /** Undefined for a node that is only referred to: its labels are not known. */
  readonly labels: Labels | undefined;
  readonly ips: readonly IpAddress[];
}

/** An address of a Service: traffic to it is rewritten before policy applies, so it has no verdict of its own. */
export interface ServiceAddress {
  readonly namespace: string;
  readonly name: string;
  readonly ip: IpAddress;
}

/** An address of a pod, node or Service that is there but could not be read: whether policy applies at that end is not known. */
export interface UnreadableAddress {
  readonly object: ObjectRef;
  readonly ip: IpAddress;
}

export interface Cluster {
  /** Sorted by name (code units), without duplicates; every namespace that is referred to is there. */
  readonly namespaces: readonly Namespace[];
  /** Sorted by namespace, then name. */
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly serviceAddresses: readonly ServiceAddress[];
  readonly unreadableAddresses: readonly UnreadableAddress[];
}
