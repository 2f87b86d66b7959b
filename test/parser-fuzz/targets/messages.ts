/**
 * The wire messages but the tables: flow batches, clusters, policy sets, simulation reports. Whatever is accepted is written again and read back as the same, and a second
 * writing gives the same bytes.
 */
import fc from 'fast-check';
import { lower } from '../../../src/dialects/lower.ts';
import { compile } from '../../../src/engine/engine.ts';
import { PRESETS, printObjects, toManifests, type World, world } from '../../../src/fuzz/fuzz.ts';
import type { Random } from '../../../src/fuzz/random.ts';
import { buildCluster } from '../../../src/input/build-cluster.ts';
import { parseManifests } from '../../../src/input/parse-manifests.ts';
import { decodeSnapshot } from '../../../src/input/snapshot/decode-snapshot.ts';
import { encodeSnapshot } from '../../../src/input/snapshot/encode-snapshot.ts';
import { createFlowBatch } from '../../../src/tables/flow-batch.ts';
import { decodeCluster, encodeCluster } from '../../../src/wire/cluster.ts';
import { crc32c } from '../../../src/wire/crc32c.ts';
import { decodeFlowBatch, encodeFlowBatch, type JudgedFlowBatch } from '../../../src/wire/flow.ts';
import { v1 } from '../../../src/wire/messages.ts';
import { decodePolicySet, encodePolicySet } from '../../../src/wire/policy.ts';
import { decodeReport, encodeReport } from '../../../src/wire/report.ts';
import { WireFormatError } from '../../../src/wire/wire-error.ts';
import { FULL_REPORT, VERDICT_REPORT } from '../../unit/wire/reports.ts';
import { accepted, expectThat, refused, sameBytes, shapeOf, type Target } from '../target.ts';
import { someOf, someWorld } from './valid-manifests.ts';
import { anyReport } from './valid-reports.ts';
import { mutateMessage } from './wire-tree.ts';

interface Codec<T> {
  readonly name: string;
  readonly seeds: () => readonly Uint8Array[];
  /** The bytes of a good value. */
  readonly generate: (random: Random) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => T;
  readonly encode: (value: T) => Uint8Array;
  /** What else must hold for what was decoded; says how much it is. */
  readonly check: (value: T) => string;
}

export const flows: Target = targetOf<JudgedFlowBatch>({
  name: 'flows',
  seeds: () => [0, 1, 3, 40].map(flowBatch),
  generate: anyFlowBatch,
  decode: decodeFlowBatch,
  encode: ({ batch, verdicts }) => encodeFlowBatch(batch, verdicts),
  check: ({ batch, verdicts }) => {
    const { count, source, destination, protocol, port } = batch;
    const columns = [source, destination, protocol, port, ...(verdicts ? [verdicts] : [])];
    expectThat(
      columns.every((column) => column.length === count),
      'a column has another length than the batch',
    );
    expectThat(protocol.every((each) => each < 3) && port.every((each) => each > 0), 'a flow has no protocol or no port');
    expectThat(verdicts === undefined || verdicts.every((each) => each < 3), 'a flow has no verdict');
    return `${Math.min(count, 4)} ${verdicts !== undefined}`;
  },
});

export const clusters: Target = targetOf({
  name: 'clusters',
  seeds: () => someWorlds().map(clusterBytes),
  generate: (random) => clusterBytes(partOf(random)),
  decode: decodeCluster,
  encode: encodeCluster,
  check: ({ pods, nodes, namespaces }) => [pods, nodes, namespaces].map((list) => Math.min(list.length, 2)).join(),
});

export const policies: Target = targetOf({
  name: 'policies',
  seeds: () => someWorlds().map(policyBytes),
  generate: (random) => policyBytes(partOf(random)),
  decode: decodePolicySet,
  encode: encodePolicySet,
  check: ({ tiers }) => tiers.map((tier) => Math.min(tier.policies.length, 2)).join(),
});

export const reports: Target = targetOf({
  name: 'reports',
  seeds: () => [encodeReport(FULL_REPORT), encodeReport(VERDICT_REPORT)],
  generate: (random) => encodeReport(anyReport(random)),
  decode: decodeReport,
  encode: encodeReport,
  check: ({ counters }) => counters,
});

