/**
 * The difference in reachability is exact: each row says what both tables say about every pair that it stands for, a pair without a row does not differ, and laws that say "equal" give an empty one.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachabilityDiff } from '../../src/diff/diff.ts';
import type { DiffEnds, ReachabilityDiff } from '../../src/diff/report.ts';
import { compile, type Engine } from '../../src/engine/engine.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { type MatrixEnd, type PortVerdicts, reachabilityMatrix } from '../../src/matrix/matrix.ts';
import { PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import type { Coarsest } from '../../src/reach/roll-up.ts';
import { checkProperty } from '../support/check.ts';
import { wrongInDiff } from '../support/diff.ts';
import { wrongInReasons } from '../support/diff-reasons.ts';
import { edgePorts, verdictsAt } from '../support/matrix.ts';

const file = 'test/property/diff.test.ts';

/** A cluster, and what becomes of it: policies and pods that go, labels that move from one pod to the next. */
interface Case {
  readonly before: World;
  readonly other: World;
  readonly policy: number;
  readonly pod: number;
  /** What pods are told as at most, beside by pod. */
  readonly by: Coarsest;
  readonly change: 'policy' | 'pod' | 'labels' | 'policies' | 'node' | 'addresses' | 'address' | 'turned';
}

const cases = (worlds: fc.Arbitrary<World>): fc.Arbitrary<Case> =>
  fc.record({
    before: worlds,
    other: worlds,
    policy: fc.nat(5),
    pod: fc.nat(5),
    by: fc.constantFrom<Coarsest>('workload', 'namespace', 'cluster'),
    change: fc.constantFrom('policy', 'pod', 'labels', 'policies', 'node', 'addresses', 'address', 'turned'),
  });

/** Nodes have an address of a family; where addresses are what changes, some more of those that nobody has. */
function beforeOf({ before, change }: Case): World {
  if (change !== 'addresses' && change !== 'address') return before;
  const taken = JSON.stringify([before.pods, before.nodes, before.services]);
  const free = Array.from({ length: 32 }, (_, i) => `10.0.0.${i}`).filter((address) => !taken.includes(`"${address}"`));
  return withAddresses(before, (addresses) => [...free.splice(0, 2).map((address) => ({ type: 'InternalIP', address })), ...addresses]);
}

function afterOf(each: Case): World {
  const { other, policy, pod, change } = each;
  const before = beforeOf(each);
  switch (change) {
    case 'policy':
      return { ...before, networkPolicies: before.networkPolicies.filter((_, i) => i !== policy % before.networkPolicies.length) };
    case 'pod':
    case 'turned':
      return { ...before, pods: before.pods.filter((_, i) => i !== pod % before.pods.length) };
    case 'labels': {
      const labels = before.pods.map(({ metadata }) => metadata.labels);
      return {
        ...before,
        pods: before.pods.map((each, i) => ({ ...each, metadata: { ...each.metadata, labels: labels[(i + 1) % labels.length] } })),
      };
    }
    case 'policies':
      return { ...before, networkPolicies: other.networkPolicies, adminPolicies: other.adminPolicies, domainNames: other.domainNames };
    case 'node':
      return { ...before, nodes: before.nodes.slice(1) };
    case 'addresses':
      return withAddresses(before, (addresses) => addresses.toReversed());
    case 'address':
      return withAddresses(before, (addresses) => addresses.slice(1));
  }
}

type NodeAddresses = NonNullable<NonNullable<World['nodes'][number]['status']>['addresses']>;

function withAddresses(each: World, change: (addresses: NodeAddresses) => NodeAddresses): World {
  return {
    ...each,
    nodes: each.nodes.map((node) => ({ ...node, status: { ...node.status, addresses: change(node.status?.addresses ?? []) } })),
  };
}

const engineOf = (each: World) => compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames, shared: false });

