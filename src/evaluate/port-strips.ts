/**
 * The halves of tables of middle size, arranged by ends first and ports last. What a subject class and a peer class say along all port classes is a *strip*, and few strips are distinct: the ends
 * name a strip, through pages of peer classes, while the port class is looked up beside them. That is a shorter chain of reads than (subject, port) -> row, (row, peer) -> bit,
 * and processors wait for chains. In come tables, out come the columns of one direction.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { type Numbers, narrow } from '../lib/narrow.ts';
import { PageStore } from '../lib/page-store.ts';
import { PairInterner } from '../lib/pair-interner.ts';
import { newWords, sharedCopy } from '../lib/words.ts';
import type { Direction } from '../model/protocol.ts';
import { NONE_32, PAGE_CELLS_32, pagesFor } from '../tables/layout.ts';
import type { Columns } from '../tables/rule-tables.ts';
import type { TableReader } from './reader.ts';

/** What the strips of a direction may take. */
export interface StripLimits {
  /** Pages that its subject classes refer to. More take too long to make, and do not stay in the second level cache. */
  readonly pages: number;
  /** Steps of making them: groups that rows tell apart, words of strips. More take more than half a second, and memory without end. */
  readonly steps: number;
}

const LIMITS: StripLimits = { pages: 1 << 18, steps: 1 << 22 };

/** Peer classes of a page: those of one word of bits. */
const PAGE_PEERS = 32;

/** Port classes of a word of a strip: two bits each. */
const WORD_PORTS = 16;

/** Verdicts as two bits, so that `&` over both halves of a flow gives those of the whole: deny 00, unknown 01, allow 11. Words of them, and the bits of one port class. */
const EVERY_PORT_UNKNOWN = 0x55555555;
const EVERY_PORT_ALLOWED = 0xffffffff;
const BITS_OF_PORT = 0b11;

/**
 * The half of a flow stands in the lowest two bits of
 * `strips[cell[(page[pages[subject] + (peer >>> 5)] << 5) + (peer & 31)] + (portClass >>> 4)] >>> ((portClass & 15) << 1)`.
 */
export interface PortStrips {
  /** By subject class: where its pages begin in `page`. Equal subject classes share theirs. */
  readonly pages: Uint32Array;
  readonly page: Numbers;
  /** Where the strip begins in `strips`. */
  readonly cell: Numbers;
  readonly strips: Uint32Array;
}

/** Undefined where it takes more than the limits allow. */
function buildPortStrips(reader: TableReader, direction: Direction, limits: StripLimits): PortStrips | undefined {
  const { columns } = reader.tables;
  const ports = columns.portClassFirst.length;
  if (ports * pagesFor(ports, WORD_PORTS) > limits.steps) return undefined;
  const [listed, each] = mapOfSubjects(columns, direction);
  const peerPages = pagesFor(columns[`${direction}PeerMemberStart`].length - 1, PAGE_PEERS);
  const pages = newWords(listed.length / each);
  const builder = new Builder(reader, direction, peerPages, limits.steps);
  const subjects = new PageStore(each);
  for (let subject = 0; subject < pages.length; subject++) {
    const known = subjects.pageCount;
    const found = subjects.intern(listed.subarray(subject * each, (subject + 1) * each));
    pages[subject] = found * peerPages;
    if (found < known) continue;
    if (subjects.pageCount * peerPages > limits.pages) return undefined;
    if (!builder.add(subject)) return undefined;
  }
  return { pages, ...builder.columns() };
}

/** What leads each subject class to its rows, and how many numbers of it each has: equal ones have equal rows. */
function mapOfSubjects(columns: Columns, direction: Direction): [Uint32Array, number] {
  const ports = columns.portClassFirst.length;
  const rowPages = pagesFor(ports, PAGE_CELLS_32);
  if (rowPages === 1) return [columns[`${direction}VerdictRowCell`], ports];
  const blocks = columns[`${direction}VerdictRowBlock`];
  return blocks.length > 0 ? [blocks, pagesFor(rowPages, PAGE_CELLS_32)] : [columns[`${direction}VerdictRowPage`], rowPages];
}

class Builder {
  private readonly reader: TableReader;
  private readonly direction: Direction;
  private readonly peerPages: number;
  private readonly ports: number;
  private readonly stripWords: number;
  private readonly rowCell: Uint32Array;
  private readonly allowBits: Uint32Array;
  private readonly unknownBits: Uint32Array;
  private readonly page = new GrowableUint32();
  private readonly cells = new PageStore(PAGE_PEERS);
  private readonly strips: PageStore;
  /** What the rows of a subject class do not deny, row after row, as a path from a number for the subject class. */
  private readonly paths = new PairInterner();
  /** By the end of a path: the strip, or NONE_32. */
  private readonly stripOfPath = new GrowableUint32();
  /** By strip: the page of peer classes that all have it, or NONE_32. */
  private readonly pageOfStrip = new GrowableUint32();

  private readonly mostSteps: number;
  private steps = 0;

