/**
 * What tables say about half a flow, for every port at once. A column is the verdict along the port axis; equal columns have one number. Only what is not denied at every port is
 * held, page by page of 512 peer classes, and equal pages once: so this grows with what tables hold, and not with subjects times peers.
 */
import type { TableReader } from '../evaluate/reader.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Direction } from '../model/protocol.ts';
import type { JointPort } from '../reach/joint-ports.ts';
import { ALLOW, DENY, NONE_32, PAGE_BITS, PAGE_CELLS_32, UNKNOWN } from '../tables/layout.ts';

/** Denied at every port. */
export const CLOSED = 0;

const OPEN_BLOCK = 1;
const CLOSED_BLOCK = 2;

/** Of 512 peer classes, those that are not closed, ascending, and their columns. */
interface Page {
  readonly low: Uint16Array;
  readonly column: Uint32Array;
}

/** What subjects with equal rows at every port have in common. */
interface Profile {
  /** Which pages have something that is not closed, ascending, and their numbers. */
  readonly at: Uint32Array;
  readonly pages: Uint32Array;
  /** How many peer classes are not closed. */
  readonly open: number;
}

export class HalfVerdicts {
  readonly peerCount: number;
  private readonly reader: TableReader;
  private readonly direction: Direction;
  private readonly ports: readonly JointPort[];
  private readonly profileOf: Int32Array;
  /** Runs of equal rows along the port axis: first port and row, in twos. */
  private readonly runsOfRows = new ListInterner();
  private readonly profiles: Profile[] = [];
  /** Runs of equal pages of bits: first port, page of what is allowed and of what is unknown, in threes. */
  private readonly runsOfPages = new ListInterner();
  private readonly pages: Page[] = [];
  /** Pages that are the same at every port, by the page of what is allowed, where nothing is unknown; 0 is not known yet, others have 1 added. */
  private readonly simplePages: Uint32Array;
  /** Of each block of what is allowed: OPEN_BLOCK, CLOSED_BLOCK, or 0, which is not known yet. */
  private readonly blocks: Uint8Array;
  /** First port and verdict of each run, in twos. */
  private readonly columns = new ListInterner();
  private readonly scratch: Uint32Array;
  private readonly bits: { readonly allow: Uint32Array; readonly unknown: Uint32Array };

  /** `ports` is the port axis; it has at least one. */
  constructor(reader: TableReader, direction: Direction, ports: readonly JointPort[]) {
    const { columns } = reader.tables;
    this.reader = reader;
    this.direction = direction;
    this.ports = ports;
    this.peerCount = columns[`${direction}PeerMemberStart`].length - 1;
    this.profileOf = new Int32Array(columns[`${direction}SubjectMemberStart`].length - 1).fill(-1);
    this.scratch = new Uint32Array(ports.length * 3);
    this.bits = { allow: columns[`${direction}AllowBits`], unknown: columns[`${direction}UnknownBits`] };
    this.blocks = new Uint8Array(columns[`${direction}AllowPage`].length);
    this.simplePages = new Uint32Array(this.bits.allow.length / 16);
    this.columns.intern(Uint32Array.of(0, DENY));
  }

  /** The profile of a subject class. */
  profile(subject: number): number {
    let profile = this.profileOf[subject]!;
    if (profile < 0) {
      profile = this.readProfile(subject);
      this.profileOf[subject] = profile;
    }
    return profile;
  }

  openCount(profile: number): number {
    return this.profiles[profile]!.open;
  }

  /** The column of a peer class. */
  column(profile: number, peer: number): number {
    const { at, pages } = this.profiles[profile]!;
    const page = peer >>> 9;
    const index = placeOf(at, page);
    if (at[index] !== page) return CLOSED;
    const { low, column } = this.pages[pages[index]!]!;
    const bit = peer & (PAGE_BITS - 1);
    const found = placeOf(low, bit);
    return low[found] === bit ? column[found]! : CLOSED;
  }

  /** Peer classes that are not closed, ascending, with their columns. */
  eachOpen(profile: number, visit: (peer: number, column: number) => void): void {
    const { at, pages } = this.profiles[profile]!;
    for (let k = 0; k < pages.length; k++) {
      const { low, column } = this.pages[pages[k]!]!;
      for (let i = 0; i < low.length; i++) visit(at[k]! * PAGE_BITS + low[i]!, column[i]!);
    }
  }

  /** First port and verdict of each run, in twos. */
  runs(column: number): Uint32Array {
    return this.columns.get(column);
  }

  private readProfile(subject: number): number {
    const { reader, ports, direction, scratch } = this;
    let length = 0;
    let last = -1;
    for (let k = 0; k < ports.length; k++) {
      const row = reader.verdictRow(direction, subject, ports[k]!.classes[0]!);
      if (row === last) continue;
      scratch[length++] = k;
      scratch[length++] = row;
      last = row;
    }
    const profile = this.runsOfRows.intern(scratch.subarray(0, length));
    if (profile === this.profiles.length) this.profiles.push(this.pagesOf(scratch.slice(0, length)));
    return profile;
  }

