/**
 * Which numbers pods give the names of ports, for data planes that look it up before they write their rules: from the objects, in an order that means nothing.
 * Specification: networkpolicy-semantics; the numbers in brackets are its points.
 */
import { namespaceOf } from '../model/object-names.ts';
import type { PodMatch } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Manifests, PodObject } from '../model/resource.ts';
import type { Labels } from '../model/selector.ts';
import { matchesSelector } from './label-selector.ts';

/** A pod that policies can select, with what it declares. */
interface Declarer {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly { readonly name: string; readonly protocol: Protocol; readonly number: number }[];
}

export class DeclaredPorts {
  private readonly manifests: Manifests;
  private readonly profile: CniProfile;
  /** Pods that declare a name, by the name. */
  private byName: ReadonlyMap<string, readonly Declarer[]> | undefined;
  private readonly namespaceLabels = new Map<string, Labels>();

  constructor(manifests: Manifests, profile: CniProfile) {
    this.manifests = manifests;
    this.profile = profile;
  }

  /** The numbers that pods of these selections give the name for this protocol, ascending. */
  numbers(selections: readonly PodMatch[], protocol: Protocol, name: string): number[] {
    this.byName ??= this.read();
    const declarers = (this.byName.get(name) ?? []).filter((pod) => selections.some((match) => this.selects(match, pod)));
    const numbers = declarers.flatMap(({ ports }) =>
      ports.filter((port) => port.name === name && port.protocol === protocol).map(({ number }) => number),
    );
    return [...new Set(numbers)].sort((a, b) => a - b);
  }

  private selects({ namespaces, pods }: PodMatch, { namespace, labels }: Declarer): boolean {
    const inNamespace =
      'name' in namespaces
        ? namespaces.name === namespace
        : matchesSelector(this.namespaceLabels.get(namespace) ?? nameLabel(namespace), namespaces.selector);
    return inNamespace && matchesSelector(labels, pods);
  }

  private read(): ReadonlyMap<string, readonly Declarer[]> {
    for (const { object } of this.manifests.namespaces) {
      const { name, labels } = object.metadata;
      this.namespaceLabels.set(name, new Map([...entriesOf(labels), ...nameLabel(name)]));
    }
    const byName = new Map<string, Declarer[]>();
    for (const { object } of this.manifests.pods) {
      if (!isSelectable(object, this.profile)) continue;
      const { metadata } = object;
      const declarer = {
        namespace: namespaceOf(metadata),
        labels: new Map(entriesOf(metadata.labels)),
        ports: declaredPorts(object, this.profile),
      };
      for (const name of new Set(declarer.ports.map((port) => port.name))) byName.set(name, [...(byName.get(name) ?? []), declarer]);
    }
    return byName;
  }
}

/** Completed pods are gone [51]; a host-network pod can be its node [50]. */
function isSelectable({ spec, status }: PodObject, { hostNetwork }: CniProfile): boolean {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return false;
  return spec?.hostNetwork !== true || hostNetwork === 'pod';
}

/** Containers, then sidecars where they count [46]; of several numbers under one name, those that count [45]. */
function declaredPorts({ spec }: PodObject, { sidecarPorts, namedPortDuplicates }: CniProfile): Declarer['ports'] {
  const sidecars = sidecarPorts ? (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always') : [];
  const all = [...(spec?.containers ?? []), ...sidecars].flatMap(({ ports }) =>
    (ports ?? []).flatMap(({ name, containerPort, protocol }) =>
      name ? [{ name, protocol: protocol ?? ('TCP' as const), number: containerPort }] : [],
    ),
  );
  if (namedPortDuplicates === 'every') return all;
  return all.filter((port, i) => all.findIndex(({ name, protocol }) => name === port.name && protocol === port.protocol) === i);
}

/** A null value is the empty string. */
function entriesOf(labels: PodObject['metadata']['labels']): [string, string][] {
  return Object.entries(labels ?? {}).map(([key, value]) => [key, value ?? '']);
}

/** The label that the control plane gives every namespace [25]. */
function nameLabel(namespace: string): Labels {
  return new Map([['kubernetes.io/metadata.name', namespace]]);
}