  /** The rows of the subject class at hand, each once. */
  private rows = 0;
  private readonly row: Uint32Array;
  /** By row: its place in `row`. */
  private readonly placeOfRow: Uint32Array;
  /** By place in `row`: a strip that is set where the row holds; where the page at hand begins in `allowBits` and `unknownBits`. */
  private readonly portsOfRow: Uint32Array;
  private readonly allowAt: Uint32Array;
  private readonly unknownAt: Uint32Array;
  /** Peer classes of the word at hand that no row tells apart: their bits, and their path. */
  private groups = 0;
  private readonly groupBits = new Int32Array(PAGE_PEERS);
  private readonly groupPath = new Uint32Array(PAGE_PEERS);

  private readonly cellScratch = new Uint32Array(PAGE_PEERS);
  private readonly stripScratch: Uint32Array;

  constructor(reader: TableReader, direction: Direction, peerPages: number, mostSteps: number) {
    const { columns } = reader.tables;
    this.reader = reader;
    this.direction = direction;
    this.peerPages = peerPages;
    this.mostSteps = mostSteps;
    this.ports = columns.portClassFirst.length;
    this.stripWords = pagesFor(this.ports, WORD_PORTS);
    this.rowCell = columns[`${direction}VerdictRowCell`];
    this.allowBits = columns[`${direction}AllowBits`];
    this.unknownBits = columns[`${direction}UnknownBits`];
    this.row = new Uint32Array(this.ports);
    this.placeOfRow = new Uint32Array(largest(this.rowCell) + 1).fill(NONE_32);
    this.portsOfRow = new Uint32Array(this.ports * this.stripWords);
    this.allowAt = new Uint32Array(this.ports);
    this.unknownAt = new Uint32Array(this.ports);
    this.stripScratch = new Uint32Array(this.stripWords);
    this.strips = new PageStore(this.stripWords);
    // Number 0 of both: denied at every port, and to everybody of a page. Most pages are.
    this.strips.intern(this.stripScratch);
    this.cells.intern(this.cellScratch);
  }

  columns(): Omit<PortStrips, 'pages'> {
    return {
      page: sharedCopy(narrow(this.page.view())),
      cell: sharedCopy(narrow(this.cells.contents())),
      strips: sharedCopy(this.strips.contents()),
    };
  }

  /** Adds the pages of a subject class; false where that takes too many steps. */
  add(subject: number): boolean {
    const { reader, direction, peerPages, allowAt, unknownAt, row } = this;
    this.listRows(subject);
    const root = this.paths.intern(NONE_32, subject);
    for (let first = 0; first < peerPages; first += PAGE_CELLS_32) {
      for (let i = 0; i < this.rows; i++) {
        allowAt[i] = reader.allowPage(direction, row[i]!, first / PAGE_CELLS_32) * PAGE_CELLS_32;
        const unknown = reader.unknownPage(direction, row[i]!, first / PAGE_CELLS_32);
        unknownAt[i] = unknown === NONE_32 ? NONE_32 : unknown * PAGE_CELLS_32;
      }
      const words = Math.min(PAGE_CELLS_32, peerPages - first);
      for (let word = 0; word < words; word++) {
        if (this.steps > this.mostSteps) return false;
        this.page.push(this.isDenied(word) ? 0 : this.cellPage(word, root));
      }
    }
    return true;
  }

  private listRows(subject: number): void {
    const { reader, direction, rowCell, ports, stripWords, row, placeOfRow, portsOfRow } = this;
    for (let i = 0; i < this.rows; i++) placeOfRow[row[i]!] = NONE_32;
    portsOfRow.fill(0, 0, this.rows * stripWords);
    this.rows = 0;
    let cells = 0;
    for (let portClass = 0; portClass < ports; portClass++) {
      if (portClass % PAGE_CELLS_32 === 0) cells = reader.verdictRowCells(direction, subject, portClass / PAGE_CELLS_32) - portClass;
      const found = rowCell[cells + portClass]!;
      if (placeOfRow[found] === NONE_32) {
        placeOfRow[found] = this.rows;
        row[this.rows++] = found;
      }
      const at = placeOfRow[found]! * stripWords + (portClass >>> 4);
      portsOfRow[at] = portsOfRow[at]! | (BITS_OF_PORT << ((portClass & 15) << 1));
    }
  }

  /** Is all of a word denied by every row? */
  private isDenied(word: number): boolean {
    const { rows, allowAt, allowBits } = this;
    let open = 0;
    for (let i = 0; i < rows; i++) open |= allowBits[allowAt[i]! + word]!;
    for (let i = 0; i < rows && this.unknownBits.length > 0; i++) open |= this.unknown(i, word);
    return open === 0;
  }

  private allowed(row: number, word: number): number {
    return this.allowBits[this.allowAt[row]! + word]! | 0;
  }

  private unknown(row: number, word: number): number {
    return this.unknownAt[row] === NONE_32 ? 0 : this.unknownBits[this.unknownAt[row]! + word]! | 0;
  }

