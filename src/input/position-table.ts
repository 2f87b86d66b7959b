/**
 * Where the fields of one object stand: a tree in one typed array, 16 bytes a field, so that a policy's places can be kept without its text.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import { StringInterner } from '../lib/interner.ts';
import type { FieldPath } from './problem.ts';

/** Words of a field, in order of the text: which child of its parent it is, line, column, and where the next field that is not below it begins. */
const WORDS = 4;

export class PositionTable {
  private readonly words: Uint32Array;
  private readonly base: number;
  private readonly names: readonly string[];

  /** The table begins at `base` of the words; offsets in it count from there. */
  constructor(words: Uint32Array, base: number, names: readonly string[]) {
    this.words = words;
    this.base = base;
    this.names = names;
  }

  /** Line and column of the field, or of the nearest field above it that is there. */
  locate(path: FieldPath): { readonly line: number; readonly column: number } {
    const { words } = this;
    let found = this.base;
    for (const part of path) {
      const child = this.childOf(found, part);
      if (child < 0) break;
      found = child;
    }
    return { line: words[found + 1]!, column: words[found + 2]! };
  }

  private childOf(parent: number, part: string | number): number {
    const { words, base, names } = this;
    const end = base + words[parent + 3]!;
    for (let at = parent + WORDS; at < end; at = base + words[at + 3]!) {
      const key = words[at]!;
      if (typeof part === 'number' ? key === part * 2 : key % 2 === 1 && names[key >>> 1] === part) return at;
    }
    return -1;
  }
}

/** Makes tables, one after the other. Many small tables share an array: each array of its own costs more than what is in it. */
export class PositionWriter {
  private readonly words = new GrowableUint32(1024);
  private readonly open: number[] = [];
  private readonly names = new StringInterner();
  private shared = new Uint32Array(0);
  private used = 0;

  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** Forgets what has been entered since the last table. */
  reset(): void {
    this.words.length = 0;
    this.open.length = 0;
  }

  /** Begins a field: a name in a mapping, an index in a list; the root has the index 0. */
  enter(part: string | number, line: number, column: number): void {
    const { words } = this;
    this.open.push(words.length);
    words.push(typeof part === 'number' ? part * 2 : this.names.intern(part) * 2 + 1);
    words.push(line);
    words.push(column);
    words.push(0);
  }

  leave(): void {
    this.words.set(this.open.pop()! + 3, this.words.length);
  }

  /** The table of what has been entered since the last one. */
  finish(): PositionTable {
    const { length } = this.words;
    if (this.used + length > this.shared.length) {
      this.shared = new Uint32Array(Math.max(length, SHARED_WORDS));
      this.used = 0;
    }
    const base = this.used;
    this.shared.set(this.words.view(), base);
    this.used += length;
    this.reset();
    return new PositionTable(this.shared, base, this.names.strings);
  }
}

const SHARED_WORDS = 16 * 1024;
