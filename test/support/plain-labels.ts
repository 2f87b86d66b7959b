import type { Cluster } from '../../src/model/cluster.ts';
import type { Labels } from '../../src/model/selector.ts';

/** The cluster with its labels as Maps, however they are held: what was built and what was decoded hold them in their own ways. */
export function withPlainLabels({ namespaces, pods, nodes, ...rest }: Cluster): Cluster {
  const plain = <T extends { readonly labels: Labels | undefined }>(each: T): T => ({
    ...each,
    labels: each.labels && new Map(each.labels),
  });
  return { ...rest, namespaces: namespaces.map(plain), pods: pods.map(plain), nodes: nodes.map(plain) };
}
