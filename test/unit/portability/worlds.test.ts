/**
 * What bundled profiles do differently, against what was worked out by hand.
 */
import { describe, expect, it } from 'vitest';
import { PORTABILITY_WORLDS, toldOf } from '../../support/portability-worlds.ts';

describe('portability of small clusters', () => {
  for (const world of PORTABILITY_WORLDS) {
    it(world.title, () => {
      expect(toldOf(world)).toEqual({ told: world.told, notEnforced: world.notEnforced ?? [] });
    });
  }
});
