/**
 * The Kubernetes API objects that netpolsim reads, cut down to the fields it reads and otherwise as they were written:
 * not defaulted, not interpreted. Field names, optionality and null follow the API types
 * (k8s.io/api core/v1, networking/v1; k8s.io/apimachinery meta/v1). Unless said otherwise, null means absent.
 */
import type { Diagnostic } from './diagnostic.ts';
import type { ObjectRef, Origin } from './origin.ts';

export type Maybe<T> = T | null | undefined;

/** meta/v1 ObjectMeta. A null label value is read as the empty string, as the API machinery does. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: Maybe<string>;
  readonly labels?: Maybe<Readonly<Record<string, string | null>>>;
  readonly deletionTimestamp?: Maybe<string>;
  readonly ownerReferences?: Maybe<readonly OwnerReference[]>;
  /** Only those that are read; absent where there is none. */
  readonly annotations?: Maybe<Readonly<Partial<Record<typeof IGNORE_ANNOTATION | typeof IGNORE_REASON_ANNOTATION, string | null>>>>;
}

/** Which lint rules are silent about the object: their ids, with commas between them. */
export const IGNORE_ANNOTATION = 'lint.netpolsim.dev/ignore';
/** Why. */
export const IGNORE_REASON_ANNOTATION = 'lint.netpolsim.dev/ignore-reason';

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly controller?: Maybe<boolean>;
}

/** meta/v1 LabelSelector. Empty selects everything. */
export interface LabelSelector {
  readonly matchLabels?: Maybe<Readonly<Record<string, string | null>>>;
  readonly matchExpressions?: Maybe<readonly LabelSelectorRequirement[]>;
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: Maybe<readonly string[]>;
}

/** core/v1 Namespace. */
export interface NamespaceObject {
  readonly kind: 'Namespace';
  readonly metadata: ObjectMeta;
}

/** core/v1 ContainerPort. */
export interface ContainerPort {
  readonly name?: Maybe<string>;
  readonly containerPort: number;
  /** At the node's addresses, which lead from there to the pod. */
  readonly hostPort?: Maybe<number>;
  readonly protocol?: Maybe<'TCP' | 'UDP' | 'SCTP'>;
}

export interface Container {
  readonly ports?: Maybe<readonly ContainerPort[]>;
  /** Only on init containers; `Always` makes one a sidecar. */
  readonly restartPolicy?: Maybe<string>;
}

export interface PodSpec {
  readonly nodeName?: Maybe<string>;
  readonly hostNetwork?: Maybe<boolean>;
  readonly containers?: Maybe<readonly Container[]>;
  readonly initContainers?: Maybe<readonly Container[]>;
}

/** core/v1 Pod; also what a workload stands for (then `workload` names it and there is no status). */
export interface PodObject {
  readonly kind: 'Pod';
  readonly metadata: ObjectMeta;
  readonly spec?: Maybe<PodSpec>;
  readonly status?: Maybe<{
    readonly phase?: Maybe<string>;
    readonly podIP?: Maybe<string>;
    readonly podIPs?: Maybe<readonly { readonly ip: string }[]>;
    readonly hostIP?: Maybe<string>;
    readonly hostIPs?: Maybe<readonly { readonly ip: string }[]>;
  }>;
  /** The outermost controller known from the input (Deployment rather than its ReplicaSet). Not an API field. */
  readonly workload?: { readonly kind: string; readonly name: string };
}

/** core/v1 Node. */
export interface NodeObject {
  readonly kind: 'Node';
  readonly metadata: ObjectMeta;
  readonly status?: Maybe<{ readonly addresses?: Maybe<readonly { readonly type: string; readonly address: string }[]> }>;
}

