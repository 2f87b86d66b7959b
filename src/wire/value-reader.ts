/**
 * Columns -> values as JSON has them (proto/netpolsim/v1/snapshot.proto). Equal values become one object that all who have it share; nothing may change them. An object is made
 * when it is first asked for, so that bytes which nobody refers to cost nothing. Values can only be in later ones, so nothing is in itself; how much a value would be if nothing
 * were shared is counted, because whoever walks through it meets it all.
 */
import { isInherited, setOwn } from '../lib/set-own.ts';
import { type NumberColumn, readColumn } from './columns.ts';
import { type Types, v1 } from './messages.ts';
import { present } from './parts.ts';
import { CELL, CONSTANTS, MOST_GROUPS } from './value-writer.ts';
import { WireFormatError } from './wire-error.ts';

type Fields = Record<string, unknown>;

/** Values of one form. */
export interface ValueGroupRead {
  /** The number of its first value. */
  readonly first: number;
  readonly count: number;
  /** Of records: the names of their fields, with a column of cells each. Undefined for lists and maps, whose one column has all entries. */
  readonly names: readonly string[] | undefined;
  /** Is one of the names that of a property which every object has? */
  readonly hasInherited: boolean;
  /** Makes the object of a record. */
  readonly Empty: new () => Fields;
  readonly columns: readonly Uint32Array[];
  /** Of maps: the texts that are the keys of the entries. */
  readonly keys: NumberColumn | undefined;
  /** Of lists and maps: where the entries of each begin, and where those of the last end. */
  readonly starts: Uint32Array;
}

export class ValueReader {
  readonly texts: readonly string[];
  private readonly groups: ValueGroupRead[] = [];
  private readonly values: unknown[];
  /** By value. */
  private readonly groupOf: Uint32Array;
  private readonly sizes: Float32Array;
  /** How many cells refer to the value, at most 2. */
  private readonly users: Uint8Array;

  /** `forEachGroup` visits the messages in order, each time it is called. @throws {WireFormatError} when they are not groups of values */
  constructor(texts: readonly string[], forEachGroup: (visit: (bytes: Uint8Array) => void) => void) {
    this.texts = texts;
    let total = 0;
    forEachGroup((bytes) => {
      if (this.groups.length === MOST_GROUPS) throw new WireFormatError(`there are more than ${MOST_GROUPS} groups of values`);
      const group = this.read(v1.ValueGroup.decode(bytes), total);
      this.groups.push(group);
      total += group.count;
    });
    this.values = new Array(total);
    this.groupOf = new Uint32Array(total);
    this.sizes = new Float32Array(total);
    this.users = new Uint8Array(total);
    for (const [i, group] of this.groups.entries()) {
      this.groupOf.fill(i, group.first, group.first + group.count);
      this.measure(group);
    }
  }

  /** Do several cells refer to the value? */
  isShared(value: number): boolean {
    return this.users[value]! > 1;
  }

  /** What a cell stands for. @throws {WireFormatError} when it stands for nothing */
  at(cell: number): unknown {
    return this.below(cell, this.values.length);
  }

  /** How many parts a cell has, itself included, where what is shared counts each time. */
  sizeOf(cell: number): number {
    return (cell & 7) === CELL.value ? this.sizes[cell >>> 3]! : 1;
  }

  /** The group of a value. */
  groupAt(value: number): ValueGroupRead {
    return this.groups[this.groupOf[value]!]!;
  }

  text(index: number): string {
    const text = this.texts[index];
    if (text === undefined) throw new WireFormatError(`a cell or key refers to text ${index}, there are ${this.texts.length}`);
    return text;
  }

  /** `known`: values from there on are not there for this cell. */
  private below(cell: number, known: number): unknown {
    const index = cell >>> 3;
    switch (cell & 7) {
      case CELL.text:
        return this.text(index);
      case CELL.value:
        if (index >= known) throw new WireFormatError(`a cell refers to value ${index}, there are ${known} before it`);
        // Most values have one user, and nobody asks for them again: keeping them here as well is work for the garbage collector.
        if (!this.isShared(index)) return this.make(index);
        this.values[index] ??= this.make(index);
        return this.values[index];
      case CELL.whole:
        return index;
      case CELL.constant:
        if (index < CONSTANTS.length) return CONSTANTS[index];
        break;
      case CELL.number: {
        const text = this.text(index);
        const number = Number(text);
        if (Number.isFinite(number) && String(number) === text) return number;
      }
    }
    throw new WireFormatError(`the cell ${cell} stands for nothing`);
  }

