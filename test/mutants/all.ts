/**
 * All mutants.
 */
import type { Mutant } from './mutant.ts';
import { OUTPUT_MUTANTS } from './output-mutants.ts';
import { PAST_BUG_MUTANTS } from './past-bug-mutants.ts';
import { SEMANTIC_MUTANTS } from './semantic-mutants.ts';

export const MUTANTS: readonly Mutant[] = [...SEMANTIC_MUTANTS, ...PAST_BUG_MUTANTS, ...OUTPUT_MUTANTS];
