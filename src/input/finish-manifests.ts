/**
 * The last step of reading: what can only be said when everything has been read. Duplicate objects, the pods of workloads, addresses that two pods
 * have, policies that cannot be trusted because a namespace's labels are not known, and the order of diagnostics.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import type {
  LabelSelector,
  Manifests,
  Maybe,
  NamespaceObject,
  NetworkPolicyObject,
  NodeObject,
  PodObject,
  Resource,
  ServiceObject,
  UnreadablePolicy,
} from '../model/resource.ts';
import { isCompleted } from './build-cluster.ts';
import type { WorkloadObject } from './checks/check-workload.ts';
import { compareText } from './compare-text.ts';
import type { Findings, Kept } from './findings.ts';
import type { InputOptions } from './input-options.ts';
import { NAME_LABEL, namespaceOf } from './object-names.ts';
import { distrustedPolicy } from './unreadable.ts';
import { unreadableEnd } from './unreadable-ends.ts';
import { addWorkloadPods } from './workloads.ts';

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(['Namespace', 'Node']);

export function finishManifests(found: Findings, files: readonly string[], options: InputOptions): Manifests {
  const unreadable = [...found.unreadable];
  const unreadableEnds = [...found.unreadableEnds];
  const diagnostics = [...found.diagnostics];
  const doubtful = found.doubtfulNamespaces.map(({ name }) => name);
  const byKind = withoutDuplicates(found.kept, diagnostics, ({ object, origin }, reason) => {
    if (object.kind === 'NetworkPolicy') unreadable.push(distrusted(object as NetworkPolicyObject, origin, reason));
    if (object.kind === 'Namespace') doubtful.push(object.metadata.name);
    const end = unreadableEnd(refOf(object.kind, object.metadata), object, origin);
    if (end !== undefined) unreadableEnds.push(end);
  });
  const of = <T>(kind: string): readonly Resource<T>[] => (byKind.get(kind) ?? []) as unknown as readonly Resource<T>[];
  const workloadKinds = [...byKind.keys()].filter((kind) => !PLAIN_KINDS.has(kind));
  const workloads = workloadKinds.flatMap((kind) => of<WorkloadObject>(kind));
  const pods = addWorkloadPods(of<PodObject>('Pod'), workloads, options.workloadPods ?? 1);
  warnAboutAddresses(pods, diagnostics);
  warnAboutOtherPolicies(found, diagnostics);
  const refusedFile = found.unreadable.some(({ kind }) => kind === '(unreadable)');
  warnAboutNamespaces(byKind, pods, diagnostics);
  const networkPolicies = distrustSelectors(of<NetworkPolicyObject>('NetworkPolicy'), doubtful, refusedFile, unreadable);
  return {
    namespaces: of<NamespaceObject>('Namespace'),
    pods,
    nodes: of<NodeObject>('Node'),
    services: of<ServiceObject>('Service'),
    networkPolicies,
    unreadable,
    unreadableEnds,
    diagnostics: inOrder(diagnostics, files),
    skipped: found.skipped,
    counts: new Map([...byKind].map(([kind, resources]) => [kind, resources.length])),
  };
}

const PLAIN_KINDS: ReadonlySet<string> = new Set(['Namespace', 'Pod', 'Node', 'Service', 'NetworkPolicy']);

/**
 * The objects by kind, each kept once. The same object twice is a warning; two different objects of one name are an error, and neither is kept: which of
 * them is meant cannot be known.
 */
