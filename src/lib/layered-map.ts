/**
 * A map that is never changed: a change gives a new one, which shares all that stayed with the old. Below lies an ordinary map that all versions share; on it, what has
 * changed since, as a tree over the hashes of its keys, of which a change copies one path. So a change costs microseconds, however much lies below or has changed, and what nobody refers to any more is freed.
 */
export class LayeredMap<V> {
  private readonly below: ReadonlyMap<string, V>;
  private readonly above: Place<V>;

  constructor(below: ReadonlyMap<string, V>, above?: Place<V>) {
    this.below = below;
    this.above = above;
  }

  get(key: string): V | undefined {
    const entry = this.changeOf(key);
    return entry === undefined ? this.below.get(key) : entry.value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Has the key had another value, or none, since what lies below? */
  isChanged(key: string): boolean {
    return this.changeOf(key) !== undefined;
  }

  /** This map with another value for the key; undefined takes the key out. */
  with(key: string, value: V | undefined): LayeredMap<V> {
    const hash = hashOf(key);
    // What comes and goes leaves nothing behind.
    const isForgotten = value === undefined && !this.below.has(key);
    const above = isForgotten ? taken(this.above, 0, hash, key) : put(this.above, 0, { hash, key, value, next: undefined });
    return new LayeredMap(this.below, above);
  }

  /** The keys that have changed, in no order that means something, with their values: undefined for those that are gone. */
  changes(): Iterable<readonly [key: string, value: V | undefined]> {
    return changesAt(this.above);
  }

  private changeOf(key: string): Entry<V> | undefined {
    const hash = hashOf(key);
    let place = this.above;
    for (let shift = 0; isBranch(place); shift += BRANCH_BITS) place = place[slotOf(hash, shift)];
    return found(place, key);
  }
}

/** What a key has become; undefined: it is gone. */
interface Entry<V> {
  readonly hash: number;
  readonly key: string;
  readonly value: V | undefined;
  /** Another key of the same hash. */
  readonly next: Entry<V> | undefined;
}

/** By some bits of the hash, those of a branch behind those of the branch that it is in. */
type Branch<V> = readonly Place<V>[];
type Place<V> = Branch<V> | Entry<V> | undefined;

const BRANCH_BITS = 4;
const EMPTY_BRANCH: readonly undefined[] = new Array<undefined>(1 << BRANCH_BITS).fill(undefined);

function isBranch<V>(place: Place<V>): place is Branch<V> {
  return Array.isArray(place);
}

function slotOf(hash: number, shift: number): number {
  return (hash >>> shift) & (EMPTY_BRANCH.length - 1);
}

function put<V>(place: Place<V>, shift: number, entry: Entry<V>): Place<V> {
  if (place === undefined) return entry;
  if (isBranch(place)) {
    const slot = slotOf(entry.hash, shift);
    return exchanged(place, slot, put(place[slot], shift + BRANCH_BITS, entry));
  }
  if (place.hash === entry.hash) return { ...entry, next: without(place, entry.key) };
  return put(exchanged(EMPTY_BRANCH, slotOf(place.hash, shift), place), shift, entry);
}

function taken<V>(place: Place<V>, shift: number, hash: number, key: string): Place<V> {
  if (!isBranch(place)) return without(place, key);
  const slot = slotOf(hash, shift);
  const left = exchanged(place, slot, taken(place[slot], shift + BRANCH_BITS, hash, key));
  return left.every((each) => each === undefined) ? undefined : left;
}

function exchanged<V>(branch: Branch<V>, slot: number, place: Place<V>): Branch<V> {
  const copy = branch.slice();
  copy[slot] = place;
  return copy;
}

function found<V>(first: Entry<V> | undefined, key: string): Entry<V> | undefined {
  let entry = first;
  while (entry !== undefined && entry.key !== key) entry = entry.next;
  return entry;
}

function without<V>(first: Entry<V> | undefined, key: string): Entry<V> | undefined {
  let left: Entry<V> | undefined;
  for (let entry = first; entry !== undefined; entry = entry.next) if (entry.key !== key) left = { ...entry, next: left };
  return left;
}

function* changesAt<V>(place: Place<V>): Iterable<readonly [key: string, value: V | undefined]> {
  if (isBranch(place)) for (const each of place) yield* changesAt(each);
  else for (let entry = place; entry !== undefined; entry = entry.next) yield [entry.key, entry.value];
}

/** FNV-1a over UTF-16 code units. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 16);
}
