/**
 * Where things are: the benches run from source and from `dist-tools/`, so paths are found from the package's root.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `package.json` and `datasets/`. */
export const ROOT: string = findRoot(dirname(fileURLToPath(import.meta.url)));

export const CLUSTERS: string = join(ROOT, 'datasets/clusters');

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'datasets'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('cannot find the root of the package');
  return findRoot(parent);
}
