/**
 * Label selectors in the internal form (meta/v1 LabelSelector, after lowering).
 */

/** `values` is sorted by code unit and without duplicates; empty for `exists` and `doesNotExist`. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notIn' | 'exists' | 'doesNotExist';
  readonly values: readonly string[];
}

/** Requirements that must all hold. No requirement: everything is selected. */
export type Selector = readonly Requirement[];

/** Names and values of labels, as a Map has them. */
export interface Labels extends Iterable<[name: string, value: string]> {
  readonly size: number;
  get(name: string): string | undefined;
  has(name: string): boolean;
}
