/**
 * Pods that do not exist yet, as an end of rows: what is asked of their labels, of their namespace's labels and of their address.
 */

/** As in a LabelSelector of the API. `values` is empty for `Exists` and `DoesNotExist`. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** Something that a peer of a rule asks of a pod. */
export type PodCondition =
  /** All requirements hold; a namespace always has the label `kubernetes.io/metadata.name`. */
  | { readonly kind: 'labels'; readonly namespace: readonly LabelRequirement[]; readonly pod: readonly LabelRequirement[] }
  /** Its address, that of the family of the connection, is in `cidr` and in none of `except`. */
  | { readonly kind: 'address'; readonly cidr: string; readonly except: readonly string[] };

/** Every pod that could be there, of any labels, in a namespace that is there or one of any labels, that meets all of `matching` and none of `except`. No lists: any pod. Host-network pods are not meant. */
export interface FuturePods {
  readonly kind: 'futurePods';
  readonly matching: readonly PodCondition[];
  readonly except: readonly PodCondition[];
}
