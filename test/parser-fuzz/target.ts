/**
 * What is fuzzed: a parser behind one function from bytes to an outcome with a signature. A target throws when the parser breaks a promise; what the parser is allowed to throw it turns into
 * a part of the signature. Inputs with a signature that was not seen before are kept and changed further.
 */
import type { Random } from '../../src/fuzz/random.ts';

export interface Target {
  readonly name: string;
  /** Texts that mean something in the grammar, to be put into inputs. */
  readonly dictionary: readonly string[];
  /** Good inputs to begin with, the same on every call. */
  seeds(): readonly Uint8Array[];
  /** A fresh input from the grammar itself: most of them good, so that what lies behind the checks is reached. */
  generate(random: Random): Uint8Array;
  /** A change that knows the structure, where bytes alone would rarely get past the first check. */
  mutate?(bytes: Uint8Array, random: Random): Uint8Array;
  /**
   * Hands the bytes to the parser and checks what comes out.
   * @throws {Error} whatever it is, it is a defect
   */
  run(bytes: Uint8Array): Outcome;
}

export interface Outcome {
  /** Did the parser make something of the input, without an error? */
  readonly accepted: boolean;
  /** What the parser said, without names, places and numbers. */
  readonly signature: string;
}

export function accepted(signature: string): Outcome {
  return { accepted: true, signature: `accepted ${signature}` };
}

export function refused(signature: string): Outcome {
  return { accepted: false, signature };
}

/** Throws unless the promise holds. `what` is written as a sentence about the parser. */
export function expectThat(holds: boolean, what: string, detail?: () => string): asserts holds {
  if (!holds) throw new Error(detail === undefined ? what : `${what}: ${detail()}`);
}

/** Messages without what changes from input to input. */
export function shapeOf(message: string): string {
  return message
    .slice(0, 400)
    .replace(/`[^`]*`/g, '`')
    .replace(/[0-9]+/g, '0')
    .slice(0, 160);
}

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text, or undefined when the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
