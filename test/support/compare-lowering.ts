/**
 * Lowering alone, on one generated world: the internal form as the one-screen evaluator reads it against the reference on the manifests.
 */
import { isDeepStrictEqual } from 'node:util';
import { lower } from '../../src/dialects/lower.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import { edgesOf, universeOf, type World } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { parseAddress } from '../../src/lib/ip-address.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { decide } from '../../src/reference/decide.ts';
import { reference } from '../../src/reference/reference.ts';
import { describeDifference } from './compare.ts';
import { endsOf } from './form-flow.ts';

/** Compares about `count` flows and returns how many. The world must have no Services and no shared addresses. @throws {Error} that shows the first that differs */
export function compareLowering(generated: World, count: number): number {
  // What is decided before policies are looked at is no matter of lowering.
  const profile: CniProfile = { ...generated.profile, name: 'varied', ownNode: 'policy', hairpin: 'policy' };
  const manifests = toManifests({ ...generated, unreadableEnds: [] });
  const { cluster } = buildCluster(manifests, profile);
  const { policySet } = lower(manifests, profile, generated.domainNames);
  const { canReach } = reference(manifests, { cni: profile, domainNames: generated.domainNames });
  const universe = universeOf(generated, edgesOf(generated));
  const outside = universe.addresses.map(parseAddress).filter((address) => address !== undefined);
  const ends = endsOf(cluster, profile, outside);
  const random = createRandom(generated.flowSeed);
  let compared = 0;
  for (let i = 0; i < count; i++) {
    const [from, to] = [random.pick(ends), random.pick(ends)];
    if (from.family !== undefined && to.family !== undefined && from.family !== to.family) continue;
    const [protocol, port, family] = [random.pick(PROTOCOLS), random.pick(universe.ports), from.family ?? to.family];
    const query = { from: from.query, to: to.query, protocol, port, ...(family === undefined ? {} : { family }) };
    const { egress, ingress } = canReach(query);
    const form = decide(policySet, { source: from.form, destination: to.form, protocol, port });
    if (!isDeepStrictEqual(form, { egress, ingress })) throw new Error(describeDifference(query, { egress, ingress }, form));
    compared++;
  }
  return compared;
}
