/**
 * The loop that attributes: decision numbers of both halves for a batch of flows, and the verdict. Slower than the verdict kernel, because decisions take 32 times the
 * room of bits. One closure per thread and table set, as in `kernel.ts`.
 */
import { NOT_A_POLICED_POD, OWN_NODE, POD_TO_ITSELF } from '../tables/decisions.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { ALLOW, DENY, ENDPOINT_HOST_POD, ENDPOINT_POD, UNKNOWN } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/** Writes, for each flow, the decision of the source's egress, of the destination's ingress, and the verdict. Allocates nothing. */
export type DecisionKernel = (batch: FlowBatch, egressDecision: Uint32Array, ingressDecision: Uint32Array, verdicts: Uint8Array) => void;

export function createDecisionKernel(tables: RuleTables): DecisionKernel {
  const { columns } = tables;
  const { endpointSelf, endpointHost, endpointKind, endpointObject, portPage, portCell, switches, decisionVerdict } = columns;
  const { endpointIngressSubject, endpointEgressSubject, endpointIngressPeer, endpointEgressPeer } = columns;
  const { ingressRowPage, ingressRowCell, ingressDecisionPage, ingressDecisionCell } = columns;
  const { egressRowPage, egressRowCell, egressDecisionPage, egressDecisionCell } = columns;
  const rowPages = Math.max(1, (columns.portClassFirst.length + 15) >>> 4);
  const ingressPages = Math.max(1, (columns.ingressPeerMemberStart.length - 1 + 15) >>> 4);
  const egressPages = Math.max(1, (columns.egressPeerMemberStart.length - 1 + 15) >>> 4);
  const hairpin = switches[0] === 1;
  const ownNode = switches[1] === 1;

  return ({ count, source, destination, protocol, port }, egressDecision, ingressDecision, verdicts) => {
    for (let i = 0; i < count; i++) {
      const from = source[i]!;
      const to = destination[i]!;
      const self = endpointSelf[from]!;
      const otherSelf = endpointSelf[to]!;
      if (
        (self === otherSelf && hairpin) ||
        (self !== otherSelf && ownNode && (self === endpointHost[to]! || endpointHost[from]! === otherSelf))
      ) {
        const kind = endpointKind[from]!;
        const otherKind = endpointKind[to]!;
        const isPod = kind === ENDPOINT_POD || kind === ENDPOINT_HOST_POD;
        const samePod = isPod && kind === otherKind && endpointObject[from] === endpointObject[to];
        const compared = samePod ? POD_TO_ITSELF : kind === ENDPOINT_POD || otherKind === ENDPOINT_POD ? OWN_NODE : NOT_A_POLICED_POD;
        egressDecision[i] = compared;
        ingressDecision[i] = compared;
        verdicts[i] = ALLOW;
        continue;
      }
      const number = port[i]!;
      const portClass = portCell[(portPage[(protocol[i]! << 12) + (number >>> 4)]! << 4) + (number & 15)]!;
      const classPage = portClass >>> 4;
      const classCell = portClass & 15;
      const egressRow = egressRowCell[(egressRowPage[endpointEgressSubject[from]! * rowPages + classPage]! << 4) + classCell]!;
      const ingressRow = ingressRowCell[(ingressRowPage[endpointIngressSubject[to]! * rowPages + classPage]! << 4) + classCell]!;
      const egressPeer = endpointEgressPeer[to]!;
      const ingressPeer = endpointIngressPeer[from]!;
      const egress = egressDecisionCell[(egressDecisionPage[egressRow * egressPages + (egressPeer >>> 4)]! << 4) + (egressPeer & 15)]!;
      const ingress =
        ingressDecisionCell[(ingressDecisionPage[ingressRow * ingressPages + (ingressPeer >>> 4)]! << 4) + (ingressPeer & 15)]!;
      egressDecision[i] = egress;
      ingressDecision[i] = ingress;
      const egressVerdict = decisionVerdict[egress]!;
      const ingressVerdict = decisionVerdict[ingress]!;
      // combine(egressVerdict, ingressVerdict)
      verdicts[i] =
        egressVerdict === DENY || ingressVerdict === DENY
          ? DENY
          : egressVerdict === UNKNOWN || ingressVerdict === UNKNOWN
            ? UNKNOWN
            : ALLOW;
    }
  };
}
