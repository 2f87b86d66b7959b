/**
 * Protobuf bytes by hand, so that tests can write what no encoder would.
 */
export const VARINT = 0;
export const FIXED_64 = 1;
export const DELIMITED = 2;
export const GROUP_START = 3;
export const GROUP_END = 4;
export const FIXED_32 = 5;

export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

export function tag(field: number, wireType: number): number[] {
  return varint(field * 8 + wireType);
}

/** A field with a varint. */
export function number(field: number, value: number): number[] {
  return [...tag(field, VARINT), ...varint(value)];
}

/** A field with bytes, a text or a message. */
export function delimited(field: number, payload: readonly number[] | string): number[] {
  const bytes = typeof payload === 'string' ? [...new TextEncoder().encode(payload)] : payload;
  return [...tag(field, DELIMITED), ...varint(bytes.length), ...bytes];
}

/** A message with one part so often that it has about this many bytes. */
export function repeated(head: readonly number[], part: readonly number[], sizeBytes: number): Uint8Array {
  const times = Math.floor(sizeBytes / part.length);
  const bytes = new Uint8Array(head.length + times * part.length);
  bytes.set(head);
  for (let i = 0; i < times; i++) bytes.set(part, head.length + i * part.length);
  return bytes;
}
