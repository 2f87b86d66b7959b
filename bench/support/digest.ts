/**
 * What a number was measured on, short enough for a report: two reports with other digests measured other things.
 */
import { createHash } from 'node:crypto';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** Size and digest of compiled tables. */
export function tableDetails({ buffer }: RuleTables): { readonly tablesBytes: number; readonly tablesSha256: string } {
  return { tablesBytes: buffer.byteLength, tablesSha256: digest(new Uint8Array(buffer)) };
}

export function digest(bytes: Uint8Array): string {
  // In pieces, because hashing refuses shared memory and a copy of large tables would count as peak memory.
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.length; start += 1 << 20) hash.update(bytes.slice(start, start + (1 << 20)));
  return hash.digest('hex').slice(0, 16);
}
