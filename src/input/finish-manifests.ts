/**
 * The last step of reading: what can only be said when everything has been read. Duplicate objects, the pods of workloads, policies that cannot be
 * trusted because a namespace's labels are not known, and the order of diagnostics.
 */
import { compareText } from '../lib/compare-text.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { ADMIN_KINDS, isAdminKind, namespaceOf, refOf } from '../model/object-names.ts';
import { type Origin, UNREADABLE } from '../model/origin.ts';
import type {
  AdminPolicyObject,
  Manifests,
  NamespaceObject,
  NetworkPolicyObject,
  NodeObject,
  PodObject,
  Resource,
  ServiceObject,
} from '../model/resource.ts';
import type { WorkloadObject } from './checks/check-workload.ts';
import { crossCheck } from './cross-check.ts';
import { type DistrustedPolicies, distrustAdminSelectors, distrustOf, distrustSelectors } from './distrust.ts';
import { withoutDuplicates } from './duplicates.ts';
import type { Findings } from './findings.ts';
import type { InputOptions } from './input-options.ts';
import { distrustedPolicy } from './unreadable.ts';
import { distrustedAdminPolicy } from './unreadable-admin.ts';
import { unreadableEnd } from './unreadable-ends.ts';
import { addWorkloadPods } from './workloads.ts';

export function finishManifests(found: Findings, files: readonly string[], options: InputOptions): Manifests {
  const unreadable = [...found.unreadable];
  const unreadableEnds = [...found.unreadableEnds];
  const diagnostics = [...found.diagnostics];
  const doubtful = [...found.doubtfulNamespaces];
  const byKind = withoutDuplicates(found, diagnostics, ({ object, origin }, reason) => {
    if (object.kind === 'NetworkPolicy') {
      const policy = object as NetworkPolicyObject;
      unreadable.push(distrustedPolicy(policy, namespaceOf(policy.metadata), origin, reason));
    }
    if (isAdminKind(object.kind)) unreadable.push(distrustedAdminPolicy(object as AdminPolicyObject, origin, reason, true));
    if (object.kind === 'Namespace') doubtful.push({ name: object.metadata.name, origin });
    const end = unreadableEnd(refOf(object.kind, object.metadata), object, origin);
    if (end !== undefined) unreadableEnds.push(end);
  });
  const of = <T>(kind: string): readonly Resource<T>[] => (byKind.get(kind) ?? []) as unknown as readonly Resource<T>[];
  const workloadKinds = [...byKind.keys()].filter((kind) => !PLAIN_KINDS.has(kind));
  const workloads = workloadKinds.flatMap((kind) => of<WorkloadObject>(kind));
  const pods = addWorkloadPods(of<PodObject>('Pod'), workloads, (workload) => found.podCounts.get(workload) ?? options.workloadPods ?? 1);
  const policies = of<NetworkPolicyObject>('NetworkPolicy');
  const refusedFile = found.unreadable.some(({ kind }) => kind === UNREADABLE);
  const podsMissing = refusedFile || diagnostics.some(mayHideAPod);
  const givenAdmin = ADMIN_KINDS.flatMap((kind) => of<AdminPolicyObject>(kind));
  const all = { byKind, pods, policies, adminPolicies: givenAdmin, otherPolicies: found.otherPolicies, podsMissing };
  for (const warning of crossCheck(all)) diagnostics.push(warning);
  const distrust = distrustOf(
    doubtful.map(({ name }) => name),
    refusedFile,
  );
  const distrusted: DistrustedPolicies = new Map();
  const networkPolicies = distrust === undefined ? policies : distrustSelectors(policies, distrust, distrusted);
  const adminPolicies = distrust === undefined ? givenAdmin : distrustAdminSelectors(givenAdmin, distrust, distrusted);
  return {
    namespaces: of<NamespaceObject>('Namespace'),
    pods,
    nodes: of<NodeObject>('Node'),
    services: of<ServiceObject>('Service'),
    networkPolicies,
    adminPolicies,
    unreadable: [...unreadable, ...distrusted.keys()],
    unreadableEnds,
    diagnostics: inOrder(diagnostics, files),
    skipped: found.skipped,
    counts: new Map([...byKind].map(([kind, resources]) => [kind, resources.length])),
    context: {
      workloads,
      doubtfulNamespaces: doubtful,
      otherPolicies: found.otherPolicies,
      ...(distrusted.size === 0 ? {} : { distrusted }),
    },
  };
}

/** Is it about a pod that is not used, about a workload, or about what may be one? */
function mayHideAPod({ severity, object }: Diagnostic): boolean {
  return severity === 'error' && (object === undefined || object.kind === 'Pod' || !PLAIN_KINDS.has(object.kind));
}

const PLAIN_KINDS: ReadonlySet<string> = new Set(['Namespace', 'Pod', 'Node', 'Service', 'NetworkPolicy', ...ADMIN_KINDS]);

/** By file in the order given, then by place, then by code. */
function inOrder(diagnostics: readonly Diagnostic[], files: readonly string[]): Diagnostic[] {
  const order = new Map(files.map((file, i) => [file, i]));
  const orderOf = ({ file }: Origin): number => order.get(file) ?? files.length;
  return [...diagnostics].sort(
    (a, b) =>
      orderOf(a.origin) - orderOf(b.origin) ||
      a.origin.line - b.origin.line ||
      a.origin.column - b.origin.column ||
      compareText(a.code, b.code),
  );
}
