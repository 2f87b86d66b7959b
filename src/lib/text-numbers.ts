/**
 * Numbers for texts of which many are named again and again, mostly in the order in which they came first, as the namespaces of a cluster are: those are found without a map.
 */
export class TextNumbers {
  /** By their numbers. */
  readonly texts: string[];
  /** The number that was found last. */
  private last = 0;
  /** Made when a text is neither what was found last nor what comes behind it. */
  private numbers: Map<string, number> | undefined;

  /** `texts`: the first ones, each once. More are added to them. */
  constructor(texts: string[] = []) {
    this.texts = texts;
  }

  /** The number of a text, the next one where it has none yet. */
  of(text: string): number {
    const { texts, last } = this;
    if (text === texts[last]) return last;
    this.last = text === texts[last + 1] ? last + 1 : this.find(text);
    return this.last;
  }

  /** Texts will be named in their order again, from the first one on. */
  restart(): void {
    this.last = 0;
  }

  private find(text: string): number {
    this.numbers ??= new Map(this.texts.map((each, number) => [each, number]));
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    return number;
  }
}
