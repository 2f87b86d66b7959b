/**
 * What tables say about half a flow, for every port at once. A column is the verdict along the port axis; equal columns have one number. Only what is not denied at every port is
 * held, page by page of 512 peer classes, and equal pages once: so this grows with what tables hold, and not with subjects times peers.
 */
import type { TableReader } from '../evaluate/reader.ts';
import { ListInterner } from '../lib/interner.ts';
import type { Direction } from '../model/protocol.ts';
import type { JointPort } from '../reach/joint-ports.ts';
import { ALLOW, DENY, NONE_32, PAGE_BITS, UNKNOWN } from '../tables/layout.ts';

/** Denied at every port. */
export const CLOSED = 0;

/** Of 512 peer classes, those that are not closed, ascending, and their columns. */
interface Page {
  readonly low: Uint16Array;
  readonly column: Uint32Array;
}

/** What subjects with equal rows at every port have in common. */
interface Profile {
  /** Numbers of pages. */
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
    const { low, column } = this.pages[this.profiles[profile]!.pages[peer >>> 9]!]!;
    const wanted = peer & (PAGE_BITS - 1);
    if (low.length === PAGE_BITS) return column[wanted]!;
    let [from, to] = [0, low.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (low[middle]! < wanted) from = middle + 1;
      else to = middle;
    }
    return low[from] === wanted ? column[from]! : CLOSED;
  }

  /** Peer classes that are not closed, ascending, with their columns. */
  eachOpen(profile: number, visit: (peer: number, column: number) => void): void {
    const { pages } = this.profiles[profile]!;
    for (let page = 0; page < pages.length; page++) {
      const { low, column } = this.pages[pages[page]!]!;
      for (let i = 0; i < low.length; i++) visit(page * PAGE_BITS + low[i]!, column[i]!);
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
    const { reader, direction, scratch } = this;
    const pages = new Uint32Array(reader.bitPages(direction));
    let open = 0;
    for (let page = 0; page < pages.length; page++) {
      let length = 0;
      for (let i = 0; i < rows.length; i += 2) {
        const allow = reader.allowPage(direction, rows[i + 1]!, page);
        const unknown = reader.unknownPage(direction, rows[i + 1]!, page);
        if (length > 0 && scratch[length - 2] === allow && scratch[length - 1] === unknown) continue;
        scratch[length++] = rows[i]!;
        scratch[length++] = allow;
        scratch[length++] = unknown;
      }
      const number = this.runsOfPages.intern(scratch.subarray(0, length));
      if (number === this.pages.length) this.pages.push(this.readPage(scratch.slice(0, length)));
      pages[page] = number;
      open += this.pages[number]!.low.length;
    }
    return { pages, open };
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