function withoutDuplicates(
  kept: readonly Resource<Kept>[],
  diagnostics: Diagnostic[],
  onConflict: (resource: Resource<Kept>, reason: string) => void,
): Map<string, Resource<Kept>[]> {
  const known = new Map<string, Map<string, Map<string, Resource<Kept>>>>();
  const byKind = new Map<string, Resource<Kept>[]>();
  const conflicts = new Set<Resource<Kept>>();
  for (const resource of kept) {
    const { kind, metadata } = resource.object;
    const names = entry(entry(known, kind, newMap), CLUSTER_SCOPED.has(kind) ? '' : namespaceOf(metadata), newMap) as Map<
      string,
      Resource<Kept>
    >;
    const first = names.get(metadata.name);
    if (first === undefined) {
      names.set(metadata.name, resource);
      entry(byKind, kind, () => [] as Resource<Kept>[]).push(resource);
      continue;
    }
    const same = canonical(first.object) === canonical(resource.object);
    diagnostics.push(duplicate(first, resource, same));
    if (same) continue;
    const reason = `two different objects have its name, at ${place(first.origin)} and ${place(resource.origin)}`;
    if (!conflicts.has(first)) onConflict(first, reason);
    conflicts.add(first);
    onConflict(resource, reason);
  }
  if (conflicts.size > 0) {
    for (const [kind, resources] of byKind)
      byKind.set(
        kind,
        resources.filter((resource) => !conflicts.has(resource)),
      );
  }
  return byKind;
}

function newMap<K, V>(): Map<K, V> {
  return new Map();
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function duplicate(first: Resource<Kept>, second: Resource<Kept>, same: boolean): Diagnostic {
  const { kind, metadata } = second.object;
  return {
    code: 'duplicate-object',
    severity: same ? 'warning' : 'error',
    message: same
      ? `the object is also at ${place(first.origin)}, with the same content`
      : `another object of this name with other content is at ${place(first.origin)}; neither is used`,
    origin: second.origin,
    object: refOf(kind, metadata),
    field: 'metadata.name',
  };
}

function refOf(kind: string, metadata: Kept['metadata']): ObjectRef {
  return { kind, ...(CLUSTER_SCOPED.has(kind) ? {} : { namespace: namespaceOf(metadata) }), name: metadata.name };
}

function place({ file, line, column }: Origin): string {
  return line === 0 ? file : `${file}:${line}:${column}`;
}

/** The same text for the same content: keys in order, null and absent alike, as are `default` and no namespace. */
function canonical(object: Kept): string {
  const content = { ...object, metadata: { ...object.metadata, namespace: null } };
  return JSON.stringify(content, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.entries(part)
      .filter(([, field]) => field !== null)
      .sort(([a], [b]) => compareText(a, b));
  });
}

/** An address of two pods that run: flows that name the address cannot be told apart. Host-network pods share their node's address. */
function warnAboutAddresses(pods: readonly Resource<PodObject>[], diagnostics: Diagnostic[]): void {
  const owners = new Map<string, Resource<PodObject>>();
  const take = (ip: string | null | undefined, pod: Resource<PodObject>): void => {
    if (!ip) return;
    const first = owners.get(ip);
    if (first === undefined) owners.set(ip, pod);
    else if (first !== pod) diagnostics.push(sharedAddress(ip, first, pod));
  };
  for (const pod of pods) {
    const { spec, status } = pod.object;
    if (!status || spec?.hostNetwork || isCompleted(pod.object)) continue;
    if (status.podIPs?.length) for (const { ip } of status.podIPs) take(ip, pod);
    else take(status.podIP, pod);
  }
}

function sharedAddress(ip: string, first: Resource<PodObject>, second: Resource<PodObject>): Diagnostic {
  const { metadata } = first.object;
  return {
    code: 'duplicate-pod-ip',
    severity: 'warning',
    message: `the address \`${ip}\` also belongs to the pod ${namespaceOf(metadata)}/${metadata.name} at ${place(first.origin)}`,
    origin: second.origin,
    object: refOf('Pod', second.object.metadata),
    field: 'status.podIP',
  };
}

