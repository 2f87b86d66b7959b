/**
 * What can still be said about a policy that cannot be read: which pods it may select, in which directions. Only what is certain narrows the scope; a
 * doubt widens it, because every verdict that the policy could change must become unknown.
 */

import { DEFAULT_NAMESPACE, isClusterScoped } from '../model/object-names.ts';
import type { Origin } from '../model/origin.ts';
import type { LabelSelector, NetworkPolicyObject, UnreadablePolicy } from '../model/resource.ts';
import { checkSelector } from './checks/check-selector.ts';
import { Reporter } from './checks/reporter.ts';
import { faultOfDnsLabel } from './name-syntax.ts';
import { isMapping, narrowWhatCanBe } from './narrow.ts';
import { labelSelector } from './schemas/meta.ts';
import { networkPolicy } from './schemas/network-policy.ts';
import { type ObjectShape, oneOf } from './shape.ts';
import type { TextPool } from './text-pool.ts';

/** A NetworkPolicy of the supported version that has errors. */
export function unreadableNetworkPolicy(value: unknown, origin: Origin, reason: string, pool: TextPool): UnreadablePolicy {
  const spec = isMapping(value) ? value.spec : undefined;
  const selector = isMapping(spec) ? certainSelector(spec, pool) : undefined;
  const directions = isMapping(spec) ? certainDirections(spec) : undefined;
  return {
    ...unreadableObject('NetworkPolicy', value, origin, reason, pool),
    ...(selector === undefined ? {} : { podSelector: selector }),
    ...(directions === undefined ? {} : { directions }),
  };
}

/** Something that is, or may be, a policy, of which only the metadata can be trusted. */
export function unreadableObject(kind: string, value: unknown, origin: Origin, reason: string, pool: TextPool): UnreadablePolicy {
  const metadata = isMapping(value) && isMapping(value.metadata) ? value.metadata : undefined;
  const name = metadata?.name;
  const namespace = metadata === undefined || isClusterScoped(kind) ? undefined : certainNamespace(metadata);
  return {
    kind,
    ...(typeof name === 'string' && name.length <= 253 ? { name: pool.keep(name) } : {}),
    ...(namespace === undefined ? {} : { namespace: pool.keep(namespace) }),
    origin,
    reason,
  };
}

/** A valid policy whose verdicts cannot be trusted for a reason outside it: all of its scope is certain. */
export function distrustedPolicy(
  { metadata, spec }: NetworkPolicyObject,
  namespace: string,
  origin: Origin,
  reason: string,
): UnreadablePolicy {
  const directions = certainDirections(isMapping(spec) ? spec : {});
  return {
    kind: 'NetworkPolicy',
    name: metadata.name,
    namespace,
    podSelector: spec?.podSelector ?? {},
    ...(directions === undefined ? {} : { directions }),
    origin,
    reason,
  };
}

function certainNamespace(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const { namespace } = metadata;
  if (typeof namespace === 'string' && namespace !== '') return faultOfDnsLabel(namespace) === undefined ? namespace : undefined;
  // A field that is not known may be a mistyped `namespace`.
  const fields = (networkPolicy.fields.get('metadata') as ObjectShape).fields;
  const absent =
    (namespace === undefined || namespace === null || namespace === '') && Object.keys(metadata).every((key) => fields.has(key));
  return absent ? DEFAULT_NAMESPACE : undefined;
}

const specFields = (networkPolicy.fields.get('spec') as ObjectShape).fields;

/** Is a field absent, or does something stand there that may be meant to be it? */
function certainlyAbsent(spec: Readonly<Record<string, unknown>>, field: string): boolean {
  return (spec[field] === undefined || spec[field] === null) && Object.keys(spec).every((key) => specFields.has(key));
}

function certainSelector(spec: Readonly<Record<string, unknown>>, pool: TextPool): LabelSelector | undefined {
  if (certainlyAbsent(spec, 'podSelector')) return {};
  if (!isMapping(spec.podSelector)) return undefined;
  const { value, sound } = narrowWhatCanBe(labelSelector, spec.podSelector, pool);
  if (!sound) return undefined;
  const report = new Reporter();
  checkSelector(value as LabelSelector, 'podSelector', report);
  return report.failed ? undefined : (value as LabelSelector);
}

const POLICY_TYPES = oneOf('Ingress', 'Egress');

function certainDirections(spec: Readonly<Record<string, unknown>>): ('ingress' | 'egress')[] | undefined {
  const { policyTypes, egress } = spec;
  const types = Array.isArray(policyTypes) ? (policyTypes as unknown[]) : undefined;
  if (types !== undefined && types.length > 0) {
    if (!types.every((type) => POLICY_TYPES.type === 'enum' && POLICY_TYPES.values.includes(type as string))) return undefined;
    return (['ingress', 'egress'] as const).filter((direction) => types.includes(direction === 'ingress' ? 'Ingress' : 'Egress'));
  }
  const typesAbsent = types?.length === 0 ? Object.keys(spec).every((key) => specFields.has(key)) : certainlyAbsent(spec, 'policyTypes');
  const egressAbsent = Array.isArray(egress) ? egress.length === 0 : certainlyAbsent(spec, 'egress');
  return typesAbsent && egressAbsent ? ['ingress'] : undefined;
}
