/**
 * Replication: inside a copy every verdict is that of the original, copies that nothing joins are apart, and a policy set that is doubled keeps what it was.
 */
import { describe, expect, it, test } from 'vitest';
import { compile, type Engine } from '../../../src/engine/engine.ts';
import { flowsOf } from '../../../src/fuzz/flows.ts';
import { printObjects, toManifests } from '../../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../../src/fuzz/settings.ts';
import { type World, world } from '../../../src/fuzz/world.ts';
import { manifestsFromObjects } from '../../../src/input/manifests-from-objects.ts';
import type { FlowEnd, FlowQuery } from '../../../src/model/flow.ts';
import type { Manifests } from '../../../src/model/resource.ts';
import { reference } from '../../../src/reference/reference.ts';
import { movedText } from '../../../src/scale/move-addresses.ts';
import { type Copy, replicateCluster } from '../../../src/scale/replicate-cluster.ts';
import { replicatePolicies } from '../../../src/scale/replicate-policies.ts';
import { checkProperty } from '../../support/check.ts';
import { SEED } from '../../support/seed.ts';

const FILE = 'test/unit/scale/replicate.test.ts';
const COPIES = 3;
const FLOWS = 60;
const PLAN: readonly { readonly preset: PresetName; readonly clusters: number }[] = [
  { preset: 'mixed', clusters: 20 },
  { preset: 'addresses', clusters: 13 },
  { preset: 'selectors', clusters: 13 },
  { preset: 'unreadable', clusters: 13 },
  { preset: 'prototypes', clusters: 8 },
  { preset: 'tiers', clusters: 20 },
];

const textOf = (end: FlowEnd): string => (typeof end === 'string' ? end : 'ip' in end ? end.ip : 'pod' in end ? end.pod : end.workload);

function inCopy(end: FlowEnd, { suffix, move }: Copy): FlowEnd {
  const named = (text: string): string => text.replace('/', `${suffix}/`);
  if (typeof end !== 'string')
    return 'ip' in end ? { ip: movedText(end.ip, move) } : 'pod' in end ? { pod: named(end.pod) } : { workload: named(end.workload) };
  return end.includes('/') ? named(end) : movedText(end, move);
}

/** Does the text name an object, or an address of one? */
function nameIn(objects: unknown): (text: string) => boolean {
  const text = JSON.stringify(objects);
  return (name) => name.includes('/') || text.includes(`"${name}"`);
}

/** Does a port name stand for whatever the pods of all copies make of it? `NotIn` selects those of the other copies, too. */
function namesMeet({ profile, networkPolicies }: World): boolean {
  return profile.namedPorts === 'open-when-unresolved' && JSON.stringify(networkPolicies).includes('"NotIn"');
}

/** Addresses outside, where a network of an administrator stands for its moved ones too, need not be what they were: there flows are between objects. */
function comparable(generated: World): (flow: FlowQuery) => boolean {
  const known = nameIn([generated.pods, generated.nodes]);
  return ({ from, to }) => generated.adminPolicies.length === 0 || (known(textOf(from)) && known(textOf(to)));
}

describe(`a replicated cluster (seed ${SEED})`, () => {
  const seen = { allow: 0, deny: 0, unknown: 0 };

  test.each(PLAN)('has in every copy the verdicts of the original, $clusters of $preset', { timeout: 300_000 }, ({ preset, clusters }) => {
    checkProperty(
      world(PRESETS[preset]),
      (generated) => {
        if (namesMeet(generated)) return;
        const original = toManifests(generated);
        const options = { cni: generated.profile, shared: false };
        const { manifests, copies } = replicateCluster(original, COPIES, generated.flowSeed);
        const [before, after, definition] = [compile(original, options), compile(manifests, options), reference(manifests, options)];
        const next = flowsOf(generated);
        const isOwned = nameIn([generated.pods, generated.nodes]);
        const isOwnedAfter = nameIn([manifests.pods, manifests.nodes].map((list) => list.map(({ object }) => object)));
        // An address outside may be one that a copy's pod or node has been given.
        const isGiven = (before: FlowEnd, after: FlowEnd): boolean => !isOwned(textOf(before)) && isOwnedAfter(textOf(after));
        const flows = Array.from({ length: FLOWS }, next).filter(comparable(generated));
        for (const flow of flows) {
          const expected = before.verdict(flow);
          seen[expected]++;
          for (const copy of copies) {
            const asked = { ...flow, from: inCopy(flow.from, copy), to: inCopy(flow.to, copy) };
            if (isGiven(flow.from, asked.from) || isGiven(flow.to, asked.to)) continue;
            const got = [after.verdict(asked), definition.canReach(asked).verdict];
            if (got.some((verdict) => verdict !== expected))
              throw new Error(`${JSON.stringify(asked)} is ${got.join(', ')}, the original ${expected}: ${JSON.stringify(flow)}`);
          }
        }
      },
      { runs: clusters, file: FILE, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
    );
  });

  test('was seen with every verdict', () => {
    expect(Math.min(seen.allow, seen.deny, seen.unknown)).toBeGreaterThan(20);
  });
});

const pod = (namespace: string, name: string, ip: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: name } },
  status: { podIP: ip, podIPs: [{ ip }, { ip: ip.replace(/^10\.(\d+)\.(\d+)\./, 'fd00:$1:$2::') }] },
});

