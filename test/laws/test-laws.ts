/**
 * The tests of a list of laws: one for each law, one for each foil.
 */
import { expect, test } from 'vitest';
import { checkProperty } from '../support/check.ts';
import { PATH, SEED } from '../support/seed.ts';
import { engineLab, referenceLab } from './lab.ts';
import {
  type AnyLaw,
  checkLaw,
  describeTallies,
  FOIL_INSTANCES,
  INSTANCES,
  MOVED_INSTANCES,
  noticed,
  REFERENCE_INSTANCES,
  type Tally,
} from './law.ts';

export function testLaws(laws: readonly AnyLaw[], file: string): void {
  const tallies: Tally[] = [];
  test.each(laws.map((law) => ({ ...law, title: `${law.id}: ${law.law}` })))('$title', { timeout: 0 }, (law) => {
    if (PATH !== undefined) {
      for (const lab of [engineLab, ...(law.engineOnly ? [] : [referenceLab])]) {
        checkProperty(law.instance, (instance) => void law.check(instance, lab), { runs: 1, file, print: law.print });
      }
      return;
    }
    const tally = checkLaw(law, INSTANCES, file);
    tallies.push(tally);
    expect(tally.checked, `${tally.void} instances were void`).toBeGreaterThanOrEqual(INSTANCES);
    if (!law.engineOnly) expect(tally.withReference).toBeGreaterThanOrEqual(REFERENCE_INSTANCES);
    if (tally.moved !== undefined) expect(tally.moved, 'instances that change a verdict').toBeGreaterThanOrEqual(MOVED_INSTANCES);
  });

  test.skipIf(PATH !== undefined).each(laws.map((law) => ({ ...law, title: `${law.id} is seen to fail when ${law.foil.wrong}` })))(
    '$title',
    { timeout: 0 },
    (law) => {
      expect(noticed(law), `nobody noticed within ${FOIL_INSTANCES} instances`).toBeDefined();
    },
  );

  test.skipIf(PATH !== undefined)(`and says how much was checked (${laws.length} laws, seed ${SEED})`, () => {
    console.info(describeTallies(tallies));
  });
}
