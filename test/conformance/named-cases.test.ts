/**
 * Every named case through every engine.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseProbe } from './cases/case.ts';
import { CASES, POINTS_WITHOUT_CASE } from './cases.ts';
import { ENGINES } from './engines.ts';

const POINTS = 54;

describe('the catalogue of named cases', () => {
  test('has a case for every point of the specification, or says why not', () => {
    const covered = new Set([...CASES.flatMap(({ points }) => points), ...POINTS_WITHOUT_CASE.keys()]);
    expect(Array.from({ length: POINTS }, (_, i) => i + 1).filter((point) => !covered.has(point))).toEqual([]);
  });

  test('has an allowed flow in every case, so that a deny is not a world where nothing connects', () => {
    const withoutControl = CASES.filter(({ probes }) => !probes.some((probe) => parseProbe(probe).expect === 'allow'));
    expect(withoutControl.map(({ title }) => title)).toEqual([]);
  });

  test('has distinct titles', () => {
    expect(new Set(CASES.map(({ title }) => title)).size).toBe(CASES.length);
  });
});

// Through workers: test/workers/named-cases.test.ts.
describe.each(CASES)('$title', ({ objects, profile, probes }) => {
  const parsed = probes.map(parseProbe);
  test.each(ENGINES)('says $name', async ({ judge }) => {
    const manifests = manifestsFromObjects(objects);
    const verdicts = await judge(
      manifests,
      { ...spec, name: profile === undefined ? 'spec' : 'varied', ...profile },
      parsed.map(({ flow }) => flow),
    );
    expect(verdicts.map((verdict, i) => `${probes[i]}: ${verdict}`)).toEqual(
      parsed.map(({ expect: expected }, i) => `${probes[i]}: ${expected}`),
    );
  });
});
