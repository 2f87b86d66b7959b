/**
 * What is written can be read, and is what was written: clusters, policy sets, flow batches, reports.
 */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { spec } from '../../../src/cni/spec.ts';
import { lower } from '../../../src/dialects/lower.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import { PRESETS } from '../../../src/fuzz/settings.ts';
import { world } from '../../../src/fuzz/world.ts';
import { buildCluster } from '../../../src/input/build-cluster.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { PolicySet } from '../../../src/model/policy.ts';
import type { FlowBatch } from '../../../src/tables/flow-batch.ts';
import { decodeCluster, encodeCluster } from '../../../src/wire/cluster.ts';
import { decodeFlowBatch, encodeFlowBatch } from '../../../src/wire/flow.ts';
import { decodePolicySet, encodePolicySet } from '../../../src/wire/policy.ts';
import { decodeReport, encodeReport } from '../../../src/wire/report.ts';
import { WireFormatError } from '../../../src/wire/wire-error.ts';
import { checkProperty } from '../../support/check.ts';
import { withPlainLabels } from '../../support/plain-labels.ts';
import { policySet } from '../../support/policy-sets.ts';
import { SEED } from '../../support/seed.ts';
import { FULL_REPORT, VERDICT_REPORT } from './reports.ts';

const FILE = 'test/unit/wire/round-trip.test.ts';
const RUNS = 150;
const NOWHERE = { file: 'f', line: 1, column: 1 };
const IPV6 = { family: 6, words: [0xfd000000, 0, 0, 0], length: 8 } as const;

/** Every form that only administrators' policies have. */
const ADMIN_POLICIES: PolicySet = {
  tiers: [
    {
      name: 'Admin',
      match: 'first',
      policies: [Number.NEGATIVE_INFINITY, 0, 0, 5.25, 1000, Number.POSITIVE_INFINITY, undefined].map((rank, i) => ({
        ref: { kind: 'ClusterNetworkPolicy', name: `p${i}` },
        origin: NOWHERE,
        subject: { kind: 'pods', namespaces: { selector: [] }, pods: [] },
        isolates: { ingress: false, egress: false },
        rules: [
          {
            direction: 'egress',
            action: 'allow',
            peers: [
              { kind: 'networks', cidrs: [{ family: 4, words: [0], length: 0 }, IPV6] },
              { kind: 'networks', cidrs: [] },
              { kind: 'nodes', nodes: [{ key: 'os', operator: 'in', values: ['a', 'b'] }] },
              { kind: 'nodes', nodes: [] },
              { kind: 'domainNames', known: [IPV6], names: ['a.b', '*.c.d'] },
              { kind: 'domainNames', known: [], names: [] },
            ],
            ports: [
              { kind: 'named', protocol: 'any', name: 'web' },
              { kind: 'named', protocol: 'SCTP', name: 'web' },
            ],
            index: i,
            origin: NOWHERE,
            reason: 'no addresses are known for `a.b`',
          },
        ],
        ...(rank === undefined ? {} : { rank }),
      })),
    },
  ],
  onUnmatched: 'allow',
};
const json = (value: unknown): string => JSON.stringify(value, null, 1);

