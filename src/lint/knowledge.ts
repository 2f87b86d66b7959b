/**
 * How much of a cluster the input shows. A repository holds a part of a cluster, and what is not there cannot be said to match nothing.
 */
import type { Cluster } from '../model/cluster.ts';
import { NAME_LABEL, namespaceOf } from '../model/object-names.ts';
import type { Manifests, ObjectMeta } from '../model/resource.ts';
import type { Selector } from '../model/selector.ts';

export interface Knowledge {
  /** Why nothing can be said about what matches; undefined: something can be. */
  readonly nothing: string | undefined;
  /** Kinds of policies that decide about connections and are not judged, as text; undefined: there are none. */
  readonly otherPolicies: string | undefined;
  /** Was every namespace given that is referred to, and those that every cluster has, so that there are no others? */
  readonly allNamespaces: boolean;
  /** Namespaces of which some pod, running or not, or some workload was given. */
  readonly inhabited: ReadonlySet<string>;
  /** Are the labels of all namespaces known that this selector may depend on? */
  knowsNamespaces(selector: Selector): boolean;
}

/** A repository gives the Namespaces of its own applications; who gives these, too, gives a cluster. */
const OF_EVERY_CLUSTER: readonly string[] = ['default', 'kube-system'];

interface Named {
  readonly metadata: ObjectMeta;
}

export function knowledgeOf(manifests: Manifests, cluster: Cluster): Knowledge {
  const given = new Set(manifests.namespaces.map(({ object }) => object.metadata.name));
  const allNamespaces = OF_EVERY_CLUSTER.every((name) => given.has(name)) && cluster.namespaces.every(({ name }) => given.has(name));
  const { diagnostics, unreadable, unreadableEnds } = manifests;
  const errors = unreadable.length + unreadableEnds.length > 0 || diagnostics.some(({ severity }) => severity === 'error');
  const others = [...(manifests.context?.otherPolicies ?? [])].map(([kind]) => `\`${kind}\``);
  return {
    nothing: errors ? 'the input could not be read whole' : cluster.pods.length === 0 ? 'there is no pod in the input' : undefined,
    otherPolicies: others.length === 0 ? undefined : others.join(', '),
    allNamespaces,
    inhabited: new Set(
      [...manifests.pods, ...(manifests.context?.workloads ?? [])].map(({ object }) => namespaceOf((object as Named).metadata)),
    ),
    knowsNamespaces: (selector) => allNamespaces || selector.every(({ key }) => key === NAME_LABEL),
  };
}
