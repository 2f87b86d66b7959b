/**
 * The order of input means nothing: of files on the command line, of documents in files, of objects, of rules, peers and ports.
 *
 * What may differ is what names a place: files give the same bytes of tables in any order, because places are paths and lines. Documents that move have other lines, so
 * tables are compared by what they say (decisions, verdict columns, counters) without places. Rules that move have another number, which is taken back before comparing.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, type Engine } from '../../src/engine/engine.ts';
import { flowsOf, type ManifestObjects, PRESETS, printObjects, toManifests, type World, world } from '../../src/fuzz/fuzz.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { RandomStream } from '../../src/lib/random.ts';
import type { Decision, DirectionDecision, RuleReason } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicyPort } from '../../src/model/resource.ts';
import { reproduciblePart } from '../../src/simulate/report.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { encodeTables } from '../../src/wire/tables.ts';
import { checkProperty } from '../support/check.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { SEED } from '../support/seed.ts';

const DATASETS = join(import.meta.dirname, '../../datasets');
const CLUSTERS = readdirSync(join(DATASETS, 'clusters')).sort();
const SHUFFLES = 4;
const WORLDS = 150;
const FLOWS_OF_WORLD = 60;
const FILE = 'test/determinism/shuffled-input.test.ts';

function shuffled<T>(values: readonly T[], random: RandomStream): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

function sha256(...parts: readonly (string | NodeJS.ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** JSON without what names a place in a file. */
function withoutPlaces(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => (key === 'origin' ? undefined : each));
}

function filesOf(cluster: string): string[] {
  const folder = join(DATASETS, 'clusters', cluster);
  return readdirSync(folder).map((name) => join(folder, name));
}

function flowsIn(cluster: string): FlowQuery[] {
  return JSON.parse(readFileSync(join(DATASETS, 'flows', `${cluster}.json`), 'utf8')) as FlowQuery[];
}

async function saidBy(engine: Engine, cluster: string): Promise<Record<string, string>> {
  const report = await simulate(engine, { flows: 70_000, seed: 3, workers: 2, verdictColumns: true });
  return {
    verdictColumns: sha256(...Object.values(report.columns ?? {})),
    report: sha256(withoutPlaces({ ...reproduciblePart(report), tables: { ...report.tables, sizeBytes: 0 } })),
    decisions: sha256(withoutPlaces(flowsIn(cluster).map(({ from, to, protocol, port }) => engine.canReach({ from, to, protocol, port })))),
  };
}

describe.each(CLUSTERS)('the cluster %s', (cluster) => {
  it(`gives the same tables for its files in any order (seed ${SEED})`, async () => {
    const random = new RandomStream(SEED);
    const files = filesOf(cluster);
    const expected = sha256(encodeTables(compile(await loadManifests(files)).tables));
    for (let i = 0; i < SHUFFLES; i++) {
      const order = shuffled(files, random);
      expect(sha256(encodeTables(compile(await loadManifests(order)).tables)), order.join(' ')).toBe(expected);
    }
  });

  it(`says the same with its documents in any order, in any files (seed ${SEED})`, async () => {
    const random = new RandomStream(SEED, 1);
    const folder = temporaryFolder();
    const documents = filesOf(cluster).flatMap((file) => readFileSync(file, 'utf8').split(/^---.*$/m));
    const expected = await saidBy(compile(await loadManifests(filesOf(cluster))), cluster);
    for (let i = 0; i < SHUFFLES; i++) {
      const order = shuffled(documents, random);
      const cut = random.below(order.length);
      const parts = [order.slice(0, cut), order.slice(cut)].filter((part) => part.some((text) => /^kind:/m.test(text)));
      const files = parts.map((part, n) => writeText(folder, `${i}-${n}.yaml`, part.join('\n---\n')));
      expect(await saidBy(compile(await loadManifests(files)), cluster)).toEqual(expected);
    }
  });
});

function flowsFor(each: World): FlowQuery[] {
  const next = flowsOf(each);
  return Array.from({ length: FLOWS_OF_WORLD }, next);
}

function shuffledObjects(each: World, random: RandomStream): ManifestObjects {
  return {
    namespaces: shuffled(each.namespaces, random),
    pods: shuffled(each.pods, random),
    nodes: shuffled(each.nodes, random),
    services: shuffled(each.services, random),
    networkPolicies: shuffled(each.networkPolicies, random),
    adminPolicies: shuffled(each.adminPolicies, random),
    unreadable: shuffled(each.unreadable, random),
    unreadableEnds: shuffled(each.unreadableEnds, random),
  };
}

