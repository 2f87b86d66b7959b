/**
 * The checks that every Stryker mutant meets in one warm process, what kills most first. Worlds are drawn and manifests read when this module loads, before any mutant is active.
 */
import { ENGINES } from '../conformance/engines.ts';
import { PAST_BUGS } from '../conformance/past-bugs/past-bugs.ts';
import { type Check, differentialChecks, namedCases, pastBug } from '../mutants/checks.ts';

/** Each a path of its own through the code; the other engines share theirs with these. */
const ENGINE_NAMES = ['reference', 'single query with reasons', 'batch of verdicts'];
const engines = ENGINES.filter(({ name }) => ENGINE_NAMES.includes(name));

export const CHECKS: readonly Check[] = [
  ...named('quick', differentialChecks({ seed: 1911, worlds: 5, decisions: 60, verdicts: 300 })),
  namedCases(engines),
  ...PAST_BUGS.map((bug) => pastBug(bug, engines)),
  ...named('long', differentialChecks({ seed: 1912, worlds: 14, decisions: 100, verdicts: 600 })),
];

function named(length: string, checks: readonly Check[]): Check[] {
  return checks.map(({ name, run }) => ({ name: `${name}, ${length}` as Check['name'], run }));
}
