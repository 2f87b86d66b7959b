/**
 * Are values what their shape says? Asked of whole columns, once for each group of values and shape, because objects of a cluster have few forms. A no may be about another value
 * of the group: then the value itself is looked at.
 */
import type { ValueGroupRead, ValueReader } from '../../wire/value-reader.ts';
import { CELL } from '../../wire/value-writer.ts';
import { isSound } from '../is-sound.ts';
import { TEMPLATE_MARK } from '../narrow.ts';
import type { ObjectShape, Shape } from '../shape.ts';

const NULL = 0;

export class SoundGroups {
  private readonly values: ValueReader;
  private readonly known = new Map<ValueGroupRead, Map<Shape, boolean>>();
  /** By list or map that several values have: the shape it was found to have last. */
  private readonly soundEntries = new Map<number, Shape>();
  /** The group that was found to be sound last, and by which shape. */
  private lastGroup: ValueGroupRead | undefined;
  private lastShape: Shape | undefined;
  /** By text: 0 not looked at, 1 sound, 2 not. */
  private readonly texts: Uint8Array;

  constructor(values: ValueReader) {
    this.values = values;
    this.texts = new Uint8Array(values.texts.length);
  }

  /** Is the value of this cell sound? `shape` has no other fields than it names. */
  isSound(cell: number, shape: Shape): boolean {
    if ((cell & 7) !== CELL.value) return isSound(shape, this.values.at(cell));
    const group = this.values.groupAt(cell >>> 3);
    if (group.names === undefined) return this.isSoundEntry(group, cell >>> 3, shape);
    return this.isSoundGroup(group, shape) || isSound(shape, this.values.at(cell));
  }

  private isSoundGroup(group: ValueGroupRead, shape: Shape): boolean {
    // Objects of one form come in a row.
    if (group === this.lastGroup && shape === this.lastShape) return true;
    let ofGroup = this.known.get(group);
    if (ofGroup === undefined) {
      ofGroup = new Map();
      this.known.set(group, ofGroup);
    }
    let sound = ofGroup.get(shape);
    if (sound === undefined) {
      sound = this.areSound(group, shape);
      ofGroup.set(shape, sound);
    }
    if (sound) {
      this.lastGroup = group;
      this.lastShape = shape;
    }
    return sound;
  }

  private areSound({ names, columns, count }: ValueGroupRead, shape: Shape): boolean {
    if (count === 0 || names === undefined) return false;
    if (shape.type === 'labels') {
      return names.every((name) => !name.includes(TEMPLATE_MARK)) && columns.every((column) => this.areLabelValues(column));
    }
    return shape.type === 'object' && this.areRecords(names, columns, count, shape);
  }

  private areRecords(
    names: readonly string[],
    columns: ValueGroupRead['columns'],
    count: number,
    { fields, required }: ObjectShape,
  ): boolean {
    if (!required.every((name) => names.includes(name))) return false;
    return names.every((name, k) => {
      const field = fields.get(name);
      return field !== undefined && field.type !== 'skipped' && this.areCells(columns[k]!, 0, count, field, !required.includes(name));
    });
  }

  private areCells(column: Uint32Array, start: number, end: number, shape: Shape, mayBeNull: boolean): boolean {
    let lastGroup: ValueGroupRead | undefined;
    let lastScalar = NULL;
    for (let i = start; i < end; i++) {
      const cell = column[i]!;
      if (cell === NULL) {
        if (!mayBeNull) return false;
      } else if ((cell & 7) === CELL.value) {
        const group = this.values.groupAt(cell >>> 3);
        if (group === lastGroup) continue;
        if (group.names === undefined) {
          if (!this.isSoundEntry(group, cell >>> 3, shape)) return false;
        } else {
          if (!this.isSoundGroup(group, shape)) return false;
          lastGroup = group;
        }
      } else if (shape.type === 'string' && (cell & 7) === CELL.text) {
        if (!this.isText(cell >>> 3)) return false;
      } else if (cell !== lastScalar) {
        if (!isSound(shape, this.values.at(cell))) return false;
        lastScalar = cell;
      }
    }
    return true;
  }

  /** Lists and maps of a group need not be of one kind: each is looked at, once. */
  private isSoundEntry(group: ValueGroupRead, value: number, shape: Shape): boolean {
    const isShared = this.values.isShared(value);
    if (isShared && this.soundEntries.get(value) === shape) return true;
    const sound = group.keys === undefined ? this.isSoundList(group, value, shape) : isSound(shape, this.values.at(pack(value)));
    if (sound && isShared) this.soundEntries.set(value, shape);
    return sound;
  }

  private isSoundList({ columns, starts, first }: ValueGroupRead, value: number, shape: Shape): boolean {
    const row = value - first;
    return shape.type === 'list' && this.areCells(columns[0]!, starts[row]!, starts[row + 1]!, shape.items, false);
  }

  private areLabelValues(column: Uint32Array): boolean {
    for (let i = 0; i < column.length; i++) {
      const cell = column[i]!;
      if (cell !== NULL && ((cell & 7) !== CELL.text || !this.isText(cell >>> 3))) return false;
    }
    return true;
  }

  private isText(index: number): boolean {
    if (index < this.texts.length && this.texts[index] === 0) this.texts[index] = isSound(TEXT, this.values.text(index)) ? 1 : 2;
    return this.texts[index] === 1;
  }
}

function pack(value: number): number {
  return ((value << 3) | CELL.value) >>> 0;
}

const TEXT: Shape = { type: 'string' };
