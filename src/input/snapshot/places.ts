/**
 * Places of the fields of policies in a snapshot: trees as a PositionTable has them, relative to the object, so that objects of one form share one.
 */

import { GrowableUint32 } from '../../lib/growable.ts';
import { ListInterner } from '../../lib/interner.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import { WireFormatError } from '../../wire/wire-error.ts';
import { PositionTable } from '../position-table.ts';
import { type FieldPath, formatPath } from '../problem.ts';

/** Words of a field: see PositionTable. */
const WORDS = 4;

/** Collects the places of policies; `textOf` numbers the names of fields. */
export class PlaceWriter {
  private readonly trees = new ListInterner();
  private readonly words = new GrowableUint32();
  private readonly textOf: (name: string) => number;

  constructor(textOf: (name: string) => number) {
    this.textOf = textOf;
  }

  /** The number of the tree of this object's places, from 1; 0 when all its fields are where it is itself. */
  add(resource: Resource<object>): number {
    this.words.length = 0;
    this.enter([], 0, resource.object, resource, resource.origin);
    if (this.words.length === WORDS && this.words.get(1) === 0 && this.words.get(2) === 0) return 0;
    return this.trees.intern(this.words.view().slice()) + 1;
  }

  /** All trees, one after the other. */
  finish(): Uint32Array {
    return this.trees.columns().items.slice();
  }

  /** Adds a field and what is below it, unless nothing below is anywhere else than the field above: that is then the nearest known place. */
  private enter(path: FieldPath, key: number, value: unknown, resource: Resource<object>, above: Origin): void {
    const { words } = this;
    const { origin } = resource;
    const found = path.length === 0 ? resource.locate('') : resource.locate(formatPath(path));
    const place = found.file === origin.file ? found : above;
    const start = words.length;
    words.push(key);
    words.push((place.line - origin.line) >>> 0);
    words.push((place.line === origin.line ? place.column - origin.column : place.column) >>> 0);
    words.push(0);
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) this.enter([...path, i], i * 2, item, resource, place);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, field] of Object.entries(value)) this.enter([...path, name], this.textOf(name) * 2 + 1, field, resource, place);
    }
    words.set(start + 3, words.length);
    const isNothingNew = words.length === start + WORDS && place.line === above.line && place.column === above.column;
    if (isNothingNew && path.length > 0) words.length = start;
  }
}

/** Answers places. The trees are checked when it is made. */
export class PlaceReader {
  private readonly words: Uint32Array;
  private readonly texts: readonly string[];
  private readonly starts: readonly number[];

  /** @throws {WireFormatError} when the words are not trees */
  constructor(words: Uint32Array, texts: readonly string[]) {
    this.words = words;
    this.texts = texts;
    this.starts = startsOf(words, texts.length);
  }

  /** The places below one object. @throws {WireFormatError} when there is no such tree */
  of(tree: number, { file, line, column }: Origin): (path: FieldPath) => Origin {
    const start = this.starts[tree - 1];
    if (start === undefined) throw new WireFormatError(`a policy refers to tree of places ${tree}, there are ${this.starts.length}`);
    return (path) => {
      const found = new PositionTable(this.words, start, this.texts).locate(path);
      return { file, line: (line + found.line) >>> 0, column: (found.line === 0 ? column + found.column : found.column) >>> 0 };
    };
  }
}

/** Where each tree begins. Each field must end inside the field that it is in. */
function startsOf(words: Uint32Array, textCount: number): number[] {
  const starts: number[] = [];
  const open: number[] = [];
  let tree = 0;
  for (let at = 0; at < words.length; at += WORDS) {
    while (open.length > 0 && open[open.length - 1] === at) open.pop();
    if (open.length === 0) {
      tree = at;
      starts.push(at);
    }
    const [key, end] = [words[at]!, tree + words[at + 3]!];
    const last = open.length === 0 ? words.length : open[open.length - 1]!;
    if (words.length - at < WORDS || end < at + WORDS || end > last || (end - tree) % WORDS !== 0) {
      throw new WireFormatError(`\`SnapshotContents.places\` has a field at word ${at} that ends at word ${end}, expected up to ${last}`);
    }
    if (key % 2 === 1 && key >>> 1 >= textCount) {
      throw new WireFormatError(`\`SnapshotContents.places\` refers to text ${key >>> 1}, there are ${textCount}`);
    }
    open.push(end);
  }
  return starts;
}