export const snapshots: Target = {
  ...targetOf({
    name: 'snapshots',
    seeds: () => someWorlds().map(snapshotBytes),
    generate: (random) => snapshotBytes(partOf(random)),
    decode: decodeSnapshot,
    encode: encodeSnapshot,
    check: (manifests) => {
      compile(manifests);
      const { pods, networkPolicies, unreadable } = manifests;
      return [pods, networkPolicies, unreadable].map((list) => Math.min(list.length, 2)).join();
    },
  }),
  mutate: mutateSnapshot,
};

function targetOf<T>({ name, seeds, generate, decode, encode, check }: Codec<T>): Target {
  return {
    name,
    dictionary: [],
    seeds,
    generate,
    mutate: mutateMessage,
    run(bytes) {
      const given = Uint8Array.from(bytes);
      let value: T;
      try {
        value = decode(bytes);
      } catch (error) {
        if (!(error instanceof WireFormatError)) throw error;
        return refused(shapeOf(error.message.replaceAll('`', '')));
      }
      const said = check(value);
      const again = encode(value);
      expectThat(sameBytes(bytes, given), 'the bytes were changed');
      const back = decode(again);
      expectThat(plain(back) === plain(value), 'what was written again is something else', () => `\n${plain(value)}\n${plain(back)}`);
      expectThat(sameBytes(encode(back), again), 'a second writing gives other bytes');
      return accepted(said);
    },
  };
}

/** As JSON, with maps and numbers that JSON does not have. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (each instanceof Map) return { map: [...each] };
    return Object.is(each, -0) ? '-0' : typeof each === 'number' && !Number.isFinite(each) ? String(each) : each;
  });
}

function someWorlds(): readonly World[] {
  return [PRESETS.mixed, PRESETS.addresses, PRESETS.ports, PRESETS.unreadable].flatMap((each, i) =>
    fc.sample(world(each), { seed: 11 + i, numRuns: 3 }),
  );
}

/** Through the checks of reading, for some of the names are none. */
function snapshotBytes({ namespaces, pods, nodes, services, networkPolicies, adminPolicies }: World): Uint8Array {
  return encodeSnapshot(parseManifests(printObjects({ namespaces, pods, nodes, services, networkPolicies, adminPolicies })));
}

/** Changes the contents under a right checksum, mostly: otherwise nothing behind the checksum would be reached. */
function mutateSnapshot(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.chance(0.1)) return mutateMessage(bytes, random);
  try {
    const message = v1.Snapshot.decode(bytes);
    const contents = mutateMessage(message.contents as Uint8Array, random);
    const encoded = v1.Snapshot.encode({ ...message, contents, lengthBytes: contents.length, checksum: crc32c(contents) }).finish();
    return new Uint8Array(encoded);
  } catch {
    return mutateMessage(bytes, random);
  }
}

function clusterBytes(objects: World): Uint8Array {
  return encodeCluster(buildCluster(toManifests(objects), objects.profile).cluster);
}

function policyBytes(objects: World): Uint8Array {
  return encodePolicySet(lower(toManifests(objects), objects.profile).policySet);
}

/** Some objects of a generated cluster. */
function partOf(random: Random): World {
  const whole = someWorld(random);
  const { pods, nodes, services, namespaces, networkPolicies } = whole;
  return {
    ...whole,
    namespaces: someOf(random, namespaces, 2),
    pods: someOf(random, pods, 3),
    nodes: someOf(random, nodes, 2),
    services: someOf(random, services, 2),
    networkPolicies: someOf(random, networkPolicies, 2),
  };
}

function anyFlowBatch(random: Random): Uint8Array {
  const count = random.below(random.chance(0.9) ? 8 : 200);
  const number = (): number => (random.chance(0.8) ? random.below(300) : random.below(2 ** 32));
  const batch = { ...createFlowBatch(count), count };
  for (let i = 0; i < count; i++) {
    batch.source[i] = number();
    batch.destination[i] = number();
    batch.protocol[i] = random.below(3);
    batch.port[i] = 1 + random.below(65535);
  }
  return encodeFlowBatch(batch, random.chance(0.5) ? undefined : new Uint8Array(count).map(() => random.below(3)));
}

function flowBatch(count: number): Uint8Array {
  const batch = { ...createFlowBatch(count), count };
  for (let i = 0; i < count; i++) {
    batch.source[i] = i * 7;
    batch.destination[i] = i + 1;
    batch.protocol[i] = i % 3;
    batch.port[i] = 1 + i * 1000;
  }
  return encodeFlowBatch(batch, count % 2 === 0 ? undefined : new Uint8Array(count).map((_, i) => i % 3));
}
