/**
 * Strings that outlive the text they were read from. JavaScript engines let a part of a string refer to the whole, so that one label could keep a
 * megabyte of file in memory; what is kept is copied, and equal texts are kept once.
 */

/** Shorter parts are copied by the engine itself (V8: SlicedString::kMinLength is 13). */
const SHORTEST_REFERENCE = 13;
/** A bound on what the pool itself holds; beyond it, equal texts are again kept more than once. */
const LARGEST_POOL = 65_536;

/** The same text, without a reference to a larger one. */
export function copyText(text: string): string {
  return text.length < SHORTEST_REFERENCE ? text : ` ${text}`.slice(1);
}

export class TextPool {
  private readonly texts = new Map<string, string>();

  /** The same text, once; without a reference to a larger one. For texts that repeat. */
  keep(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const copy = copyText(text);
    if (this.texts.size >= LARGEST_POOL) this.texts.clear();
    this.texts.set(copy, copy);
    return copy;
  }
}
