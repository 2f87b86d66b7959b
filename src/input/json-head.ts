/**
 * What a JSON object says about itself before it is read: `apiVersion`, `kind`, and whether it is a list.
 */
import type { JsonTokens } from './json-tokens.ts';
import { labels } from './shape.ts';
import { copyText } from './text-pool.ts';

export interface JsonHead {
  apiVersion: unknown;
  kind: unknown;
  /** Offset behind the `[` of `items`, when it came before everything else was known. */
  itemsAt: number;
}

const LONGEST_HEAD = 256;

export class JsonHeads {
  private readonly tokens: JsonTokens;
  /** What the last object began with, up to and with its kind. */
  private last: { readonly text: string; readonly head: JsonHead } | undefined;

  constructor(tokens: JsonTokens) {
    this.tokens = tokens;
  }

  /**
   * `apiVersion` and `kind` of the object that begins here; stops as soon as both are known, or at a list's items. The reader stays where it is, unless
   * there are items.
   */
  read(): JsonHead {
    const { tokens } = this;
    const start = tokens.at;
    // Objects of one kind come in a row, and most begin alike.
    if (this.last !== undefined && tokens.text.startsWith(this.last.text, start)) return this.last.head;
    const head: JsonHead = { apiVersion: undefined, kind: undefined, itemsAt: -1 };
    if (tokens.open(0x7d)) {
      do {
        const key = tokens.readKey();
        if (key === 'apiVersion' || key === 'kind') {
          const value = tokens.readValue(labels, 2);
          if (head[key] !== undefined) break;
          head[key] = value;
          if (typeof head.apiVersion === 'string' && typeof head.kind === 'string' && !head.kind.endsWith('List')) {
            if (tokens.at - start < LONGEST_HEAD) this.last = { text: copyText(tokens.text.slice(start, tokens.at)), head };
            break;
          }
        } else if (key === 'items' && tokens.peek() === 0x5b && mayBeList(head.kind)) {
          head.itemsAt = tokens.at + 1;
          break;
        } else tokens.skipValue(2);
      } while (tokens.more(0x7d));
    }
    tokens.at = head.itemsAt >= 0 ? tokens.at : start;
    return head;
  }
}

/** A kind that is no list may have a field `items`. */
function mayBeList(kind: unknown): boolean {
  return kind === undefined || (typeof kind === 'string' && kind.endsWith('List'));
}
