/**
 * What is known of a data plane and no switch models, told once where the input has something that it concerns: feature gates that are off by default, and traffic or labels that it treats in
 * another way. Sources: the files of src/cni. `policy-needs-a-gate`: somebody relies on policies that are off as long as nobody turns them on.
 */

import { escapeControls } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { namespaceOf, refOf } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { AdminPolicyObject, LabelSelector, Manifests, Resource } from '../model/resource.ts';

interface Caveat {
  readonly code: 'policy-needs-a-gate' | 'policy-read-differently';
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
      concerned: ({ networkPolicies, adminPolicies }) => [
        ...networkPolicies.filter(({ object: { spec } }) =>
          [...(spec?.ingress ?? []), ...(spec?.egress ?? [])].some(({ ports }) => ports?.some(({ protocol }) => protocol === 'SCTP')),
        ),
        ...clusterNetworkPolicies(adminPolicies).filter(({ object }) => protocolsOf(object).some(({ sctp }) => sctp)),
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
      concerned: ({ networkPolicies }) =>
        networkPolicies.filter(({ object: { spec } }) => {
          const peers = [...(spec?.ingress ?? []).flatMap(({ from }) => from ?? []), ...(spec?.egress ?? []).flatMap(({ to }) => to ?? [])];
          return [spec?.podSelector, ...peers.map(({ podSelector }) => podSelector)].some((selector) => keysOf(selector).some(isFiltered));
        }),
    },
  ],
};

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

function isFiltered(key: string): boolean {
  return !key.startsWith('app.kubernetes.io') && NO_IDENTITY.test(key);
}
