/**
 * What is known of a data plane and no switch models, told once where the input has something that it concerns: feature gates that are off by default, and traffic or labels that it treats in
 * another way. Sources: the files of src/cni. `policy-needs-a-gate`: somebody relies on policies that are off as long as nobody turns them on.
 */

import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf, refOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type {
  AdminPolicyObject,
  LabelSelector,
  Manifests,
  NetworkPolicyIngressRule,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  PodObject,
  Resource,
} from '../model/resource.ts';

interface Caveat {
  readonly code: 'policy-needs-a-gate' | 'policy-not-enforced' | 'policy-read-differently';
  readonly message: string;
  /** What it concerns: it is told at the first of these. */
  readonly concerned: (manifests: Manifests) => readonly Resource<{ readonly kind: string; readonly metadata: Metadata }>[];
}
type Metadata = { readonly name: string; readonly namespace?: string | null | undefined };

/** One warning for each that concerns something, at the first that it concerns. */
export function caveats(manifests: Manifests, { name, caveats: of, enforced }: CniProfile): Diagnostic[] {
  if (!enforced) return [];
  return CAVEATS[of].flatMap(({ code, message, concerned }): Diagnostic[] => {
    const found = concerned(manifests);
    const [first] = found;
    if (first === undefined) return [];
    const { kind, metadata } = first.object;
    const more = found.length === 1 ? '' : `, and ${found.length - 1} more`;
    const object = refOf(kind, metadata);
    const inNamespace = object.namespace === undefined ? '' : `${object.namespace}/`;
    const where = `${kind} \`${escapeControls(inNamespace + object.name)}\`${more}, under \`${escapeControls(name)}\``;
    return [{ code, severity: 'warning', message: `${where}: ${message}`, origin: first.origin, object }];
  });
}

const ofKinds =
  (...kinds: readonly AdminPolicyObject['kind'][]) =>
  ({ adminPolicies }: Manifests): Resource<AdminPolicyObject>[] =>
    adminPolicies.filter(({ object }) => kinds.includes(object.kind));

/** Keys of labels that make no identity in Cilium, so that selectors by them match nothing. */
const NO_IDENTITY =
  /^(io\.kubernetes|kubernetes\.io|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/(job-completion-index|controller-uid)|.*beta\.kubernetes\.io|k8s\.io|pod-template-generation|pod-template-hash|controller-revision-hash|controller-uid|annotation|etcd_node|topology\.kubernetes\.io)/;

/** What an entry of an address holds: MAX_PORT_PROTOCOL of aws-network-policy-agent. */
const MOST_PORTS = 24;

