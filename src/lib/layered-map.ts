/**
 * A map that is never changed: a change gives a new one, which shares all that stayed with the old. Below lies an ordinary map that all versions share; on it, what has
 * changed since, spread over buckets in groups, of which a change copies one each. So a change costs microseconds, however much lies below, and what nobody refers to any more is freed.
 */
export class LayeredMap<V> {
  private readonly below: ReadonlyMap<string, V>;
  /** Groups of buckets. undefined in a bucket: the key is gone. */
  private readonly above: Layer<V>;

  constructor(below: ReadonlyMap<string, V>, above: Layer<V> = []) {
    this.below = below;
    this.above = above;
  }

  get(key: string): V | undefined {
    const changed = this.bucket(bucketOf(key));
    return changed?.has(key) ? changed.get(key) : this.below.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Has the key had another value, or none, since what lies below? */
  isChanged(key: string): boolean {
    return this.bucket(bucketOf(key))?.has(key) === true;
  }

  /** This map with another value for the key; undefined takes the key out. */
  with(key: string, value: V | undefined): LayeredMap<V> {
    const number = bucketOf(key);
    const bucket = new Map(this.bucket(number));
    // What comes and goes leaves nothing behind.
    if (value === undefined && !this.below.has(key)) bucket.delete(key);
    else bucket.set(key, value);
    const group = (this.above[number >>> GROUP_BITS] ?? NO_BUCKETS).with(number & (GROUP - 1), bucket);
    const above = this.above.slice();
    above[number >>> GROUP_BITS] = group;
    return new LayeredMap(this.below, above);
  }

  /** The keys that have changed, in no order that means something, with their values: undefined for those that are gone. */
  *changes(): Iterable<readonly [key: string, value: V | undefined]> {
    for (const group of this.above) for (const bucket of group ?? NO_BUCKETS) if (bucket !== undefined) yield* bucket;
  }

  private bucket(number: number): Bucket<V> | undefined {
    return this.above[number >>> GROUP_BITS]?.[number & (GROUP - 1)];
  }
}

type Bucket<V> = ReadonlyMap<string, V | undefined>;
type Layer<V> = readonly (readonly (Bucket<V> | undefined)[] | undefined)[];

/** As many buckets in a group as there are groups. */
const GROUP_BITS = 5;
const GROUP = 1 << GROUP_BITS;
const NO_BUCKETS: readonly undefined[] = new Array<undefined>(GROUP).fill(undefined);

/** FNV-1a over UTF-16 code units. */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 16)) & (GROUP * GROUP - 1);
}
