/**
 * Flows between addresses instead of pods: longest prefix match at both ends over 20,000 prefixes, then the verdict. Half of the ends are pods, half are anywhere that the prefixes tell apart.
 */

import { compile } from '../../src/engine/engine.ts';
import { type AddressLookup, createIPv4Lookup, createIPv6Lookup } from '../../src/evaluate/address-lookup.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { formatAddress } from '../../src/lib/ip-address.ts';
import { LinearMemory } from '../../src/lib/linear-memory.ts';
import { type AddressIntervals, lookupAddress } from '../../src/lib/prefix-table.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { createRandom, type Random } from '../../src/shapes/random.ts';
import { addressIntervals } from '../../src/tables/address-intervals.ts';
import { createFlowBatch, type FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY, ENDPOINT_POD } from '../../src/tables/layout.ts';
import type { Columns, RuleTables } from '../../src/tables/rule-tables.ts';
import { type Measurement, medianMs, sink } from '../support/measure.ts';
import { loadWorkload, referenceWork } from '../workloads/clusters.ts';
import { throughputOf } from './batch.ts';
import type { SubjectContext } from './subject.ts';

const FLOWS = 1 << 20;
const QUICK_FLOWS = 1 << 16;
/** How far behind the first address of an interval a flow may end. */
const MOST_PAST = 200;

/** Flows of one family, in the memory of the lookup and the kernel. `words` holds the sources of all flows, then the destinations; `targets` the endpoints of both, which are the columns of the batch. */
interface AddressFlows {
  readonly family: 4 | 6;
  readonly words: Uint32Array;
  readonly targets: Uint32Array;
  readonly batch: FlowBatch;
}

export async function measureAddresses(family: 4 | 6, context: SubjectContext): Promise<Measurement[]> {
  const manifests = await loadWorkload('cidr-20k', context.quick);
  const engine = compile(manifests);
  const { columns } = engine.tables;
  const intervals = addressIntervals(columns, family);
  const memory = new LinearMemory();
  const flows = drawFlows(engine.tables, intervals, family, context.quick ? QUICK_FLOWS : FLOWS, context.seed, memory);
  const { batch, words, targets } = flows;
  const verdicts = memory.bytes(batch.count);
  const find = (family === 4 ? createIPv4Lookup : createIPv6Lookup)(engine.tables, words, targets, memory);
  const judge = createKernel(engine.tables, batch, verdicts, memory);
  checkTargets(intervals, flows, find);
  const call = (): void => {
    // No end is anything but an endpoint: `checkTargets`.
    sink.value += find(0, targets.length);
    judge(batch.count);
  };
  call();
  checkVerdicts(manifests, flows, verdicts, referenceWork('cidr-20k', context.quick).checked);
  const [measured] = throughputOf(engine, batch, verdicts, await medianMs('addresses', call, context.budget));
  const prefixes = columns.prefixFamily.reduce((count, each) => count + (each === family ? 1 : 0), 0);
  const details = { ...measured!.details, prefixes, intervals: intervals.target.length };
  const perSecond = (ms: number): Pick<Measurement, 'value' | 'unit' | 'better'> => ({
    value: targets.length / (ms / 1000),
    unit: 'addresses/s',
    better: 'higher',
  });
  const alone = await medianMs('lookup', () => find(0, targets.length), context.budget);
  const plain = await medianMs('search', () => search(intervals, words, targets), context.budget);
  return [
    { ...measured!, details },
    { metric: 'lookups', ...perSecond(alone), details },
    { metric: 'lookups by binary search', ...perSecond(plain), details },
  ];
}

/** The plain way: a binary search for each address. */
function search(intervals: AddressIntervals, words: Uint32Array, targets: Uint32Array): void {
  const { wordsPerAddress } = intervals;
  const address = Array.from({ length: wordsPerAddress }, () => 0);
  for (let i = 0; i < targets.length; i++) {
    for (let word = 0; word < wordsPerAddress; word++) address[word] = words[i * wordsPerAddress + word]!;
    targets[i] = lookupAddress(intervals, address);
  }
}

/** Every address has the target that the plain way finds, and is an endpoint. */
function checkTargets(intervals: AddressIntervals, { words, targets }: AddressFlows, find: AddressLookup): void {
  const expected = new Uint32Array(targets.length);
  search(intervals, words, expected);
  if (find(0, targets.length) > 0) throw new Error('some addresses are no endpoint, nothing was measured');
  const wrong = expected.findIndex((target, i) => targets[i] !== target);
  if (wrong >= 0)
    throw new Error(`the lookup is wrong, nothing was measured: address ${wrong} is ${expected[wrong]}, not ${targets[wrong]}`);
}

function drawFlows(
  { columns }: RuleTables,
  intervals: AddressIntervals,
  family: 4 | 6,
  count: number,
  seed: number,
  memory: LinearMemory,
): AddressFlows {
  const random = createRandom(seed);
  const { wordsPerAddress, target } = intervals;
  const words = memory.words(2 * count * wordsPerAddress);
  const targets = memory.words(2 * count);
  const batch = { ...createFlowBatch(count, memory), source: targets.subarray(0, count), destination: targets.subarray(count) };
  const judged = Array.from(target.keys()).filter((i) => isFlowEnd(columns, intervals, i));
  const pods = judged.filter((i) => columns.endpointKind[target[i]!] === ENDPOINT_POD);
  for (let i = 0; i < count; i++) {
    for (const end of [0, 1])
      words.set(addressIn(intervals, random.pick(random.chance(0.5) ? pods : judged), random), (end * count + i) * wordsPerAddress);
    const portClass = random.int(columns.portClassFirst.length);
    batch.protocol[i] = columns.portClassProtocol[portClass]!;
    batch.port[i] = Math.max(1, columns.portClassFirst[portClass]!);
  }
  batch.count = count;
  return { family, words, targets, batch };
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
    const query = { from: { ip: ip(i) }, to: { ip: ip(batch.count + i) }, protocol: PROTOCOLS[batch.protocol[i]!]!, port: batch.port[i]! };
    const { verdict } = oracle.canReach(query);
    if ((verdict === 'allow' ? ALLOW : verdict === 'deny' ? DENY : -1) !== verdicts[i])
      throw new Error(`the answer is wrong, nothing was measured: ${JSON.stringify(query)} is ${verdict}, the batch says ${verdicts[i]}`);
  }
}
