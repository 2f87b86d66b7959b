/**
 * A map that is never changed: a change gives a new one, which shares all that stayed with the old. Below lies an ordinary map that all versions share; on it, what has
 * changed since, spread over buckets, of which a change copies one. So a change costs microseconds, however much lies below, and what nobody refers to any more is freed.
 */
export class LayeredMap<V> {
  private readonly below: ReadonlyMap<string, V>;
  /** undefined in a bucket: the key is gone. */
  private readonly buckets: readonly (ReadonlyMap<string, V | undefined> | undefined)[];

  constructor(below: ReadonlyMap<string, V>, buckets: readonly (ReadonlyMap<string, V | undefined> | undefined)[] = NO_BUCKETS) {
    this.below = below;
    this.buckets = buckets;
  }

  get(key: string): V | undefined {
    const changed = this.buckets[bucketOf(key)];
    return changed?.has(key) ? changed.get(key) : this.below.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Has the key had another value, or none, since what lies below? */
  isChanged(key: string): boolean {
    return this.buckets[bucketOf(key)]?.has(key) === true;
  }

  /** This map with another value for the key; undefined takes the key out. */
  with(key: string, value: V | undefined): LayeredMap<V> {
    const number = bucketOf(key);
    const bucket = new Map(this.buckets[number]);
    // What comes and goes leaves nothing behind.
    if (value === undefined && !this.below.has(key)) bucket.delete(key);
    else bucket.set(key, value);
    const buckets = this.buckets.slice();
    buckets[number] = bucket;
    return new LayeredMap(this.below, buckets);
  }

  /** The keys that have changed, in no order that means something, with their values: undefined for those that are gone. */
  *changes(): Iterable<readonly [key: string, value: V | undefined]> {
    for (const bucket of this.buckets) if (bucket !== undefined) yield* bucket;
  }
}

const BUCKETS = 1024;
const NO_BUCKETS: readonly undefined[] = new Array<undefined>(BUCKETS).fill(undefined);

/** FNV-1a over UTF-16 code units. */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}