const policy = (name: string, from: object, port = 80): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [from], ports: [{ port }] }] },
});

const cluster = (...policies: readonly object[]): Manifests =>
  manifestsFromObjects([pod('shop', 'web', '10.1.2.3'), pod('shop', 'db', '10.1.2.4'), ...policies]);

const ask = (engine: Engine, from: string, to: string, port = 80): string => engine.verdict({ from, to, protocol: 'TCP', port });

describe('copies of a cluster', () => {
  it('are apart where policies name labels, and together where they select everything', () => {
    const apart = compile(
      replicateCluster(cluster(policy('p', { podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: {} })), 2, 1).manifests,
    );
    expect([ask(apart, 'shop-x1/web', 'shop-x1/db'), ask(apart, 'shop/web', 'shop-x1/db'), ask(apart, 'shop-x1/web', 'shop/db')]).toEqual([
      'allow',
      'deny',
      'deny',
    ]);
    const together = compile(replicateCluster(cluster(policy('p', { namespaceSelector: {} })), 2, 1).manifests);
    expect([
      ask(together, 'shop/web', 'shop-x1/db'),
      ask(together, 'shop-x1/web', 'shop/db'),
      ask(together, '192.0.2.1', 'shop/db'),
    ]).toEqual(['allow', 'allow', 'deny']);
  });

  it('have no address in common, in either family', () => {
    const { manifests } = replicateCluster(cluster(), 8, 1);
    const addresses = manifests.pods.flatMap(({ object }) => object.status?.podIPs?.map(({ ip }) => ip) ?? []);
    expect(addresses).toHaveLength(8 * 4);
    expect(new Set(addresses).size).toBe(8 * 4);
  });

  it('keep out of the networks of an administrator that the original is not in', () => {
    const deny = (network: string): object => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'p' },
      spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Deny', to: [{ networks: [network] }] }] },
    });
    for (let seed = 0; seed < 20; seed++) {
      // Half of the second octets are in the network of the first policy, and the pods are not.
      for (const [network, expected] of [
        ['10.128.0.0/9', 'allow'],
        ['10.0.0.0/9', 'deny'],
      ] as const) {
        const engine = compile(replicateCluster(cluster(deny(network)), 4, seed).manifests);
        const verdicts = ['', '-x1', '-x2', '-x3'].map((suffix) =>
          engine.verdict({ from: `shop${suffix}/web`, to: `shop${suffix}/db`, protocol: 'TCP', port: 80, family: 4 }),
        );
        expect(verdicts).toEqual([expected, expected, expected, expected]);
      }
    }
  });

  it('have an ending that nothing else has', () => {
    const taken = manifestsFromObjects([pod('a-x1', 'web', '10.0.0.1'), pod('a', 'web', '10.0.0.2')]);
    const names = replicateCluster(taken, 2, 1).manifests.pods.map(({ object }) => object.metadata.namespace);
    expect(names).toEqual(['a-x1', 'a', 'a-x1-xx1', 'a-xx1']);
  });

  it('are refused where there is no room, and in odd numbers of copies', () => {
    expect(() => replicateCluster(cluster(), 0, 1)).toThrow('copies must be a whole number from 1, got `0`');
    expect(() => replicatePolicies(cluster(), 1.5, 1)).toThrow('copies must be a whole number from 1, got `1.5`');
  });
});

describe('a replicated policy set', () => {
  const doubled = replicatePolicies(cluster(policy('p', { podSelector: { matchLabels: { app: 'web' } } })), 4, 1);

  it('keeps what it was and adds policies for the same pods with other ports', () => {
    expect(doubled.networkPolicies.map(({ object }) => object.metadata.name)).toEqual(['p', 'p-x1', 'p-x2', 'p-x3']);
    const ports = doubled.networkPolicies.map(({ object }) => object.spec?.ingress?.[0]?.ports?.[0]?.port);
    expect(ports[0]).toBe(80);
    expect(new Set(ports).size).toBe(4);
    const engine = compile(doubled);
    expect([ask(engine, 'shop/web', 'shop/db'), ask(engine, 'shop/web', 'shop/db', 81 + 65_000)]).toEqual(['allow', 'deny']);
  });

  it('is the same for the same seed, and another for another', () => {
    const text = (seed: number): string =>
      JSON.stringify(replicatePolicies(cluster(policy('p', { podSelector: {} })), 4, seed).networkPolicies);
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  it.each([
    [65_535, undefined],
    [1, 65_535],
    [65_000, 65_535],
    [80, 90],
  ])('keeps the ports %s to %s in range and as wide as they were', (port, endPort) => {
    const source = manifestsFromObjects([
      {
        ...policy('p', {}),
        spec: { podSelector: {}, ingress: [{ ports: [{ port, ...(endPort === undefined ? {} : { endPort }) }] }] },
      },
    ]);
    for (const { object } of replicatePolicies(source, 8, 3).networkPolicies) {
      const changed = object.spec?.ingress?.[0]?.ports?.[0];
      const [first, last] = [Number(changed?.port), Number(changed?.endPort ?? changed?.port)];
      expect(first).toBeGreaterThanOrEqual(1);
      expect(last).toBeLessThanOrEqual(65_535);
      expect(last - first).toBe((endPort ?? port) - port);
    }
  });
});
