/**
 * X4: what is encoded and decoded is what it was, in every encoding that there is.
 */
import { isDeepStrictEqual } from 'node:util';
import { dump } from 'js-yaml';
import { lower } from '../../src/dialects/lower.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import type { World } from '../../src/fuzz/world.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import { decodeCluster, encodeCluster } from '../../src/wire/cluster.ts';
import { decodeFlowBatch, encodeFlowBatch } from '../../src/wire/flow.ts';
import { decodePolicySet, encodePolicySet } from '../../src/wire/policy.ts';
import { decodeTables, encodeTables } from '../../src/wire/tables.ts';
import { withPlainLabels } from '../support/plain-labels.ts';
import { open } from './lab.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { choicesOf, type Draw, draws, printDraw, renamed } from './worlds.ts';

/** The objects of a world as the API has them. Names are valid: what cannot be read has no text of its own to come back to. */
function apiObjects(world: World): object[] {
  const core = [...world.namespaces, ...world.nodes, ...world.pods.map(({ workload: _, ...pod }) => pod), ...world.services];
  const policies = world.networkPolicies.map((policy, i) => renamed(policy, `policy-${i}`));
  return [
    ...core.map((each) => ({ apiVersion: 'v1', ...each })),
    ...policies.map((each) => ({ apiVersion: 'networking.k8s.io/v1', ...each })),
  ].map((each) => JSON.parse(JSON.stringify(each)) as object);
}

/** Everything that was read, without the places where it stood. */
function contents({ namespaces, pods, nodes, services, networkPolicies, unreadable, unreadableEnds, skipped }: Manifests): unknown {
  const objects = [namespaces, pods, nodes, services, networkPolicies].map((list) => list.map(({ object }) => object));
  const placeless = (list: readonly { readonly origin: unknown }[]) => list.map(({ origin: _, ...rest }) => rest);
  return [objects, placeless(unreadable), placeless(unreadableEnds), [...skipped]];
}

/** The word `null` where text is expected is refused as ambiguous. */
const YAML = { noRefs: true, styles: { '!!null': 'empty' } };

type Encode = (objects: readonly object[]) => string;
const TEXTS: readonly { readonly yaml: Encode; readonly json: Encode }[] = [
  {
    yaml: (objects) => objects.map((each) => `---\n${dump(each, YAML)}`).join(''),
    json: (objects) => objects.map((each) => `${JSON.stringify(each)}\n`).join(''),
  },
  {
    yaml: (objects) => dump({ apiVersion: 'v1', kind: 'List', items: objects }, { ...YAML, flowLevel: 3 }),
    json: (objects) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 1),
  },
];

/** `lose`: what gets lost on the way. */
function roundTrips(lose: (objects: readonly object[]) => readonly object[]): Check<Draw> {
  return (draw) => {
    const objects = apiObjects(draw.world);
    const expected = contents(manifestsFromObjects(objects));
    // Documents or a list, in turn.
    for (const [name, encode] of Object.entries(choicesOf(draw, 'X4').pick(TEXTS))) {
      if (!isDeepStrictEqual(contents(parseManifests(encode(lose(objects)))), expected))
        throw new LawBroken(`${name}: something else comes back`);
    }
    const given = manifestsFromObjects(objects);
    if (given.networkPolicies.length !== draw.world.networkPolicies.length) throw new LawBroken('a policy was not read at all');
    overTheWire(draw);
    return true;
  };
}

function overTheWire(draw: Draw): void {
  const { world } = draw;
  const manifests = toManifests(world);
  const { cluster } = buildCluster(manifests, world.profile);
  const policies = lower(manifests, world.profile).policySet;
  const again = decodeCluster(encodeCluster(cluster));
  if (!isDeepStrictEqual(withPlainLabels(again), withPlainLabels(cluster))) throw new LawBroken('wire: another cluster comes back');
  if (!isDeepStrictEqual(decodePolicySet(encodePolicySet(policies)), policies)) throw new LawBroken('wire: other policies come back');
  const { tables } = open(world);
  const back = decodeTables(encodeTables(tables), { shared: false });
  if (!Buffer.from(back.buffer).equals(Buffer.from(tables.buffer))) throw new LawBroken('wire: other tables come back');
  const random = createRandom(choicesOf(draw, 'X4').below(2 ** 31));
  const batch = createFlowBatch(20);
  const verdicts = new Uint8Array(20);
  for (let i = 0; i < 20; i++) {
    batch.source[i] = random.below(2 ** 32);
    batch.destination[i] = random.below(2 ** 32);
    batch.protocol[i] = random.below(3);
    batch.port[i] = random.pick([1, 65535, 1 + random.below(65535)]);
    verdicts[i] = random.below(3);
  }
  batch.count = 20;
  const judged = decodeFlowBatch(encodeFlowBatch(batch, verdicts));
  if (!isDeepStrictEqual([judged.batch, judged.verdicts], [{ ...batch }, verdicts])) throw new LawBroken('wire: other flows come back');
}

export const ENCODING_LAWS: readonly AnyLaw[] = [
  {
    id: 'X4',
    law: 'decode(encode(x)) = x for YAML and JSON (documents, lists, NDJSON) and for cluster, policies, tables and flows on the wire',
    precondition:
      'x is what `manifestsFromObjects` reads, places in files are not part of it; in YAML null is written as nothing, because the word `null` is refused where text is expected',
    instance: draws,
    check: roundTrips((objects) => objects),
    foil: { wrong: 'the last object gets lost', check: roundTrips((objects) => objects.slice(0, -1)) },
    print: printDraw,
    engineOnly: true,
  },
];
