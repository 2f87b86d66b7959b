/**
 * Laws about peers and ports: see `peers.ts` and `ports.ts`.
 */
import { describe } from 'vitest';
import { SEED } from '../support/seed.ts';
import { PEER_LAWS } from './peers.ts';
import { PORT_LAWS } from './ports.ts';
import { testLaws } from './test-laws.ts';

describe(`laws of peers and ports (seed ${SEED})`, () => {
  testLaws([...PEER_LAWS, ...PORT_LAWS], 'test/laws/rules.test.ts');
});
