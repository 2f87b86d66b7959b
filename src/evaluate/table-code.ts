/**
 * The reads of `reader.ts` as code for kernels: where their columns stand, and which branches tables need at all, is settled while a kernel is built.
 */
import type { LinearMemory } from '../lib/linear-memory.ts';
import type { RowColumn, RowLoop } from '../lib/row-loop.ts';
import { type Column, choose, type FunctionBuilder, type I32Value, type Local } from '../lib/wasm-function.ts';
import { type Direction, PROTOCOLS } from '../model/protocol.ts';
import type { FlowBatch } from '../tables/flow-batch.ts';
import { ALLOW, NONE_32, PAGE_BITS, PAGE_CELLS_32, PORT_PAGES, pagesFor, UNKNOWN } from '../tables/layout.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';

/** The variables of the flow at hand. */
export interface FlowLocals {
  readonly from: Local;
  readonly to: Local;
  readonly portClass: Local;
}

/** A row of bits or decisions, and the peer class that is looked for in it. */
export interface Half {
  readonly row: Local;
  readonly peer: Local;
}

export class TableCode {
  readonly tables: RuleTables;
  readonly memory: LinearMemory;
  private readonly placed = new Map<keyof Columns, Column>();
  private readonly portClasses: number;
  /** Is a pod open to itself? Is the way between a pod and its own node? */
  private readonly hairpin: boolean;
  private readonly ownNode: boolean;

  constructor(tables: RuleTables, memory: LinearMemory) {
    this.tables = tables;
    this.memory = memory;
    this.portClasses = tables.columns.portClassFirst.length;
    this.hairpin = tables.columns.switches[0] === 1;
    this.ownNode = tables.columns.switches[1] === 1;
  }

  /** A column of the tables, as narrow as its numbers allow. */
  column(name: keyof Columns): Column {
    let column = this.placed.get(name);
    if (column === undefined) {
      column = this.memory.narrowed(this.tables.columns[name]);
      this.placed.set(name, column);
    }
    return column;
  }

  /** How the flows of a batch are read: one function for each of its rows. */
  flowsOf(loop: RowLoop, { source, destination, protocol, port }: FlowBatch): (code: FunctionBuilder, row: Local) => FlowLocals {
    const ends = this.tables.columns.endpointKind.length;
    const columns = {
      source: loop.input(source, { limit: { name: 'the source of flow', below: ends } }),
      destination: loop.input(destination, { limit: { name: 'the destination of flow', below: ends } }),
      protocol: loop.input(protocol, { limit: { name: 'the protocol of flow', below: PROTOCOLS.length } }),
      port: loop.input(port),
    };
    return (code, row) => this.flow(code, row, columns);
  }

  private flow(
    code: FunctionBuilder,
    row: Local,
    columns: Readonly<Record<'source' | 'destination' | 'protocol' | 'port', RowColumn>>,
  ): FlowLocals {
    const from = columns.source.checked(code, row);
    const to = columns.destination.checked(code, row);
    const protocol = columns.protocol.checked(code, row);
    const port = code.let(columns.port.at(row));
    const page = this.column('portPage').at(protocol.times(PORT_PAGES).plus(port.shiftRight(4)));
    const portClass = code.let(this.column('portCell').at(inPage(page, port, PAGE_CELLS_32)));
    return { from, to, portClass };
  }

  /** Where a direction's verdict row of a flow is, and the peer class that is looked for in it. `subject` is the class of the judged end. */
  verdictHalf(code: FunctionBuilder, direction: Direction, flow: FlowLocals, subject = this.subject(direction, flow)): Half {
    return this.half(code, direction, flow, subject, `${direction}VerdictRow`);
  }

  /** The same of the row that holds decisions. */
  decisionHalf(code: FunctionBuilder, direction: Direction, flow: FlowLocals, subject = this.subject(direction, flow)): Half {
    return this.half(code, direction, flow, subject, `${direction}Row`);
  }

  private subject(direction: Direction, { from, to }: FlowLocals): I32Value {
    return direction === 'egress' ? this.column('endpointEgressSubject').at(from) : this.column('endpointIngressSubject').at(to);
  }

  private half(
    code: FunctionBuilder,
    direction: Direction,
    { from, to, portClass }: FlowLocals,
    subject: I32Value,
    map: `${Direction}${'VerdictRow' | 'Row'}`,
  ): Half {
    const row = code.let(this.column(`${map}Cell`).at(this.rowCell(map, subject, portClass)));
    const peer = code.let(direction === 'egress' ? this.column('endpointEgressPeer').at(to) : this.column('endpointIngressPeer').at(from));
    return { row, peer };
  }

  private rowCell(map: `${Direction}${'VerdictRow' | 'Row'}`, subject: I32Value, portClass: Local): I32Value {
    const pages = pagesFor(this.portClasses, PAGE_CELLS_32);
    if (pages === 1) return subject.times(this.portClasses).plus(portClass);
    return inPage(this.pageOf(`${map}Block`, `${map}Page`, pages, subject, portClass.shiftRight(4)), portClass, PAGE_CELLS_32);
  }

  /** The bit of a half in the lowest place, above it bits of others. */
  bit(direction: Direction, kind: 'Allow' | 'Unknown', { row, peer }: Half): I32Value {
    const pages = pagesFor(this.peerClasses(direction), PAGE_BITS);
    const page = this.pageOf(`${direction}${kind}Block`, `${direction}${kind}Page`, pages, row, peer.shiftRight(9));
    return this.column(`${direction}${kind}Bits`)
      .at(page.times(PAGE_BITS / 32).plus(peer.and(PAGE_BITS - 1).shiftRight(5)))
      .shiftRight(peer.and(31));
  }