describe(`bytes of clusters and policies (seed ${SEED})`, () => {
  test(`hold every generated cluster, and pods with equal labels share them`, () => {
    checkProperty(
      world(PRESETS.mixed),
      (generated) => {
        const { cluster } = buildCluster(toManifests(generated), generated.profile);
        const decoded = decodeCluster(encodeCluster(cluster));
        expect(withPlainLabels(decoded)).toEqual(withPlainLabels(cluster));
        const labelled = ({ pods }: Cluster) => pods.map(({ labels }) => labels).filter(({ size }) => size > 0);
        expect(new Set(labelled(decoded)).size).toBe(new Set(labelled(cluster).map((labels) => json([...labels]))).size);
      },
      { runs: RUNS, file: FILE, print: json },
    );
  });

  test('hold every lowered policy set', () => {
    checkProperty(
      world(PRESETS.mixed),
      (generated) => {
        const policies = lower(toManifests(generated), spec).policySet;
        expect(decodePolicySet(encodePolicySet(policies))).toEqual(policies);
      },
      { runs: RUNS, file: FILE, print: json },
    );
  });

  test('hold every policy set of the internal form, with `any` and empty lists apart', () => {
    checkProperty(
      policySet(PRESETS.mixed),
      (policies) => {
        expect(decodePolicySet(encodePolicySet(policies))).toEqual(policies);
      },
      {
        runs: RUNS,
        file: FILE,
        print: json,
      },
    );
  });

  test('hold an empty cluster and an empty policy set', () => {
    const cluster: Cluster = { namespaces: [], pods: [], nodes: [], serviceAddresses: [], unreadableAddresses: [] };
    expect(decodeCluster(encodeCluster(cluster))).toEqual(cluster);
    const policies: PolicySet = { tiers: [], onUnmatched: 'deny' };
    expect(decodePolicySet(encodePolicySet(policies))).toEqual(policies);
  });

  it('tell a node without labels from one whose labels are not known', () => {
    const nodes = [new Map(), undefined, new Map([['kubernetes.io/os', 'linux']])].map((labels, i) => ({ name: `n${i}`, labels, ips: [] }));
    const cluster: Cluster = { namespaces: [], pods: [], nodes, serviceAddresses: [], unreadableAddresses: [] };
    expect(decodeCluster(encodeCluster(cluster)).nodes).toEqual(nodes);
  });

  it('hold the peers, ports and ranks of administrators', () => {
    expect(decodePolicySet(encodePolicySet(ADMIN_POLICIES))).toStrictEqual(ADMIN_POLICIES);
  });

  it.each([
    ['is no number', [Number.NaN]],
    ['is not beside its equal', [1, 2, 1]],
  ])('are not made of policies whose rank %s', (_, ranks) => {
    const [tier] = ADMIN_POLICIES.tiers;
    const withRanks = (all: readonly number[]): PolicySet => ({
      ...ADMIN_POLICIES,
      tiers: [{ ...tier!, policies: all.map((rank) => ({ ...tier!.policies[0]!, rank })) }],
    });
    expect(() => encodePolicySet(withRanks(ranks))).toThrow(WireFormatError);
    expect(() => encodePolicySet(withRanks([1, 1, 2]))).not.toThrow();
  });

  test('keep names that attack programs as they are', () => {
    const labels = new Map([
      ['kubernetes.io/metadata.name', 'a'],
      ['__proto__', 'constructor'],
      ['hasOwnProperty', '\u0000\u202e"}'],
      ['', '\ud83d\ude00\ufeff'],
    ]);
    const cluster: Cluster = {
      namespaces: [{ name: 'a', labels }],
      pods: [],
      nodes: [{ name: '__proto__', labels, ips: [] }],
      serviceAddresses: [],
      unreadableAddresses: [],
    };
    expect(decodeCluster(encodeCluster(cluster))).toEqual(cluster);
  });

  it('refuses to write half a surrogate pair', () => {
    const cluster: Cluster = {
      namespaces: [],
      pods: [],
      nodes: [{ name: 'a\ud800', labels: undefined, ips: [] }],
      serviceAddresses: [],
      unreadableAddresses: [],
    };
    expect(() => encodeCluster(cluster)).toThrow(RangeError);
  });

  it('refuses to write what it would refuse to read', () => {
    const twice: Cluster = {
      namespaces: [],
      pods: [],
      nodes: [
        { name: 'a', labels: undefined, ips: [] },
        { name: 'a', labels: undefined, ips: [] },
      ],
      serviceAddresses: [],
      unreadableAddresses: [],
    };
    expect(() => encodeCluster(twice)).toThrow(WireFormatError);
  });
});

