/**
 * Mutants that live, each with the reason why no test can or should kill it. A survivor that is not here fails `npm run mutation`, and so does a row that explains nothing any more.
 */
import { COMPILE_SURVIVORS } from './survivors-compile.ts';
import { DIALECT_SURVIVORS } from './survivors-dialects.ts';
import { EVALUATE_SURVIVORS } from './survivors-evaluate.ts';
import { LIB_SURVIVORS } from './survivors-lib.ts';
import { REFERENCE_SURVIVORS } from './survivors-reference.ts';

export interface Explanation {
  /** Source file, from the root. */
  readonly file: string;
  /** The source line that the mutant changes, trimmed. */
  readonly line: string;
  /** What it becomes, as Stryker reports it; left out: every mutant of the line that lives. */
  readonly replacement?: string;
  readonly why: string;
}

export const EXPLANATIONS: readonly Explanation[] = [
  ...COMPILE_SURVIVORS,
  ...DIALECT_SURVIVORS,
  ...EVALUATE_SURVIVORS,
  ...LIB_SURVIVORS,
  ...REFERENCE_SURVIVORS,
];