  /** Can half a flow be unknown? */
  hasUnknown(direction: Direction): boolean {
    return this.tables.columns[`${direction}UnknownPage`].length > 0;
  }

  decision(direction: Direction, { row, peer }: Half): I32Value {
    const groups = pagesFor(this.peerClasses(direction), PAGE_CELLS_32 * PAGE_CELLS_32);
    const group = this.pageOf(`${direction}DecisionBlock`, `${direction}DecisionGroup`, groups, row, peer.shiftRight(8));
    const page = this.column(`${direction}DecisionPage`).at(inPage(group, peer.shiftRight(4), PAGE_CELLS_32));
    return this.column(`${direction}DecisionCell`).at(inPage(page, peer, PAGE_CELLS_32));
  }

  /** Page `index` of a row or a subject class: in the directory, or, where those are cut into blocks, in its block of it. */
  private pageOf(blocks: keyof Columns, directory: keyof Columns, pagesPerRow: number, row: I32Value, index: I32Value): I32Value {
    if (this.tables.columns[blocks].length === 0) return this.column(directory).at(row.times(pagesPerRow).plus(index));
    const block = this.column(blocks).at(row.times(pagesFor(pagesPerRow, PAGE_CELLS_32)).plus(index.shiftRight(4)));
    return this.column(directory).at(inPage(block, index, PAGE_CELLS_32));
  }

  private peerClasses(direction: Direction): number {
    return this.tables.columns[`${direction}PeerMemberStart`].length - 1;
  }

  /**
   * What is done for a flow that comparison decides (see `TableReader.decidedByComparison`): between the addresses of a pod, and between a pod and its own node. `samePlace` must be true for those, and
   * false for most others, so that the processor foresees it. `then` is given the condition that the flow goes from a pod to its own node.
   */
  whenCompared(
    code: FunctionBuilder,
    { from, to }: FlowLocals,
    then: (isToOwnNode: Local) => void,
    samePlace = this.samePlace(from, to),
  ): void {
    const { hairpin, ownNode } = this;
    if (!hairpin && !ownNode) return;
    const [self, host] = [this.column('endpointSelf'), this.column('endpointHost')];
    code.when(samePlace, () => {
      const source = code.let(self.at(from));
      const destination = code.let(self.at(to));
      const isSame = code.let(source.equals(destination));
      const isToOwnNode = code.let(host.at(from).equals(destination).and(isSame.isZero()));
      const isOfOwnNode = source.equals(host.at(to)).or(isToOwnNode);
      code.when(choose(isSame, Number(hairpin), ownNode ? isOfOwnNode : 0), () => then(isToOwnNode));
    });
  }

  /** What is done where rows judge the way from a pod to its own node: `then` is given the subject class whose rows they are. */
  whenJudged(code: FunctionBuilder, flow: FlowLocals, isToOwnNode: Local, then: (subject: Local) => void): void {
    if (this.tables.columns.egressOwnNode.length === 0) return;
    code.when(isToOwnNode, () => {
      const subject = code.let(this.column('egressOwnNode').at(this.subject('egress', flow)));
      code.when(subject.equals(NONE_32).isZero(), () => then(subject));
    });
  }

  /** Sets the verdict of a flow that comparison decides. Nothing is asked of a node's ingress. */
  compare(code: FunctionBuilder, flow: FlowLocals, verdict: Local, samePlace?: I32Value): void {
    const then = (isToOwnNode: Local): void => {
      code.set(verdict, ALLOW);
      this.whenJudged(code, flow, isToOwnNode, (subject) => {
        const half = this.verdictHalf(code, 'egress', flow, subject);
        const allowed = code.let(this.bit('egress', 'Allow', half).and(1));
        const unknown = this.hasUnknown('egress') ? this.bit('egress', 'Unknown', half).and(1).times(UNKNOWN) : 0;
        code.set(verdict, choose(allowed, ALLOW, unknown));
      });
    };
    this.whenCompared(code, flow, then, samePlace);
  }

  /** The same for tables in which nothing judges the way to the own node: where a few pods talk nobody can foresee a branch. */
  compareWithoutBranch(code: FunctionBuilder, { from, to }: FlowLocals, verdict: Local): void {
    const { hairpin, ownNode } = this;
    if (!hairpin && !ownNode) return;
    const [self, host] = [this.column('endpointSelf'), this.column('endpointHost')];
    const source = code.let(self.at(from));
    const destination = code.let(self.at(to));
    const itself = source.equals(destination);
    const onNode = source.equals(host.at(to)).or(host.at(from).equals(destination));
    const compared = !ownNode ? itself : hairpin ? itself.or(onNode) : onNode.and(itself.isZero());
    code.set(verdict, choose(compared, ALLOW, verdict));
  }

  private samePlace(from: Local, to: Local): I32Value {
    const place = this.column('endpointPlace');
    return place.at(from).equals(place.at(to));
  }
}

/** The number of a cell: its page's, and its place in the page, which is in the lowest bits of `index`. */
function inPage(page: I32Value, index: I32Value, cells: number): I32Value {
  return page.times(cells).plus(index.and(cells - 1));
}
