/**
 * Laws about policies and rules: see `policies.ts`, `rewriting.ts` and `halves.ts`.
 */
import { describe } from 'vitest';
import { SEED } from '../support/seed.ts';
import { HALF_LAWS } from './halves.ts';
import { POLICY_LAWS } from './policies.ts';
import { REWRITING_LAWS } from './rewriting.ts';
import { testLaws } from './test-laws.ts';

describe(`laws of policies (seed ${SEED})`, () => {
  testLaws([...POLICY_LAWS, ...REWRITING_LAWS, ...HALF_LAWS], 'test/laws/policies.test.ts');
});