const CAVEATS: Readonly<Record<CniProfile['caveats'], readonly Caveat[]>> = {
  none: [],
  antrea: [
    {
      code: 'policy-needs-a-gate',
      message:
        'enforced only with the feature gate `AdminNetworkPolicy` or `ClusterNetworkPolicy` of its kind, and both are off by default',
      concerned: ofKinds('ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'),
    },
  ],
  'aws-vpc-cni': [
    {
      code: 'policy-read-differently',
      message:
        'pods without an owner are not policed there: NetworkPolicies that select them have no effect on them, and verdicts here do not know it',
      concerned: ({ networkPolicies, pods }) => {
        const namespaces = new Set(networkPolicies.map(({ object }) => namespaceOf(object.metadata)));
        return pods.filter(
          ({ object: { metadata, spec, workload } }) =>
            workload === undefined && spec?.hostNetwork !== true && namespaces.has(namespaceOf(metadata)),
        );
      },
    },
    {
      code: 'policy-read-differently',
      message: 'clusters have one address family there, and this pod has addresses of two',
      concerned: ({ pods }) =>
        pods.filter(({ object: { status } }) => new Set((status?.podIPs ?? []).map(({ ip }) => ip.includes(':'))).size > 1),
    },
    {
      code: 'policy-read-differently',
      message:
        'an `except` is an entry that denies, for every block that holds it: by the code its exceptions may close what another block of any policy for the pod allows, which verdicts here do not know',
      concerned: ({ networkPolicies }) =>
        networkPolicies.filter(({ object }) => peersOf(object).some(({ ipBlock }) => (ipBlock?.except ?? []).length > 0)),
    },
    {
      code: 'policy-read-differently',
      message: `an address or block has at most ${MOST_PORTS} ports there, and a rule has more: verdicts here are those with all of them`,
      concerned: ({ networkPolicies }) =>
        networkPolicies.filter(({ object }) => rulesOf(object).some(({ ports }) => (ports ?? []).length > MOST_PORTS)),
    },
    {
      code: 'policy-read-differently',
      message:
        'pods of one name up to the last `-` share their tables on a node, and policies tell this one from another of its name: by the code what one may do the other may, which verdicts here do not know',
      concerned: toldApart,
    },
    {
      code: 'policy-read-differently',
      message:
        'a peer that selects a host-network pod stands for the address of its node there, and so for all on that node: verdicts here take no host-network pod for a peer',
      concerned: ({ networkPolicies, pods }) => {
        const selects = networkPolicies.some(({ object }) => peersOf(object).some((peer) => peer.podSelector || peer.namespaceSelector));
        return selects ? pods.filter(({ object: { spec } }) => spec?.hostNetwork === true) : [];
      },
    },
  ],
  weave: [
    {
      code: 'policy-read-differently',
      message: 'it knows no IPv6, and this pod has an IPv6 address: verdicts about it here are those of a data plane that does',
      concerned: ({ pods }) =>
        pods.filter(({ object: { status } }) =>
          [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)].some((ip) => ip?.includes(':')),
        ),
    },
  ],
  cilium: [
    {
      code: 'policy-needs-a-gate',
      message: 'enforced only with `--enable-k8s-cluster-network-policy` (1.20 and newer), which is off by default',
      concerned: ofKinds('ClusterNetworkPolicy'),
    },
    {
      code: 'policy-read-differently',
      message: 'SCTP is dropped whatever policies say, unless `sctp.enabled` is set: verdicts here are those with it',
      concerned: ({ networkPolicies, adminPolicies, pods }) => [
        ...networkPolicies.filter(({ object }) => rulesOf(object).some(({ ports }) => ports?.some(({ protocol }) => protocol === 'SCTP'))),
        ...clusterNetworkPolicies(adminPolicies).filter(({ object }) => protocolsOf(object).some(({ sctp }) => sctp)),
        ...pods.filter(({ object: { spec } }) =>
          (spec?.containers ?? []).some(({ ports }) => ports?.some(({ protocol }) => protocol === 'SCTP')),
        ),
      ],
    },
    {
      code: 'policy-read-differently',
      message:
        '`nodes` match only with node selector labels (`--enable-node-selector-labels`), which are off by default: verdicts here are those with them',
      concerned: ({ adminPolicies }) => withPeer(adminPolicies, 'nodes'),
    },
    {
      code: 'policy-read-differently',
      message: 'with `domainNames` DNS to kube-dns is allowed, too, which verdicts here do not know',
      concerned: ({ adminPolicies }) => withPeer(adminPolicies, 'domainNames'),
    },
    {
      code: 'policy-read-differently',
      message:
        'it has rules of a direction that its `policyTypes` omit: by the code they may have effect there, which verdicts here do not know',
      concerned: ({ networkPolicies }) =>
        networkPolicies.filter(({ object: { spec } }) => {
          const types = spec?.policyTypes ?? [];
          const omits = (type: 'Ingress' | 'Egress', rules: number) => rules > 0 && !types.includes(type);
          return types.length > 0 && (omits('Ingress', spec?.ingress?.length ?? 0) || omits('Egress', spec?.egress?.length ?? 0));
        }),
    },
    {
      code: 'policy-read-differently',
      message:
        'it selects pods by a label that makes no identity there by default, such as `pod-template-hash`: such a selector matches no pod, which verdicts here do not know',
      concerned: ({ networkPolicies, adminPolicies }) => [
        ...networkPolicies.filter(({ object }) =>
          [object.spec?.podSelector, ...peersOf(object).map(({ podSelector }) => podSelector)].some(hasNoIdentity),
        ),
        ...clusterNetworkPolicies(adminPolicies).filter(({ object: { spec } }) => {
          const peers = [...(spec.ingress ?? []).flatMap(({ from }) => from), ...(spec.egress ?? []).flatMap(({ to }) => to)];
          return [spec.subject, ...peers].some(({ pods }) => hasNoIdentity(pods?.podSelector));
        }),
      ],
    },
    {
      code: 'policy-not-enforced',
      message:
        'no policy is enforced for a pod that has the label `host`, whatever its value (cilium#48027), which verdicts here do not know',
      concerned: (manifests) => withLabel(manifests, 'host'),
    },
    {
      code: 'policy-read-differently',
      message: 'a pod that has the label `init` is isolated in both directions, whatever selects it, which verdicts here do not know',
      concerned: (manifests) => withLabel(manifests, 'init'),
    },
  ],
};

