/**
 * What is known about names: policies that speak of domain names decide with it.
 */

/** Addresses by name (`example.com`). An entry with an empty list says that the name has none; a name without entry is not known. A key may begin with `*.`. */
export type DomainNameTable = Readonly<Record<string, readonly string[]>> | ReadonlyMap<string, readonly string[]>;

/** Thrown for something that is no such table, has a name that is none, or an address that is none. */
export class DomainNameTableError extends RangeError {
  override readonly name = 'DomainNameTableError';
}
