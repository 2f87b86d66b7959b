/**
 * Objects with the place where they stood.
 */
import type { Origin } from '../model/origin.ts';
import type { Resource } from '../model/resource.ts';
import { type FieldPath, parsePath } from './problem.ts';

/** Only the object's own place is known. Most objects: nobody asks for the line of a pod's third port. */
export class FixedResource<T> implements Resource<T> {
  readonly object: T;
  readonly origin: Origin;

  constructor(object: T, origin: Origin) {
    this.object = object;
    this.origin = origin;
  }

  locate(_field: string): Origin {
    return this.origin;
  }
}

/** The places of all fields are known. */
export class LocatedResource<T> implements Resource<T> {
  readonly object: T;
  readonly origin: Origin;
  private readonly places: (path: FieldPath) => Origin;

  constructor(object: T, origin: Origin, places: (path: FieldPath) => Origin) {
    this.object = object;
    this.origin = origin;
    this.places = places;
  }

  locate(field: string): Origin {
    return this.places(knownPath(field));
  }
}

/** Paths that were asked for before: those of rules are, in every policy. */
const known = new Map<string, FieldPath>();
const MOST_KNOWN = 1000;

function knownPath(field: string): FieldPath {
  let path = known.get(field);
  if (path === undefined) {
    path = parsePath(field);
    if (known.size < MOST_KNOWN) known.set(field, path);
  }
  return path;
}
