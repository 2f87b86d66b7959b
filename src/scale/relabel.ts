/**
 * Names and label values of a copy: everything that belongs to copy 3 ends in `-x3`. In come selectors of the API, out come selectors that mean in the copy what they meant in
 * the original (law N18: an injective renaming changes no verdict), or, for what stands above all copies, that mean it in every copy at once.
 */
import type { AdminSubject, LabelSelector, Manifests, Maybe } from '../model/resource.ts';

type LabelMap = Readonly<Record<string, string | null>>;

/** What copies are told by: an ending that no name and no value of the originals holds. The first is empty: the original. */
export function suffixesFor(manifests: Manifests, copies: number): readonly string[] {
  const texts = textsOf(manifests);
  let mark = '-x';
  while (texts.some((text) => text.includes(mark))) mark += 'x';
  return Array.from({ length: copies }, (_, copy) => (copy === 0 ? '' : `${mark}${copy}`));
}

function textsOf(manifests: Manifests): string[] {
  const { namespaces, pods, nodes, services, networkPolicies, adminPolicies, unreadable } = manifests;
  const objects = [...namespaces, ...pods, ...nodes, ...services, ...networkPolicies, ...adminPolicies].map(
    ({ object }) => object.metadata,
  );
  const labels = [...namespaces, ...pods, ...nodes].flatMap(({ object }) => Object.values(object.metadata.labels ?? {}));
  const placed = pods.map(({ object }) => object.spec?.nodeName ?? '');
  const names = objects.flatMap(({ name, namespace }) => [name, namespace ?? '']);
  return [
    ...names,
    ...placed,
    ...labels.map((value) => value ?? ''),
    ...unreadable.flatMap(({ name, namespace }) => [name ?? '', namespace ?? '']),
  ];
}

export function relabel(labels: Maybe<LabelMap>, suffix: string): Maybe<LabelMap> {
  if (labels === null || labels === undefined) return labels;
  // `fromEntries` makes own properties of all keys, `__proto__` too.
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, `${value ?? ''}${suffix}`]));
}

/** The selector of one copy. Requirements without values (Exists, DoesNotExist) and selectors without requirements stay: they match in every copy. */
export function selectorOfCopy<T extends Maybe<LabelSelector>>(selector: T, suffix: string): T | LabelSelector {
  if (selector === null || selector === undefined) return selector;
  return {
    ...selector,
    matchLabels: relabel(selector.matchLabels, suffix),
    matchExpressions: selector.matchExpressions?.map((each) => ({ ...each, values: each.values?.map((value) => `${value}${suffix}`) })),
  };
}

/** The selector of what stands above all copies: each value in it becomes the values of all copies. */
export function selectorOfAll<T extends Maybe<LabelSelector>>(selector: T, suffixes: readonly string[]): T | LabelSelector {
  if (selector === null || selector === undefined) return selector;
  const all = (value: string | null): string[] => suffixes.map((suffix) => `${value ?? ''}${suffix}`);
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({ key, operator: 'In' as const, values: all(value) }));
  const others = (selector.matchExpressions ?? []).map((each) => ({ ...each, values: each.values?.flatMap(all) }));
  return { matchExpressions: [...equal, ...others] };
}

/** As `selectorOfAll`, of the pods that an administrator's policy speaks of, as its subject or as a peer. */
export function subjectOfAll<T extends AdminSubject>(subject: T, suffixes: readonly string[]): T {
  const { namespaces, pods } = subject;
  return {
    ...subject,
    ...(namespaces === undefined ? {} : { namespaces: selectorOfAll(namespaces, suffixes) }),
    ...(pods === null || pods === undefined
      ? {}
      : {
          pods: {
            ...pods,
            namespaceSelector: selectorOfAll(pods.namespaceSelector, suffixes),
            podSelector: selectorOfAll(pods.podSelector, suffixes),
          },
        }),
  };
}
