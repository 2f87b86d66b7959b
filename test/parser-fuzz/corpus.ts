/**
 * The kept corpus: `corpus/<target>/<name>.input`, small inputs with a signature each, and every input that once broke something, under a name that says what.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeptInput {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** In order of names. */
export function readCorpus(root: string, target: string): readonly KeptInput[] {
  const folder = join(root, target);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const inputs = names.filter((name) => name.endsWith('.input')).sort();
  return inputs.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

export function writeInput(root: string, target: string, name: string, bytes: Uint8Array): string {
  const folder = join(root, target);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.input`);
  writeFileSync(path, bytes);
  return path;
}
