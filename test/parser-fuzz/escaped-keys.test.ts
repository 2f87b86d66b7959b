/**
 * A key of JSON is what it says, however its letters are written: with every key escaped, or with one letter of some, a document reads as it does plainly.
 */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/fuzz/random.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { replayLine, SEED } from '../support/seed.ts';
import { contentsOf, hasObjects } from './targets/manifest-contents.ts';
import { escapeLetters, spell, validObjects } from './targets/valid-manifests.ts';

const RUNS = 300;

describe(`escaped keys of JSON (seed ${SEED})`, () => {
  it('writes every letter of a key as an escape', () => {
    expect(escapeLetters('"kind"')).toBe('"\\u006b\\u0069\\u006e\\u0064"');
    expect(spell({ a: [{ b: 'c' }] }, ':', ',', (key) => escapeLetters(key))).toBe('{"\\u0061":[{"\\u0062":"c"}]}');
    expect(escapeLetters('"\\n\\u0041x"')).toBe('"\\n\\u0041\\u0078"');
  });

  it.each([
    ['every letter of every key', false],
    ['letters of some keys', true],
  ])('reads %s escaped as it reads the plain document', (_, some) => {
    const random = createRandom(SEED);
    for (let run = 0; run < RUNS; run++) {
      const objects = validObjects(random);
      const values = random.chance(0.5) ? objects : [{ apiVersion: 'v1', kind: 'List', items: objects }];
      const keyOf = (key: string): string => (!some ? escapeLetters(key) : random.chance(0.3) ? escapeLetters(key, random) : key);
      const plain = parseManifests(values.map((value) => JSON.stringify(value)).join('\n'));
      const text = values.map((value) => spell(value, ':', ',', keyOf)).join('\n');
      expect(hasObjects(plain) || plain.skipped.size > 0, text).toBe(true);
      expect(contentsOf(parseManifests(text)), `${text}\n${replayLine('test/parser-fuzz/escaped-keys.test.ts')}`).toBe(contentsOf(plain));
    }
  });
});
