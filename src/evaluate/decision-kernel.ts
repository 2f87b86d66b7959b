/**
 * The loop that attributes: decision numbers of both halves for a batch of flows, and the verdict. Slower than the verdict kernel, because decisions take 32 times the
 * room of bits. One closure per thread and table set, as in `kernel.ts`.
 */

import { narrow } from '../lib/narrow.ts';
import { NOT_A_POLICED_POD, OWN_NODE, POD_TO_ITSELF } from '../tables/decisions.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_POD, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** What the kernel fills, position by position with the batch. */
export interface DecisionColumns {
  /** Decision number of the source's egress. */
  readonly egress: Uint32Array;
  /** Decision number of the destination's ingress. */
  readonly ingress: Uint32Array;
  readonly verdicts: Uint8Array;
}

/** Fills the columns for the first `count` flows that are now in the batch. Allocates nothing. */
export type DecisionKernel = (count: number) => void;

/** A kernel over these tables, reading the columns of `batch` and writing those of `into`, which must have room for as many flows. */
export function createDecisionKernel(tables: RuleTables, batch: FlowBatch, into: DecisionColumns): DecisionKernel {
  const { columns } = tables;
  const { source, destination, protocol, port } = batch;
  const { imul } = Math;
  const { egress: egressDecision, ingress: ingressDecision, verdicts } = into;
  const { endpointSelf, endpointHost, endpointKind, endpointObject, switches, decisionVerdict } = columns;
  const endpointPlace = narrow(columns.endpointPlace);
  const endpointIngressSubject = narrow(columns.endpointIngressSubject);
  const endpointEgressSubject = narrow(columns.endpointEgressSubject);
  const endpointIngressPeer = narrow(columns.endpointIngressPeer);
  const endpointEgressPeer = narrow(columns.endpointEgressPeer);
  const portPage = narrow(columns.portPage);
  const portCell = narrow(columns.portCell);
  const ingressRowPage = narrow(columns.ingressRowPage);
  const ingressRowCell = narrow(columns.ingressRowCell);
  const ingressDecisionBlock = narrow(columns.ingressDecisionBlock);
  const ingressDecisionGroup = narrow(columns.ingressDecisionGroup);
  const ingressDecisionPage = narrow(columns.ingressDecisionPage);
  const ingressDecisionCell = narrow(columns.ingressDecisionCell);
  const egressRowPage = narrow(columns.egressRowPage);
  const egressRowCell = narrow(columns.egressRowCell);
  const egressDecisionBlock = narrow(columns.egressDecisionBlock);
  const egressDecisionGroup = narrow(columns.egressDecisionGroup);
  const egressDecisionPage = narrow(columns.egressDecisionPage);
  const egressDecisionCell = narrow(columns.egressDecisionCell);
  const rowPages = Math.max(1, (columns.portClassFirst.length + 15) >>> 4);
  const ingressGroups = Math.max(1, (columns.ingressPeerMemberStart.length - 1 + 255) >>> 8);
  const egressGroups = Math.max(1, (columns.egressPeerMemberStart.length - 1 + 255) >>> 8);
  // Rows of more than 16 groups are cut into blocks.
  const ingressBlocks = ingressGroups > 16 ? (ingressGroups + 15) >>> 4 : 0;
  const egressBlocks = egressGroups > 16 ? (egressGroups + 15) >>> 4 : 0;
  const hairpin = switches[0] === 1;
  const ownNode = switches[1] === 1;
  const { egressOwnNode } = columns;

  /** The class whose rows judge the way from a pod to its own node, if any does. */
  const judgeOf = (from: number, to: number): number =>
    egressOwnNode.length > 0 && endpointHost[from] === endpointSelf[to] ? egressOwnNode[endpointEgressSubject[from]!]! : NONE_32;

  const decisionTo = (subject: number, to: number, protocolNumber: number, number: number): number => {
    const portClass = portCell[portPage[(protocolNumber << 12) + (number >>> 4)]! * 16 + (number & 15)]!;
    const row = egressRowCell[egressRowPage[subject * rowPages + (portClass >>> 4)]! * 16 + (portClass & 15)]!;
    const peer = endpointEgressPeer[to]!;
    const at =
      egressBlocks === 0
        ? row * egressGroups + (peer >>> 8)
        : egressDecisionBlock[row * egressBlocks + (peer >>> 12)]! * 16 + ((peer >>> 8) & 15);
    const group = egressDecisionGroup[at]!;
    return egressDecisionCell[egressDecisionPage[group * 16 + ((peer >>> 4) & 15)]! * 16 + (peer & 15)]!;
  };

  return (count) => {
    for (let i = 0; i < count; i = (i + 1) | 0) {
      const from = source[i]! | 0;
      const to = destination[i]! | 0;
      const samePlace = endpointPlace[from] === endpointPlace[to];
      if (
        samePlace &&
        (endpointSelf[from] === endpointSelf[to]
          ? hairpin
          : ownNode && (endpointSelf[from] === endpointHost[to] || endpointHost[from] === endpointSelf[to]))
      ) {
        const kind = endpointKind[from]!;
        const otherKind = endpointKind[to]!;
        const isPod = kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD;
        const samePod = isPod && kind === otherKind && endpointObject[from] === endpointObject[to];
        const compared = samePod ? POD_TO_ITSELF : kind === ENDPOINT_POD || otherKind === ENDPOINT_POD ? OWN_NODE : NOT_A_POLICED_POD;
        const judge = compared === OWN_NODE ? judgeOf(from, to) : NONE_32;
        const egress = judge === NONE_32 ? compared : decisionTo(judge, to, protocol[i]!, port[i]!);
        egressDecision[i] = egress;
        ingressDecision[i] = compared;
        verdicts[i] = decisionVerdict[egress]!;
        continue;
      }
      const number = port[i]!;
      const portClass = portCell[((portPage[((protocol[i]! << 12) + (number >>> 4)) | 0]! << 4) + (number & 15)) | 0]! | 0;
      const page = portClass >>> 4;
      const cell = portClass & 15;
      const egressRow = egressRowCell[((egressRowPage[(imul(endpointEgressSubject[from]!, rowPages) + page) | 0]! << 4) + cell) | 0]!;
      const ingressRow = ingressRowCell[((ingressRowPage[(imul(endpointIngressSubject[to]!, rowPages) + page) | 0]! << 4) + cell) | 0]!;
      // const decision = decisionOf(row, peer[other]);
      const egressPeer = endpointEgressPeer[to]! | 0;
      const ingressPeer = endpointIngressPeer[from]! | 0;
      const egressAt =
        egressBlocks === 0
          ? (imul(egressRow, egressGroups) + (egressPeer >>> 8)) | 0
          : ((egressDecisionBlock[(imul(egressRow, egressBlocks) + (egressPeer >>> 12)) | 0]! << 4) + ((egressPeer >>> 8) & 15)) | 0;
      const egressGroup = egressDecisionGroup[egressAt]!;
      const egressPage = egressDecisionPage[((egressGroup << 4) + ((egressPeer >>> 4) & 15)) | 0]!;
      const egress = egressDecisionCell[((egressPage << 4) + (egressPeer & 15)) | 0]!;
      const ingressAt =
        ingressBlocks === 0
          ? (imul(ingressRow, ingressGroups) + (ingressPeer >>> 8)) | 0
          : ((ingressDecisionBlock[(imul(ingressRow, ingressBlocks) + (ingressPeer >>> 12)) | 0]! << 4) + ((ingressPeer >>> 8) & 15)) | 0;
      const ingressGroup = ingressDecisionGroup[ingressAt]!;
      const ingressPage = ingressDecisionPage[((ingressGroup << 4) + ((ingressPeer >>> 4) & 15)) | 0]!;
      const ingress = ingressDecisionCell[((ingressPage << 4) + (ingressPeer & 15)) | 0]!;
      egressDecision[i] = egress;
      ingressDecision[i] = ingress;
      const egressVerdict = decisionVerdict[egress]!;
      const ingressVerdict = decisionVerdict[ingress]!;
      // combine(egressVerdict, ingressVerdict), without a branch, which nobody can predict: 1 unless a half denies, moved to UNKNOWN where a half is unknown.
      const open = (egressVerdict | (egressVerdict >>> 1)) & (ingressVerdict | (ingressVerdict >>> 1)) & 1;
      verdicts[i] = open << (((egressVerdict | ingressVerdict) >>> 1) & open);
    }
  };
}
