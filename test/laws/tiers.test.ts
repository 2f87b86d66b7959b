/**
 * Laws about tiers: see `tiers.ts`.
 */
import { describe } from 'vitest';
import { SEED } from '../support/seed.ts';
import { testLaws } from './test-laws.ts';
import { TIER_LAWS } from './tiers.ts';

describe(`laws of tiers (seed ${SEED})`, () => {
  testLaws(TIER_LAWS, 'test/laws/tiers.test.ts');
});
