/**
 * The compiler against the one-screen meaning of the internal form: ordered tiers with every action, more than NetworkPolicy needs.
 * When this fails, compiling is wrong; when only engine-equals-reference fails, lowering is.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compileTables } from '../../src/compile/compile.ts';
import { engineFromTables } from '../../src/engine/engine.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { policySet } from '../../src/fuzz/policy-sets.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { type ClusterSettings, PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import type { PolicySet } from '../../src/model/policy.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { decide } from '../../src/reference/decide.ts';
import { checkProperty } from '../support/check.ts';
import { describeDifference } from '../support/compare.ts';
import { endsOf } from '../support/form-flow.ts';
import { PATH, SEED } from '../support/seed.ts';

const FILE = 'test/property/compile-equals-decide.test.ts';
const CLUSTERS = 600;
const FLOWS = 200;

/** Only what the internal form speaks of: no address that belongs to several, no Service, nothing decided before the tables. */
const SETTINGS: ClusterSettings = {
  ...PRESETS.ports,
  maxPolicies: 1,
  weights: { ...PRESETS.mixed.weights, sharedAddress: 0, service: 0, unreadable: 0 },
};
const PROFILE: CniProfile = { ...spec, name: 'by policy alone', ownNode: 'policy', hairpin: 'policy' };

describe(`compiled tables say what the internal form means (seed ${SEED})`, () => {
  const verdicts = { allow: 0, deny: 0, unknown: 0 };
  const actions = new Set<string>();

  test(`on ${CLUSTERS} clusters with ordered tiers`, () => {
    const input = fc.record({ cluster: world(SETTINGS), policies: policySet(SETTINGS) });
    checkProperty(input, ({ cluster, policies }) => compareHalves(cluster, policies), {
      runs: CLUSTERS,
      file: FILE,
      print: ({ cluster, policies }) => `${JSON.stringify(policies, null, 1)}\n${printObjects({ ...cluster, networkPolicies: [] })}`,
    });
  });

  test.skipIf(PATH !== undefined)('and the flows had every verdict and met every action that decides', () => {
    const all = verdicts.allow + verdicts.deny + verdicts.unknown;
    expect(verdicts.allow / all).toBeGreaterThan(0.2);
    expect(verdicts.deny / all).toBeGreaterThan(0.2);
    expect(verdicts.unknown).toBeGreaterThan(0);
    expect([...actions].sort()).toEqual(['allow', 'deny', 'unknown']);
  });

  function compareHalves(generated: World, policies: PolicySet): void {
    const { cluster } = buildCluster(toManifests({ ...generated, networkPolicies: [], unreadableEnds: [] }), PROFILE);
    const engine = engineFromTables(compileTables(cluster, policies, PROFILE));
    const ends = endsOf(cluster, PROFILE, addressesIn(policies));
    const random = createRandom(generated.flowSeed);
    for (let i = 0; i < FLOWS; i++) {
      const [from, to] = [random.pick(ends), random.pick(ends)];
      if (from.family !== undefined && to.family !== undefined && from.family !== to.family) continue;
      const protocol = random.pick(PROTOCOLS);
      const port = Math.min(65535, Math.max(1, random.pick(SETTINGS.ports) + random.pick([-1, 0, 0, 1])));
      const family = from.family ?? to.family;
      const query = { from: from.query, to: to.query, protocol, port, ...(family === undefined ? {} : { family }) };
      const { egress, ingress, verdict } = engine.canReach(query);
      const expected = decide(policies, { source: from.form, destination: to.form, protocol, port });
      if (!isDeepStrictEqual({ egress, ingress }, expected)) throw new Error(describeDifference(query, expected, { egress, ingress }));
      verdicts[verdict]++;
      for (const { action } of [...egress.reasons, ...ingress.reasons]) actions.add(action);
    }
  }
});

/** First addresses of the blocks that peers name. */
function addressesIn({ tiers }: PolicySet) {
  const peers = tiers.flatMap(({ policies }) =>
    policies.flatMap(({ rules }) => rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers))),
  );
  return peers
    .flatMap((peer) => (peer.kind === 'ipBlock' ? [peer.cidr, ...peer.except] : []))
    .map(({ family, words }) => ({ family, words }));
}
