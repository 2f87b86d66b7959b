/**
 * What can still be said about an administrator's policy that cannot be read: where it stands among the others, which pods it applies to, in which directions. As for a
 * NetworkPolicy (unreadable.ts), only what is certain narrows the scope.
 */

import type { AdminKind } from '../model/object-names.ts';
import type { Origin } from '../model/origin.ts';
import type { AdminPolicyObject, AdminSubject, UnreadablePolicy } from '../model/resource.ts';
import { checkSubject } from './checks/check-admin-policy.ts';
import { Reporter } from './checks/reporter.ts';
import { isMapping, narrow } from './narrow.ts';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from './schemas/admin-policy.ts';
import type { ObjectShape } from './shape.ts';
import type { TextPool } from './text-pool.ts';
import { unreadableObject } from './unreadable.ts';

const SHAPES: Readonly<Record<AdminKind, ObjectShape>> = {
  ClusterNetworkPolicy: clusterNetworkPolicy,
  AdminNetworkPolicy: adminNetworkPolicy,
  BaselineAdminNetworkPolicy: baselineAdminNetworkPolicy,
};

/** One of the supported version that has errors. */
export function unreadableAdminPolicy(kind: AdminKind, value: unknown, origin: Origin, reason: string, pool: TextPool): UnreadablePolicy {
  const named = unreadableObject(kind, value, origin, reason, pool);
  const spec = isMapping(value) ? value.spec : undefined;
  if (!isMapping(spec)) return named;
  const specShape = SHAPES[kind].fields.get('spec') as ObjectShape;
  const subject = certainSubject(spec.subject, specShape.fields.get('subject') as ObjectShape, pool);
  // A field that is not known may be a mistyped direction.
  const known = Object.keys(spec).every((key) => specShape.fields.has(key));
  const directions = (['ingress', 'egress'] as const).filter((direction) => !known || !hasNoRules(spec[direction]));
  return {
    ...named,
    ...placeAmongOthers(kind, spec),
    ...(subject === undefined ? {} : { subject }),
    ...(directions.length === 2 ? {} : { directions }),
  };
}

/** A valid policy that cannot be trusted for a reason outside it. `subject`: whether the pods it applies to can be trusted. */
export function distrustedAdminPolicy(object: AdminPolicyObject, origin: Origin, reason: string, subject: boolean): UnreadablePolicy {
  const { kind, metadata, spec } = object;
  const directions = (['ingress', 'egress'] as const).filter((direction) => spec[direction]?.length);
  return {
    kind,
    name: metadata.name,
    ...placeAmongOthers(kind, spec),
    ...(subject ? { subject: spec.subject } : {}),
    ...(directions.length === 2 ? {} : { directions }),
    origin,
    reason,
  };
}

/** The tier of the other kinds is in the kind; the baseline has no priority. */
function placeAmongOthers(kind: AdminKind, spec: object): Pick<UnreadablePolicy, 'tier' | 'priority'> {
  const { tier, priority } = spec as { readonly tier?: unknown; readonly priority?: unknown };
  return {
    ...(kind === 'ClusterNetworkPolicy' && (tier === 'Admin' || tier === 'Baseline') ? { tier } : {}),
    ...(kind !== 'BaselineAdminNetworkPolicy' && Number.isInteger(priority) && (priority as number) >= 0 && (priority as number) <= 1000
      ? { priority: priority as number }
      : {}),
  };
}

function hasNoRules(rules: unknown): boolean {
  return rules === undefined || rules === null || (Array.isArray(rules) && rules.length === 0);
}

/** Strictly: what the API server would drop may have been meant to be something else. */
function certainSubject(subject: unknown, shape: ObjectShape, pool: TextPool): AdminSubject | undefined {
  if (!isMapping(subject)) return undefined;
  const { value } = narrow(shape, subject, pool, true);
  if (value === undefined) return undefined;
  const report = new Reporter();
  checkSubject(value as AdminSubject, report);
  return report.failed ? undefined : (value as AdminSubject);
}
