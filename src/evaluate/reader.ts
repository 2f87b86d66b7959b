/**
 * Named reads of compiled tables, for one flow at a time. Kernels have the same reads as code: `table-code.ts`.
 */
import type { Direction } from '../model/protocol.ts';
import { NOT_A_POLICED_POD, OWN_NODE, POD_TO_ITSELF } from '../tables/decisions.ts';
import {
  ALLOW,
  DENY,
  ENDPOINT_HOST_POD,
  ENDPOINT_POD,
  NONE_32,
  PAGE_BITS,
  PAGE_CELLS_32,
  PORT_PAGES,
  pagesFor,
  UNKNOWN,
} from '../tables/layout.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';

/** The columns of one direction, and how many pages make up a row of each. `subject` is the end that is judged, `peer` the other. */
interface DirectionColumns {
  readonly subject: Uint32Array;
  readonly peer: Uint32Array;
  readonly rowBlock: Uint32Array;
  readonly rowPage: Uint32Array;
  readonly rowCell: Uint32Array;
  readonly verdictRowBlock: Uint32Array;
  readonly verdictRowPage: Uint32Array;
  readonly verdictRowCell: Uint32Array;
  readonly allowBlock: Uint32Array;
  readonly allowPage: Uint32Array;
  readonly allowBits: Uint32Array;
  readonly unknownBlock: Uint32Array;
  readonly unknownPage: Uint32Array;
  readonly unknownBits: Uint32Array;
  readonly decisionBlock: Uint32Array;
  readonly decisionGroup: Uint32Array;
  readonly decisionPage: Uint32Array;
  readonly decisionCell: Uint32Array;
  readonly isolatingStart: Uint32Array;
  readonly isolating: Uint32Array;
  readonly portClasses: number;
  readonly rowPages: number;
  readonly bitPages: number;
  readonly decisionGroups: number;
}

/** Decision numbers of both halves, and the verdict of the whole. */
export interface FlowDecision {
  egress: number;
  ingress: number;
  verdict: number;
}

export class TableReader {
  readonly tables: RuleTables;
  private readonly columns: Columns;
  private readonly directions: Readonly<Record<Direction, DirectionColumns>>;

  constructor(tables: RuleTables) {
    this.tables = tables;
    this.columns = tables.columns;
    this.directions = { ingress: directionColumns(tables.columns, 'ingress'), egress: directionColumns(tables.columns, 'egress') };
  }

  /** The verdict (DENY, ALLOW, UNKNOWN) for endpoints, protocol number and port. Allocates nothing. */
  verdict(source: number, destination: number, protocol: number, port: number): number {
    const portClass = this.portClass(protocol, port);
    if (this.decidedByComparison(source, destination)) {
      const judge = this.judgeOfOwnNode(source, destination);
      return judge === NONE_32 ? ALLOW : this.halfVerdict(this.directions.egress, judge, destination, portClass);
    }
    const { egress, ingress } = this.directions;
    return combine(
      this.halfVerdict(egress, egress.subject[source]!, destination, portClass),
      this.halfVerdict(ingress, ingress.subject[destination]!, source, portClass),
    );
  }

  /** The decisions of both halves. `into` is filled and returned, so that a caller can reuse it. */
  decide(source: number, destination: number, protocol: number, port: number, into: FlowDecision): FlowDecision {
    const compared = this.decidedByComparison(source, destination);
    const portClass = this.portClass(protocol, port);
    const { decisionVerdict } = this.columns;
    const { egress, ingress } = this.directions;
    if (compared) {
      into.egress = into.ingress = this.comparisonDecision(source, destination);
      const judge = this.judgeOfOwnNode(source, destination);
      if (judge !== NONE_32) into.egress = this.halfDecision(egress, judge, destination, portClass);
      into.verdict = decisionVerdict[into.egress]!;
      return into;
    }
    into.egress = this.halfDecision(egress, egress.subject[source]!, destination, portClass);
    into.ingress = this.halfDecision(ingress, ingress.subject[destination]!, source, portClass);
    into.verdict = combine(decisionVerdict[into.egress]!, decisionVerdict[into.ingress]!);
    return into;
  }

  /** The policies that isolate an endpoint in a direction: numbers of policies. */
  isolating(direction: Direction, endpoint: number): Uint32Array {
    return this.isolatingClass(direction, this.directions[direction].subject[endpoint]!);
  }

  /** The policies that isolate a subject class. */
  isolatingClass(direction: Direction, subjectClass: number): Uint32Array {
    const { isolatingStart, isolating } = this.directions[direction];
    return isolating.subarray(isolatingStart[subjectClass]!, isolatingStart[subjectClass + 1]!);
  }

  portClass(protocol: number, port: number): number {
    const { portPage, portCell } = this.columns;
    return portCell[portPage[protocol * PORT_PAGES + (port >>> 4)]! * PAGE_CELLS_32 + (port & 15)]!;
  }