/** core/v1 Service. Policies are evaluated at pods; a Service's own addresses cannot be judged: a question about a Service is one about its backends. */
export interface ServiceObject {
  readonly kind: 'Service';
  readonly metadata: ObjectMeta;
  readonly spec?: Maybe<{
    readonly type?: Maybe<string>;
    readonly externalName?: Maybe<string>;
    readonly ipFamilies?: Maybe<readonly string[]>;
    readonly ipFamilyPolicy?: Maybe<string>;
    readonly internalTrafficPolicy?: Maybe<string>;
    readonly externalTrafficPolicy?: Maybe<string>;
    readonly clusterIP?: Maybe<string>;
    readonly clusterIPs?: Maybe<readonly string[]>;
    readonly externalIPs?: Maybe<readonly string[]>;
    readonly selector?: Maybe<Readonly<Record<string, string | null>>>;
    readonly ports?: Maybe<
      readonly {
        readonly name?: Maybe<string>;
        readonly port: number;
        readonly targetPort?: Maybe<number | string>;
        /** At the addresses of every node, which lead from there to the backends. */
        readonly nodePort?: Maybe<number>;
        readonly protocol?: Maybe<string>;
      }[]
    >;
  }>;
  readonly status?: Maybe<{ readonly loadBalancer?: Maybe<{ readonly ingress?: Maybe<readonly { readonly ip?: Maybe<string> }[]> }> }>;
}

/** networking/v1 NetworkPolicy. */
export interface NetworkPolicyObject {
  readonly kind: 'NetworkPolicy';
  readonly metadata: ObjectMeta;
  readonly spec?: Maybe<NetworkPolicySpec>;
}

export interface NetworkPolicySpec {
  readonly podSelector?: Maybe<LabelSelector>;
  readonly policyTypes?: Maybe<readonly ('Ingress' | 'Egress')[]>;
  readonly ingress?: Maybe<readonly NetworkPolicyIngressRule[]>;
  readonly egress?: Maybe<readonly NetworkPolicyEgressRule[]>;
}

export interface NetworkPolicyIngressRule {
  readonly from?: Maybe<readonly NetworkPolicyPeer[]>;
  readonly ports?: Maybe<readonly NetworkPolicyPort[]>;
}

export interface NetworkPolicyEgressRule {
  readonly to?: Maybe<readonly NetworkPolicyPeer[]>;
  readonly ports?: Maybe<readonly NetworkPolicyPort[]>;
}

export interface NetworkPolicyPeer {
  readonly podSelector?: Maybe<LabelSelector>;
  readonly namespaceSelector?: Maybe<LabelSelector>;
  readonly ipBlock?: Maybe<{ readonly cidr: string; readonly except?: Maybe<readonly string[]> }>;
}

export interface NetworkPolicyPort {
  readonly protocol?: Maybe<'TCP' | 'UDP' | 'SCTP'>;
  /** A number, or the name of a container port. */
  readonly port?: Maybe<number | string>;
  readonly endPort?: Maybe<number>;
}

/** policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy. */
export interface ClusterNetworkPolicyObject {
  readonly kind: 'ClusterNetworkPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly tier: AdminTier;
    /** 0..1000, the lowest first, compared inside the tier. */
    readonly priority: number;
    readonly subject: AdminSubject;
    readonly ingress?: Maybe<readonly ClusterNetworkPolicyIngressRule[]>;
    readonly egress?: Maybe<readonly ClusterNetworkPolicyEgressRule[]>;
  };
}

export type AdminTier = 'Admin' | 'Baseline';

/** Which pods a cluster-scoped policy applies to; exactly one field is there. */
export interface AdminSubject {
  readonly namespaces?: Maybe<LabelSelector>;
  readonly pods?: Maybe<NamespacedPods>;
}

export interface NamespacedPods {
  readonly namespaceSelector?: Maybe<LabelSelector>;
  readonly podSelector?: Maybe<LabelSelector>;
}

interface ClusterNetworkPolicyRule {
  readonly name?: Maybe<string>;
  readonly action: 'Accept' | 'Deny' | 'Pass';
  /** Absent: every protocol and port. Never empty. */
  readonly protocols?: Maybe<readonly ClusterNetworkPolicyProtocol[]>;
}