  private pagesOf(rows: Uint32Array): Profile {
    const at: number[] = [];
    const pages: number[] = [];
    let open = 0;
    const count = this.reader.bitPages(this.direction);
    for (let page = 0; page < count; page++) {
      if (page % PAGE_CELLS_32 === 0 && this.isClosedBlock(rows, page / PAGE_CELLS_32)) {
        page += PAGE_CELLS_32 - 1;
        continue;
      }
      const number = this.page(rows, page);
      const { length } = this.pages[number]!.low;
      if (length === 0) continue;
      at.push(page);
      pages.push(number);
      open += length;
    }
    return { at: Uint32Array.from(at), pages: Uint32Array.from(pages), open };
  }

  /** Are 16 pages closed in all rows? Where tables share them, this is known without reading them: most of what a row holds of a large cluster is. */
  private isClosedBlock(rows: Uint32Array, block: number): boolean {
    const { reader, direction, blocks } = this;
    for (let i = 1; i < rows.length; i += 2) {
      const number = reader.allowBlock(direction, rows[i]!, block);
      if (number === NONE_32 || reader.unknownPage(direction, rows[i]!, block * PAGE_CELLS_32) !== NONE_32) return false;
      blocks[number] ||= this.hasAllowed(rows[i]!, block) ? OPEN_BLOCK : CLOSED_BLOCK;
      if (blocks[number] === OPEN_BLOCK) return false;
    }
    return true;
  }

  private hasAllowed(row: number, block: number): boolean {
    const { reader, direction } = this;
    const end = Math.min((block + 1) * PAGE_CELLS_32, reader.bitPages(direction));
    for (let page = block * PAGE_CELLS_32; page < end; page++) {
      const start = reader.allowPage(direction, row, page) * 16;
      if (this.bits.allow.subarray(start, start + 16).some((word) => word !== 0)) return true;
    }
    return false;
  }

  /** The number of a page of some rows. */
  private page(rows: Uint32Array, page: number): number {
    const { reader, direction, scratch } = this;
    let length = 0;
    for (let i = 0; i < rows.length; i += 2) {
      const allow = reader.allowPage(direction, rows[i + 1]!, page);
      const unknown = reader.unknownPage(direction, rows[i + 1]!, page);
      if (length > 0 && scratch[length - 2] === allow && scratch[length - 1] === unknown) continue;
      scratch[length++] = rows[i]!;
      scratch[length++] = allow;
      scratch[length++] = unknown;
    }
    const isSimple = length === 3 && scratch[2] === NONE_32;
    const allow = scratch[1]!;
    if (isSimple && this.simplePages[allow] !== 0) return this.simplePages[allow]! - 1;
    const number = this.runsOfPages.intern(scratch.subarray(0, length));
    if (number === this.pages.length) this.pages.push(this.readPage(scratch.slice(0, length)));
    if (isSimple) this.simplePages[allow] = number + 1;
    return number;
  }

  private readPage(runs: Uint32Array): Page {
    const low: number[] = [];
    const columns: number[] = [];
    for (let word = 0; word < PAGE_BITS / 32; word++) {
      let some = 0;
      for (let i = 0; i < runs.length; i += 3) some |= this.word('allow', runs[i + 1]!, word) | this.word('unknown', runs[i + 2]!, word);
      for (; some !== 0; some &= some - 1) {
        const bit = 31 - Math.clz32(some & -some);
        low.push(word * 32 + bit);
        columns.push(this.readColumn(runs, word, bit));
      }
    }
    return { low: Uint16Array.from(low), column: Uint32Array.from(columns) };
  }

  private readColumn(runs: Uint32Array, word: number, bit: number): number {
    const { scratch } = this;
    let length = 0;
    for (let i = 0; i < runs.length; i += 3) {
      const isAllowed = ((this.word('allow', runs[i + 1]!, word) >>> bit) & 1) === 1;
      const verdict = isAllowed ? ALLOW : ((this.word('unknown', runs[i + 2]!, word) >>> bit) & 1) === 1 ? UNKNOWN : DENY;
      if (length > 0 && scratch[length - 1] === verdict) continue;
      scratch[length++] = runs[i]!;
      scratch[length++] = verdict;
    }
    return this.columns.intern(scratch.subarray(0, length));
  }

  private word(plane: 'allow' | 'unknown', page: number, word: number): number {
    return page === NONE_32 ? 0 : this.bits[plane][page * 16 + word]!;
  }
}

/** Where a number is in an ascending list, or would be. */
function placeOf(list: ArrayLike<number>, number: number): number {
  // Nothing is left out.
  if (list.length > number && list[number] === number) return number;
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (list[middle]! < number) from = middle + 1;
    else to = middle;
  }
  return from;
}
