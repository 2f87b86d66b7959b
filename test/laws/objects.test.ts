/**
 * Laws about names and pods: see `names.ts` and `pods.ts`.
 */
import { describe } from 'vitest';
import { SEED } from '../support/seed.ts';
import { NAME_LAWS } from './names.ts';
import { POD_LAWS } from './pods.ts';
import { testLaws } from './test-laws.ts';

describe(`laws of names and pods (seed ${SEED})`, () => {
  testLaws([...NAME_LAWS, ...POD_LAWS], 'test/laws/objects.test.ts');
});