describe(`bytes of flow batches (seed ${SEED})`, () => {
  const flow = fc.record({
    source: fc.nat(0xffffffff),
    destination: fc.nat(0xffffffff),
    protocol: fc.nat(2),
    port: fc.integer({ min: 1, max: 65535 }),
    verdict: fc.nat(2),
  });
  const toBatch = (
    flows: readonly { source: number; destination: number; protocol: number; port: number }[],
    spare: number,
  ): FlowBatch => ({
    count: flows.length,
    source: Uint32Array.from([...flows.map(({ source }) => source), ...new Array<number>(spare).fill(0)]),
    destination: Uint32Array.from([...flows.map(({ destination }) => destination), ...new Array<number>(spare).fill(0)]),
    protocol: Uint8Array.from([...flows.map(({ protocol }) => protocol), ...new Array<number>(spare).fill(0)]),
    port: Uint16Array.from([...flows.map(({ port }) => port), ...new Array<number>(spare).fill(0)]),
  });

  test('hold the flows, with and without verdicts, and nothing of the spare room behind them', () => {
    checkProperty(
      fc.record({ flows: fc.array(flow), spare: fc.nat(5), judged: fc.boolean(), shift: fc.nat(7) }),
      ({ flows, spare, judged, shift }) => {
        const verdicts = judged ? Uint8Array.from(flows, ({ verdict }) => verdict) : undefined;
        const encoded = encodeFlowBatch(toBatch(flows, spare), verdicts);
        // Wherever the bytes lie in memory, columns are aligned.
        const shifted = new Uint8Array(encoded.length + shift).subarray(shift);
        shifted.set(encoded);
        expect(decodeFlowBatch(shifted)).toEqual({ batch: toBatch(flows, 0), verdicts });
      },
      { runs: 300, file: FILE, print: json },
    );
  });

  const one = { source: 3, destination: 4, protocol: 1, port: 53 };
  it.each([
    ['protocol 3', { ...one, protocol: 3 }, undefined],
    ['port 0', { ...one, port: 0 }, undefined],
    ['verdict 3', one, Uint8Array.of(3)],
    ['a verdict column that is too short', one, new Uint8Array(0)],
  ])('refuses %s', (_, bad, verdicts) => {
    expect(() => encodeFlowBatch(toBatch([bad], 0), verdicts)).toThrow(WireFormatError);
    expect(() => encodeFlowBatch(toBatch([one], 0), Uint8Array.of(2))).not.toThrow();
  });

  it('refuses endpoints that the tables do not have', () => {
    const bytes = encodeFlowBatch(toBatch([one], 0));
    expect(decodeFlowBatch(bytes, { endpointCount: 5 }).batch.count).toBe(1);
    expect(() => decodeFlowBatch(bytes, { endpointCount: 4 })).toThrow(/destination 4/);
  });
});

describe('bytes of reports', () => {
  it.each([
    ['with every part', FULL_REPORT],
    ['with verdicts alone', VERDICT_REPORT],
  ])('hold a report %s', (_, report) => {
    expect(decodeReport(encodeReport(report))).toEqual(report);
  });

  it.each([
    ['loses a flow', { ...VERDICT_REPORT, flows: 9 }],
    ['counts protocols that do not add up', { ...VERDICT_REPORT, verdictsByProtocol: FULL_REPORT.verdictsByProtocol }],
    ['misses its rules', { ...VERDICT_REPORT, counters: 'rules' as const }],
    ['counts half a flow', { ...VERDICT_REPORT, seed: 0.5 }],
    ['counts beyond 2^53', { ...VERDICT_REPORT, seed: 2 ** 53 }],
    ['ran for an infinite time', { ...VERDICT_REPORT, run: { ...VERDICT_REPORT.run, durationMs: Infinity } }],
  ])('are not made of a report that %s', (_, report) => {
    expect(() => encodeReport(report)).toThrow(WireFormatError);
  });
});
