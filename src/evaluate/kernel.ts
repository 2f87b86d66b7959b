/**
 * The hot loops: verdicts for a batch of flows. Tables and the columns of a batch in, a function out that fills the verdict column. Small tables become a cube of verdicts
 * (`verdict-cube.ts`), others are read as they are, page by page, until so many flows were judged that it pays to arrange them anew (`port-strips.ts`).
 *
 * V8 embeds the base pointers and lengths of captured typed arrays only while a function literal has one closure: with the arrays as parameters, or with a second
 * closure of the same literal, the loop is 2.5 to 5 times slower, and with only the batch as a parameter 1.5 times (measured). So a thread that wants the speed
 * calls `createKernel` once per instance of this module (a fresh instance: `import('./kernel.js?tables=1')`) and reuses the batch.
 * Offsets are literals for the same reason: 16 cells and 512 bits a page. Sums of uint32 are cut to int32 (`| 0`, `imul`), or V8 adds them as doubles: 1.2 times.
 */

import { narrow } from '../lib/narrow.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { ALLOW, DENY, NONE_32, UNKNOWN } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { buildStripEnds, type StripEnds } from './port-strips.ts';
import { TableReader } from './reader.ts';
import { buildVerdictCube, type VerdictCube } from './verdict-cube.ts';

/** Writes the verdicts (DENY, ALLOW, UNKNOWN) of the first `count` flows that are now in the batch. Allocates nothing, but for the one time that strips are made. */
export type Kernel = (count: number) => void;

/** Strips take a tenth of a second to make and save some nanoseconds a flow: by then they would have paid for themselves. */
const FLOWS_BEFORE_STRIPS = 1 << 24;

/** A kernel over these tables, reading the columns of `batch` and writing `verdicts`, which must have room for as many flows. */
export function createKernel(tables: RuleTables, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const reader = new TableReader(tables);
  const cube = buildVerdictCube(reader);
  if (cube !== undefined) return createCubeKernel(reader, cube, batch, verdicts);
  let judge = createPagedKernel(tables, batch, verdicts);
  let flowsBeforeStrips = FLOWS_BEFORE_STRIPS;
  return (count) => {
    judge(count);
    flowsBeforeStrips -= count;
    if (flowsBeforeStrips > 0) return;
    flowsBeforeStrips = Number.POSITIVE_INFINITY;
    const ends = buildStripEnds(reader);
    if (ends !== undefined) judge = createStripKernel(reader, ends, batch, verdicts);
  };
}

function createCubeKernel(reader: TableReader, cube: VerdictCube, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const { columns } = reader.tables;
  const { source, destination, protocol, port } = batch;
  const { imul } = Math;
  const { layer, sourceCell, destinationCell, verdicts: verdictCell } = cube;
  const portPage = narrow(columns.portPage);
  const portCell = narrow(columns.portCell);
  const endpointSelf = narrow(columns.endpointSelf);
  const endpointHost = narrow(columns.endpointHost);
  const hairpin = columns.switches[0]!;
  const ownNodeAllowed = columns.switches[1]!;
  const judgesOwnNode = columns.egressOwnNode.length > 0;

  return (count) => {
    for (let i = 0; i < count; i = (i + 1) | 0) {
      const from = source[i]! | 0;
      const to = destination[i]! | 0;
      const number = port[i]!;
      // const portClass = portClassOf(protocol[i], port[i]);
      const portClass = portCell[((portPage[((protocol[i]! << 12) + (number >>> 4)) | 0]! << 4) + (number & 15)) | 0]! | 0;
      const verdict = verdictCell[(imul(portClass, layer) + sourceCell[from]! + destinationCell[to]!) | 0]!;
      // const verdict = decidedByComparison(from, to) ? ALLOW : ...; without a branch, which nobody can predict where a few pods talk:
      const self = endpointSelf[from]!;
      const other = endpointSelf[to]!;
      const same = +(self === other);
      const ownNode = (+(self === endpointHost[to]) | +(endpointHost[from] === other)) & (same ^ 1);
      const compared = (same & hairpin) | (ownNode & ownNodeAllowed);
      verdicts[i] = verdict ^ ((verdict ^ ALLOW) & -compared);
      if (judgesOwnNode && ownNode === 1) verdicts[i] = reader.verdict(from, to, protocol[i]!, number);
    }
  };
}

