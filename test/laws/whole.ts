/**
 * Laws across the whole program (X1, X5, X8, X10). Workers, encodings and explanations have files of their own.
 */
import { isDeepStrictEqual } from 'node:util';
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { addressText, addressValue } from '../../src/fuzz/addresses.ts';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createStatistics } from '../../src/fuzz/statistics.ts';
import { edgesOf, nearby, universeOf, type World } from '../../src/fuzz/world.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { reference } from '../../src/reference/reference.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import { encodeTables } from '../../src/wire/tables.ts';
import { compareDecisions, compareVerdicts, openComparison } from '../support/compare.ts';
import { pairsOf } from '../support/endpoint-pairs.ts';
import { BY_RULES, type Columns, familyOfEnd, type Lab, nameOf, open } from './lab.ts';
import { type AnyLaw, type Check, LawBroken } from './law.ts';
import { choicesOf, type Draw, draws, printDraw, withPolicies } from './worlds.ts';

/** Asks one question at a time. */
export function askerOf(lab: Lab, world: World): (query: FlowQuery) => Decision {
  const manifests = toManifests(world);
  const { canReach } =
    lab.name === 'engine'
      ? compile(manifests, { cni: world.profile, domainNames: world.domainNames, shared: false })
      : reference(manifests, { cni: world.profile, domainNames: world.domainNames });
  return canReach;
}

/** `judged`: what the reference is given. */
function engineIsReference(judged: (draw: Draw) => World): Check<Draw> {
  return (draw) => {
    const comparison = { ...openComparison(draw.world), reference: openComparison(judged(draw)).reference };
    try {
      compareDecisions(comparison, 6, createStatistics());
      compareVerdicts(comparison, 60);
    } catch (error) {
      throw new LawBroken(error instanceof Error ? error.message : String(error), { cause: error });
    }
    return true;
  };
}

/** One question at a time against the table of all, and questions that stand for several rows against those rows. */
function rowsOfTheTable(exchange: boolean): Check<Draw> {
  return (draw, lab) => {
    const { world } = draw;
    const random = choicesOf(draw, 'X5');
    const { count, worlds, flow } = lab.observe([world]);
    const [table] = worlds as [Columns];
    if (count === 0) return false;
    const canReach = askerOf(lab, world);
    const ranks = ['deny', 'unknown', 'allow'];
    for (let i = 0; i < 10; i++) {
      const at = random.below(count);
      if (table.verdict[at]! > 2) continue;
      const { from, to, protocol, port } = flow(at);
      const family = familyOfEnd(from) || familyOfEnd(to);
      const ends = exchange ? { from: nameOf(to), to: nameOf(from) } : { from: nameOf(from), to: nameOf(to) };
      const got = canReach({ ...ends, protocol, port, ...(family === 0 ? {} : { family }) });
      const same =
        got.verdict === ranks[table.verdict[at]!] &&
        got.egress.verdict === ranks[table.egress[at]!] &&
        got.ingress.verdict === ranks[table.ingress[at]!] &&
        (got.egress.default === null) === (table.egressBy[at] === BY_RULES) &&
        (got.ingress.default === null) === (table.ingressBy[at] === BY_RULES);
      if (!same) throw new LawBroken(`${JSON.stringify(flow(at))}: the question says ${got.verdict}, the row ${ranks[table.verdict[at]!]}`);
    }
    if (lab.name === 'engine') questionsOfSeveralRows(world);
    return true;
  };
}

/** A question about a pod of two families, or about a workload, is certain where all of its rows agree. */
function questionsOfSeveralRows(world: World): void {
  const { tables, directory } = open(world);
  const { verdict } = compile(toManifests(world), { cni: world.profile, domainNames: world.domainNames, shared: false });
  const next = flowsOf(world);
  for (let i = 0; i < 5; i++) {
    const query = next();
    const pairs = pairsOf(tables, directory, query);
    if (pairs.length === 0) continue;
    const batch = createFlowBatch(pairs.length);
    for (const [k, [source, destination]] of pairs.entries()) {
      batch.source[k] = source;
      batch.destination[k] = destination;
      batch.protocol[k] = PROTOCOLS.indexOf(query.protocol);
      batch.port[k] = query.port;
    }
    const rows = new Uint8Array(pairs.length);
    createKernel(tables, batch, rows)(pairs.length);
    const expected = rows.every((row) => row === rows[0]) ? ['deny', 'allow', 'unknown'][rows[0]!] : 'unknown';
    const got = verdict(query);
    if (got !== expected) throw new LawBroken(`${JSON.stringify(query)}: ${got}, but its rows say ${expected}`);
  }
}

