/**
 * What is thrown for bytes that are not what they claim to be.
 */

/** Says what was got, what was expected and, where it is known, at which byte. */
export class WireFormatError extends Error {
  override readonly name = 'WireFormatError';
  /** Offset into the bytes that were given, or undefined when no single place is wrong. */
  readonly offset: number | undefined;

  constructor(message: string, offset?: number) {
    super(offset === undefined ? message : `${message} (byte ${offset})`);
    this.offset = offset;
  }
}
