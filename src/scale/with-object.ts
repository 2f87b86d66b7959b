/**
 * Another object at the place of one that was read.
 */
import type { Resource } from '../model/resource.ts';

export function withObject<T>(resource: Resource<T>, object: T): Resource<T> {
  return { object, origin: resource.origin, locate: (field) => resource.locate(field) };
}