function warnAboutOtherPolicies({ otherPolicies }: Findings, diagnostics: Diagnostic[]): void {
  for (const [kind, { origin, count }] of otherPolicies) {
    diagnostics.push({
      code: 'policy-not-considered',
      severity: 'warning',
      message: `${count === 1 ? 'one object' : `${count} objects`} of kind \`${kind}\` could change verdicts and ${count === 1 ? 'is' : 'are'} not taken into account`,
      origin,
    });
  }
}

/**
 * Where the labels of a namespace are not known, a selector of namespaces may or may not match it. A policy with such a selector is not read: what it
 * would allow is then unknown, and never allowed or denied on a guess. When a whole file is missing, an unreadable policy already makes every denial unknown;
 * only selectors that match where labels are absent could allow too much.
 */
function distrustSelectors(
  policies: readonly Resource<NetworkPolicyObject>[],
  doubtful: readonly (string | undefined)[],
  refusedFile: boolean,
  unreadable: UnreadablePolicy[],
): readonly Resource<NetworkPolicyObject>[] {
  if (doubtful.length === 0 && !refusedFile) return policies;
  const depends = doubtful.length > 0 ? dependsOnLabels : matchesAbsentLabels;
  const reason =
    doubtful.length > 0
      ? `it selects namespaces by label, and the labels of ${doubtful[0] === undefined ? 'a namespace' : `the namespace \`${doubtful[0]}\``} could not be read`
      : 'it selects namespaces by the absence of labels, and a file that could not be read may set them';
  return policies.filter(({ object, origin }) => {
    const trusted = !namespaceSelectorsOf(object).some(depends);
    if (!trusted) unreadable.push(distrusted(object, origin, reason));
    return trusted;
  });
}

function distrusted(object: NetworkPolicyObject, origin: Origin, reason: string): UnreadablePolicy {
  return distrustedPolicy(object, namespaceOf(object.metadata), origin, reason);
}

function dependsOnLabels(selector: Maybe<LabelSelector>): boolean {
  const keys = [...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({ key }) => key)];
  return keys.some((key) => key !== NAME_LABEL);
}

function matchesAbsentLabels(selector: Maybe<LabelSelector>): boolean {
  return (selector?.matchExpressions ?? []).some(
    ({ key, operator }) => key !== NAME_LABEL && (operator === 'NotIn' || operator === 'DoesNotExist'),
  );
}

/** A namespace that pods are in and that no object describes has only the label of its name, as far as anyone knows. */
function warnAboutNamespaces(
  byKind: ReadonlyMap<string, readonly Resource<Kept>[]>,
  pods: readonly Resource<PodObject>[],
  diagnostics: Diagnostic[],
): void {
  const policies = (byKind.get('NetworkPolicy') ?? []) as unknown as readonly Resource<NetworkPolicyObject>[];
  const selecting = policies.find(({ object }) => namespaceSelectorsOf(object).some(dependsOnLabels));
  if (selecting === undefined) return;
  const given = new Set((byKind.get('Namespace') ?? []).map(({ object }) => object.metadata.name));
  const warned = new Set<string>();
  for (const { object, origin } of pods) {
    const namespace = namespaceOf(object.metadata);
    if (given.has(namespace) || warned.has(namespace)) continue;
    warned.add(namespace);
    diagnostics.push({
      code: 'namespace-not-given',
      severity: 'warning',
      message: `the namespace \`${namespace}\` is not in the input: it is taken to have no label but its name, and policies such as \`${namespaceOf(selecting.object.metadata)}/${selecting.object.metadata.name}\` select namespaces by labels`,
      origin,
      object: { kind: 'Namespace', name: namespace },
      hint: 'add the Namespace objects to the input',
    });
  }
}

function namespaceSelectorsOf({ spec }: NetworkPolicyObject): Maybe<LabelSelector>[] {
  const peers = [...(spec?.ingress ?? []).flatMap(({ from }) => from ?? []), ...(spec?.egress ?? []).flatMap(({ to }) => to ?? [])];
  return peers.map(({ namespaceSelector }) => namespaceSelector);
}

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