describe('the difference', () => {
  const seen = { flows: 0, opened: 0, closed: 0, uncertain: 0, unknown: 0, added: 0, removed: 0, own: 0 };
  let reasons = 0;
  let proven = 0;
  let differing = 0;

  for (const preset of ['mixed', 'addresses', 'ports', 'tiers', 'unreadable'] as const) {
    it(`says what both tables say (${preset})`, { timeout: 240_000 }, () => {
      checkProperty(
        cases(world(PRESETS[preset])),
        (each) => {
          const [one, two] = [engineOf(beforeOf(each)), engineOf(afterOf(each))];
          const [before, after] = each.change === 'turned' ? [two, one] : [one, two];
          for (const by of ['pod', each.by] as const) {
            const diff = reachabilityDiff(before, after, { by });
            expect([diff.complete, diff.explained]).toEqual([true, true]);
            const wrong = wrongInDiff(before.tables, after.tables, diff, seen);
            if (wrong !== undefined) throw new Error(`by ${by}: ${wrong}`);
            for (const { causes } of diff.rows) expect(causes.length).toBeGreaterThan(0);
            reasons += diff.pairs.reason;
            if (diff.equivalent) proven++;
          }
        },
        { runs: 15, file, print: (each) => `${each.change} ${each.policy} ${each.pod}\n${printObjects(each.before)}` },
      );
    });
  }

  it('tells the same verdict for another reason, and no other', { timeout: 120_000 }, () => {
    const found = { reasons: 0, own: 0 };
    for (const [preset, runs] of [
      ['mixed', 12],
      ['tiers', 12],
    ] as const) {
      checkProperty(
        cases(world(PRESETS[preset])),
        (each) => {
          const [before, after] = [engineOf(beforeOf(each)), engineOf(afterOf(each))];
          const wrong = wrongInReasons(before.tables, after.tables, reachabilityDiff(before, after, { by: each.by, reasons: true }), found);
          if (wrong !== undefined) throw new Error(wrong);
        },
        { runs, file, print: (each) => `${each.change} ${each.policy} ${each.pod}\n${printObjects(each.before)}` },
      );
    }
    expect(found.reasons).toBeGreaterThan(0);
  });

  it('is none between tables of the same', () => {
    checkProperty(
      world(PRESETS.mixed),
      (each) => {
        const diff = reachabilityDiff(engineOf(each), engineOf(each), { reasons: true });
        expect([diff.rows, diff.pairs.reason, diff.added, diff.removed, diff.movedRanges]).toEqual([[], 0, [], [], 0]);
      },
      { runs: 30, file, print: printObjects },
    );
  });

  it('is the difference of two matrices', { timeout: 120_000 }, () => {
    checkProperty(
      cases(world(PRESETS.mixed)),
      (each) => {
        const [before, after] = [engineOf(beforeOf(each)), engineOf(afterOf(each))];
        const ports = [...new Set([...edgePorts(before.tables), ...edgePorts(after.tables)])];
        const [one, two] = [podVerdicts(before), podVerdicts(after)];
        const told = toldOf(reachabilityDiff(before, after, { by: 'pod' }), ports);
        const own = [ownNodesOf(before), ownNodesOf(after)];
        const pods = [...one.pods].filter((pod) => two.pods.has(pod));
        for (const from of pods) {
          for (const to of pods) {
            if (from === to) continue;
            for (const protocol of PROTOCOLS) {
              for (const port of ports) {
                const verdicts = [one, two].map(({ at }) => at(from, to, protocol, port));
                const key = `${from} ${to} ${protocol} ${port}`;
                // Where the families of a pair differ, a matrix says that they do, and not which is which.
                if (verdicts[0] === verdicts[1] && verdicts.some((verdict) => verdict.includes(' '))) continue;
                // A row of others names a pod and its own node, too, and does not mean that pair.
                if (own.some((pairs) => pairs.has(`${from} ${to}`))) continue;
                // Pairs of which one end has no address of the other's family can do no more than those that are denied.
                const [was, is] = verdicts.map((verdict) => (verdict === 'no pair' ? 'deny' : verdict));
                expect(`${key} ${told.has(key)}`).toBe(`${key} ${was !== is}`);
                if (was !== is) differing++;
              }
            }
          }
        }
      },
      { runs: 25, file, print: (each) => `${each.change} ${each.policy} ${each.pod}\n${printObjects(each.before)}` },
    );
    expect(differing).toBeGreaterThan(0);
  });

  it('has met what it should', () => {
    for (const [what, count] of Object.entries({ ...seen, reasons, proven })) expect([what, count > 0]).toEqual([what, true]);
  });
});

/** What the matrix says of pods, and which there are. */
function podVerdicts(engine: Engine) {
  const rows = new Map<string, PortVerdicts>();
  const pods = new Set<string>();
  for (const { from, to, ports } of reachabilityMatrix(engine, { by: 'pod', peers: 'pods', denied: true }).rows()) {
    for (const end of [from, to]) pods.add(podName(end));
    rows.set(`${podName(from)} ${podName(to)}`, ports);
  }
  const at = (from: string, to: string, protocol: Protocol, port: number): string => {
    const ports = rows.get(`${from} ${to}`);
    return ports === undefined ? 'no pair' : verdictsAt(ports, protocol, port).join();
  };
  return { pods, at };
}

/** Pairs of a pod and a host-network pod that is its node, which comparison decides. */
function ownNodesOf({ tables }: Engine): Set<string> {
  const [reader, names, { podEndpoint, podName: all }] = [new TableReader(tables), new TableNames(tables), tables.columns];
  const textOf = (pod: number) => `${names.pod(pod).namespace}/${names.pod(pod).name}`;
  const found = new Set<string>();
  for (const from of all.keys()) {
    for (const to of all.keys())
      if (from !== to && reader.decidedByComparison(podEndpoint[from]!, podEndpoint[to]!)) found.add(`${textOf(from)} ${textOf(to)}`);
  }
  return found;
}

function podName(end: MatrixEnd): string {
  if (end.kind !== 'pod') throw new Error(`asked for pods, got ${end.kind}`);
  return `${end.namespace}/${end.name}`;
}

/** Pods that both sides have, protocol and port of everything that is told. */
function toldOf({ rows }: ReachabilityDiff, ports: readonly number[]): Set<string> {
  const told = new Set<string>();
  const podsOf = ({ mark, groups }: DiffEnds) =>
    mark !== null ? [] : groups.flatMap((group) => (group.kind === 'pod' ? [`${group.namespace}/${group.name}`] : []));
  for (const { from, to, own, changes } of rows) {
    // Of a row of pods and their own nodes no other pair is meant.
    if (own) continue;
    for (const { protocol, from: first, to: last } of changes.flatMap((change) => change.ports)) {
      for (const port of ports.filter((each) => first <= each && each <= last))
        for (const source of podsOf(from)) for (const destination of podsOf(to)) told.add(`${source} ${destination} ${protocol} ${port}`);
    }
  }
  return told;
}
