/**
 * The NetworkPolicy tests of Kubernetes, the recipes, and the conformance tests of ClusterNetworkPolicy, probe by probe, through every engine.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { hasCorpus, readSteps } from '../support/corpora.ts';
import { ENGINES } from './engines.ts';

/** Files and probes that the corpora hold, so that an empty or shortened copy does not pass. */
const CORPORA = [
  { corpus: 'kubernetes-e2e', files: 35, probes: 338 },
  { corpus: 'recipes', files: 14, probes: 114 },
  { corpus: 'cluster-network-policy', files: 18, probes: 179 },
] as const;

describe.each(CORPORA)('corpus $corpus', ({ corpus, files, probes }) => {
  const there = hasCorpus(corpus);
  const steps = there ? readSteps(corpus) : [];

  test.skipIf(!there)(`holds ${files} files and ${probes} probes`, () => {
    expect(new Set(steps.map(({ file }) => file)).size).toBe(files);
    expect(steps.reduce((sum, step) => sum + step.probes.length, 0)).toBe(probes);
  });

  test.skipIf(!there).each(ENGINES)('agrees with: $name', async ({ judge }) => {
    for (const { file, step, objects, probes: expected } of steps) {
      const manifests = manifestsFromObjects(objects);
      const verdicts = await judge(manifests, spec, expected);
      const name = (i: number) => `${file} step ${step}: ${JSON.stringify(expected[i])}`;
      expect(verdicts.map((verdict, i) => `${name(i)} ${verdict}`)).toEqual(expected.map((probe, i) => `${name(i)} ${probe.expect}`));
    }
  });
});
