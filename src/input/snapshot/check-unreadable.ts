/**
 * Policies and ends that could not be read, in a snapshot: what narrows their scope must be sound, because every verdict in it is unknown and those outside are not.
 */
import { parseAddress } from '../../lib/ip-address.ts';
import type { AdminSubject, AdminTier, LabelSelector, UnreadablePolicy } from '../../model/resource.ts';
import { checkSubject } from '../checks/check-admin-policy.ts';
import { checkSelector } from '../checks/check-selector.ts';
import { Reporter } from '../checks/reporter.ts';
import { isSound } from '../is-sound.ts';
import { faultOfDnsLabel } from '../name-syntax.ts';
import { clusterNetworkPolicy } from '../schemas/admin-policy.ts';
import { labelSelector } from '../schemas/meta.ts';
import type { ObjectShape, Shape } from '../shape.ts';
import { arrayOf, optionalText, refuse, textOf } from './fields.ts';

/** Of v1alpha2, which asks for less than v1alpha1. */
const subjectShape = (clusterNetworkPolicy.fields.get('spec') as ObjectShape).fields.get('subject') as Shape;

/** @throws {WireFormatError} when a part is not what it must be */
export function checkUnreadablePolicy(fields: Readonly<Record<string, unknown>>): Omit<UnreadablePolicy, 'origin' | 'reason'> {
  const { kind, name, namespace, podSelector, directions, tier, priority, subject, ...others } = fields;
  const [unknown] = Object.keys(others);
  // What is left out could be what narrows, or what widens.
  if (unknown !== undefined) refuse('a field of an unreadable policy', unknown);
  if (namespace !== undefined && faultOfDnsLabel(textOf(namespace, 'a namespace')) !== undefined) refuse('a namespace', namespace);
  return {
    kind: textOf(kind, 'a kind'),
    ...optionalText(name, 'name'),
    ...optionalText(namespace, 'namespace'),
    ...(podSelector === undefined ? {} : { podSelector: selectorFrom(podSelector) }),
    ...(directions === undefined ? {} : { directions: directionsFrom(directions) }),
    ...(tier === undefined ? {} : { tier: tier === 'Admin' || tier === 'Baseline' ? (tier as AdminTier) : refuse('a tier', tier) }),
    ...(priority === undefined ? {} : { priority: priorityFrom(priority) }),
    ...(subject === undefined ? {} : { subject: subjectFrom(subject) }),
  };
}

/** @throws {WireFormatError} when they are not addresses */
export function checkUnreadableEnd(addresses: unknown): readonly string[] {
  return arrayOf(addresses, 'addresses').map((each) => {
    const text = textOf(each, 'an address');
    return parseAddress(text) === undefined ? refuse('an address', text) : text;
  });
}

function selectorFrom(value: unknown): LabelSelector {
  const report = new Reporter();
  if (!isSound(labelSelector, value)) return refuse('a selector', value);
  checkSelector(value as LabelSelector, 'podSelector', report);
  return report.failed ? refuse('a selector', value) : (value as LabelSelector);
}

function subjectFrom(value: unknown): AdminSubject {
  const report = new Reporter();
  if (!isSound(subjectShape, value)) return refuse('a subject', value);
  checkSubject(value as AdminSubject, report);
  return report.failed ? refuse('a subject', value) : (value as AdminSubject);
}

function directionsFrom(value: unknown): ('ingress' | 'egress')[] {
  return arrayOf(value, 'directions').map((each) => (each === 'ingress' || each === 'egress' ? each : refuse('a direction', each)));
}

function priorityFrom(value: unknown): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1000 ? (value as number) : refuse('a priority', value);
}
