/**
 * Lowering alone: the internal form of generated manifests, as the one-screen evaluator reads it, says what the reference says of the manifests.
 */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { lower } from '../../src/dialects/lower.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { edgesOf, universeOf, type World, world } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { parseAddress } from '../../src/lib/ip-address.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { decide } from '../../src/reference/decide.ts';
import { reference } from '../../src/reference/reference.ts';
import { checkProperty } from '../support/check.ts';
import { describeDifference } from '../support/compare.ts';
import { endsOf } from '../support/form-flow.ts';
import { SEED } from '../support/seed.ts';

const FILE = 'test/property/lowering-equals-reference.test.ts';
const FLOWS = 100;
const PLAN: readonly { readonly preset: PresetName; readonly clusters: number }[] = [
  { preset: 'mixed', clusters: 150 },
  { preset: 'addresses', clusters: 100 },
  { preset: 'ports', clusters: 100 },
  { preset: 'unreadable', clusters: 50 },
];

describe(`the internal form says what the manifests say (seed ${SEED})`, () => {
  test.each(PLAN)('on $clusters clusters of the preset $preset', ({ preset, clusters }) => {
    const settings = { ...PRESETS[preset], weights: { ...PRESETS[preset].weights, sharedAddress: 0, service: 0 } };
    let compared = 0;
    checkProperty(
      world(settings),
      (generated) => {
        compared += compareForms(generated);
      },
      { runs: clusters, file: FILE, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
    );
    expect(compared).toBeGreaterThan(clusters * FLOWS * 0.4);
  });
});

function compareForms(generated: World): number {
  // What is decided before policies are looked at is no matter of lowering.
  const profile: CniProfile = { ...generated.profile, name: 'varied', ownNode: 'policy', hairpin: 'policy' };
  const manifests = toManifests({ ...generated, unreadableEnds: [] });
  const { cluster } = buildCluster(manifests, profile);
  const policies = lower(manifests, profile);
  const { canReach } = reference(manifests, { cni: profile });
  const universe = universeOf(generated, edgesOf(generated));
  const outside = universe.addresses.map(parseAddress).filter((address) => address !== undefined);
  const ends = endsOf(cluster, profile, outside);
  const random = createRandom(generated.flowSeed);
  let compared = 0;
  for (let i = 0; i < FLOWS; i++) {
    const [from, to] = [random.pick(ends), random.pick(ends)];
    if (from.family !== undefined && to.family !== undefined && from.family !== to.family) continue;
    const [protocol, port, family] = [random.pick(PROTOCOLS), random.pick(universe.ports), from.family ?? to.family];
    const query = { from: from.query, to: to.query, protocol, port, ...(family === undefined ? {} : { family }) };
    const { egress, ingress } = canReach(query);
    const form = decide(policies, { source: from.form, destination: to.form, protocol, port });
    if (!isDeepStrictEqual(form, { egress, ingress })) throw new Error(describeDifference(query, { egress, ingress }, form));
    compared++;
  }
  return compared;
}
