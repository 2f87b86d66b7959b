/**
 * What mutations are drawn from: the labels, numbers and names that policies and invariants speak of, since only they can change a verdict. One pod stands for all that are alike.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { podAddresses } from '../input/pod-addresses.ts';
import { append } from '../lib/append.ts';
import { compareText } from '../lib/compare-text.ts';
import { ADMIN_KINDS, NAME_LABEL, nameOfObject, namespaceOf, refOf } from '../model/object-names.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { AdminPolicyObject, Container, LabelSelector, Manifests, PodObject, Resource } from '../model/resource.ts';
import type { Mutation } from './mutation.ts';

/** What invariants speak of. */
export interface Interest {
  /** `namespace/name` of the pods that they are about. */
  readonly pods: ReadonlySet<string>;
  /** Labels of pods and of namespaces that their ends select by. */
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly namespaceLabels: readonly (readonly [key: string, value: string])[];
}

const NO_INTEREST: Interest = { pods: new Set(), labels: [], namespaceLabels: [] };

/** Values by key, both in the order in which they are met. */
type Words = Map<string, Set<string>>;

/** A value that nobody wrote: what a selector by `NotIn` or `Exists` is looked at with. */
const OTHER = 'other';

export class Vocabulary {
  /** `namespace/name` of one pod of each sort: first those that invariants are about. */
  readonly aimed: readonly string[];
  readonly pods: readonly string[];
  readonly namespaces: readonly string[];
  readonly policies: readonly ObjectRef[];
  readonly reorderings: readonly Extract<Mutation, { kind: 'reorder' }>[];
  private readonly podWords: Words = new Map();
  private readonly namespaceWords: Words = new Map();
  private readonly numbers = new Set<number>();
  private readonly portNames = new Set<string>();
  private readonly byName: ReadonlyMap<string, PodObject>;
  private readonly labelsOfNamespace: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(manifests: Manifests, interest: Interest = NO_INTEREST) {
    const running = manifests.pods.map(({ object }) => object).filter((pod) => !isCompleted(pod));
    this.byName = new Map(running.map((pod) => [nameOfObject(pod), pod]));
    const sorts = [...this.byName].sort(([a], [b]) => compareText(a, b));
    this.aimed = oneOfEachSort(sorts.filter(([name]) => interest.pods.has(name)));
    this.pods = [...this.aimed, ...oneOfEachSort(sorts.filter(([name]) => !interest.pods.has(name)))];
    this.labelsOfNamespace = new Map(manifests.namespaces.map(({ object: { metadata } }) => [metadata.name, labelsOf(metadata)]));
    this.namespaces = [...new Set([...this.labelsOfNamespace.keys(), ...running.map(({ metadata }) => namespaceOf(metadata))])].sort(
      compareText,
    );
    const policies = [...manifests.networkPolicies, ...manifests.adminPolicies];
    for (const { object } of policies) this.read(object);
    for (const [key, value] of interest.labels) add(this.podWords, key, value);
    for (const [key, value] of interest.namespaceLabels) add(this.namespaceWords, key, value);
    this.addValuesInUse();
    this.policies = policies.map(({ object }) => refOf(object.kind, object.metadata));
    this.reorderings = reorderingsOf(manifests.adminPolicies, policies.length);
  }

  /** Does anybody speak of labels of pods? Then every pod can be relabelled. */
  get namesLabels(): boolean {
    return this.podWords.size > 0;
  }

  /** Every label that it can lose, change or get, of those that somebody speaks of. */
  relabelings(pod: string): Extract<Mutation, { kind: 'relabel' }>[] {
    const labels = labelsOf(this.byName.get(pod)!.metadata);
    return changesOf(labels, this.podWords).map(([key, value]) => ({ kind: 'relabel', pod, key, value }));
  }

  namespaceRelabelings(namespace: string): Extract<Mutation, { kind: 'relabel-namespace' }>[] {
    const labels = this.labelsOfNamespace.get(namespace) ?? new Map<string, string>();
    return changesOf(labels, this.namespaceWords).map(([key, value]) => ({ kind: 'relabel-namespace', namespace, key, value }));
  }

  /** Named ports that policies use, at other numbers that policies or pods use, or gone. */
  portChanges(pod: string): Extract<Mutation, { kind: 'ports' }>[] {
    const declared = portsOf(this.byName.get(pod)!).filter(({ name }) => name && this.portNames.has(name));
    return declared.flatMap(({ name, containerPort }) => {
      const others = [...this.numbers].filter((number) => number !== containerPort);
      return [null, ...others].map((port) => ({ kind: 'ports' as const, pod, name: name!, port }));
    });
  }

  /** Pods with addresses of their own. */
  get addressed(): readonly string[] {
    return this.pods.filter((pod) => hasOwnAddress(this.byName.get(pod)!));
  }

  get singleStack(): readonly string[] {
    return this.addressed.filter((pod) => new Set(podAddresses(this.byName.get(pod)!.status).map(({ family }) => family)).size === 1);
  }

  /** Those of a namespace, or all where it has none. */
  podsLike(namespace: string | null): readonly string[] {
    const inside = this.pods.filter((pod) => pod.startsWith(`${namespace}/`));
    return inside.length > 0 ? inside : this.pods;
  }

