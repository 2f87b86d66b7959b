/**
 * Columns -> values as JSON has them (proto/netpolsim/v1/snapshot.proto). Equal values become one object that all who have it share; nothing may change them. Values
 * can only be in later ones, so nothing is in itself; how much a value would be if nothing were shared is counted, because whoever walks through it meets it all.
 */
import { setOwn } from '../lib/set-own.ts';
import { readColumn } from './columns.ts';
import { type Types, v1 } from './messages.ts';
import { present } from './parts.ts';
import { CELL, CONSTANTS } from './value-writer.ts';
import { WireFormatError } from './wire-error.ts';

type Fields = Record<string, unknown>;

export class ValueReader {
  private readonly texts: readonly string[];
  private readonly values: unknown[] = [];
  private readonly sizes: number[] = [];
  /** Values from this one on are not there yet. */
  private known = 0;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  /** Reads the next group. @throws {WireFormatError} when it is not one */
  addGroup(bytes: Uint8Array): void {
    const group = v1.ValueGroup.decode(bytes);
    const { keys, lengths } = group;
    if (isThere(lengths)) this.addEntries(group, readColumn(lengths, present(group.count), 'ValueGroup.lengths'));
    else if (isThere(keys)) this.addRecords(group, keys);
    else throw new WireFormatError('ValueGroup has none of `keys`, `lengths`, expected at least one');
    this.known = this.values.length;
  }

  /** What a cell stands for. @throws {WireFormatError} when it stands for nothing */
  at(cell: number): unknown {
    const index = cell >>> 3;
    switch (cell & 7) {
      case CELL.text:
        return this.text(index);
      case CELL.value:
        if (index >= this.known) throw new WireFormatError(`a cell refers to value ${index}, there are ${this.known} before it`);
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

  /** How many parts a cell has, itself included, where what is shared counts each time. */
  sizeOf(cell: number): number {
    return (cell & 7) === CELL.value ? this.sizes[cell >>> 3]! : 1;
  }

  text(index: number): string {
    const text = this.texts[index];
    if (text === undefined) throw new WireFormatError(`a cell or key refers to text ${index}, there are ${this.texts.length}`);
    return text;
  }

  private addRecords({ count, cells }: Types.v1.ValueGroup.$Properties, keyColumn: Uint8Array): void {
    const rows = present(count);
    const columns = (cells ?? []).map((cell) => readColumn(cell, rows, 'ValueGroup.cells'));
    if (columns.length === 0) throw new WireFormatError('`ValueGroup.cells` is empty for records, expected a column for each field');
    const names = Array.from(readColumn(keyColumn, columns.length, 'ValueGroup.keys'), (key) => this.text(key));
    if (new Set(names).size !== names.length) throw new WireFormatError('a record has one field twice');
    for (let row = 0; row < rows; row++) {
      const record: Fields = {};
      let size = 1;
      for (let k = 0; k < columns.length; k++) {
        const cell = columns[k]![row]!;
        setOwn(record, names[k]!, this.at(cell));
        size += this.sizeOf(cell);
      }
      this.values.push(record);
      this.sizes.push(size);
    }
  }

  private addEntries({ keys, cells }: Types.v1.ValueGroup.$Properties, lengths: Uint32Array): void {
    let total = 0;
    for (let i = 0; i < lengths.length; i++) total += lengths[i]!;
    if (cells?.length !== 1)
      throw new WireFormatError(`\`ValueGroup.cells\` has ${cells?.length ?? 0} columns for lists or maps, expected 1`);
    const column = readColumn(cells[0]!, total, 'ValueGroup.cells');
    const names = isThere(keys) ? readColumn(keys, total, 'ValueGroup.keys') : undefined;
    for (let i = 0, start = 0; i < lengths.length; i++) {
      const end = start + lengths[i]!;
      let size = 1;
      for (let k = start; k < end; k++) size += this.sizeOf(this.checked(column[k]!));
      this.values.push(names === undefined ? this.list(column, start, end) : this.map(names, column, start, end));
      this.sizes.push(size);
      start = end;
    }
  }

  private checked(cell: number): number {
    this.at(cell);
    return cell;
  }

  private list(column: Uint32Array, start: number, end: number): unknown[] {
    const list: unknown[] = [];
    for (let k = start; k < end; k++) list.push(this.at(column[k]!));
    return list;
  }

  private map(names: Uint32Array, column: Uint32Array, start: number, end: number): Fields {
    const map: Fields = {};
    for (let k = start; k < end; k++) {
      const name = this.text(names[k]!);
      if (Object.hasOwn(map, name)) throw new WireFormatError('a map has one key twice');
      setOwn(map, name, this.at(column[k]!));
    }
    return map;
  }
}

/** Generated code gives null for bytes that are not there in some places, and undefined in others. */
function isThere(bytes: Uint8Array | null | undefined): bytes is Uint8Array {
  return bytes !== null && bytes !== undefined;
}
