/**
 * Which checks must notice a semantic mutant, by the part that it is in.
 */
import type { Mutant } from '../mutant.ts';

type Checks = Mutant['killedBy'];

export const ENGINE_CHECKS: Checks = ['engine equals reference', 'named cases'];
export const LOWERING_CHECKS: Checks = ['engine equals reference', 'lowering equals reference', 'named cases'];
export const COMPILER_CHECKS: Checks = ['engine equals reference', 'compile equals decide', 'named cases'];
/** NetworkPolicy alone has one tier: only the internal form has more. */
export const TIER_CHECKS: Checks = ['compile equals decide'];
/** Lowering of administrators' policies, which the named cases of NetworkPolicy do not have. */
export const ADMIN_CHECKS: Checks = ['engine equals reference', 'lowering equals reference'];
/** Folding of tiers, met by worlds with administrators' policies too. */
export const FOLD_CHECKS: Checks = ['engine equals reference', 'compile equals decide'];