  /** `subject` is the class of the judged end, `other` the endpoint at the other. */
  private halfDecision(half: DirectionColumns, subject: number, other: number, portClass: number): number {
    return decisionIn(half, decisionRowOf(half, subject, portClass), half.peer[other]!);
  }

  private halfVerdict(half: DirectionColumns, subject: number, other: number, portClass: number): number {
    return verdictIn(half, verdictRowOf(half, subject, portClass), half.peer[other]!);
  }

  /** The verdict row of a subject class: what `rowVerdict` reads. */
  verdictRow(direction: Direction, subjectClass: number, portClass: number): number {
    return verdictRowOf(this.directions[direction], subjectClass, portClass);
  }

  /** Where in `...VerdictRowCell` the verdict rows of a subject class begin, from port class 16 times `index` on: those of up to 16 port classes. */
  verdictRowCells(direction: Direction, subjectClass: number, index: number): number {
    const { verdictRowBlock, verdictRowPage, rowPages, portClasses } = this.directions[direction];
    if (rowPages === 1) return subjectClass * portClasses;
    return pageOf(verdictRowBlock, verdictRowPage, rowPages, subjectClass, index) * PAGE_CELLS_32;
  }

  /** The verdict of half a flow (DENY, ALLOW, UNKNOWN) that a row holds for a peer class. */
  rowVerdict(direction: Direction, row: number, peerClass: number): number {
    return verdictIn(this.directions[direction], row, peerClass);
  }

  /** The row of a subject class that holds decisions: what `rowDecision` reads. */
  decisionRow(direction: Direction, subjectClass: number, portClass: number): number {
    return decisionRowOf(this.directions[direction], subjectClass, portClass);
  }

  /** The decision of half a flow that a row holds for a peer class. */
  rowDecision(direction: Direction, row: number, peerClass: number): number {
    return decisionIn(this.directions[direction], row, peerClass);
  }

  /** How many pages of bits a verdict row has, one for each 512 peer classes. */
  bitPages(direction: Direction): number {
    return this.directions[direction].bitPages;
  }

  /** The page of a verdict row that tells which peer classes are allowed: 16 words of `...AllowBits`, from 16 times its number on. */
  allowPage(direction: Direction, row: number, page: number): number {
    const { allowBlock, allowPage, bitPages } = this.directions[direction];
    return pageOf(allowBlock, allowPage, bitPages, row, page);
  }

  /** The block of 16 pages of those that tell what is allowed, where rows are cut into blocks; NONE_32 where they are not. */
  allowBlock(direction: Direction, row: number, block: number): number {
    const { allowBlock, bitPages } = this.directions[direction];
    return allowBlock.length === 0 ? NONE_32 : allowBlock[row * pagesFor(bitPages, PAGE_CELLS_32) + block]!;
  }

  /** The page, as `allowPage` gives it, of those of which it is unknown; NONE_32 where nothing of the direction is. */
  unknownPage(direction: Direction, row: number, page: number): number {
    const { unknownBlock, unknownPage, bitPages } = this.directions[direction];
    return unknownPage.length === 0 ? NONE_32 : pageOf(unknownBlock, unknownPage, bitPages, row, page);
  }

  /** A pod and itself, a pod and its own node: see the columns `endpointSelf` and `endpointHost`. Such pairs are allowed, unless `judgesOwnNode`. */
  decidedByComparison(source: number, destination: number): boolean {
    const { endpointSelf, endpointHost, switches } = this.columns;
    if (endpointSelf[source] === endpointSelf[destination]) return switches[0] === 1;
    return switches[1] === 1 && (endpointSelf[source] === endpointHost[destination] || endpointHost[source] === endpointSelf[destination]);
  }

  /** Is it the way from a pod to its own node, and are there rows that judge it? */
  judgesOwnNode(source: number, destination: number): boolean {
    return this.judgeOfOwnNode(source, destination) !== NONE_32;
  }

  /** The subject class whose rows judge the way from a pod to its own node; NONE_32 when nothing does, and for every other flow that is decided by comparison. */
  private judgeOfOwnNode(source: number, destination: number): number {
    const { egressOwnNode, endpointEgressSubject, endpointSelf, endpointHost } = this.columns;
    const isToOwnNode = endpointSelf[source] !== endpointSelf[destination] && endpointHost[source] === endpointSelf[destination];
    return isToOwnNode && egressOwnNode.length > 0 ? egressOwnNode[endpointEgressSubject[source]!]! : NONE_32;
  }

  private comparisonDecision(source: number, destination: number): number {
    if (this.isSamePod(source, destination)) return POD_TO_ITSELF;
    const { endpointKind } = this.columns;
    const policed = endpointKind[source] === ENDPOINT_POD || endpointKind[destination] === ENDPOINT_POD;
    return policed ? OWN_NODE : NOT_A_POLICED_POD;
  }

