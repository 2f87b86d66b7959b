/**
 * For every past bug the mistake itself, put into the engine, the reference, or the input that both read. Its case alone must notice it.
 */
import type { Mutant } from './mutant.ts';
import { ADDRESSES_EDITS } from './past-bugs/addresses.ts';
import { MEANING_EDITS } from './past-bugs/meaning.ts';
import { PODS_EDITS } from './past-bugs/pods.ts';
import { PORTS_EDITS } from './past-bugs/ports.ts';

const EDITS = { ...MEANING_EDITS, ...PORTS_EDITS, ...ADDRESSES_EDITS, ...PODS_EDITS };

export const PAST_BUG_MUTANTS: readonly Mutant[] = Object.entries(EDITS).flatMap(([key, edits]) =>
  edits.map(([file, find, replace], i): Mutant => {
    const id = `bug-${key}${edits.length === 1 ? '' : `-${i + 1}`}`;
    return { id, about: `past bug ${key}, in ${file}`, file, find, replace, killedBy: [`past bug ${key}`] };
  }),
);
