/**
 * Manifests as they can be sent to another process: plain data. Places inside objects do not go along, so that a rule stands where its object stands.
 */
import type { Manifests, Resource } from '../model/resource.ts';

type Sent<T> = Omit<Resource<T>, 'locate'>;
type Lists = Pick<Manifests, 'namespaces' | 'pods' | 'nodes' | 'services' | 'networkPolicies' | 'adminPolicies'>;

/** For structured clone. */
export type SentManifests = Omit<Manifests, keyof Lists> & {
  readonly [K in keyof Lists]: readonly Sent<Manifests[K][number]['object']>[];
};

export function toSend(manifests: Manifests): SentManifests {
  const plain = <T>(list: readonly Resource<T>[]): Sent<T>[] => list.map(({ object, origin }) => ({ object, origin }));
  return {
    ...manifests,
    namespaces: plain(manifests.namespaces),
    pods: plain(manifests.pods),
    nodes: plain(manifests.nodes),
    services: plain(manifests.services),
    networkPolicies: plain(manifests.networkPolicies),
    adminPolicies: plain(manifests.adminPolicies),
    // What was found is told where the manifests were read.
    diagnostics: [],
  };
}

export function received(sent: SentManifests): Manifests {
  const resources = <T>(list: readonly Sent<T>[]): Resource<T>[] =>
    list.map(({ object, origin }) => ({ object, origin, locate: () => origin }));
  return {
    ...sent,
    namespaces: resources(sent.namespaces),
    pods: resources(sent.pods),
    nodes: resources(sent.nodes),
    services: resources(sent.services),
    networkPolicies: resources(sent.networkPolicies),
    adminPolicies: resources(sent.adminPolicies),
  };
}
