/**
 * String tables of messages: every text once, everything else refers to it by index.
 */
import { quote } from '../lib/quote.ts';
import { WireFormatError } from './wire-error.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Collects texts while a message is encoded. */
export class TextWriter {
  readonly strings: string[] = [];
  private readonly numbers = new Map<string, number>();

  /**
   * The index of this text.
   * @throws {RangeError} for half a surrogate pair, which UTF-8 cannot hold
   */
  of(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      if (LONE_SURROGATE.test(text)) throw new RangeError(`${quote(text)} has half a surrogate pair and cannot be written as UTF-8`);
      number = this.strings.length;
      this.numbers.set(text, number);
      this.strings.push(text);
    }
    return number;
  }
}

/** Answers indices while a message is decoded. */
export class TextReader {
  private readonly strings: readonly string[];

  constructor(strings: readonly string[]) {
    this.strings = strings;
  }

  /** @throws {WireFormatError} when there is no such text. `what` says whose index it is */
  at(index: number, what: string): string {
    const text = this.strings[index];
    if (text === undefined) throw new WireFormatError(`${what} refers to string ${index}, there are ${this.strings.length}`);
    return text;
  }
}
