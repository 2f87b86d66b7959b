/**
 * Batches of flows as columns. `random`: any endpoint to any endpoint of a family that fits. `aimed`: at what the rules speak of, the mixture that a run over
 * a real cluster is closest to.
 */

import type { LinearMemory } from '../../src/lib/linear-memory.ts';
import { createRandom, type Random } from '../../src/shapes/random.ts';
import { createFlowBatch, type FlowBatch } from '../../src/tables/flow-batch.ts';
import type { Columns, RuleTables } from '../../src/tables/rule-tables.ts';

export type FlowKind = 'random' | 'aimed';

/** Flows that stand in the memory of kernels, if one is given. */
export function makeFlows(tables: RuleTables, kind: FlowKind, count: number, seed: number, memory?: LinearMemory): FlowBatch {
  const { columns } = tables;
  const random = createRandom(seed);
  const batch = createFlowBatch(count, memory);
  for (let i = 0; i < count; i++) {
    if (kind === 'aimed' && columns.aimRule.length > 0) aimedFlow(columns, random, batch, i);
    else randomFlow(columns, random, batch, i);
  }
  batch.count = count;
  return batch;
}

function randomFlow(columns: Columns, random: Random, batch: FlowBatch, flow: number): void {
  const endpoints = columns.endpointKind.length;
  const source = random.int(endpoints);
  batch.source[flow] = source;
  batch.destination[flow] = fitting(columns, source, () => random.int(endpoints));
  const portClass = random.int(columns.portClassFirst.length);
  batch.protocol[flow] = columns.portClassProtocol[portClass]!;
  batch.port[flow] = portWithin(random, columns.portClassFirst[portClass]!, columns.portClassLast[portClass]!);
}

function aimedFlow(columns: Columns, random: Random, batch: FlowBatch, flow: number): void {
  const aim = random.int(columns.aimRule.length);
  const ingress = columns.ruleDirection[columns.aimRule[aim]!] === 0;
  const subject = member(
    ingress ? columns.ingressSubjectMemberStart : columns.egressSubjectMemberStart,
    ingress ? columns.ingressSubjectMember : columns.egressSubjectMember,
    columns.aimSubjectClass[aim]!,
    random,
  );
  const drawPeer = (): number =>
    member(
      ingress ? columns.ingressPeerMemberStart : columns.egressPeerMemberStart,
      ingress ? columns.ingressPeerMember : columns.egressPeerMember,
      columns.aimPeerClass[aim]!,
      random,
    ) ?? random.int(columns.endpointKind.length);
  if (subject === undefined) {
    randomFlow(columns, random, batch, flow);
    return;
  }
  const peer = fitting(columns, subject, drawPeer);
  batch.source[flow] = ingress ? peer : subject;
  batch.destination[flow] = ingress ? subject : peer;
  batch.protocol[flow] = columns.aimProtocol[aim]!;
  batch.port[flow] = portWithin(random, columns.aimFromPort[aim]!, columns.aimToPort[aim]!);
}

function member(start: Uint32Array, members: Uint32Array, index: number, random: Random): number | undefined {
  const first = start[index];
  const end = start[index + 1];
  return first === undefined || end === undefined || first === end ? undefined : members[first + random.int(end - first)]!;
}

/** Draws until the family fits that of `endpoint`; after many tries, the endpoint itself, which always fits. */
function fitting(columns: Columns, endpoint: number, drawOther: () => number): number {
  const family = columns.endpointFamily[endpoint]!;
  for (let tries = 0; tries < 100; tries++) {
    const other = drawOther();
    const otherFamily = columns.endpointFamily[other]!;
    if (family === 0 || otherFamily === 0 || family === otherFamily) return other;
  }
  return endpoint;
}

function portWithin(random: Random, first: number, last: number): number {
  return Math.max(1, first + random.int(last - first + 1));
}
