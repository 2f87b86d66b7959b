/**
 * The objects of every bundled shape are those that they have always been, for the seed of the shape and for another: a digest of each, at a small scale. A digest that changes changes
 * what benchmarks have measured. `UPDATE_DIGESTS=1 npx vitest run test/shapes/digests.test.ts` writes them anew.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeUpdates } from '../../src/shapes/encode.ts';
import { loadShape, shapeNames } from '../../src/shapes/load-shape.ts';
import { shapeObjects, shapeUpdates } from '../../src/shapes/shape.ts';

const FILE = new URL('./digests.json', import.meta.url);
const SCALE = 0.02;
const OTHER_SEED = 2 ** 40 + 7;

function digest(name: string, seed?: number): string {
  const shape = loadShape(name);
  const options = { scale: SCALE, ...(seed === undefined ? {} : { seed }) };
  const hash = createHash('sha256');
  for (const object of shapeObjects(shape, options)) hash.update(JSON.stringify(object));
  if (shape.changes) for (const line of encodeUpdates(shapeUpdates(shape, options))) hash.update(line);
  return hash.digest('hex').slice(0, 16);
}

const found = Object.fromEntries(shapeNames().map((name) => [name, [digest(name), digest(name, OTHER_SEED)]]));
if (process.env.UPDATE_DIGESTS === '1')
  writeFileSync(
    FILE,
    `{\n${Object.entries(found)
      .map(([name, [first, other]]) => `  "${name}": ["${first}", "${other}"]`)
      .join(',\n')}\n}\n`,
  );
const known = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, readonly string[]>>;

describe('digests', () => {
  it.each(shapeNames())('%s', (name) => {
    expect(found[name]).toEqual(known[name]);
    expect([digest(name), digest(name, OTHER_SEED)]).toEqual(found[name]);
  });

  it('depend on the seed where something is drawn', () => {
    const drawn = Object.entries(found).filter(([, [first, other]]) => first !== other);
    // The others say all there is to say: kube-burner's windows, the counters of Calico's snapshots, the load test.
    const fixed = shapeNames().filter((name) => !drawn.some(([each]) => each === name));
    expect(fixed).toEqual([
      'calico-netsets-10k',
      'calico-netsets-1k',
      'calico-snapshot',
      'cluster-load',
      'kube-burner-example',
      'kube-burner-ocp',
      'kube-burner-ocp-large',
    ]);
  });
});
