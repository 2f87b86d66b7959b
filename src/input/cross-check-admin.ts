/**
 * Warnings about administrators' policies that need all of them: an order that is not defined, two versions of the API at once, nodes that are not there.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import { refOf } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import type {
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  AdminTier,
  ClusterNetworkPolicyProtocol,
  Maybe,
  Resource,
} from '../model/resource.ts';
import { mayOverlap } from './may-overlap.ts';

type AdminResource = Resource<AdminPolicyObject>;

/** Where a policy names a port. `protocol`: undefined for any. */
export interface NamedPortField {
  readonly field: string;
  readonly port: string;
  readonly protocol: string | undefined;
}

/** `nodesGiven`: are there Node objects? */
export function crossCheckAdmin(policies: readonly AdminResource[], nodesGiven: boolean): Diagnostic[] {
  if (policies.length === 0) return [];
  return [...equalPriorities(policies), ...mixedVersions(policies), ...(nodesGiven ? [] : nodesNotGiven(policies))];
}

/** What the policies of one tier and priority are compared with, at most. Hundreds of them in one place are a mistake that the first warnings show. */
const MOST_COMPARISONS = 100_000;
const MOST_WARNINGS = 20;

/** Where they stand among the others. A BaselineAdminNetworkPolicy is alone, behind all. */
function placeOf({ kind, spec }: AdminPolicyObject): { readonly tier: AdminTier; readonly priority: number } | undefined {
  if (kind === 'ClusterNetworkPolicy') return { tier: spec.tier, priority: spec.priority };
  return kind === 'AdminNetworkPolicy' ? { tier: 'Admin', priority: spec.priority } : undefined;
}

function equalPriorities(policies: readonly AdminResource[]): Diagnostic[] {
  const groups = new Map<string, AdminResource[]>();
  let comparisons = 0;
  let more = 0;
  const diagnostics: Diagnostic[] = [];
  for (const policy of policies) {
    const place = placeOf(policy.object);
    if (place === undefined) continue;
    const key = `${place.tier} ${place.priority}`;
    const before = groups.get(key) ?? [];
    groups.set(key, before);
    const other = comparisons > MOST_COMPARISONS ? undefined : before.find((each) => mayDisagree(each.object, policy.object));
    comparisons += before.length;
    before.push(policy);
    if (other === undefined) continue;
    if (diagnostics.length < MOST_WARNINGS) diagnostics.push(equalPriority(other, policy, place));
    else more++;
  }
  if (more > 0) {
    const { code, severity, origin } = diagnostics.at(-1)!;
    diagnostics.push({ code, severity, message: `${more} more policies have the priority of another one, and are not listed`, origin });
  }
  return diagnostics;
}

function equalPriority(first: AdminResource, second: AdminResource, place: { tier: AdminTier; priority: number }): Diagnostic {
  const { kind, metadata } = first.object;
  return {
    code: 'equal-priority',
    severity: 'warning',
    message: `the ${kind} \`${metadata.name}\` at ${placeText(first.origin)} has the priority ${place.priority} in the tier ${place.tier} too, and both may apply to one pod: which of them comes first is not defined`,
    origin: second.locate('spec.priority'),
    object: refOf(second.object.kind, second.object.metadata),
    field: 'spec.priority',
    hint: 'give them different priorities',
  };
}

/** Do both have rules for one direction that do not all do the same, for subjects that may share a pod? */
function mayDisagree(a: AdminPolicyObject, b: AdminPolicyObject): boolean {
  const matters = (['ingress', 'egress'] as const).some((direction) => {
    const [first, second] = [actionsOf(a, direction), actionsOf(b, direction)];
    return first.size > 0 && second.size > 0 && new Set([...first, ...second]).size > 1;
  });
  return matters && mayOverlap(a.spec.subject, b.spec.subject);
}

/** `Accept` and `Allow` are one. */
function actionsOf({ spec }: AdminPolicyObject, direction: 'ingress' | 'egress'): Set<string> {
  return new Set((spec[direction] ?? []).map(({ action }) => (action === 'Accept' ? 'Allow' : action)));
}

function mixedVersions(policies: readonly AdminResource[]): Diagnostic[] {
  const newer = policies.find(({ object }) => object.kind === 'ClusterNetworkPolicy');
  const older = policies.find(({ object }) => object.kind !== 'ClusterNetworkPolicy');
  if (newer === undefined || older === undefined) return [];
  const { kind, metadata } = older.object;
  return [
    {
      code: 'mixed-admin-apis',
      severity: 'warning',
      message: `the input has policies of v1alpha1, such as this ${kind}, and of v1alpha2, such as the ClusterNetworkPolicy \`${newer.object.metadata.name}\` at ${placeText(newer.origin)}: how they are ordered among each other is not defined; here they share the tiers, and the baseline of v1alpha1 comes last`,
      origin: older.origin,
      object: refOf(kind, metadata),
    },
  ];
}

/** Which addresses nodes have is only known from Node objects. */
function nodesNotGiven(policies: readonly AdminResource[]): Diagnostic[] {
  for (const policy of policies) {
    for (const [i, { to }] of (policy.object.spec.egress ?? []).entries()) {
      const k = to.findIndex(({ nodes }) => nodes);
      if (k < 0) continue;
      const field = `spec.egress[${i}].to[${k}].nodes`;
      const { kind, metadata } = policy.object;
      return [
        {
          code: 'nodes-not-given',
          severity: 'warning',
          message: 'the rule selects nodes, and there are no Node objects in the input: which nodes have which labels is not known',
          origin: policy.locate(field),
          object: refOf(kind, metadata),
          field,
          hint: 'add the Node objects to the input',
        },
      ];
    }
  }
  return [];
}

/** The ports that a policy names, of whatever protocol. */
export function* adminNamedPorts({ spec }: AdminPolicyObject): Iterable<NamedPortField> {
  for (const direction of ['ingress', 'egress'] as const) {
    const rules: readonly {
      readonly protocols?: Maybe<readonly ClusterNetworkPolicyProtocol[]>;
      readonly ports?: Maybe<readonly AdminNetworkPolicyPort[]>;
    }[] = spec[direction] ?? [];
    for (const [i, { protocols, ports }] of rules.entries()) {
      const at = `spec.${direction}[${i}]`;
      for (const [k, { destinationNamedPort: port }] of (protocols ?? []).entries()) {
        if (typeof port === 'string') yield { field: `${at}.protocols[${k}].destinationNamedPort`, port, protocol: undefined };
      }
      for (const [k, { namedPort: port }] of (ports ?? []).entries()) {
        if (typeof port === 'string') yield { field: `${at}.ports[${k}].namedPort`, port, protocol: undefined };
      }
    }
  }
}
