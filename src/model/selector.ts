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

export type Labels = ReadonlyMap<string, string>;
