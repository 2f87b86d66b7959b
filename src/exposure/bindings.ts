/**
 * Which policies bind a pod, in order: pods that the same ones bind are exposed alike.
 */
import { matchesSelector } from '../dialects/label-selector.ts';
import type { Cluster, Pod } from '../model/cluster.ts';
import type { Policy, PolicySet, Tier } from '../model/policy.ts';
import type { Labels } from '../model/selector.ts';

/** The policies of a tier that bind a pod. */
export interface BoundTier {
  readonly match: Tier['match'];
  readonly policies: readonly Policy[];
}

export interface Binding {
  /** Equal for pods that the same policies bind. */
  readonly key: string;
  readonly tiers: readonly BoundTier[];
}

/** Policies of a tier by the one namespace of their subjects, and those of no single one. Places in the tier. */
interface Placed {
  readonly tier: Tier;
  readonly inNamespace: ReadonlyMap<string, readonly number[]>;
  readonly anywhere: readonly number[];
}

export class Bindings {
  private readonly placed: readonly Placed[];
  private readonly namespaces: ReadonlyMap<string, Labels>;
  private readonly known = new Map<string, Map<Labels, Binding>>();

  constructor({ tiers }: PolicySet, { namespaces }: Cluster) {
    this.placed = tiers.map(placePolicies);
    this.namespaces = new Map(namespaces.map(({ name, labels }) => [name, labels]));
  }

  /** Of a pod that policies apply to. */
  of({ namespace, labels }: Pod): Binding {
    const known = this.known.get(namespace) ?? new Map<Labels, Binding>();
    this.known.set(namespace, known);
    let binding = known.get(labels);
    if (binding === undefined) {
      const places = this.placed.map((each) => this.binding(each, namespace, labels));
      binding = {
        key: places.map((list) => list.join()).join('/'),
        tiers: this.placed.map(({ tier }, i) => ({ match: tier.match, policies: places[i]!.map((place) => tier.policies[place]!) })),
      };
      known.set(labels, binding);
    }
    return binding;
  }

  private binding({ tier, inNamespace, anywhere }: Placed, namespace: string, labels: Labels): number[] {
    const candidates = [...(inNamespace.get(namespace) ?? []), ...anywhere].sort((a, b) => a - b);
    const ofNamespace = this.namespaces.get(namespace) ?? new Map<string, string>();
    return candidates.filter((place) => {
      const { namespaces, pods } = tier.policies[place]!.subject;
      return ('name' in namespaces || matchesSelector(ofNamespace, namespaces.selector)) && matchesSelector(labels, pods);
    });
  }
}

function placePolicies(tier: Tier): Placed {
  const inNamespace = new Map<string, number[]>();
  const anywhere: number[] = [];
  for (const [place, { subject }] of tier.policies.entries()) {
    if ('selector' in subject.namespaces) anywhere.push(place);
    else {
      const { name } = subject.namespaces;
      const known = inNamespace.get(name);
      if (known === undefined) inNamespace.set(name, [place]);
      else known.push(place);
    }
  }
  return { tier, inNamespace, anywhere };
}