  private read({ count, keys, lengths, cells }: Types.v1.ValueGroup.$Properties, first: number): ValueGroupRead {
    if (isThere(lengths)) return this.readEntries(readColumn(lengths, present(count), 'ValueGroup.lengths'), keys, cells ?? [], first);
    if (!isThere(keys)) throw new WireFormatError('ValueGroup has none of `keys`, `lengths`, expected at least one');
    const columns = (cells ?? []).map((cell) => readCells(cell, present(count)));
    if (columns.length === 0) throw new WireFormatError('`ValueGroup.cells` is empty for records, expected a column for each field');
    const names = Array.from(readColumn(keys, columns.length, 'ValueGroup.keys'), (key) => this.text(key));
    if (new Set(names).size !== names.length) throw new WireFormatError('a record has one field twice');
    return {
      first,
      count: present(count),
      names,
      hasInherited: names.some(isInherited),
      Empty: emptyOf(),
      columns,
      keys: undefined,
      starts: NO_STARTS,
    };
  }

  private readEntries(
    lengths: NumberColumn,
    keys: Uint8Array | null | undefined,
    cells: readonly Uint8Array[],
    first: number,
  ): ValueGroupRead {
    if (cells.length !== 1) throw new WireFormatError(`\`ValueGroup.cells\` has ${cells.length} columns for lists or maps, expected 1`);
    let total = 0;
    const starts = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) {
      total += lengths[i]!;
      starts[i + 1] = total;
    }
    const columns = [readCells(cells[0]!, total)];
    const keyColumn = isThere(keys) ? readColumn(keys, total, 'ValueGroup.keys') : undefined;
    return { first, count: lengths.length, names: undefined, hasInherited: false, Empty: emptyOf(), columns, keys: keyColumn, starts };
  }

  /** Counts the parts of each value. @throws {WireFormatError} when a cell refers to no earlier value */
  private measure({ first, count, names, columns, starts }: ValueGroupRead): void {
    const { sizes, users } = this;
    sizes.fill(1, first, first + count);
    for (const column of columns) {
      for (let i = 0, row = 0; i < column.length; i++) {
        if (names === undefined) while (i >= starts[row + 1]!) row++;
        else row = i;
        const cell = column[i]!;
        if ((cell & 7) !== CELL.value) sizes[first + row]! += 1;
        else if (cell >>> 3 < first) {
          sizes[first + row]! += sizes[cell >>> 3]!;
          if (users[cell >>> 3]! < 2) users[cell >>> 3]!++;
        } else throw new WireFormatError(`a cell refers to value ${cell >>> 3}, there are ${first} before it`);
      }
    }
  }

  private make(index: number): unknown {
    const { first, names, hasInherited, Empty, columns, keys, starts } = this.groupAt(index);
    const row = index - first;
    if (names !== undefined) {
      const record = new Empty();
      for (let k = 0; k < names.length; k++) {
        const cell = columns[k]![row]!;
        const value = ((cell & 7) === CELL.text ? this.texts[cell >>> 3] : undefined) ?? this.below(cell, first);
        if (hasInherited) setOwn(record, names[k]!, value);
        else record[names[k]!] = value;
      }
      return record;
    }
    const column = columns[0]!;
    const start = starts[row]!;
    const end = starts[row + 1]!;
    if (keys !== undefined) return this.map(keys, column, start, end, first);
    const list = new Array<unknown>(end - start);
    for (let k = start; k < end; k++) list[k - start] = this.below(column[k]!, first);
    return list;
  }

  private map(keys: NumberColumn, column: Uint32Array, start: number, end: number, known: number): Fields {
    const map: Fields = {};
    for (let k = start; k < end; k++) {
      const name = this.text(keys[k]!);
      if (Object.hasOwn(map, name)) throw new WireFormatError('a map has one key twice');
      setOwn(map, name, this.below(column[k]!, known));
    }
    return map;
  }
}

/** Of one width, whatever it is in the file: cells are looked at one by one, and code for one width is faster. */
function readCells(bytes: Uint8Array, count: number): Uint32Array {
  const cells = readColumn(bytes, count, 'ValueGroup.cells');
  return cells instanceof Uint32Array ? cells : new Uint32Array(cells);
}

/** A maker of objects like `{}`: the engine finds out how many fields those of one maker get, and gives them room for so many; `{}` has room for four. */
function emptyOf(): new () => Fields {
  function Empty(): void {}
  Empty.prototype = Object.prototype;
  return Empty as unknown as new () => Fields;
}

const NO_STARTS = new Uint32Array(0);

/** Generated code gives null for bytes that are not there in some places, and undefined in others. */
function isThere(bytes: Uint8Array | null | undefined): bytes is Uint8Array {
  return bytes !== null && bytes !== undefined;
}
