/**
 * Values as JSON has them -> columns, equal values once (proto/netpolsim/v1/snapshot.proto). What repeats in a cluster, labels and specs above all, is written and later read
 * once, however many objects have it.
 */
import { append } from '../lib/append.ts';
import { GrowableUint32 } from '../lib/growable.ts';
import { ListInterner, StringInterner } from '../lib/interner.ts';
import { quote } from '../lib/quote.ts';
import { columnOf } from './columns.ts';
import type { Types } from './messages.ts';
import { WireFormatError } from './wire-error.ts';

/** What the low three bits of a cell say. */
export const CELL = { constant: 0, whole: 1, text: 2, value: 3, number: 4 } as const;
/** Of the constants, in order of their numbers. */
export const CONSTANTS = [null, false, true] as const;
/** The largest number beside three bits. */
const MOST = 2 ** 29 - 1;

/** So many groups of values can be read. */
export const MOST_GROUPS = 65_536;
/** Fewer records of one form than this, or than a small share of all values, are written as maps: a group of its own would cost more, and there would be too many. */
const FEWEST_RECORDS = 8;
const SMALLEST_SHARE = 1 / 50_000;
const LIST = 0;
const MAP = 1;
const SURROGATE = /\p{Surrogate}/gu;

export class ValueWriter {
  private readonly strings = new StringInterner();
  /** Composite values: the form (LIST, or 1 + the number of the names of its fields), then the cells. */
  private readonly nodes = new ListInterner();
  private readonly fieldNames = new ListInterner();
  private readonly heights = new GrowableUint32();
  /** By composite value: its number in the message. Empty until `finish`. */
  private numbers = new Uint32Array(0);

  get texts(): readonly string[] {
    return this.strings.strings;
  }

  /**
   * The index of this text.
   * @throws {WireFormatError} for half a surrogate pair, which UTF-8 cannot hold
   */
  text(text: string): number {
    const { strings } = this.strings;
    const before = strings.length;
    const number = this.strings.intern(text);
    if (strings.length > before && text.search(SURROGATE) >= 0) {
      throw new WireFormatError(`${quote(text)} has half a surrogate pair and cannot be written as UTF-8`);
    }
    return number;
  }

  /** The text as it would be printed. */
  printable(text: string): string {
    return text.replace(SURROGATE, '\ufffd');
  }

  /** The cell of a value, good until `finish`. Fields that are undefined are not there. @throws {WireFormatError} for what JSON does not have */
  cell(value: unknown): number {
    if (typeof value === 'string') return pack(CELL.text, this.text(value));
    if (typeof value === 'object' && value !== null) {
      return pack(CELL.value, Array.isArray(value) ? this.list(value) : this.fields(value as Record<string, unknown>));
    }
    if (typeof value === 'number') {
      const isPlain = Number.isInteger(value) && value >= 0 && value <= MOST && !Object.is(value, -0);
      return isPlain ? pack(CELL.whole, value) : pack(CELL.number, this.text(String(value)));
    }
    const constant = CONSTANTS.indexOf(value as null);
    if (constant < 0) throw new WireFormatError(`a ${typeof value} cannot be written`);
    return pack(CELL.constant, constant);
  }

  /** Composite values in groups, in which each refers to earlier groups only. Nothing can be added afterwards. */
  finish(): Types.v1.ValueGroup.$Properties[] {
    const groups = this.inGroups();
    this.numbers = new Uint32Array(this.nodes.count);
    let next = 0;
    for (const { members } of groups) for (const node of members) this.numbers[node] = next++;
    return groups.map(({ form, members }) => (form > MAP ? this.records(form - 2, members) : this.entries(form, members)));
  }

  /** What a cell is in the message. */
  final(cell: number): number {
    return (cell & 7) === CELL.value ? pack(CELL.value, this.numbers[cell >>> 3]!) : cell;
  }

  private list(items: readonly unknown[]): number {
    const words = new Uint32Array(items.length + 1);
    words[0] = LIST;
    for (let i = 0; i < items.length; i++) words[i + 1] = this.cell(items[i]);
    return this.node(words);
  }

  private fields(object: Readonly<Record<string, unknown>>): number {
    const names = Object.keys(object).filter((name) => object[name] !== undefined);
    const words = new Uint32Array(names.length + 1);
    words[0] = 1 + this.fieldNames.intern(Uint32Array.from(names, (name) => this.text(name)));
    for (let i = 0; i < names.length; i++) words[i + 1] = this.cell(object[names[i]!]);
    return this.node(words);
  }

  private node(words: Uint32Array): number {
    const before = this.nodes.count;
    const node = this.nodes.intern(words);
    if (node < before) return node;
    let height = 0;
    for (let i = 1; i < words.length; i++) {
      const cell = words[i]!;
      if ((cell & 7) === CELL.value) height = Math.max(height, this.heights.get(cell >>> 3) + 1);
    }
    this.heights.push(height);
    return node;
  }

  /** By height, then lists, maps, and records by the names of their fields. */
  private inGroups(): readonly { readonly form: number; readonly members: readonly number[] }[] {
    const forms = this.fieldNames.count + 2;
    const byForm = new Map<number, number[]>();
    for (let node = 0; node < this.nodes.count; node++) {
      const words = this.nodes.get(node);
      append(byForm, this.heights.get(node) * forms + (words[0] === LIST ? LIST : words[0]! + 1), node);
    }
    const fewest = Math.max(FEWEST_RECORDS, this.nodes.count * SMALLEST_SHARE);
    for (const [key, members] of [...byForm]) {
      const form = key % forms;
      const isMap = form > MAP && (members.length < fewest || this.fieldNames.get(form - 2).length === 0);
      if (!isMap) continue;
      byForm.delete(key);
      for (const node of members) append(byForm, key - form + MAP, node);
    }
    return [...byForm].sort(([a], [b]) => a - b).map(([key, members]) => ({ form: key % forms, members }));
  }

  private records(names: number, members: readonly number[]): Types.v1.ValueGroup.$Properties {
    const keys = this.fieldNames.get(names).slice();
    const cells = Array.from(keys, () => new Uint32Array(members.length));
    for (const [row, node] of members.entries()) {
      const words = this.nodes.get(node);
      for (let k = 0; k < keys.length; k++) cells[k]![row] = this.final(words[k + 1]!);
    }
    return { count: members.length, keys: columnOf(keys), cells: cells.map(columnOf) };
  }

  private entries(form: number, members: readonly number[]): Types.v1.ValueGroup.$Properties {
    const lengths = new GrowableUint32();
    const keys = new GrowableUint32();
    const cells = new GrowableUint32();
    for (const node of members) {
      const words = this.nodes.get(node);
      lengths.push(words.length - 1);
      if (form === MAP) keys.pushAll(this.fieldNames.get(words[0]! - 1));
      for (let i = 1; i < words.length; i++) cells.push(this.final(words[i]!));
    }
    const group = { count: members.length, lengths: columnOf(lengths.view()), cells: [columnOf(cells.view())] };
    return form === MAP ? { ...group, keys: columnOf(keys.view()) } : group;
  }
}

function pack(kind: number, index: number): number {
  if (index > MOST) throw new WireFormatError(`there are more than ${MOST} different values`);
  return ((index << 3) | kind) >>> 0;
}
