/**
 * Findings that the author of an object has silenced, by an annotation of the object, of its workload or of its namespace. Names that are no rule are findings themselves: a mistyped one silences nothing.
 */
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { objectKey, refOf } from '../model/object-names.ts';
import type { ObjectRef, Origin } from '../model/origin.ts';
import { IGNORE_ANNOTATION, IGNORE_REASON_ANNOTATION, type Manifests, type ObjectMeta, type Resource } from '../model/resource.ts';
import type { Draft, Suppression } from './finding.ts';

export interface Suppressions {
  /** Who has silenced a rule for an object, or for each of the pods that a finding is about (each with its workload). */
  of(rule: string, object: ObjectRef, pods?: readonly (readonly ObjectRef[])[]): Suppression | undefined;
  /** Names that are no rule, `ids` being all that are. */
  unknown(ids: readonly string[]): Draft[];
}

interface Ignoring {
  readonly rules: readonly string[];
  readonly object: ObjectRef;
  readonly origin: Origin;
  readonly reason: string | null;
}

export function suppressionsOf(manifests: Manifests): Suppressions {
  const { namespaces, pods, networkPolicies, adminPolicies, context } = manifests;
  const all = new Map<string, Ignoring>();
  const resources: readonly Resource<{ readonly kind: string; readonly metadata: ObjectMeta }>[][] = [
    [...namespaces],
    [...(context?.workloads ?? [])],
    [...pods],
    [...networkPolicies],
    [...adminPolicies],
  ];
  for (const list of resources) {
    for (const resource of list) {
      const { kind, metadata } = resource.object;
      const text = metadata.annotations?.[IGNORE_ANNOTATION];
      if (!text) continue;
      const object = refOf(kind, metadata);
      const rules = text.split(/[\s,]+/).filter((word) => word !== '');
      const origin = resource.locate('metadata.annotations');
      all.set(objectKey(object), { rules, object, origin, reason: metadata.annotations?.[IGNORE_REASON_ANNOTATION] ?? null });
    }
  }
  return {
    of(rule, object, pods = []) {
      const ignoring = (refs: readonly ObjectRef[]): Ignoring | undefined =>
        refs.map((each) => all.get(objectKey(each))).find((each) => each?.rules.includes(rule));
      const above: ObjectRef[] = object.namespace === undefined ? [] : [{ kind: 'Namespace', name: object.namespace }];
      const ofPods = pods.map(ignoring);
      const found = ignoring([object, ...above]) ?? (ofPods.includes(undefined) ? undefined : ofPods[0]);
      return found === undefined ? undefined : { object: found.object, reason: found.reason };
    },
    unknown: (ids) =>
      [...all.values()].flatMap(({ rules, object, origin }) =>
        rules
          .filter((rule) => !ids.includes(rule))
          .map((rule) => {
            const near = nearest(rule, ids);
            return {
              object,
              field: `metadata.annotations`,
              origin,
              message: `the annotation ${quote(IGNORE_ANNOTATION)} names ${quote(rule)}, which is no rule: it silences nothing`,
              hint: near === undefined ? '`netpolsim lint --rules` lists the rules' : `did you mean ${quote(near)}?`,
              about: rule,
            };
          }),
      ),
  };
}
