/**
 * All texts of a message as two fields: their bytes one after the other, and how many each has. A string field for each text would cost more than the text.
 */
import { columnOf, readColumn } from './columns.ts';
import { WireFormatError } from './wire-error.ts';

export interface TextColumn {
  readonly texts: Uint8Array;
  readonly textLengths: Uint8Array;
  readonly textCount: number;
}

/** `texts` have no half of a surrogate pair. */
export function textColumnOf(texts: readonly string[]): TextColumn {
  const encoder = new TextEncoder();
  const joined = texts.join('');
  const bytes = encoder.encode(joined);
  const isAscii = bytes.length === joined.length;
  const lengths = Uint32Array.from(texts, (text) => (isAscii ? text.length : encoder.encode(text).length));
  return { texts: bytes, textLengths: columnOf(lengths), textCount: texts.length };
}

/**
 * The texts of a message. In ASCII they are parts of one string, which lives as long as any of them.
 * @throws {WireFormatError} when the lengths are not those of the bytes, or the bytes are not UTF-8
 */
export function readTexts({ texts: bytes, textLengths, textCount }: TextColumn): string[] {
  const lengths = readColumn(textLengths, textCount, 'SnapshotContents.text_lengths');
  let total = 0;
  for (let i = 0; i < lengths.length; i++) total += lengths[i]!;
  if (total !== bytes.length) {
    throw new WireFormatError(`\`SnapshotContents.texts\` has ${bytes.length} bytes, expected ${total} for ${textCount} texts`);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const joined = decode(decoder, bytes);
  const isAscii = joined.length === bytes.length;
  const texts: string[] = [];
  for (let i = 0, start = 0; i < lengths.length; i++) {
    const end = start + lengths[i]!;
    texts.push(isAscii ? joined.slice(start, end) : decode(decoder, bytes.subarray(start, end)));
    start = end;
  }
  return texts;
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new WireFormatError('`SnapshotContents.texts` holds a text that is not valid UTF-8');
  }
}
