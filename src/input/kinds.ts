/**
 * Which kinds are read, which are left out, and which are left out although they could change verdicts. The answer needs only `apiVersion` and `kind`,
 * so that objects which are not read need not be parsed either.
 */
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { type AdminKind, isAdminKind, isPolicyKind } from '../model/object-names.ts';
import { checkAdminNetworkPolicy, checkBaselineAdminNetworkPolicy, checkClusterNetworkPolicy } from './checks/check-admin-policy.ts';
import { checkNamespace, checkNode, checkPod, checkService } from './checks/check-core.ts';
import type { NameRule } from './checks/check-metadata.ts';
import { checkNetworkPolicy } from './checks/check-network-policy.ts';
import { checkWorkload, type WorkloadKind } from './checks/check-workload.ts';
import type { Reporter } from './checks/reporter.ts';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from './schemas/admin-policy.ts';
import { namespace, node, pod, service } from './schemas/core.ts';
import { networkPolicy } from './schemas/network-policy.ts';
import { cronJob, daemonSet, job, replicated, replicationController } from './schemas/workloads.ts';
import type { ObjectShape } from './shape.ts';

export type ReadKind = 'Namespace' | 'Pod' | 'Node' | 'Service' | 'NetworkPolicy' | AdminKind | WorkloadKind;

export interface KindDefinition {
  readonly kind: ReadKind;
  readonly group: string;
  readonly nameRule: NameRule;
  /** The version that is read, with its group. */
  readonly apiVersion: string;
  readonly asRead: Use;
  readonly shape: ObjectShape;
  /** Checks what fields mean, after their types have been checked. */
  check(object: never, report: Reporter): void;
}

const NAMESPACED: NameRule = { namespaced: true, name: 'subdomain' };
const CLUSTER_SCOPED: NameRule = { namespaced: false, name: 'subdomain' };
const ADMIN_GROUP = 'policy.networking.k8s.io';

function define(
  kind: ReadKind,
  group: string,
  shape: ObjectShape,
  check: KindDefinition['check'],
  nameRule = NAMESPACED,
  version = 'v1',
): KindDefinition {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const definition: Omit<KindDefinition, 'asRead'> & { asRead?: Use } = { kind, group, apiVersion, nameRule, shape, check };
  definition.asRead = { use: 'read', definition: definition as KindDefinition };
  return definition as KindDefinition;
}

const DEFINITIONS: ReadonlyMap<string, KindDefinition> = new Map(
  [
    define('Namespace', '', namespace, checkNamespace, { namespaced: false, name: 'label' }),
    define('Pod', '', pod, checkPod),
    define('Node', '', node, checkNode, CLUSTER_SCOPED),
    define('Service', '', service, checkService, { namespaced: true, name: 'label' }),
    define('NetworkPolicy', 'networking.k8s.io', networkPolicy, checkNetworkPolicy),
    define('ClusterNetworkPolicy', ADMIN_GROUP, clusterNetworkPolicy, checkClusterNetworkPolicy, CLUSTER_SCOPED, 'v1alpha2'),
    define('AdminNetworkPolicy', ADMIN_GROUP, adminNetworkPolicy, checkAdminNetworkPolicy, CLUSTER_SCOPED, 'v1alpha1'),
    define(
      'BaselineAdminNetworkPolicy',
      ADMIN_GROUP,
      baselineAdminNetworkPolicy,
      checkBaselineAdminNetworkPolicy,
      CLUSTER_SCOPED,
      'v1alpha1',
    ),
    define('Deployment', 'apps', replicated, checkWorkload),
    define('ReplicaSet', 'apps', replicated, checkWorkload),
    define('StatefulSet', 'apps', replicated, checkWorkload),
    define('DaemonSet', 'apps', daemonSet, checkWorkload),
    define('ReplicationController', '', replicationController, checkWorkload),
    define('Job', 'batch', job, checkWorkload),
    define('CronJob', 'batch', cronJob, checkWorkload),
  ].map((definition) => [definition.kind, definition]),
);

/**
 * Kinds of other APIs that decide about connections, whatever their group. There are more such APIs than anyone can list: that a kind is not here says nothing about it.
 */
const OTHER_POLICIES: ReadonlySet<string> = new Set([
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
  // OVN-Kubernetes, OpenShift SDN and OpenShift; secondary networks.
  'EgressFirewall',
  'EgressNetworkPolicy',
  'IngressNodeFirewall',
  'MultiNetworkPolicy',
  // Meshes: Istio, Linkerd, Kuma, Consul, SMI.
  'AuthorizationPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
  'ServerAuthorization',
  'MeshTrafficPermission',
  'TrafficPermission',
  'ServiceIntentions',
  'TrafficTarget',
]);

