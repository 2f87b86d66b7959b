/**
 * Labels and label selectors: every operator, empty and null values, missing, null and empty lists.
 */
import fc from 'fast-check';
import type { LabelSelector, LabelSelectorRequirement } from '../model/resource.ts';
import type { ClusterSettings } from './settings.ts';

/** Absent, null, or a value; weights of ten. */
export function maybe<T>(value: fc.Arbitrary<T>, weights: { absent?: number; null?: number } = {}): fc.Arbitrary<T | null | undefined> {
  const { absent = 1, null: nothing = 0.5 } = weights;
  return fc.oneof(
    { weight: Math.round((10 - absent - nothing) * 10), arbitrary: value },
    { weight: Math.round(absent * 10), arbitrary: fc.constant(undefined) },
    { weight: Math.round(nothing * 10), arbitrary: fc.constant(null) },
  );
}

/** True with this many tenths. */
export function tenths(weight: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 99 }).map((roll) => roll >= 100 - weight * 10);
}

/** Drops the keys that are undefined, so that absent is absent. */
export function compact<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** An object from entries, keeping keys such as `__proto__` as what they are: keys. */
function objectFrom(entries: readonly (readonly [string, string | null])[]): Record<string, string | null> {
  return Object.fromEntries(entries);
}

export function labels(settings: ClusterSettings, options: { nullValues: boolean }): fc.Arbitrary<Record<string, string | null>> {
  const value: fc.Arbitrary<string | null> = options.nullValues
    ? fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...settings.labelValues) }, { weight: 1, arbitrary: fc.constant(null) })
    : fc.constantFrom(...settings.labelValues);
  const key = fc.constantFrom(...settings.labelKeys.filter((each) => each !== 'kubernetes.io/metadata.name'));
  return fc.uniqueArray(fc.tuple(key, value), { maxLength: 3, selector: ([name]) => name }).map(objectFrom);
}

function requirement(settings: ClusterSettings): fc.Arbitrary<LabelSelectorRequirement> {
  const key = fc.constantFrom(...settings.labelKeys);
  const values = fc.array(fc.constantFrom(...settings.labelValues), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({ key, operator: fc.constantFrom('In' as const, 'NotIn' as const), values }),
    fc
      .record({
        key,
        operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
        values: fc.constantFrom(undefined, null, []),
      })
      .map(compact),
  );
}

/** Empty selectors are frequent: they mean everything, or nothing of the kind, depending on where they stand. */
export function labelSelector(settings: ClusterSettings): fc.Arbitrary<LabelSelector> {
  const matchLabels = fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom(...settings.labelKeys),
        fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...settings.labelValues) }, { weight: 1, arbitrary: fc.constant(null) }),
      ),
      { maxLength: 2, selector: ([key]) => key },
    )
    .map(objectFrom);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 4, arbitrary: matchLabels.map((each) => ({ matchLabels: each })) },
    { weight: 4, arbitrary: fc.array(requirement(settings), { minLength: 1, maxLength: 2 }).map((each) => ({ matchExpressions: each })) },
    {
      weight: 1,
      arbitrary: fc
        .record({ matchLabels: maybe(matchLabels), matchExpressions: maybe(fc.array(requirement(settings), { maxLength: 2 })) })
        .map(compact),
    },
  );
}

/** Selects namespaces: now and then by the label that the control plane sets. */
export function namespaceSelector(settings: ClusterSettings): fc.Arbitrary<LabelSelector> {
  const byName = fc.constantFrom(...settings.namespaces).map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } }));
  const notByName = fc
    .uniqueArray(fc.constantFrom(...settings.namespaces), { minLength: 1, maxLength: 2 })
    .chain((values) =>
      fc
        .constantFrom('In' as const, 'NotIn' as const)
        .map((operator) => ({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values }] })),
    );
  return fc.oneof({ weight: 3, arbitrary: labelSelector(settings) }, { weight: 1, arbitrary: byName }, { weight: 1, arbitrary: notByName });
}
