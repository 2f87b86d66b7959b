/**
 * Settings of generated worlds: what is out of range is refused by name, and what is printed is all of a world.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClusterSettings, PRESETS, printObjects, world } from '../../../src/fuzz/fuzz.ts';

const base: ClusterSettings = PRESETS.mixed;

describe('settings of worlds', () => {
  it.each([
    [{ maxPods: 3 }, 'maxPods must be a whole number from 4, got `3`'],
    [{ maxPolicies: 0 }, 'maxPolicies must be a whole number from 1, got `0`'],
    [{ maxRules: 1.5 }, 'maxRules must be'],
    [{ namespaces: [] }, 'namespaces needs at least 1'],
    [{ twoSides: true, portNames: ['a'] }, 'portNames needs at least 2'],
    [{ ports: [80, 79] }, 'ports must be ascending whole numbers from 1 to 65535, got `79`'],
    [{ ports: [0] }, 'got `0`'],
    [{ families: [6, 4] as (4 | 6)[] }, 'families must be 4, 6, or 4 before 6'],
    [{ weights: { ...base.weights, service: 11 } }, 'weights.service must be from 0 to 10, got `11`'],
    [{ weights: { ...base.weights, hostBits: Number.NaN } }, 'weights.hostBits must be'],
  ])('%j are refused', (change, message) => {
    expect(() => world({ ...base, ...change })).toThrow(
      expect.objectContaining({ name: 'RangeError', message: expect.stringContaining(message) }),
    );
  });

  it('of every preset, and of the least allowed, are taken', () => {
    for (const preset of Object.values(PRESETS)) expect(() => world(preset)).not.toThrow();
    expect(fc.sample(world({ ...base, maxPods: 4, maxPolicies: 1, maxRules: 1, maxItems: 1 }), { numRuns: 5, seed: 1 })).toHaveLength(5);
  });
});

it('a printed world has everything that a verdict of it depends on', () => {
  const [drawn] = fc.sample(world(base), { numRuns: 1, seed: 1 });
  const end = { object: { kind: 'Node', name: 'odd' }, addresses: ['10.9.9.9'], origin: { file: 'f', line: 1, column: 1 } };
  const printed = printObjects({ ...drawn!, unreadableEnds: [end] });
  expect(printed).toContain(`\nunreadableEnds: ${JSON.stringify([end])}`);
  expect(printed).toContain(`\nprofile: ${JSON.stringify(drawn!.profile)}`);
  expect(printed).toContain(`\nflowSeed: ${drawn!.flowSeed}`);
  expect(printObjects({})).not.toMatch(/unreadable|profile|flowSeed/);
});
