/**
 * Engine against reference on one generated world: whole decisions on some flows, verdict batches on many. Used by the property tests and the soak run.
 */
import { isDeepStrictEqual } from 'node:util';
import { compile, type Engine } from '../../src/engine/engine.ts';
import { createDecisionKernel } from '../../src/evaluate/decision-kernel.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { explainHalf, VERDICTS } from '../../src/evaluate/explain.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { createRandom, type Random } from '../../src/fuzz/random.ts';
import { countFlow, type FlowStatistics } from '../../src/fuzz/statistics.ts';
import { type Edges, edgesOf, type World } from '../../src/fuzz/world.ts';
import type { Decision, Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { type Reference, reference } from '../../src/reference/reference.ts';
import { createFlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY } from '../../src/tables/layout.ts';
import { pairsOf } from './endpoint-pairs.ts';
import { verdictsOf } from './verdicts-of.ts';

export interface Comparison {
  readonly world: World;
  readonly edges: Edges;
  readonly engine: Engine;
  readonly reference: Reference;
}

export function openComparison(world: World): Comparison {
  const manifests = toManifests(world);
  return {
    world,
    edges: edgesOf(world),
    engine: compile(manifests, { cni: world.profile, domainNames: world.domainNames, shared: false }),
    reference: reference(manifests, { cni: world.profile, domainNames: world.domainNames }),
  };
}

/** Compares whole decisions on `count` flows. @throws {Error} that shows the first that differs */
export function compareDecisions(
  { world, edges, engine, reference: definition }: Comparison,
  count: number,
  statistics: FlowStatistics,
): void {
  const next = flowsOf(world);
  for (let i = 0; i < count; i++) {
    const flow = next();
    const expected = outcome(() => definition.canReach(flow));
    const got = outcome(() => engine.canReach(flow));
    if (!isDeepStrictEqual(got, expected)) throw new Error(describeDifference(flow, expected, got));
    if (expected.decision === undefined) continue;
    countFlow(statistics, edges, flow, expected.decision, expected.decision.cause);
    const verdict = engine.verdict(flow);
    if (verdict !== expected.decision.verdict) throw new Error(`verdict alone: ${verdict}\n${describeDifference(flow, expected, got)}`);
  }
}

/** A decision without the sentence for people, or the kind of error. */
interface Outcome {
  readonly decision?: Omit<Decision, 'unknown'> & { readonly cause?: string };
  readonly error?: string;
}

function outcome(ask: () => Decision): Outcome {
  try {
    const { unknown, ...decision } = ask();
    return { decision: unknown === undefined ? decision : { ...decision, cause: unknown.cause } };
  } catch (error) {
    if (error instanceof RangeError) return { error: 'RangeError' };
    throw error;
  }
}

export function describeDifference(flow: unknown, expected: unknown, got: unknown): string {
  return `engine and reference differ on ${JSON.stringify(flow)}\nreference: ${JSON.stringify(expected, null, 1)}\nengine: ${JSON.stringify(got, null, 1)}`;
}

/**
 * Compares the halves that the decision kernel finds for `count` flows between single endpoints with those of the single query, which `compareDecisions` holds to the reference.
 * @throws {Error} that shows the first that differs
 */
export function compareDecisionKernel({ world, engine }: Comparison, count: number): void {
  const { tables } = engine;
  const names = new TableNames(tables);
  const directory = new Directory(tables, names);
  const reader = new TableReader(tables);
  const next = flowsOf({ ...world, flowSeed: world.flowSeed ^ 0x3c6ef372 });
  const batch = createFlowBatch(count);
  const flows: FlowQuery[] = [];
  for (let i = 0; i < count; i++) {
    const flow = next();
    const pairs = pairsOf(tables, directory, flow);
    if (pairs.length !== 1) continue;
    const [source, destination] = pairs[0] as readonly [number, number];
    batch.source[batch.count] = source;
    batch.destination[batch.count] = destination;
    batch.protocol[batch.count] = PROTOCOLS.indexOf(flow.protocol);
    batch.port[batch.count] = flow.port;
    batch.count++;
    flows.push(flow);
  }
  const columns = { egress: new Uint32Array(count), ingress: new Uint32Array(count), verdicts: new Uint8Array(count) };
  createDecisionKernel(tables, batch, columns)(batch.count);
  for (const [i, flow] of flows.entries()) {
    const expected = engine.canReach(flow);
    const got = {
      verdict: VERDICTS[columns.verdicts[i] as number],
      egress: explainHalf(reader, names, 'egress', batch.source[i] as number, columns.egress[i] as number),
      ingress: explainHalf(reader, names, 'ingress', batch.destination[i] as number, columns.ingress[i] as number),
    };
    const { verdict, egress, ingress } = expected;
    if (!isDeepStrictEqual(got, { verdict, egress, ingress }))
      throw new Error(describeDifference(flow, expected, { ...got, by: 'decision kernel' }));
  }
}

/** Flows asked of the reference for one batch, and how many ports of one interval share its answer: no rule can tell them apart. */
const PORTS_PER_ANSWER = 20;

/**
 * Compares verdicts on a batch of at least `count` flows. The reference is asked once for all ports of an interval between the edges of rules.
 * Returns the number of flows. @throws {Error} that shows the first that differs
 */
export function compareVerdicts({ world, edges, engine, reference: definition }: Comparison, count: number): number {
  const { tables } = engine;
  const directory = new Directory(tables, new TableNames(tables));
  const random = createRandom(world.flowSeed ^ 0x5bd1e995);
  const next = flowsOf({ ...world, flowSeed: world.flowSeed ^ 0x2545f491 });
  const intervals = intervalStarts(edges);
  const batch = createFlowBatch(count * 4 + 64 * PORTS_PER_ANSWER);
  const asked: { flow: FlowQuery; expected: Verdict; end: number; pairs: number }[] = [];
  let flows = 0;
  while (flows < count) {
    const flow = next();
    const pairs = pairsOf(tables, directory, flow);
    if (pairs.length === 0) continue;
    const expected = definition.canReach(flow).verdict;
    const ports = portsLike(intervals, flow.port, random);
    if (batch.count + ports.length * pairs.length > batch.port.length) break;
    for (const port of ports) {
      for (const [source, destination] of pairs) {
        batch.source[batch.count] = source;
        batch.destination[batch.count] = destination;
        batch.protocol[batch.count] = PROTOCOLS.indexOf(flow.protocol);
        batch.port[batch.count] = port;
        batch.count++;
      }
    }
    flows += ports.length;
    asked.push({ flow, expected, end: batch.count, pairs: pairs.length });
  }
  const verdicts = verdictsOf(tables, batch);
  let row = 0;
  for (const { flow, expected, end, pairs } of asked) {
    for (; row < end; row += pairs) {
      const got = agreed(verdicts, row, pairs);
      if (got !== expected)
        throw new Error(
          describeDifference({ ...flow, port: batch.port[row] }, { verdict: expected }, { verdict: got, by: 'batch kernel' }),
        );
    }
  }
  return flows;
}

/** What all pairs of a flow say, or unknown. */
function agreed(verdicts: Uint8Array, first: number, pairs: number): Verdict {
  const verdict = verdicts[first];
  for (let i = first + 1; i < first + pairs; i++) if (verdicts[i] !== verdict) return 'unknown';
  return verdict === ALLOW ? 'allow' : verdict === DENY ? 'deny' : 'unknown';
}

/** Ports at which some rule's answer can change, ascending: where its ports begin, and one past their end. */
function intervalStarts({ ports }: Edges): number[] {
  const starts = new Set([1, 65536, ...[...ports].flatMap((port) => [port, port + 1])]);
  return [...starts].filter((port) => port >= 1 && port <= 65536).sort((a, b) => a - b);
}

/** The port, the first and last of its interval, and some between. */
function portsLike(starts: readonly number[], port: number, random: Random): number[] {
  const next = starts.findIndex((start) => start > port);
  const first = starts[next - 1] ?? port;
  const last = (starts[next] ?? port + 1) - 1;
  const ports = new Set([port, first, last]);
  const wanted = Math.min(PORTS_PER_ANSWER, last - first + 1);
  while (ports.size < wanted) ports.add(first + random.below(last - first + 1));
  return [...ports];
}
