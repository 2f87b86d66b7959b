/**
 * Lists of one or more items whose shrinking leaves out every item that is not needed: fast-check's own lists keep some of those behind an item that is.
 */
import fc from 'fast-check';

/** Every length from 1 to `most` is as likely. */
export function shortList<T>(item: fc.Arbitrary<T>, most: number): fc.Arbitrary<readonly T[]> {
  return new ShortList(item, most);
}

/** What each item needs to shrink, by its place. */
type Contexts = readonly unknown[];

class ShortList<T> extends fc.Arbitrary<readonly T[]> {
  private readonly item: fc.Arbitrary<T>;
  private readonly most: number;

  constructor(item: fc.Arbitrary<T>, most: number) {
    super();
    this.item = item;
    this.most = most;
  }

  override generate(random: fc.Random): fc.Value<readonly T[]> {
    const items = Array.from({ length: random.nextInt(1, this.most) }, () => this.item.generate(random, undefined));
    return listOf(
      items.map(({ value }) => value),
      items.map(({ context }) => context),
    );
  }

  override canShrinkWithoutContext(_value: unknown): _value is readonly T[] {
    return false;
  }

  /** One item alone, all but one, then simpler items. */
  override shrink(list: readonly T[], context: unknown): fc.Stream<fc.Value<readonly T[]>> {
    const contexts = context as Contexts;
    const only = (places: readonly number[]): fc.Value<readonly T[]> =>
      listOf(
        places.map((i) => list[i]!),
        places.map((i) => contexts[i]),
      );
    const places = [...list.keys()];
    const shorter = [
      ...(list.length > 2 ? places.map((i) => [i]) : []),
      ...(list.length > 1 ? places.map((i) => places.filter((each) => each !== i)) : []),
    ];
    return fc
      .stream(shorter.map(only)[Symbol.iterator]())
      .join(
        ...places.map((i) =>
          this.item.shrink(list[i]!, contexts[i]).map(({ value, context: next }) => listOf(list.with(i, value), contexts.with(i, next))),
        ),
      );
  }
}

function listOf<T>(items: readonly T[], contexts: Contexts): fc.Value<readonly T[]> {
  return new fc.Value(items, contexts);
}
