/**
 * Semantic mutants: mistakes that a person makes, in the engine, in the reference and in the one-screen meaning of the internal form. The differential checks and the named cases must
 * notice each of them; where fewer are named, the others cannot see it.
 */
import type { Mutant } from './mutant.ts';
import { MATCHING_MUTANTS } from './semantic/matching.ts';
import { PORTABILITY_MUTANTS } from './semantic/portability.ts';
import { REFERENCE_MUTANTS } from './semantic/reference.ts';
import { TIER_MUTANTS } from './semantic/tiers.ts';
import { VERDICTS_MUTANTS } from './semantic/verdicts.ts';

export const SEMANTIC_MUTANTS: readonly Mutant[] = [
  ...VERDICTS_MUTANTS,
  ...MATCHING_MUTANTS,
  ...REFERENCE_MUTANTS,
  ...TIER_MUTANTS,
  ...PORTABILITY_MUTANTS,
];
