/**
 * Parsers under fuzz, in short: the kept corpus and some fresh inputs for every target. `npm run fuzz:parsers` runs as many as one likes, in processes of their own.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayLine, SEED } from '../support/seed.ts';
import { readCorpus } from './corpus.ts';
import { fuzzBlock, InputFailure, leastMemoryOfThree, runInput } from './fuzz-block.ts';
import { TARGETS } from './targets.ts';

const CORPUS = join(import.meta.dirname, 'corpus');
const FRESH = 2000;
/** Share of the fresh inputs that each parser must make something of. */
const leastAccepted = (target: string): number => (target === 'yaml' || target === 'json' ? 0.25 : 0.2);

describe.each(TARGETS.map((target) => [target.name, target] as const))(`the parser of %s under fuzz (seed ${SEED})`, (name, target) => {
  const kept = readCorpus(CORPUS, name);

  it('keeps its promises for every input of the corpus', () => {
    expect(kept.length).toBeGreaterThan(5);
    const signatures = kept.map(({ name: input, bytes }) => {
      try {
        return runInput(target, bytes).signature;
      } catch (error) {
        throw new Error(`corpus/${name}/${input}: ${(error as Error).message}`, { cause: error });
      }
    });
    // A corpus whose inputs all end the same way finds nothing.
    expect(new Set(signatures).size).toBeGreaterThan(5);
  });

  it(`keeps its promises for ${FRESH} fresh inputs`, () => {
    const pool = [...target.seeds(), ...kept.map(({ bytes }) => bytes)];
    try {
      const { signatures, accepted } = fuzzBlock(target, pool, SEED, 0, FRESH);
      expect(signatures.size).toBeGreaterThan(5);
      // Inputs that are all refused reach no more than the first checks.
      expect(accepted / FRESH).toBeGreaterThan(leastAccepted(name));
    } catch (error) {
      if (!(error instanceof InputFailure)) throw error;
      const input = Buffer.from(error.bytes).toString('base64');
      throw new Error(`${error.message}\ninput ${error.number} in base64: ${input}\n${replayLine('test/parser-fuzz')}`, { cause: error });
    }
  });
});

it('of the memory that an input seems to take, what is taken by each of three runs is told', () => {
  const leastOf = (taken: readonly number[]) => {
    let memory = 1000;
    const runs = taken.values();
    const least = leastMemoryOfThree(
      () => {
        memory += runs.next().value!;
      },
      () => memory,
    );
    expect(runs.next().done).toBe(true);
    return least;
  };
  expect([leastOf([100, 100, 100]), leastOf([100, 1, 2]), leastOf([2, 100, 1]), leastOf([1, 2, 100]), leastOf([100, -900, 100])]).toEqual([
    100, 1, 1, 1, -900,
  ]);
});
