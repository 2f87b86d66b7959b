/**
 * The hot loop: verdicts for a batch of flows. Tables in, a function over batches out.
 *
 * V8 embeds the base pointers and lengths of captured typed arrays only while a function literal has one closure: with the arrays as parameters, or with a second
 * closure of the same literal, the loop is 2.5 to 5 times slower (measured). So a thread that wants the speed imports a fresh instance of this module for each table
 * set (`import('./kernel.js?tables=1')`) and calls `createKernel` once. Offsets are literals for the same reason: 16 cells and 512 bits a page.
 */
import type { FlowBatch } from '../tables/flow-batch.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** Writes the verdict of each flow of the batch (DENY, ALLOW, UNKNOWN) to the same position of `verdicts`. Allocates nothing. */
export type Kernel = (batch: FlowBatch, verdicts: Uint8Array) => void;

export function createKernel(tables: RuleTables): Kernel {
  const { columns } = tables;
  const { endpointSelf, endpointHost, portPage, portCell, switches } = columns;
  const { endpointIngressSubject, endpointEgressSubject, endpointIngressPeer, endpointEgressPeer } = columns;
  const { ingressRowPage, ingressRowCell, ingressAllowPage, ingressAllowBits, ingressUnknownPage, ingressUnknownBits } = columns;
  const { egressRowPage, egressRowCell, egressAllowPage, egressAllowBits, egressUnknownPage, egressUnknownBits } = columns;
  const rowPages = Math.max(1, (columns.portClassFirst.length + 15) >>> 4);
  const ingressPages = Math.max(1, (columns.ingressPeerMemberStart.length - 1 + 511) >>> 9);
  const egressPages = Math.max(1, (columns.egressPeerMemberStart.length - 1 + 511) >>> 9);
  const hairpin = switches[0]!;
  const ownNode = switches[1]!;
  const ingressUnknown = ingressUnknownPage.length > 0;
  const egressUnknown = egressUnknownPage.length > 0;

  return ({ count, source, destination, protocol, port }, verdicts) => {
    for (let i = 0; i < count; i++) {
      const from = source[i]!;
      const to = destination[i]!;
      const number = port[i]!;
      // const portClass = portClassOf(protocol[i], port[i]);
      const portClass = portCell[(portPage[(protocol[i]! << 12) + (number >>> 4)]! << 4) + (number & 15)]!;
      // const row = rowOf(subject[judged], portClass);
      const classPage = portClass >>> 4;
      const classCell = portClass & 15;
      const egressRow = egressRowCell[(egressRowPage[endpointEgressSubject[from]! * rowPages + classPage]! << 4) + classCell]!;
      const ingressRow = ingressRowCell[(ingressRowPage[endpointIngressSubject[to]! * rowPages + classPage]! << 4) + classCell]!;
      // const allowed = bitOf(row, peer[other]);
      const egressPeer = endpointEgressPeer[to]!;
      const ingressPeer = endpointIngressPeer[from]!;
      const egressWord = (egressPeer & 511) >>> 5;
      const ingressWord = (ingressPeer & 511) >>> 5;
      const egressAt = egressRow * egressPages + (egressPeer >>> 9);
      const ingressAt = ingressRow * ingressPages + (ingressPeer >>> 9);
      const egressAllows = egressAllowBits[(egressAllowPage[egressAt]! << 4) + egressWord]! >>> (egressPeer & 31);
      const ingressAllows = ingressAllowBits[(ingressAllowPage[ingressAt]! << 4) + ingressWord]! >>> (ingressPeer & 31);
      let verdict = egressAllows & ingressAllows & 1;
      if (verdict === 0) {
        // Only a flow that is not allowed can be one of those that comparison decides, or unknown.
        const self = endpointSelf[from]!;
        const otherSelf = endpointSelf[to]!;
        if (self === otherSelf) verdict = hairpin;
        else if (self === endpointHost[to]! || endpointHost[from]! === otherSelf) verdict = ownNode;
        if (verdict === 0 && (ingressUnknown || egressUnknown)) {
          const egressOpen = egressUnknown ? egressUnknownBits[(egressUnknownPage[egressAt]! << 4) + egressWord]! >>> (egressPeer & 31) : 0;
          const ingressOpen = ingressUnknown
            ? ingressUnknownBits[(ingressUnknownPage[ingressAt]! << 4) + ingressWord]! >>> (ingressPeer & 31)
            : 0;
          // Unknown unless a half denies: each half allows or is unknown, and they do not both allow.
          verdict = ((egressAllows | egressOpen) & (ingressAllows | ingressOpen) & 1) << 1;
        }
      }
      verdicts[i] = verdict;
    }
  };
}