  /** Are both one pod, each at one of its addresses? */
  isSamePod(a: number, b: number): boolean {
    const { endpointKind, endpointObject } = this.columns;
    return (
      endpointKind[a] === endpointKind[b] &&
      (endpointKind[a] === ENDPOINT_POD || endpointKind[a] === ENDPOINT_HOST_POD) &&
      endpointObject[a] === endpointObject[b]
    );
  }
}

/** Deny if a half is deny, else unknown if a half is unknown, else allow. */
export function combine(egress: number, ingress: number): number {
  if (egress === DENY || ingress === DENY) return DENY;
  return egress === UNKNOWN || ingress === UNKNOWN ? UNKNOWN : ALLOW;
}

function verdictIn(half: DirectionColumns, row: number, peer: number): number {
  if (bitOf(half.allowBits, pageOf(half.allowBlock, half.allowPage, half.bitPages, row, peer >>> 9), peer) === 1) return ALLOW;
  if (half.unknownPage.length === 0) return DENY;
  return bitOf(half.unknownBits, pageOf(half.unknownBlock, half.unknownPage, half.bitPages, row, peer >>> 9), peer) === 1 ? UNKNOWN : DENY;
}

function decisionIn(half: DirectionColumns, row: number, peer: number): number {
  const group = pageOf(half.decisionBlock, half.decisionGroup, half.decisionGroups, row, peer >>> 8);
  const page = half.decisionPage[group * PAGE_CELLS_32 + ((peer >>> 4) & 15)]!;
  return half.decisionCell[page * PAGE_CELLS_32 + (peer & 15)]!;
}

function verdictRowOf(
  { verdictRowBlock, verdictRowPage, verdictRowCell, rowPages, portClasses }: DirectionColumns,
  subject: number,
  portClass: number,
): number {
  if (rowPages === 1) return verdictRowCell[subject * portClasses + portClass]!;
  const page = pageOf(verdictRowBlock, verdictRowPage, rowPages, subject, portClass >>> 4);
  return verdictRowCell[page * PAGE_CELLS_32 + (portClass & 15)]!;
}

function decisionRowOf(
  { rowBlock, rowPage, rowCell, rowPages, portClasses }: DirectionColumns,
  subject: number,
  portClass: number,
): number {
  if (rowPages === 1) return rowCell[subject * portClasses + portClass]!;
  const page = pageOf(rowBlock, rowPage, rowPages, subject, portClass >>> 4);
  return rowCell[page * PAGE_CELLS_32 + (portClass & 15)]!;
}

/** Page `index` of a row or a subject class: in the directory, or, where those are cut into blocks, in its block of it. */
function pageOf(blocks: Uint32Array, directory: Uint32Array, pagesPerRow: number, row: number, index: number): number {
  if (blocks.length === 0) return directory[row * pagesPerRow + index]!;
  const block = blocks[row * pagesFor(pagesPerRow, PAGE_CELLS_32) + (index >>> 4)]!;
  return directory[block * PAGE_CELLS_32 + (index & 15)]!;
}

function bitOf(bits: Uint32Array, page: number, peer: number): number {
  return (bits[page * 16 + ((peer & 511) >>> 5)]! >>> (peer & 31)) & 1;
}

function directionColumns(columns: Columns, direction: Direction): DirectionColumns {
  const peerClasses = columns[`${direction}PeerMemberStart`].length - 1;
  const ingress = direction === 'ingress';
  return {
    subject: ingress ? columns.endpointIngressSubject : columns.endpointEgressSubject,
    peer: ingress ? columns.endpointIngressPeer : columns.endpointEgressPeer,
    rowBlock: columns[`${direction}RowBlock`],
    rowPage: columns[`${direction}RowPage`],
    rowCell: columns[`${direction}RowCell`],
    verdictRowBlock: columns[`${direction}VerdictRowBlock`],
    verdictRowPage: columns[`${direction}VerdictRowPage`],
    verdictRowCell: columns[`${direction}VerdictRowCell`],
    allowBlock: columns[`${direction}AllowBlock`],
    allowPage: columns[`${direction}AllowPage`],
    allowBits: columns[`${direction}AllowBits`],
    unknownBlock: columns[`${direction}UnknownBlock`],
    unknownPage: columns[`${direction}UnknownPage`],
    unknownBits: columns[`${direction}UnknownBits`],
    decisionBlock: columns[`${direction}DecisionBlock`],
    decisionGroup: columns[`${direction}DecisionGroup`],
    decisionPage: columns[`${direction}DecisionPage`],
    decisionCell: columns[`${direction}DecisionCell`],
    isolatingStart: columns[`${direction}IsolatingStart`],
    isolating: columns[`${direction}Isolating`],
    portClasses: columns.portClassFirst.length,
    rowPages: pagesFor(columns.portClassFirst.length, PAGE_CELLS_32),
    bitPages: pagesFor(peerClasses, PAGE_BITS),
    decisionGroups: pagesFor(peerClasses, PAGE_CELLS_32 * PAGE_CELLS_32),
  };
}