/** The kernel for tables of middle size. */
export function createStripKernel(reader: TableReader, ends: StripEnds, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const { columns } = reader.tables;
  const { source, destination, protocol, port } = batch;
  const { sources, destinations, placeShift } = ends;
  const { page: egressPage, cell: egressCell, strips: egressStrips } = ends.egress;
  const { page: ingressPage, cell: ingressCell, strips: ingressStrips } = ends.ingress;
  const { endpointSelf, endpointHost, endpointEgressSubject, egressOwnNode } = columns;
  const portPage = narrow(columns.portPage);
  const portCell = narrow(columns.portCell);
  const peerMask = (1 << placeShift) - 1;
  const hairpin = columns.switches[0] === 1;
  const ownNode = columns.switches[1] === 1;

  /** From a pod to its own node, which is rare: as the rows say that judge it, where there are any. */
  const toOwnNode = (from: number, peer: number, portClass: number): number => {
    const subject = egressOwnNode.length > 0 ? egressOwnNode[endpointEgressSubject[from]!]! : NONE_32;
    if (subject === NONE_32) return ALLOW;
    const strip = egressCell[egressPage[ends.egress.pages[subject]! + (peer >>> 5)]! * 32 + (peer & 31)]!;
    const half = (egressStrips[strip + (portClass >>> 4)]! >>> ((portClass & 15) << 1)) & 3;
    return (half & 1) << ((half >>> 1) ^ 1);
  };

  return (count) => {
    for (let i = 0; i < count; i = (i + 1) | 0) {
      const from = source[i]! | 0;
      const to = destination[i]! | 0;
      const number = port[i]!;
      // const portClass = portClassOf(protocol[i], port[i]);
      const portClass = portCell[((portPage[((protocol[i]! << 12) + (number >>> 4)) | 0]! << 4) + (number & 15)) | 0]! | 0;
      const sourceEnd = sources[(from << 1) | 1]! | 0;
      const destinationEnd = destinations[(to << 1) | 1]! | 0;
      const ingressPeer = sourceEnd & peerMask;
      const egressPeer = destinationEnd & peerMask;
      const egressStrip = egressCell[((egressPage[(sources[from << 1]! + (egressPeer >>> 5)) | 0]! << 5) + (egressPeer & 31)) | 0]!;
      const ingressStrip = ingressCell[((ingressPage[(destinations[to << 1]! + (ingressPeer >>> 5)) | 0]! << 5) + (ingressPeer & 31)) | 0]!;
      const word = portClass >>> 4;
      const both = ((egressStrips[(egressStrip + word) | 0]! & ingressStrips[(ingressStrip + word) | 0]!) >>> ((portClass & 15) << 1)) & 3;
      // 3 is ALLOW, 1 is UNKNOWN, 0 is DENY.
      let verdict = (both & 1) << ((both >>> 1) ^ 1);
      // Equal places, as far as there are bits of them: a pod and itself, or on one node.
      if ((sourceEnd ^ destinationEnd) >>> placeShift === 0) {
        if (endpointSelf[from] === endpointSelf[to]) verdict = hairpin ? ALLOW : verdict;
        else if (ownNode && endpointHost[from] === endpointSelf[to]) verdict = toOwnNode(from, egressPeer, portClass);
        else if (ownNode && endpointSelf[from] === endpointHost[to]) verdict = ALLOW;
      }
      verdicts[i] = verdict;
    }
  };
}

