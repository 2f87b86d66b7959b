/**
 * Applies the edit of a mutant to the text of its file.
 */
import type { Mutant } from './mutant.ts';

/** @throws {RangeError} when the text to find is not there exactly once, or nothing changes */
export function edit({ id, file, find, replace }: Mutant, source: string): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new RangeError(`the mutant \`${id}\` finds its text ${parts.length - 1} times in ${file}, expected once`);
  if (find === replace) throw new RangeError(`the mutant \`${id}\` changes nothing`);
  return parts.join(replace);
}
