/**
 * Every law with the file that it stands in, and the catalogue that is made of them.
 */
import { ENCODING_LAWS } from './encodings.ts';
import { EXPLANATION_LAWS } from './explanations.ts';
import { HALF_LAWS } from './halves.ts';
import type { AnyLaw } from './law.ts';
import { NAME_LAWS } from './names.ts';
import { PEER_LAWS } from './peers.ts';
import { POD_LAWS } from './pods.ts';
import { POLICY_LAWS } from './policies.ts';
import { PORT_LAWS } from './ports.ts';
import { REWRITING_LAWS } from './rewriting.ts';
import { SET_LAWS } from './sets.ts';
import { TIER_LAWS } from './tiers.ts';
import { WHOLE_LAWS } from './whole.ts';
import { WORKER_LAWS } from './workers.ts';

const FILES: readonly (readonly [file: string, test: string, laws: readonly AnyLaw[]])[] = [
  ['policies.ts', 'policies.test.ts', POLICY_LAWS],
  ['rewriting.ts', 'policies.test.ts', REWRITING_LAWS],
  ['halves.ts', 'policies.test.ts', HALF_LAWS],
  ['peers.ts', 'rules.test.ts', PEER_LAWS],
  ['ports.ts', 'rules.test.ts', PORT_LAWS],
  ['names.ts', 'objects.test.ts', NAME_LAWS],
  ['pods.ts', 'objects.test.ts', POD_LAWS],
  ['tiers.ts', 'tiers.test.ts', TIER_LAWS],
  ['whole.ts', 'whole.test.ts', WHOLE_LAWS],
  ['workers.ts', 'whole.test.ts', WORKER_LAWS],
  ['explanations.ts', 'whole.test.ts', EXPLANATION_LAWS],
  ['encodings.ts', 'whole.test.ts', ENCODING_LAWS],
  ['sets.ts', 'sets.test.ts', SET_LAWS],
];

export interface CataloguedLaw {
  readonly law: AnyLaw;
  readonly file: string;
  /** The test file that checks it. */
  readonly test: string;
}

const LETTERS = ['N', 'T', 'X', 'S'];

/** In the order of the catalogue: N, T, X, S, by number. */
export const ALL_LAWS: readonly CataloguedLaw[] = FILES.flatMap(([file, test, laws]) => laws.map((law) => ({ law, file, test }))).sort(
  (a, b) => {
    const [one, other] = [a.law.id, b.law.id];
    return LETTERS.indexOf(one.slice(0, 1)) - LETTERS.indexOf(other.slice(0, 1)) || Number(one.slice(1)) - Number(other.slice(1));
  },
);

/** The catalogue as a Markdown table. */
export function catalogueTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = ALL_LAWS.map(
    ({ law: { id, law, precondition }, file }) => `| ${id} | ${cell(law)} | ${cell(precondition)} | \`laws/${file}\` |`,
  );
  return ['| id | law | precondition | file |', '|---|---|---|---|', ...rows].join('\n');
}
