/**
 * What a generator is: how its part of a specification is read, how large the cluster is, and the objects themselves, one after the other.
 * A generator never holds the whole cluster: the largest have 150,000 pods.
 */
import type { Field } from './fields.ts';
import type { KubernetesObject } from './objects.ts';

/** Namespaces, pods and policies of every kind. */
export interface Sizes {
  readonly namespaces: number;
  readonly pods: number;
  readonly policies: number;
}

/** One change of a cluster in time. `tick` counts the intervals of the shape from 1. */
export type ShapeUpdate =
  | { readonly tick: number; readonly apply: KubernetesObject }
  | { readonly tick: number; readonly remove: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'> };

/** A cluster that can be made: nothing but a seed is missing. */
export interface Plan {
  readonly sizes: Sizes;
  /** A smaller cluster of the same kind. `fraction` in (0, 1]; at least one of everything stays. */
  scaled(fraction: number): Plan;
  objects(seed: number): Iterable<KubernetesObject>;
  /** What changes after `objects`, for shapes that change. */
  readonly updates?: (seed: number) => Iterable<ShapeUpdate>;
}

/** How a generator is written. `T` is what its part of a specification says. */
export interface GeneratorDefinition<P, A> {
  /** What the source of a shape says. */
  readonly published: Field<P>;
  /** What the source leaves open. */
  readonly assumed: Field<A>;
  /** Problems of values that are right alone and wrong together. */
  readonly problems?: (parameters: Parameters<P, A>) => readonly string[];
  readonly sizes: (parameters: Parameters<P, A>) => Sizes;
  readonly scale: (parameters: Parameters<P, A>, fraction: number) => Parameters<P, A>;
  readonly objects: (parameters: Parameters<P, A>, seed: number) => Iterable<KubernetesObject>;
  readonly updates?: (parameters: Parameters<P, A>, seed: number) => Iterable<ShapeUpdate>;
}

export interface Parameters<P, A> {
  readonly published: P;
  readonly assumed: A;
  /** The part that is made, where a smaller cluster is a part of the whole. Not in specifications. */
  readonly keep?: number;
}

/** Reads a document's `published` and `assumed`; undefined when there are problems, which are added to the list. */
export type Generator = (document: Readonly<Record<string, unknown>>, problems: string[]) => Plan | undefined;

export function defineGenerator<P, A>(definition: GeneratorDefinition<P, A>): Generator {
  return ({ published, assumed }, problems) => {
    const before = problems.length;
    const parameters = {
      published: definition.published(published, 'published', problems),
      assumed: definition.assumed(assumed, 'assumed', problems),
    };
    if (problems.length === before) problems.push(...(definition.problems?.(parameters) ?? []));
    return problems.length === before ? planOf(definition, parameters) : undefined;
  };
}

function planOf<P, A>(definition: GeneratorDefinition<P, A>, parameters: Parameters<P, A>): Plan {
  const { updates } = definition;
  return {
    sizes: definition.sizes(parameters),
    scaled: (fraction) => (fraction === 1 ? planOf(definition, parameters) : planOf(definition, definition.scale(parameters, fraction))),
    objects: (seed) => definition.objects(parameters, seed),
    ...(updates === undefined ? {} : { updates: (seed: number) => updates(parameters, seed) }),
  };
}

/** A count made smaller, never to nothing. */
export function scaled(count: number, fraction: number): number {
  return Math.max(Math.min(count, 1), Math.round(count * fraction));
}