/** The kernel for tables of any size. */
export function createPagedKernel(tables: RuleTables, batch: FlowBatch, verdicts: Uint8Array): Kernel {
  const { columns } = tables;
  const { source, destination, protocol, port } = batch;
  const { imul } = Math;
  const { endpointSelf, endpointHost, ingressAllowBits, egressAllowBits, ingressUnknownBits, egressUnknownBits, switches } = columns;
  const endpointPlace = narrow(columns.endpointPlace);
  const endpointIngressSubject = narrow(columns.endpointIngressSubject);
  const endpointEgressSubject = narrow(columns.endpointEgressSubject);
  const endpointIngressPeer = narrow(columns.endpointIngressPeer);
  const endpointEgressPeer = narrow(columns.endpointEgressPeer);
  const portPage = narrow(columns.portPage);
  const portCell = narrow(columns.portCell);
  const ingressRowPage = narrow(columns.ingressVerdictRowPage);
  const ingressRowCell = narrow(columns.ingressVerdictRowCell);
  const ingressAllowBlock = narrow(columns.ingressAllowBlock);
  const ingressAllowPage = narrow(columns.ingressAllowPage);
  const ingressUnknownBlock = narrow(columns.ingressUnknownBlock);
  const ingressUnknownPage = narrow(columns.ingressUnknownPage);
  const egressRowPage = narrow(columns.egressVerdictRowPage);
  const egressRowCell = narrow(columns.egressVerdictRowCell);
  const egressAllowBlock = narrow(columns.egressAllowBlock);
  const egressAllowPage = narrow(columns.egressAllowPage);
  const egressUnknownBlock = narrow(columns.egressUnknownBlock);
  const egressUnknownPage = narrow(columns.egressUnknownPage);
  const rowPages = Math.max(1, (columns.portClassFirst.length + 15) >>> 4);
  const ingressPages = Math.max(1, (columns.ingressPeerMemberStart.length - 1 + 511) >>> 9);
  const egressPages = Math.max(1, (columns.egressPeerMemberStart.length - 1 + 511) >>> 9);
  // Rows of more than 16 pages are cut into blocks.
  const ingressBlocks = ingressPages > 16 ? (ingressPages + 15) >>> 4 : 0;
  const egressBlocks = egressPages > 16 ? (egressPages + 15) >>> 4 : 0;
  const hairpin = switches[0]!;
  const ownNode = switches[1]!;
  const ingressUnknown = ingressUnknownPage.length > 0;
  const egressUnknown = egressUnknownPage.length > 0;
  const anyUnknown = ingressUnknown || egressUnknown;
  const { egressOwnNode } = columns;

  /** From a pod to its own node, which is rare: as the rows say that judge it, where there are any. */
  const toOwnNode = (from: number, to: number, portClass: number): number => {
    const subject = egressOwnNode.length > 0 ? egressOwnNode[endpointEgressSubject[from]!]! : NONE_32;
    if (ownNode === 0 || subject === NONE_32) return ownNode;
    const row = egressRowCell[egressRowPage[subject * rowPages + (portClass >>> 4)]! * 16 + (portClass & 15)]!;
    const peer = endpointEgressPeer[to]!;
    const at = (blocks: ArrayLike<number>): number =>
      egressBlocks === 0 ? row * egressPages + (peer >>> 9) : blocks[row * egressBlocks + (peer >>> 13)]! * 16 + ((peer >>> 9) & 15);
    const word = (peer & 511) >>> 5;
    if ((egressAllowBits[egressAllowPage[at(egressAllowBlock)]! * 16 + word]! >>> (peer & 31)) & 1) return ALLOW;
    // A denied way to the own node is denied by the rows of the pod, too: the reading below comes to the same.
    if (!egressUnknown) return DENY;
    return (egressUnknownBits[egressUnknownPage[at(egressUnknownBlock)]! * 16 + word]! >>> (peer & 31)) & 1 ? UNKNOWN : DENY;
  };

  return (count) => {
    for (let i = 0; i < count; i = (i + 1) | 0) {
      const from = source[i]! | 0;
      const to = destination[i]! | 0;
      const number = port[i]!;
      // const portClass = portClassOf(protocol[i], port[i]);
      const portClass = portCell[((portPage[((protocol[i]! << 12) + (number >>> 4)) | 0]! << 4) + (number & 15)) | 0]! | 0;
      // const row = verdictRowOf(subject[judged], portClass);
      const page = portClass >>> 4;
      const cell = portClass & 15;
      const egressRow = egressRowCell[((egressRowPage[(imul(endpointEgressSubject[from]!, rowPages) + page) | 0]! << 4) + cell) | 0]!;
      const ingressRow = ingressRowCell[((ingressRowPage[(imul(endpointIngressSubject[to]!, rowPages) + page) | 0]! << 4) + cell) | 0]!;
      // const allowed = bitOf(row, peer[other]);
      const egressPeer = endpointEgressPeer[to]! | 0;
      const ingressPeer = endpointIngressPeer[from]! | 0;
      const egressWord = (egressPeer & 511) >>> 5;
      const ingressWord = (ingressPeer & 511) >>> 5;
      const egressAt =
        egressBlocks === 0
          ? (imul(egressRow, egressPages) + (egressPeer >>> 9)) | 0
          : ((egressAllowBlock[(imul(egressRow, egressBlocks) + (egressPeer >>> 13)) | 0]! << 4) + ((egressPeer >>> 9) & 15)) | 0;
      const ingressAt =
        ingressBlocks === 0
          ? (imul(ingressRow, ingressPages) + (ingressPeer >>> 9)) | 0
          : ((ingressAllowBlock[(imul(ingressRow, ingressBlocks) + (ingressPeer >>> 13)) | 0]! << 4) + ((ingressPeer >>> 9) & 15)) | 0;
      const egressAllows = egressAllowBits[((egressAllowPage[egressAt]! << 4) + egressWord) | 0]! >>> (egressPeer & 31);
      const ingressAllows = ingressAllowBits[((ingressAllowPage[ingressAt]! << 4) + ingressWord) | 0]! >>> (ingressPeer & 31);
      let verdict = egressAllows & ingressAllows & 1;
      // Only a flow that is not allowed can be one that comparison decides (a pod and itself, or its own node), or unknown. Places first: the processor foresees them, and not verdicts.
      if ((endpointPlace[from]! | 0) === (endpointPlace[to]! | 0) && verdict === 0) {
        if (endpointSelf[from] === endpointSelf[to]) verdict = hairpin;
        else if (endpointSelf[from] === endpointHost[to]) verdict = ownNode;
        else if (endpointHost[from] === endpointSelf[to]) verdict = toOwnNode(from, to, portClass);
      }
      if (anyUnknown && verdict === 0) {
        let egressOpen = 0;
        if (egressUnknown) {
          const at =
            egressBlocks === 0
              ? egressAt
              : (egressUnknownBlock[imul(egressRow, egressBlocks) + (egressPeer >>> 13)]! << 4) + ((egressPeer >>> 9) & 15);
          egressOpen = egressUnknownBits[(egressUnknownPage[at]! << 4) + egressWord]! >>> (egressPeer & 31);
        }
        let ingressOpen = 0;
        if (ingressUnknown) {
          const at =
            ingressBlocks === 0
              ? ingressAt
              : (ingressUnknownBlock[imul(ingressRow, ingressBlocks) + (ingressPeer >>> 13)]! << 4) + ((ingressPeer >>> 9) & 15);
          ingressOpen = ingressUnknownBits[(ingressUnknownPage[at]! << 4) + ingressWord]! >>> (ingressPeer & 31);
        }
        // Unknown unless a half denies: each half allows or is unknown, and they do not both allow.
        verdict = ((egressAllows | egressOpen) & (ingressAllows | ingressOpen) & 1) << 1;
      }
      verdicts[i] = verdict;
    }
  };
}