export interface ClusterNetworkPolicyIngressRule extends ClusterNetworkPolicyRule {
  readonly from: readonly AdminIngressPeer[];
}

export interface ClusterNetworkPolicyEgressRule extends ClusterNetworkPolicyRule {
  readonly to: readonly AdminEgressPeer[];
}

/** At most one field is there. None: a kind of peer that is not known, which fails closed. */
export interface AdminIngressPeer {
  readonly namespaces?: Maybe<LabelSelector>;
  readonly pods?: Maybe<NamespacedPods>;
}

export interface AdminEgressPeer extends AdminIngressPeer {
  /** CIDRs. */
  readonly networks?: Maybe<readonly string[]>;
  readonly nodes?: Maybe<LabelSelector>;
  /** `example.com`, `*.example.com`, either with a dot at the end or without. */
  readonly domainNames?: Maybe<readonly string[]>;
}

/** Exactly one field is there. `tcp: {}` is every TCP port. */
export interface ClusterNetworkPolicyProtocol {
  readonly tcp?: Maybe<{ readonly destinationPort?: Maybe<AdminDestinationPort> }>;
  readonly udp?: Maybe<{ readonly destinationPort?: Maybe<AdminDestinationPort> }>;
  readonly sctp?: Maybe<{ readonly destinationPort?: Maybe<AdminDestinationPort> }>;
  /** The protocol is that of the container port. */
  readonly destinationNamedPort?: Maybe<string>;
}

/** Exactly one field is there. */
export interface AdminDestinationPort {
  readonly number?: Maybe<number>;
  readonly range?: Maybe<{ readonly start: number; readonly end: number }>;
}

/** policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy. */
export interface AdminNetworkPolicyObject {
  readonly kind: 'AdminNetworkPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    /** 0..1000, the lowest first. */
    readonly priority: number;
    readonly subject: AdminSubject;
    readonly ingress?: Maybe<readonly AdminNetworkPolicyIngressRule[]>;
    readonly egress?: Maybe<readonly AdminNetworkPolicyEgressRule[]>;
  };
}

/** policy.networking.k8s.io/v1alpha1 BaselineAdminNetworkPolicy: the one of the name `default`. */
export interface BaselineAdminNetworkPolicyObject {
  readonly kind: 'BaselineAdminNetworkPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly subject: AdminSubject;
    readonly ingress?: Maybe<readonly AdminNetworkPolicyIngressRule[]>;
    readonly egress?: Maybe<readonly AdminNetworkPolicyEgressRule[]>;
  };
}

interface AdminNetworkPolicyRule {
  readonly name?: Maybe<string>;
  /** No Pass in a BaselineAdminNetworkPolicy. */
  readonly action: 'Allow' | 'Deny' | 'Pass';
  /** Absent: every protocol and port. Never empty. */
  readonly ports?: Maybe<readonly AdminNetworkPolicyPort[]>;
}

export interface AdminNetworkPolicyIngressRule extends AdminNetworkPolicyRule {
  readonly from: readonly AdminIngressPeer[];
}

export interface AdminNetworkPolicyEgressRule extends AdminNetworkPolicyRule {
  readonly to: readonly AdminEgressPeer[];
}

/** Exactly one field is there. */
export interface AdminNetworkPolicyPort {
  readonly portNumber?: Maybe<{ readonly protocol?: Maybe<'TCP' | 'UDP' | 'SCTP'>; readonly port: number }>;
  readonly portRange?: Maybe<{ readonly protocol?: Maybe<'TCP' | 'UDP' | 'SCTP'>; readonly start: number; readonly end: number }>;
  /** The protocol is that of the container port. */
  readonly namedPort?: Maybe<string>;
}