  /** The page of a word of peer classes: row after row tells them apart. */
  private cellPage(word: number, root: number): number {
    const { rows, groupBits, groupPath, cellScratch } = this;
    groupBits[0] = -1;
    groupPath[0] = root;
    this.groups = 1;
    for (let row = 0; row < rows; row++) {
      const allowed = this.allowed(row, word);
      const unknown = this.unknown(row, word) & ~allowed;
      if (allowed !== 0) this.split(allowed, (row << 1) | 1);
      if (unknown !== 0) this.split(unknown, row << 1);
    }
    if (this.groups === 1) return this.evenPage(this.stripOf(groupPath[0]!, word, 0));
    cellScratch.fill(0);
    for (let group = 0; group < this.groups; group++) {
      const bits = groupBits[group]!;
      const strip = this.stripOf(groupPath[group]!, word, 31 - Math.clz32(bits)) * this.stripWords;
      if (strip === 0) continue;
      for (let rest = bits; rest !== 0; rest &= rest - 1) cellScratch[31 - Math.clz32(rest & -rest)] = strip;
    }
    return this.cells.intern(cellScratch);
  }

  /** Takes the peer classes of which a row says something out of every group that has others, and a step on the path of each. */
  private split(peers: number, step: number): void {
    const { paths, groupBits, groupPath } = this;
    for (let group = this.groups - 1; group >= 0; group--) {
      const inside = groupBits[group]! & peers;
      if (inside === 0) continue;
      this.steps++;
      const outside = groupBits[group]! & ~peers;
      if (outside !== 0) {
        groupBits[this.groups] = outside;
        groupPath[this.groups++] = groupPath[group]!;
      }
      groupBits[group] = inside;
      groupPath[group] = paths.intern(groupPath[group]!, step);
    }
  }

  private evenPage(strip: number): number {
    const { pageOfStrip } = this;
    while (pageOfStrip.length <= strip) pageOfStrip.push(NONE_32);
    if (pageOfStrip.get(strip) === NONE_32) pageOfStrip.set(strip, this.cells.intern(this.cellScratch.fill(strip * this.stripWords)));
    return pageOfStrip.get(strip);
  }

  /** `peer`: any peer class of the group, as the number of its bit. */
  private stripOf(path: number, word: number, peer: number): number {
    const { stripOfPath } = this;
    while (stripOfPath.length <= path) stripOfPath.push(NONE_32);
    if (stripOfPath.get(path) === NONE_32) stripOfPath.set(path, this.makeStrip(word, peer));
    return stripOfPath.get(path);
  }

  private makeStrip(word: number, peer: number): number {
    const { rows, stripWords, portsOfRow, stripScratch } = this;
    stripScratch.fill(0);
    for (let row = 0; row < rows; row++) {
      const isAllowed = (this.allowed(row, word) >>> peer) & 1;
      if (!isAllowed && !((this.unknown(row, word) >>> peer) & 1)) continue;
      this.steps += stripWords;
      const verdict = isAllowed ? EVERY_PORT_ALLOWED : EVERY_PORT_UNKNOWN;
      for (let i = 0; i < stripWords; i++) stripScratch[i] = stripScratch[i]! | (portsOfRow[row * stripWords + i]! & verdict);
    }
    return this.strips.intern(stripScratch);
  }
}

function largest(column: Uint32Array): number {
  let most = 0;
  for (let i = 0; i < column.length; i++) if (column[i]! > most) most = column[i]!;
  return most;
}

/** What the strip kernel reads of an endpoint at either end: two cells each, side by side. All that is long can be read by several threads. */
export interface StripEnds {
  readonly egress: PortStrips;
  readonly ingress: PortStrips;
  /** By endpoint: where the pages of its egress subject class begin; its ingress peer class, and above it, from bit `placeShift` on, as much of its place as there is room for. */
  readonly sources: Uint32Array;
  /** The same of the ingress subject class and the egress peer class. */
  readonly destinations: Uint32Array;
  readonly placeShift: number;
}

/** Undefined where tables are too large for strips. */
export function buildStripEnds(reader: TableReader, limits = LIMITS): StripEnds | undefined {
  const egress = buildPortStrips(reader, 'egress', limits);
  if (egress === undefined) return undefined;
  const ingress = buildPortStrips(reader, 'ingress', limits);
  if (ingress === undefined) return undefined;
  const { columns } = reader.tables;
  const peers = Math.max(2, columns.egressPeerMemberStart.length, columns.ingressPeerMemberStart.length) - 1;
  const placeShift = 32 - Math.clz32(peers - 1);
  const ends = (pages: Uint32Array, subject: Uint32Array, peer: Uint32Array): Uint32Array => {
    const cells = newWords(2 * subject.length);
    for (let endpoint = 0; endpoint < subject.length; endpoint++) {
      cells[2 * endpoint] = pages[subject[endpoint]!]!;
      cells[2 * endpoint + 1] = peer[endpoint]! | (columns.endpointPlace[endpoint]! << placeShift);
    }
    return cells;
  };
  return {
    egress,
    ingress,
    sources: ends(egress.pages, columns.endpointEgressSubject, columns.endpointIngressPeer),
    destinations: ends(ingress.pages, columns.endpointIngressSubject, columns.endpointEgressPeer),
    placeShift,
  };
}
