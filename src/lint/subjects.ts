/**
 * Subject classes of the tables: their pods, and who isolates them.
 */
import { membersOf } from '../lib/grouping.ts';
import type { Policy } from '../model/policy.ts';
import type { Direction } from '../model/protocol.ts';
import { ENDPOINT_POD } from '../tables/layout.ts';
import type { LintContext } from './context.ts';

/** Pods of the class that policies apply to, each once, ascending. */
export function podsOfSubject({ engine }: LintContext, subject: number, direction: Direction = 'egress'): number[] {
  const { columns } = engine.tables;
  const start = columns[`${direction}SubjectMemberStart`];
  const members = membersOf({ start, items: columns[`${direction}SubjectMember`] }, subject);
  const pods = [...members]
    .filter((endpoint) => columns.endpointKind[endpoint] === ENDPOINT_POD)
    .map((endpoint) => columns.endpointObject[endpoint]!);
  return [...new Set(pods)].sort((a, b) => a - b);
}

/** Policies that isolate the pod in the direction. */
export function isolatingPolicies({ catalogue, endpoints, reader }: LintContext, pod: number, direction: Direction): Policy[] {
  return [...reader.isolating(direction, endpoints.podStart[pod]!)].map((number) => catalogue.policies[number]!.policy);
}
