/**
 * Laws of sets: see `sets.ts`.
 */
import { describe } from 'vitest';
import { SEED } from '../support/seed.ts';
import { SET_LAWS } from './sets.ts';
import { testLaws } from './test-laws.ts';

describe(`laws of sets (seed ${SEED})`, () => {
  testLaws(SET_LAWS, 'test/laws/sets.test.ts');
});