/** Those whose names are too common to be known without their group, as `group/kind`. Linkerd denies what no policy of a Server allows. */
const OTHER_POLICIES_OF_GROUPS: ReadonlySet<string> = new Set(['policy.linkerd.io/Server']);

/** The kind as it is read; undefined for other kinds. */
export function definitionOf(kind: string): KindDefinition | undefined {
  return DEFINITIONS.get(kind);
}

/** What to do with an object of some `apiVersion` and `kind`. */
export type Use =
  | { readonly use: 'read'; readonly definition: KindDefinition }
  | { readonly use: 'list' }
  /** `judges`: it decides about connections, and is not taken into account. */
  | { readonly use: 'skip'; readonly judges: boolean }
  /** It should have been read and cannot be. `policy`: it is, or may be, a policy, and of `kind` where that is more than what is written; `namespace`: a Namespace. */
  | {
      readonly use: 'refuse';
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
      readonly of: 'policy' | 'namespace' | 'other';
      readonly kind?: string;
    };

const READ_GROUPS: ReadonlySet<string> = new Set([...DEFINITIONS.values()].map(({ group }) => group));

export function useOf(apiVersion: string | undefined, kind: string): Use {
  const definition = DEFINITIONS.get(kind);
  // Nearly every object that is read; the answer is made once.
  if (definition !== undefined && apiVersion === definition.apiVersion) return definition.asRead;
  return useOfRare(apiVersion, kind);
}

function useOfRare(apiVersion: string | undefined, kind: string): Use {
  // Whatever it is rendered to: it may be a policy.
  if (kind.includes('{{') || apiVersion?.includes('{{')) {
    const message = '`apiVersion` or `kind` looks like an unrendered template (`{{`)';
    return { use: 'refuse', code: 'unrendered-template', message, hint: 'render it first, for example with `helm template`', of: 'policy' };
  }
  const definition = DEFINITIONS.get(kind);
  const slash = apiVersion?.indexOf('/') ?? -1;
  const group = slash < 0 ? '' : apiVersion!.slice(0, slash);
  if (definition === undefined) return useOfOther(group, kind);
  if (apiVersion === undefined) {
    return refuse(kind, 'missing-field', `\`apiVersion\` is missing, expected \`${definition.apiVersion}\``);
  }
  // An API of someone else may have a kind of the same name.
  if (!isMistaken(group, apiVersion, definition)) return { use: 'skip', judges: isPolicyKind(kind) };
  return refuse(
    kind,
    'unsupported-version',
    `the version ${quote(apiVersion)} of ${kind} is not supported, expected \`${definition.apiVersion}\``,
    isAdminKind(kind) ? ADMIN_VERSIONS : undefined,
  );
}

const ADMIN_VERSIONS = 'v1alpha2 has ClusterNetworkPolicy; v1alpha1 has AdminNetworkPolicy and BaselineAdminNetworkPolicy';

function useOfOther(group: string, kind: string): Use {
  if (OTHER_POLICIES.has(kind) || OTHER_POLICIES_OF_GROUPS.has(`${group}/${kind}`)) return { use: 'skip', judges: true };
  if (kind.endsWith('List')) return { use: 'list' };
  if (!READ_GROUPS.has(group)) return { use: 'skip', judges: false };
  const near = nearest(
    kind,
    [...DEFINITIONS.values()].filter((definition) => definition.group === group).map((definition) => definition.kind),
  );
  if (near === undefined) return { use: 'skip', judges: false };
  return refuse(near, 'unknown-kind', `the kind ${quote(kind)} is unknown`, `did you mean \`${near}\`?`);
}

/** Is this probably meant to be the kind that is read: its group in another version, an old group of it, or a mistyped group? */
function isMistaken(group: string, apiVersion: string, definition: KindDefinition): boolean {
  if (group === definition.group || group === 'extensions' || group === '') return true;
  // The group of NetworkPolicy, or one below it.
  if (definition.group === ADMIN_GROUP && `.${group}`.endsWith('.networking.k8s.io')) return true;
  return (
    definition.group !== '' &&
    (nearest(group, [definition.group]) !== undefined || nearest(apiVersion, [definition.apiVersion]) !== undefined)
  );
}

function refuse(kind: string, code: string, message: string, hint?: string): Use {
  const admin = isAdminKind(kind);
  const of = kind === 'NetworkPolicy' || admin ? 'policy' : kind === 'Namespace' ? 'namespace' : 'other';
  return { use: 'refuse', code, message, of, ...(hint === undefined ? {} : { hint }), ...(admin ? { kind } : {}) };
}
