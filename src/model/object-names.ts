/**
 * How an object is named: the namespace it is in, and its reference in diagnostics.
 */
import type { ObjectRef } from './origin.ts';
import type { Maybe, ObjectMeta } from './resource.ts';

export const DEFAULT_NAMESPACE = 'default';

/** The namespace of a namespaced object; `default` where none is written, as kubectl does. */
export function namespaceOf({ namespace }: { readonly namespace?: Maybe<string> }): string {
  return namespace || DEFAULT_NAMESPACE;
}

/** The label that the control plane sets on every namespace, with the namespace's name as its value. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The kinds of administrators' policies. */
export const ADMIN_KINDS = ['ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'] as const;
export type AdminKind = (typeof ADMIN_KINDS)[number];

export function isAdminKind(kind: string): kind is AdminKind {
  return (ADMIN_KINDS as readonly string[]).includes(kind);
}

export function isPolicyKind(kind: string): boolean {
  return kind === 'NetworkPolicy' || isAdminKind(kind);
}

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(['Namespace', 'Node', ...ADMIN_KINDS]);

/** Are objects of this kind in no namespace? */
export function isClusterScoped(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind);
}

export function refOf(kind: string, metadata: Pick<ObjectMeta, 'namespace' | 'name'>): ObjectRef {
  return { kind, ...(isClusterScoped(kind) ? {} : { namespace: namespaceOf(metadata) }), name: metadata.name };
}

/** `shop/db`, or the name of what is in no namespace. Not escaped. */
export function namespacedName({ namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The same of a namespaced object; in `default` where no namespace is written. */
export function nameOfObject({ metadata }: { readonly metadata: Pick<ObjectMeta, 'namespace' | 'name'> }): string {
  return `${namespaceOf(metadata)}/${metadata.name}`;
}

/** `NetworkPolicy shop/db`. Not escaped. */
export function objectName(ref: ObjectRef): string {
  return `${ref.kind} ${namespacedName(ref)}`;
}

/** Equal for references to one object. */
export function objectKey({ kind, namespace, name }: ObjectRef): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
