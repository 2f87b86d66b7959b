/**
 * The shapes that come with netpolsim, from its own folder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { compareText } from '../lib/compare-text.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { parseShape, type Shape, ShapeError } from './shape.ts';

/** The same from `src` and from `dist`; the tools of the repository are built a folder deeper. */
const FOLDER = ['../../datasets/shapes/', '../../../datasets/shapes/']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));

/** Names of the bundled shapes, sorted. @throws what reading a folder throws */
export function shapeNames(): string[] {
  return readdirSync(folder())
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort(compareText);
}

/**
 * A bundled shape.
 * @throws {ShapeError} when there is none of that name
 */
export function loadShape(name: string): Shape {
  const names = shapeNames();
  if (!names.includes(name)) {
    const near = nearest(name, names);
    throw new ShapeError([
      `there is no shape ${quote(name)}: ${near === undefined ? `there are ${names.join(', ')}` : `did you mean \`${near}\`?`}`,
    ]);
  }
  return parseShape(JSON.parse(readFileSync(new URL(`${name}.json`, folder()), 'utf8')));
}

function folder(): URL {
  if (FOLDER === undefined) throw new Error('the folder `datasets/shapes` of netpolsim is missing: install it again');
  return FOLDER;
}
