/**
 * A value whose spelling tells: `on`, `0100`, `1e3`, `80.0`, `null`. Readers of YAML and JSON hand these on as they were written, because YAML 1.1
 * (which Kubernetes reads) and YAML 1.2 (which most editors show) disagree about some of them, and because a rounded number is a wrong number.
 */
export class OddScalar {
  /** As written, without quotes. */
  readonly raw: string;
  /** As Kubernetes reads it. A date is text to Kubernetes. */
  readonly value: boolean | number | null | string;

  constructor(raw: string, value: boolean | number | null | string) {
    this.raw = raw;
    this.value = value;
  }

  /** js-yaml turns keys into text, and plain objects into `[object Object]`; this name keeps it from doing so. */
  get [Symbol.toStringTag](): string {
    return 'OddScalar';
  }

  /** What stands for it where it is a key: no valid key begins with U+0001. */
  toString(): string {
    return `${ODD_KEY}${this.raw}`;
  }
}

/** The first character of a key that was written as a value other than text. */
export const ODD_KEY = '\u0001';

/** The value behind an odd spelling; other values as they are. */
export function plainValue(value: unknown): unknown {
  return value instanceof OddScalar ? value.value : value;
}