/** For each policy and direction: which rule stood at a place before, and which of its peers and ports. */
type Former = Map<string, { readonly rule: number; readonly peers: readonly number[]; readonly ports: readonly number[] }[]>;

function keyOf(
  { namespace, name }: { readonly namespace?: string | null | undefined; readonly name?: string | null | undefined },
  direction: string,
): string {
  return JSON.stringify([namespace ?? 'default', name, direction]);
}

interface AnyRule {
  readonly from?: readonly NetworkPolicyPeer[] | null;
  readonly to?: readonly NetworkPolicyPeer[] | null;
  readonly ports?: readonly NetworkPolicyPort[] | null;
}

function shuffledRules(policy: NetworkPolicyObject, random: RandomStream, former: Former): NetworkPolicyObject {
  const spec: Record<string, unknown> = { ...policy.spec };
  for (const direction of ['ingress', 'egress'] as const) {
    const rules = policy.spec?.[direction] as readonly AnyRule[] | null | undefined;
    if (rules === undefined || rules === null) continue;
    const peerField = direction === 'ingress' ? 'from' : 'to';
    const orderOf = (list: readonly unknown[] | null | undefined) => shuffled([...(list ?? []).keys()], random);
    const places = orderOf(rules).map((rule) => ({ rule, peers: orderOf(rules[rule]![peerField]), ports: orderOf(rules[rule]!.ports) }));
    former.set(keyOf(policy.metadata, direction), places);
    spec[direction] = places.map(({ rule, peers, ports }) => {
      const before = rules[rule]!;
      return {
        ...before,
        ...(before[peerField] ? { [peerField]: peers.map((i) => before[peerField]![i]) } : {}),
        ...(before.ports ? { ports: ports.map((i) => before.ports![i]) } : {}),
      };
    });
  }
  return { ...policy, spec } as NetworkPolicyObject;
}

/** The decision with rules, peers and ports numbered as before, in order. */
function renumbered(decision: Decision, former: Former): unknown {
  const reasonBefore = (reason: RuleReason): unknown => {
    const { origin: _, because, ...rest } = reason;
    // Of several things that are wrong with a policy, its first is named.
    if (reason.rule < 0) return rest;
    const place = former.get(keyOf(reason.policy, reason.direction))?.[reason.rule];
    if (place === undefined) return { ...rest, because };
    const peer = reason.peer === null ? null : place.peers[reason.peer];
    const port = reason.port === null ? null : place.ports[reason.port];
    return { ...rest, rule: place.rule, peer, port, because };
  };
  const half = (each: DirectionDecision) => ({
    ...each,
    reasons: each.reasons.map((reason) => JSON.stringify(reasonBefore(reason))).sort(),
  });
  return { ...decision, egress: half(decision.egress), ingress: half(decision.ingress) };
}

describe('a generated cluster', () => {
  it(`gives the same decisions for its objects in any order (seed ${SEED}, ${WORLDS} clusters)`, () => {
    checkProperty(
      world(PRESETS.mixed),
      (each) => {
        const engine = compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames });
        const other = compile(toManifests(shuffledObjects(each, new RandomStream(each.flowSeed))), {
          cni: each.profile,
          domainNames: each.domainNames,
        });
        for (const query of flowsFor(each)) {
          expect(withoutPlaces(other.canReach(query)), JSON.stringify(query)).toBe(withoutPlaces(engine.canReach(query)));
        }
      },
      { runs: WORLDS, file: FILE, print: printObjects },
    );
  });

  it(`gives the same decisions for its rules, peers and ports in any order, but for their numbers (seed ${SEED}, ${WORLDS} clusters)`, () => {
    let moved = 0;
    checkProperty(
      world(PRESETS.mixed),
      (each) => {
        const former: Former = new Map();
        const random = new RandomStream(each.flowSeed);
        const networkPolicies = each.networkPolicies.map((policy) => shuffledRules(policy, random, former));
        const engine = compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames });
        const other = compile(toManifests({ ...each, networkPolicies }), { cni: each.profile, domainNames: each.domainNames });
        for (const query of flowsFor(each)) {
          const [before, after] = [engine.canReach(query), other.canReach(query)];
          if (withoutPlaces(before) !== withoutPlaces(after)) moved++;
          expect(renumbered(after, former), JSON.stringify(query)).toEqual(renumbered(before, new Map()));
        }
      },
      { runs: WORLDS, file: FILE, print: printObjects },
    );
    // Otherwise nothing was shuffled that matters.
    expect(moved).toBeGreaterThan(0);
  });
});
