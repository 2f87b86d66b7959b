/**
 * Compiled tables against the one-screen meaning of the internal form, on one generated cluster and policy set with ordered tiers.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { spec } from '../../src/cni/spec.ts';
import { compileTables } from '../../src/compile/compile.ts';
import { type Engine, engineFromTables } from '../../src/engine/engine.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { type ClusterSettings, PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import type { IpPrefix } from '../../src/lib/ip-address.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Peer, PolicySet } from '../../src/model/policy.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { decide } from '../../src/reference/decide.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { describeDifference } from './compare.ts';
import { endsOf } from './form-flow.ts';
import { policySet } from './policy-sets.ts';

/** Only what the internal form speaks of: no address that belongs to several, no Service, nothing decided before the tables. */
const SETTINGS: ClusterSettings = {
  ...PRESETS.ports,
  maxPolicies: 1,
  weights: { ...PRESETS.mixed.weights, sharedAddress: 0, service: 0, unreadable: 0, adminPolicies: 0 },
};
const PROFILE: CniProfile = { ...spec, name: 'by policy alone', ownNode: 'policy', hairpin: 'policy' };

export interface TieredWorld {
  readonly cluster: World;
  readonly policies: PolicySet;
}

export const tieredWorld: fc.Arbitrary<TieredWorld> = fc.record({ cluster: world(SETTINGS), policies: policySet(SETTINGS) });

export function compileTiers({ cluster: generated, policies }: TieredWorld): { cluster: Cluster; tables: RuleTables; engine: Engine } {
  const { cluster } = buildCluster(toManifests({ ...generated, networkPolicies: [], adminPolicies: [], unreadableEnds: [] }), PROFILE);
  const tables = compileTables(cluster, policies, PROFILE);
  return { cluster, tables, engine: engineFromTables(tables) };
}

/** Compares both halves of about `count` flows and tells each decision to `seen`. @throws {Error} that shows the first that differs */
export function compareTiers({ cluster: generated, policies }: TieredWorld, count: number, seen: (decision: Decision) => void): void {
  const { cluster, engine } = compileTiers({ cluster: generated, policies });
  const ends = endsOf(cluster, PROFILE, addressesIn(policies));
  // A cluster whose pods all share their addresses, and policies that name none.
  if (ends.length === 0) return;
  const random = createRandom(generated.flowSeed);
  for (let i = 0; i < count; i++) {
    const [from, to] = [random.pick(ends), random.pick(ends)];
    if (from.family !== undefined && to.family !== undefined && from.family !== to.family) continue;
    const protocol = random.pick(PROTOCOLS);
    const port = Math.min(65535, Math.max(1, random.pick(SETTINGS.ports) + random.pick([-1, 0, 0, 1])));
    const family = from.family ?? to.family;
    const query = { from: from.query, to: to.query, protocol, port, ...(family === undefined ? {} : { family }) };
    const decision = engine.canReach(query);
    const { egress, ingress } = decision;
    const expected = decide(policies, { source: from.form, destination: to.form, protocol, port });
    if (!isDeepStrictEqual({ egress, ingress }, expected)) throw new Error(describeDifference(query, expected, { egress, ingress }));
    seen(decision);
  }
}

/** First addresses of the blocks that peers name. */
function addressesIn({ tiers }: PolicySet) {
  const peers = tiers.flatMap(({ policies }) =>
    policies.flatMap(({ rules }) => rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers))),
  );
  return peers.flatMap(prefixesOf).map(({ family, words }) => ({ family, words }));
}

function prefixesOf(peer: Peer): readonly IpPrefix[] {
  switch (peer.kind) {
    case 'ipBlock':
      return [peer.cidr, ...peer.except];
    case 'networks':
      return peer.cidrs;
    case 'domainNames':
      return peer.known;
    default:
      return [];
  }
}