/** Where addresses and ports begin to differ for anybody, by arithmetic on the manifests. */
function atomsOf(world: World): {
  addresses: Readonly<Record<4 | 6, readonly bigint[]>>;
  ports: readonly number[];
  known: ReadonlySet<string>;
} {
  const edges = edgesOf(world);
  const { addresses } = universeOf(world, { ports: new Set(), addresses: new Set() });
  const hostIps = world.pods.flatMap(({ status }) => (status?.hostIPs ?? []).map(({ ip }) => ip));
  const known = new Set(
    [...addresses, ...world.unreadableEnds.flatMap((end) => end.addresses), ...hostIps].map((text) =>
      addressText(addressValue(text).family, addressValue(text).value),
    ),
  );
  const starts: Record<4 | 6, Set<bigint>> = { 4: new Set([0n]), 6: new Set([0n]) };
  for (const edge of edges.addresses) {
    const [family, value] = edge.split(':') as [string, string];
    // An edge is the first or the last address of a block; both sides of it are cut.
    for (const step of [0n, 1n]) starts[family === '4' ? 4 : 6].add(BigInt(value) + step);
  }
  const ports = new Set([1, ...[...edges.ports].flatMap((port) => [port, port + 1])]);
  const sorted = (values: Set<bigint>) => [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { addresses: { 4: sorted(starts[4]), 6: sorted(starts[6]) }, ports: [...ports].sort((a, b) => a - b), known };
}

/** Two members of one atom; the foil takes the second from the next. */
function atomsAgree(beside: boolean): Check<Draw> {
  return (draw, lab) => {
    const { world } = draw;
    const random = choicesOf(draw, 'X8');
    const { addresses, ports, known } = atomsOf(world);
    const pods = universeOf(world, edgesOf(world)).pods;
    if (pods.length === 0) return false;
    const canReach = askerOf(lab, world);
    const member = (from: bigint, to: bigint) =>
      from + (to - from <= 1n ? 0n : random.chance(0.4) ? (random.chance(0.5) ? 0n : to - from - 1n) : big(random) % (to - from));
    let met = 0;
    for (let i = 0; i < 8; i++) {
      const family = random.pick([4, 6] as const);
      const starts = addresses[family];
      const at = random.below(starts.length);
      const range = (index: number): [bigint, bigint] => [starts[index]!, starts[index + 1] ?? 1n << (family === 4 ? 32n : 128n)];
      const port = random.below(ports.length);
      const portRange = (index: number): [bigint, bigint] => [BigInt(ports[index]!), BigInt(ports[index + 1] ?? 65536)];
      const next = beside ? 1 : 0;
      const [first, second] = [
        [at, port],
        [Math.min(at + next, starts.length - 1), Math.min(port + next, ports.length - 1)],
      ].map(([a, p]) => ({ ip: nearby(family, member(...range(a!)))[0], port: Number(member(...portRange(p!))) })) as [Member, Member];
      // Addresses of pods, nodes and Services are atoms of their own.
      if ([first, second].some(({ ip, port: number }) => ip === undefined || known.has(ip) || number < 1 || number > 65535)) continue;
      const pod = { pod: random.pick(pods) };
      const protocol = random.pick(PROTOCOLS);
      const ingress = random.chance(0.5);
      const ask = (one: Member) =>
        canReach({ ...(ingress ? { from: { ip: one.ip! }, to: pod } : { from: pod, to: { ip: one.ip! } }), protocol, port: one.port });
      const [a, b] = [ask(first), ask(second)];
      met++;
      if (!isDeepStrictEqual(a, b)) throw new LawBroken(`${JSON.stringify([pod, protocol, first, second])}: ${a.verdict} and ${b.verdict}`);
    }
    return met > 0;
  };
}

interface Member {
  readonly ip: string | undefined;
  readonly port: number;
}

function big(random: { below(end: number): number }): bigint {
  return [0, 1, 2, 3].reduce((sum) => (sum << 32n) | BigInt(random.below(2 ** 32)), 0n);
}

/** Everything again from copies of the objects: tables, their file, decisions as JSON. */
function again(change: (world: World) => World): Check<Draw> {
  return ({ world }) => {
    const run = (given: World) => {
      const manifests = toManifests(given);
      const engine = compile(manifests, { cni: given.profile, domainNames: given.domainNames, shared: false });
      const next = flowsOf(world);
      const flows = Array.from({ length: 8 }, next);
      return { file: Buffer.from(encodeTables(engine.tables)), text: JSON.stringify([flows, flows.map((flow) => engine.canReach(flow))]) };
    };
    const [one, other] = [run(world), run(change(structuredClone(world)))];
    if (!one.file.equals(other.file) || one.text !== other.text) throw new LawBroken('a second run gives other bytes');
    return true;
  };
}

const withoutLast = (world: World) => withPolicies(world, world.networkPolicies.slice(0, -1));

export const WHOLE_LAWS: readonly AnyLaw[] = [
  {
    id: 'X1',
    law: 'decisions of the engine = decisions of the reference, verdicts of the kernel = verdicts of the reference',
    precondition: 'none (volume: `test/property/engine-equals-reference.test.ts`)',
    instance: draws,
    check: engineIsReference(({ world }) => world),
    foil: { wrong: 'the reference has not seen the last policy', check: engineIsReference(({ world }) => withoutLast(world)) },
    print: printDraw,
    engineOnly: true,
  },
  {
    id: 'X5',
    law: 'answer to one question = its row in the table of all; a question that stands for several rows = what they agree on, else unknown',
    precondition: 'none (there is no matrix view yet: the table is the batch over all ends and ports)',
    instance: draws,
    check: rowsOfTheTable(false),
    foil: { wrong: 'source and destination are exchanged', check: rowsOfTheTable(true) },
    print: printDraw,
  },
  {
    id: 'X8',
    law: 'decision(a, p) = decision(a′, p′) for members of one atom: interval of addresses × interval of ports between edges',
    precondition:
      'a and a′ belong to no pod, node or Service; edges: first address of a block or except and one past its last, ports of rules and one past, the numbers of named ports',
    instance: draws,
    check: atomsAgree(false),
    foil: { wrong: 'the second member is of the next atom', check: atomsAgree(true) },
    print: printDraw,
  },
  {
    id: 'X10',
    law: 'bytes of a second run = bytes of the first: tables, their file, decisions',
    precondition: 'the same objects in the same order (TZ, LANG and Node versions: the tests of determinism)',
    instance: draws,
    check: again((world) => world),
    foil: { wrong: 'the last policy is missing in the second run', check: again(withoutLast) },
    print: printDraw,
    engineOnly: true,
  },
];
