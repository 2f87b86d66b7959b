/**
 * Changes of a cluster, each a sentence: what happens to pods, namespaces and policies between one look at a cluster and the next. They name objects as they were before any change.
 */
import type { ObjectRef } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests } from '../model/resource.ts';

/** What of a policy set changes places. `priorities`: two policies exchange theirs. `rules`: rule `rule` of a policy and the one behind it. `documents`: all policies are read in the reverse order. */
export type Reordering =
  | { readonly what: 'priorities'; readonly policies: readonly [ObjectRef, ObjectRef] }
  | { readonly what: 'rules'; readonly policy: ObjectRef; readonly direction: Direction; readonly rule: number }
  | { readonly what: 'documents' };

/** Pods and namespaces by name: `namespace/name`, `name`. */
export type Mutation =
  /** A label gets this value; null: the pod loses it. */
  | { readonly kind: 'relabel'; readonly pod: string; readonly key: string; readonly value: string | null }
  | { readonly kind: 'move'; readonly pod: string; readonly namespace: string }
  /** There are so many more pods like it. */
  | { readonly kind: 'scale'; readonly pod: string; readonly more: number }
  /** A new namespace, without policies, with the labels of `like` (null: none), and a pod like `pod` in it. */
  | { readonly kind: 'namespace'; readonly like: string | null; readonly pod: string }
  /** Another address of each family: a free one next to those of `near`. */
  | { readonly kind: 'address'; readonly pod: string; readonly near: string }
  /** An address of the family that it has none of. */
  | { readonly kind: 'dual-stack'; readonly pod: string }
  /** A named container port gets this number; null: it goes. */
  | { readonly kind: 'ports'; readonly pod: string; readonly name: string; readonly port: number | null }
  | { readonly kind: 'relabel-namespace'; readonly namespace: string; readonly key: string; readonly value: string | null }
  | { readonly kind: 'drop'; readonly policy: ObjectRef }
  | ({ readonly kind: 'reorder' } & Reordering);

export type MutationKind = Mutation['kind'];

/** What may happen, the likeliest first. */
export const MUTATION_KINDS: readonly MutationKind[] = [
  'relabel',
  'scale',
  'move',
  'namespace',
  'address',
  'dual-stack',
  'ports',
  'relabel-namespace',
  'drop',
  'reorder',
];

/**
 * What happens to a cluster under policies that stay as they are, day by day, by the hands of those who own pods. Not among them: labels of namespaces, which policies rest on and their owners guard, and changes of policies, which open and
 * close things because they are meant to.
 */
export const DEFAULT_MUTATIONS: readonly MutationKind[] = MUTATION_KINDS.slice(0, 7);

/** Kinds that change policies: `unchanged` is judged without them. */
export const POLICY_MUTATIONS: ReadonlySet<MutationKind> = new Set<MutationKind>(['drop', 'reorder']);

/** A cluster beside the one that was given. */
export interface Neighbour {
  /** Those that changed something, in order. */
  readonly mutations: readonly Mutation[];
  /** The same as sentences. Not escaped. */
  readonly changes: readonly string[];
  readonly manifests: Manifests;
  /** As it was given. */
  readonly original: Manifests;
}
