/**
 * A mutant: one edit of one source file that makes a mistake which somebody once made or could make. It is applied on the fly to a copy in memory; no file is changed.
 */

/** What must notice a mutant. `past bug KEY` is one case of `test/conformance/past-bugs`. */
export type CheckName =
  | 'engine equals reference'
  | 'compile equals decide'
  | 'lowering equals reference'
  | 'named cases'
  | 'comparison equals verdicts'
  | 'portability by hand'
  | 'no control characters'
  | 'no secrets'
  | `past bug ${string}`;

export interface Mutant {
  /** Distinct. */
  readonly id: string;
  /** The mistake, in a few words. */
  readonly about: string;
  /** Under `src`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Each of them must fail. */
  readonly killedBy: readonly [CheckName, ...CheckName[]];
}

/** A mutant on a few lines. */
export function mutant(id: string, about: string, file: string, find: string, replace: string, killedBy: Mutant['killedBy']): Mutant {
  return { id, about, file, find, replace, killedBy };
}

/** One place where a mistake can be made: what to find in a file, and what to put there. */
export type Edit = readonly [file: string, find: string, replace: string];

/** By key of the past bug: one mutant for each place. */
export type Edits = Readonly<Record<string, readonly Edit[]>>;