/** The policies of a cluster's administrator. */
export type AdminPolicyObject = ClusterNetworkPolicyObject | AdminNetworkPolicyObject | BaselineAdminNetworkPolicyObject;

/** An object with the place where it stood. `locate` finds a field below it, such as `spec.ingress[0].from[1]`; the nearest known place when it is not there. */
export interface Resource<T> {
  readonly object: T;
  readonly origin: Origin;
  locate(field: string): Origin;
}

/**
 * A policy that is there but cannot be read. Every verdict that it could change is `unknown`.
 * The scope is as narrow as what could be read: absent fields mean "could be anything".
 */
export interface UnreadablePolicy {
  /** Kind as written, `NetworkPolicy` for instance; `(unreadable)` when not even that is known. */
  readonly kind: string;
  readonly name?: string;
  /** The namespace whose pods it may select; absent: pods of every namespace. */
  readonly namespace?: string;
  /** The pods it selects there, when the selector itself is sound. */
  readonly podSelector?: LabelSelector;
  /** The directions it isolates, or has rules for, when they are certain. Absent: both. */
  readonly directions?: readonly ('ingress' | 'egress')[];
  /** Of an administrator's policy (the kind tells): its tier, priority and subject, as far as they are certain. */
  readonly tier?: AdminTier;
  readonly priority?: number;
  readonly subject?: AdminSubject;
  readonly origin: Origin;
  /** Why, as one line. */
  readonly reason: string;
}

/** A Pod, Node or Service that is there but cannot be read. A flow with one of its addresses at an end is `unknown`. */
export interface UnreadableEnd {
  readonly object: ObjectRef;
  /** The addresses that could be read from it. */
  readonly addresses: readonly string[];
  readonly origin: Origin;
}

/** What verdicts do not need, and reading more beside what has been read does. */
export interface ReadingContext {
  /** Deployments and others, for which pods stand. */
  readonly workloads: readonly Resource<{ readonly kind: string; readonly metadata: ObjectMeta }>[];
  /** Namespaces whose labels could not be read. */
  readonly doubtfulNamespaces: readonly { readonly name: string | undefined; readonly origin: Origin }[];
  /** Policies of kinds that are not read: the first of each kind, and how many. */
  readonly otherPolicies: ReadonlyMap<string, { readonly origin: Origin; readonly count: number }>;
  /** Those of the unreadable policies that are sound and only not trusted, with what was read. A snapshot does not keep them. */
  readonly distrusted?: ReadonlyMap<UnreadablePolicy, Resource<NetworkPolicyObject | AdminPolicyObject>>;
}

/** Everything that was read from a set of files or objects: the input of `compile` and of the reference evaluator. */
export interface Manifests {
  readonly namespaces: readonly Resource<NamespaceObject>[];
  /** Pods as found, and the pods that workloads stand for. Completed pods are still among them. */
  readonly pods: readonly Resource<PodObject>[];
  readonly nodes: readonly Resource<NodeObject>[];
  readonly services: readonly Resource<ServiceObject>[];
  readonly networkPolicies: readonly Resource<NetworkPolicyObject>[];
  readonly adminPolicies: readonly Resource<AdminPolicyObject>[];
  readonly unreadable: readonly UnreadablePolicy[];
  readonly unreadableEnds: readonly UnreadableEnd[];
  readonly diagnostics: readonly Diagnostic[];
  /** Objects that were recognised and not used, by kind. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Objects that were read and kept, by kind as written (a Deployment counts as a Deployment). */
  readonly counts: ReadonlyMap<string, number>;
  /** Absent: there is nothing to say. */
  readonly context?: ReadingContext;
}

/** As if nothing had been read. */
export const NO_MANIFESTS: Manifests = {
  namespaces: [],
  pods: [],
  nodes: [],
  services: [],
  networkPolicies: [],
  adminPolicies: [],
  unreadable: [],
  unreadableEnds: [],
  diagnostics: [],
  skipped: new Map(),
  counts: new Map(),
};
