/**
 * Flows between addresses instead of pods: longest prefix match at both ends over 20,000 prefixes, then the verdict. Half of the ends are pods, half are anywhere that the prefixes tell apart.
 */
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { formatAddress } from '../../src/lib/ip-address.ts';
import { type AddressIntervals, lookupAddress } from '../../src/lib/prefix-table.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { createRandom, type Random } from '../../src/shapes/random.ts';
import { createFlowBatch, type FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY, ENDPOINT_POD } from '../../src/tables/layout.ts';
import type { Columns, RuleTables } from '../../src/tables/rule-tables.ts';
import { type Measurement, medianMs } from '../support/measure.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import { throughputOf } from './batch.ts';
import type { SubjectContext } from './subject.ts';

const FLOWS = 1 << 20;
const QUICK_FLOWS = 1 << 16;
/** How far behind the first address of an interval a flow may end. */
const MOST_PAST = 200;

/** Flows of one family. `words` holds the source and the destination of each. */
interface AddressFlows {
  readonly family: 4 | 6;
  readonly words: Uint32Array;
  readonly batch: FlowBatch;
}

export async function measureAddresses(family: 4 | 6, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload('cidr-20k', context.quick);
  const engine = compile(manifests);
  const { columns } = engine.tables;
  const intervals: AddressIntervals =
    family === 4
      ? { wordsPerAddress: 1, start: columns.lookup4Start, target: columns.lookup4Target }
      : { wordsPerAddress: 4, start: columns.lookup6Start, target: columns.lookup6Target };
  const flows = drawFlows(engine.tables, intervals, family, context.quick ? QUICK_FLOWS : FLOWS, context.seed);
  const { batch } = flows;
  const verdicts = new Uint8Array(batch.count);
  const judge = createKernel(engine.tables, batch, verdicts);
  const call = (): void => {
    lookUp(intervals, flows);
    judge(batch.count);
  };
  call();
  checkVerdicts(manifests, flows, verdicts, referenceWork('cidr-20k', context.quick).checked);
  const [measured] = throughputOf(engine, batch, verdicts, await medianMs('addresses', call, context.budget));
  const prefixes = columns.prefixFamily.reduce((count, each) => count + (each === family ? 1 : 0), 0);
  return [{ ...measured!, details: { ...measured!.details, prefixes, intervals: intervals.target.length } }];
}

/** What reading flows with addresses comes to: an endpoint for each end. */
function lookUp(intervals: AddressIntervals, { words, batch }: AddressFlows): void {
  const { wordsPerAddress } = intervals;
  const address = Array.from({ length: wordsPerAddress }, () => 0);
  const endOf = (at: number): number => {
    for (let i = 0; i < wordsPerAddress; i++) address[i] = words[at + i]!;
    return lookupAddress(intervals, address);
  };
  for (let i = 0; i < batch.count; i++) {
    batch.source[i] = endOf(2 * i * wordsPerAddress);
    batch.destination[i] = endOf((2 * i + 1) * wordsPerAddress);
  }
}

function drawFlows({ columns }: RuleTables, intervals: AddressIntervals, family: 4 | 6, count: number, seed: number): AddressFlows {
  const random = createRandom(seed);
  const { wordsPerAddress, target } = intervals;
  const words = new Uint32Array(2 * count * wordsPerAddress);
  const batch = createFlowBatch(count);
  const judged = Array.from(target.keys()).filter((i) => isFlowEnd(columns, intervals, i));
  const pods = judged.filter((i) => columns.endpointKind[target[i]!] === ENDPOINT_POD);
  for (let i = 0; i < count; i++) {
    for (const end of [0, 1])
      words.set(addressIn(intervals, random.pick(random.chance(0.5) ? pods : judged), random), (2 * i + end) * wordsPerAddress);
    const portClass = random.int(columns.portClassFirst.length);
    batch.protocol[i] = columns.portClassProtocol[portClass]!;
    batch.port[i] = Math.max(1, columns.portClassFirst[portClass]!);
  }
  batch.count = count;
  return { family, words, batch };
}

/** Intervals with a verdict: not of several owners, and no addresses that nobody has (the unspecified one, IPv4 in IPv6 notation). */
function isFlowEnd({ endpointKind }: Columns, { wordsPerAddress, start, target }: AddressIntervals, interval: number): boolean {
  return target[interval]! < endpointKind.length && start[interval * wordsPerAddress] !== 0;
}

function addressIn({ wordsPerAddress, start, target }: AddressIntervals, interval: number, random: Random): number[] {
  const first = [...start.subarray(interval * wordsPerAddress, (interval + 1) * wordsPerAddress)];
  const low = first.pop()!;
  const next = start.subarray((interval + 1) * wordsPerAddress, (interval + 2) * wordsPerAddress);
  // As long as the other words are equal, the interval ends at the next one's last word.
  const ends = interval + 1 < target.length && first.every((word, i) => word === next[i]) ? next[wordsPerAddress - 1]! : 2 ** 32;
  return [...first, low + random.int(Math.min(ends - low, MOST_PAST))];
}

function checkVerdicts(manifests: Manifests, { family, words, batch }: AddressFlows, verdicts: Uint8Array, count: number): void {
  const oracle = reference(manifests);
  const wordsPerAddress = family === 4 ? 1 : 4;
  const ip = (address: number): string =>
    formatAddress({ family, words: [...words.subarray(address * wordsPerAddress, (address + 1) * wordsPerAddress)] });
  // Some of each verdict, however rare it is.
  const some = [ALLOW, DENY].map((wanted) => Array.from(verdicts.keys()).filter((i) => verdicts[i] === wanted));
  if (some.some(({ length }) => length === 0)) throw new Error('all flows have one verdict, nothing was measured');
  for (const i of some.flatMap((flows) => flows.slice(0, count / 2))) {
    const query = { from: { ip: ip(2 * i) }, to: { ip: ip(2 * i + 1) }, protocol: PROTOCOLS[batch.protocol[i]!]!, port: batch.port[i]! };
    const { verdict } = oracle.canReach(query);
    if ((verdict === 'allow' ? ALLOW : verdict === 'deny' ? DENY : -1) !== verdicts[i])
      throw new Error(`the answer is wrong, nothing was measured: ${JSON.stringify(query)} is ${verdict}, the batch says ${verdicts[i]}`);
  }
}
