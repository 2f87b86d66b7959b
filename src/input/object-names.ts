/**
 * How an object is named: the namespace it is in, and its reference in diagnostics.
 */
import type { Maybe } from '../model/resource.ts';

export const DEFAULT_NAMESPACE = 'default';

/** The namespace of a namespaced object; `default` where none is written, as kubectl does. */
export function namespaceOf({ namespace }: { readonly namespace?: Maybe<string> }): string {
  return namespace || DEFAULT_NAMESPACE;
}

/** The label that the control plane sets on every namespace, with the namespace's name as its value. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';
