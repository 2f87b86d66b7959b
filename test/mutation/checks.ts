/**
 * The checks that every Stryker mutant meets in one warm process, what kills most first. Instrumented code is several times slower: many worlds, few flows of each.
 * Worlds are drawn and manifests read when this module loads, before any mutant is active.
 */
import { ENGINES } from '../conformance/engines.ts';
import { type Check, differentialChecks, namedCases } from '../mutants/checks.ts';

/** What engine and reference might get wrong together; the other engines are compared by the differential checks. */
const ENGINE_NAMES = ['reference', 'single query with reasons'];

export const CHECKS: readonly Check[] = [
  ...named('quick', differentialChecks({ seed: 1911, worlds: 4, wide: false, decisions: 25, verdicts: 150 })),
  namedCases(ENGINES.filter(({ name }) => ENGINE_NAMES.includes(name))),
  ...named('long', differentialChecks({ seed: 1912, worlds: 10, wide: true, decisions: 40, verdicts: 150 })),
];

function named(length: string, checks: readonly Check[]): Check[] {
  return checks.map(({ name, run }) => ({ name: `${name}, ${length}` as Check['name'], run }));
}