function rulesOf({ spec }: NetworkPolicyObject): readonly { readonly ports?: NetworkPolicyIngressRule['ports'] }[] {
  return [...(spec?.ingress ?? []), ...(spec?.egress ?? [])];
}

function peersOf({ spec }: NetworkPolicyObject): NetworkPolicyPeer[] {
  return [...(spec?.ingress ?? []).flatMap(({ from }) => from ?? []), ...(spec?.egress ?? []).flatMap(({ to }) => to ?? [])];
}

/** Pods that policies could concern. */
function withLabel({ pods, networkPolicies, adminPolicies }: Manifests, key: string): Resource<PodObject>[] {
  if (networkPolicies.length + adminPolicies.length === 0) return [];
  return pods.filter(({ object: { metadata } }) => Object.hasOwn(metadata.labels ?? {}, key));
}

/** Pods that policies of their namespace tell from another pod of the same name up to the last `-`, by the keys of labels that they select by. */
function toldApart({ networkPolicies, pods }: Manifests): Resource<PodObject>[] {
  const keys = new Map<string, Set<string>>();
  for (const { object } of networkPolicies) {
    const namespace = namespaceOf(object.metadata);
    keys.set(namespace, new Set([...(keys.get(namespace) ?? []), ...keysOf(object.spec?.podSelector)]));
  }
  const first = new Map<string, string>();
  return pods.filter(({ object: { metadata } }) => {
    const namespace = namespaceOf(metadata);
    const selecting = [...(keys.get(namespace) ?? [])];
    const end = metadata.name.lastIndexOf('-');
    if (end < 0 || selecting.length === 0) return false;
    const stem = `${namespace}/${metadata.name.slice(0, end)}`;
    const labels = new Map(Object.entries(metadata.labels ?? {}));
    const values = JSON.stringify(selecting.map((key) => (labels.has(key) ? [labels.get(key) ?? ''] : [])));
    if (!first.has(stem)) first.set(stem, values);
    return first.get(stem) !== values;
  });
}

function clusterNetworkPolicies(policies: Manifests['adminPolicies']): Resource<ClusterPolicy>[] {
  return policies.filter(({ object }) => object.kind === 'ClusterNetworkPolicy') as Resource<ClusterPolicy>[];
}

type ClusterPolicy = Extract<AdminPolicyObject, { kind: 'ClusterNetworkPolicy' }>;

function protocolsOf({ spec }: ClusterPolicy) {
  return [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ protocols }) => protocols ?? []);
}

function withPeer(policies: Manifests['adminPolicies'], field: 'nodes' | 'domainNames'): Resource<ClusterPolicy>[] {
  return clusterNetworkPolicies(policies).filter(({ object }) =>
    (object.spec.egress ?? []).some(({ to }) => to.some((peer) => peer[field])),
  );
}

function keysOf(selector: LabelSelector | null | undefined): string[] {
  return [...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({ key }) => key)];
}

function hasNoIdentity(selector: LabelSelector | null | undefined): boolean {
  return keysOf(selector).some(isFiltered);
}

function isFiltered(key: string): boolean {
  return !key.startsWith('app.kubernetes.io') && NO_IDENTITY.test(key);
}