  /** Selectors stand in many places of policies; what the field around them is called says of what they are. */
  private read(object: unknown, field = ''): void {
    if (typeof object !== 'object' || object === null) return;
    if (Array.isArray(object)) {
      for (const item of object) this.read(item, field);
      return;
    }
    if (field === 'podSelector') addSelector(this.podWords, object);
    else if (field === 'namespaceSelector' || field === 'namespaces') addSelector(this.namespaceWords, object);
    else {
      for (const [name, value] of Object.entries(object)) {
        if (PORT_FIELDS.has(name) && typeof value === 'number') this.numbers.add(value);
        else if (PORT_FIELDS.has(name) && typeof value === 'string') this.portNames.add(value);
        else this.read(value, name);
      }
    }
  }

  private addValuesInUse(): void {
    for (const pod of this.byName.values()) {
      for (const [key, value] of labelsOf(pod.metadata)) if (this.podWords.has(key)) add(this.podWords, key, value);
      for (const { name, containerPort } of portsOf(pod)) if (name && this.portNames.has(name)) this.numbers.add(containerPort);
    }
    for (const labels of this.labelsOfNamespace.values()) {
      for (const [key, value] of labels) if (this.namespaceWords.has(key)) add(this.namespaceWords, key, value);
    }
  }
}

const PORT_FIELDS: ReadonlySet<string> = new Set(['port', 'endPort', 'number', 'start', 'end', 'namedPort', 'destinationNamedPort']);

export function labelsOf({ labels }: PodObject['metadata']): Map<string, string> {
  return new Map(Object.entries(labels ?? {}).map(([key, value]) => [key, value ?? '']));
}

/** Host-network pods have those of their node. */
export function hasOwnAddress({ spec, status }: PodObject): boolean {
  return spec?.hostNetwork !== true && podAddresses(status).length > 0;
}

function portsOf({ spec }: PodObject): NonNullable<Container['ports']>[number][] {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap(({ ports }) => ports ?? []);
}

/** Pods that differ in nothing but their names and addresses are one sort. Choosing among them would find nothing that one does not. */
function oneOfEachSort(pods: readonly (readonly [string, PodObject])[]): string[] {
  const sorts = new Map<string, string>();
  for (const [name, pod] of pods) {
    const { metadata, spec, status } = pod;
    const families = podAddresses(status).map(({ family }) => family);
    const labels = [...labelsOf(metadata)].sort(([a], [b]) => compareText(a, b));
    const key = JSON.stringify([namespaceOf(metadata), labels, portsOf(pod), spec?.hostNetwork === true, families]);
    if (!sorts.has(key)) sorts.set(key, name);
  }
  return [...sorts.values()];
}

function add(words: Words, key: string, ...values: readonly string[]): void {
  if (key === NAME_LABEL) return;
  const known = words.get(key) ?? new Set();
  for (const value of values) known.add(value);
  words.set(key, known);
}

function addSelector(words: Words, { matchLabels, matchExpressions }: LabelSelector): void {
  for (const [key, value] of Object.entries(matchLabels ?? {})) add(words, key, value ?? '');
  for (const { key, operator, values } of matchExpressions ?? []) add(words, key, ...(values ?? []), ...(operator === 'In' ? [] : [OTHER]));
}

/** What labels can become: first what goes, then what changes, then what comes. */
function changesOf(labels: ReadonlyMap<string, string>, words: Words): [key: string, value: string | null][] {
  const keys = [...words.keys()];
  const others = (key: string): [string, string][] =>
    [...words.get(key)!].filter((value) => value !== labels.get(key)).map((value) => [key, value]);
  const held = keys.filter((key) => labels.has(key));
  return [
    ...held.map((key): [string, null] => [key, null]),
    ...held.flatMap(others),
    ...keys.filter((key) => !labels.has(key)).flatMap(others),
  ];
}

function reorderingsOf(policies: readonly Resource<AdminPolicyObject>[], count: number): Extract<Mutation, { kind: 'reorder' }>[] {
  const found: Extract<Mutation, { kind: 'reorder' }>[] = [];
  const ranks = new Map<string, AdminPolicyObject[]>();
  for (const { object } of policies) {
    const tier = object.kind === 'ClusterNetworkPolicy' ? object.spec.tier : '';
    if (object.kind !== ADMIN_KINDS[2]) append(ranks, `${object.kind} ${tier}`, object);
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = object.spec[direction] ?? [];
      for (let rule = 0; rule + 1 < rules.length; rule++) {
        found.push({ kind: 'reorder', what: 'rules', policy: refOf(object.kind, object.metadata), direction, rule });
      }
    }
  }
  for (const peers of ranks.values()) {
    for (const [i, a] of peers.entries()) {
      for (const b of peers.slice(i + 1)) {
        if (priorityOf(a) === priorityOf(b)) continue;
        found.push({ kind: 'reorder', what: 'priorities', policies: [refOf(a.kind, a.metadata), refOf(b.kind, b.metadata)] });
      }
    }
  }
  return count > 1 ? [...found, { kind: 'reorder', what: 'documents' }] : found;
}

export function priorityOf(policy: AdminPolicyObject): number | undefined {
  return 'priority' in policy.spec ? policy.spec.priority : undefined;
}
