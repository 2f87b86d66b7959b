/**
 * Kubernetes objects that are already in memory -> Manifests. The objects are not changed, and nothing of them is referred to afterwards.
 */
import { UNKNOWN_ORIGIN } from '../model/origin.ts';
import type { Manifests } from '../model/resource.ts';
import { createCollector } from './collector.ts';
import type { Source } from './findings.ts';
import type { InputOptions } from './input-options.ts';

/** Objects have no lines; diagnostics name the object and the field. */
const SOURCE: Source = { origin: UNKNOWN_ORIGIN, locate: () => UNKNOWN_ORIGIN, keepPlaces: () => () => UNKNOWN_ORIGIN };

/**
 * Reads plain objects as the API has them; lists (`kind: List`) among them are flattened.
 * @throws {TypeError} when `objects` is not an array
 * @throws {RangeError} when an option is not what it must be
 */
export function manifestsFromObjects(objects: readonly unknown[], options: InputOptions = {}): Manifests {
  if (!Array.isArray(objects)) throw new TypeError(`expected an array of objects, got ${objects === null ? 'null' : typeof objects}`);
  const collector = createCollector(options);
  const file = collector.openFile(UNKNOWN_ORIGIN.file);
  for (const object of objects) file.add(object, SOURCE);
  if (objects.length > 0) file.end();
  return collector.finish();
}
