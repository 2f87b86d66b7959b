/**
 * Mutants that live, each with the reason why no test can or should kill it. A survivor that is not here fails `npm run mutation`, and so does a row that explains nothing any more.
 */
import { COMPILE_SURVIVORS } from './survivors-compile.ts';
import { EVALUATE_SURVIVORS } from './survivors-evaluate.ts';
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
  ...EVALUATE_SURVIVORS,
  ...REFERENCE_SURVIVORS,
  {
    file: 'src/dialects/label-selector.ts',
    line: 'if (requirements.length < 2) return requirements;',
    replacement: 'false',
    why: 'saves a sort of nothing',
  },
  {
    file: 'src/dialects/label-selector.ts',
    line: 'for (let i = 0; i < Math.min(a.length, b.length); i++) {',
    why: 'past the end of the shorter list there is `undefined`, which compares as equal to everything',
  },
  {
    file: 'src/dialects/network-policy.ts',
    line: 'const texts = peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));',
    why: 'the text that Stryker adds is no CIDR and has no host bits',
  },
];
