/**
 * Rules, peers, ports and policies that another one holds whatever pods and addresses there are. NetworkPolicies only add, so that what is held by another can go; what is told here can go all together:
 * of things that hold each other the first stays, and whatever goes is held by something that stays.
 */
import type { Peer, Policy, Rule } from '../model/policy.ts';
import { DIRECTIONS } from '../model/protocol.ts';
import { containsPeer, containsPods, containsPort, containsPorts } from './contains.ts';
import { isNetworkPolicy, isolatesByRules, type LintContext } from './context.ts';

/** A peer of a rule, or the whole rule where it names no peer. */
export interface Part {
  /** Numbers of the catalogue. */
  readonly policyNumber: number;
  readonly ruleNumber: number;
  readonly policy: Policy;
  readonly rule: Rule;
  /** Undefined: the rule names no peer. */
  readonly peerIndex: number | undefined;
  readonly peer: Peer | 'any';
  /** Among all parts. */
  readonly order: number;
}

export interface Covers {
  /** Of each policy that can go, one that isolates at least as much. */
  readonly policies: ReadonlyMap<number, Policy>;
  /** Of each rule that can go, the parts that hold its own. */
  readonly rules: ReadonlyMap<number, readonly Part[]>;
  /** Of other rules: peers that can go, and what holds each. */
  readonly peers: ReadonlyMap<number, ReadonlyMap<number, Part>>;
  /** Of other rules: ports that can go, and which port of the rule holds each. */
  readonly ports: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

const known = new WeakMap<LintContext, Covers>();

export function coversOf(context: LintContext): Covers {
  let covers = known.get(context);
  if (covers === undefined) {
    covers = findCovers(context);
    known.set(context, covers);
  }
  return covers;
}

/** Is a rule the sum of its peers and ports, and a policy that of its rules? Under some profiles one part changes what another means. */
export function partsAreIndependent({ profile }: LintContext): boolean {
  const { enforced, exceptScope, namedPorts } = profile;
  return enforced && exceptScope === 'block' && (namedPorts === 'resolved' || namedPorts === 'policy-rejected');
}

/**
 * Does the rule have to stay whatever it allows? A policy without `policyTypes` isolates egress because it has egress rules: without the last one everything is open. The first that is not held by others stays; where
 * all are held, what holds them isolates the same pods.
 */
export function isNeededToIsolate(context: LintContext, ruleNumber: number): boolean {
  const { catalogue } = context;
  const { rule, policy: number } = catalogue.rules[ruleNumber]!;
  const { policy, rules } = catalogue.policies[number]!;
  if (!isolatesByRules(context, policy, rule)) return false;
  const { rules: held } = coversOf(context);
  const first = rules.egress.find((each) => !held.has(each));
  // A rule as it is written may be several here.
  return first !== undefined && catalogue.rules[first]!.rule.index === rule.index;
}

function findCovers(context: LintContext): Covers {
  const rules = new Map<number, Part[]>();
  const peers = new Map<number, Map<number, Part>>();
  const ports = new Map<number, Map<number, number>>();
  const covers = { policies: new Map<number, Policy>(), rules, peers, ports };
  if (!partsAreIndependent(context)) return covers;
  const policies = context.read.filter(({ policy }) => isNetworkPolicy(policy));
  for (const group of partsByPlace(context, policies)) {
    for (const [ruleNumber, parts] of byRule(group)) {
      const covered = parts.map((part) => ({ part, by: group.find((other) => holds(other, part)) }));
      const all = covered.flatMap(({ by }) => by ?? []);
      if (all.length === parts.length) rules.set(ruleNumber, all);
      else {
        const some = covered.flatMap(({ part, by }) => (by === undefined ? [] : [[part.peerIndex!, by] as const]));
        if (some.length > 0) peers.set(ruleNumber, new Map(some));
        const held = heldPorts(parts[0]!.rule);
        if (held.size > 0) ports.set(ruleNumber, held);
      }
    }
  }
  addPolicies(context, policies, rules, covers.policies);
  return covers;
}

/** Parts that are about one namespace and direction. */
function partsByPlace(
  { catalogue }: LintContext,
  policies: readonly { readonly number: number; readonly policy: Policy }[],
): Iterable<Part[]> {
  const groups = new Map<string, Part[]>();
  let order = 0;
  for (const { number, policy } of policies) {
    for (const direction of DIRECTIONS) {
      const key = `${direction} ${policy.ref.namespace}`;
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      for (const ruleNumber of catalogue.policies[number]!.rules[direction]) {
        const { rule } = catalogue.rules[ruleNumber]!;
        const common = { policyNumber: number, ruleNumber, policy, rule };
        if (rule.peers === 'any') group.push({ ...common, peerIndex: undefined, peer: 'any', order: order++ });
        else for (const [peerIndex, peer] of rule.peers.entries()) group.push({ ...common, peerIndex, peer, order: order++ });
      }
    }
  }
  return groups.values();
}

function byRule(parts: readonly Part[]): Map<number, Part[]> {
  const found = new Map<number, Part[]>();
  for (const part of parts) {
    const ofRule = found.get(part.ruleNumber);
    if (ofRule === undefined) found.set(part.ruleNumber, [part]);
    else ofRule.push(part);
  }
  return found;
}

/** Of parts that hold each other, the first does. */
function holds(outer: Part, inner: Part): boolean {
  return outer !== inner && contains(outer, inner) && (outer.order < inner.order || !contains(inner, outer));
}

function contains(outer: Part, inner: Part): boolean {
  return (
    containsPods(outer.policy.subject, inner.policy.subject) &&
    containsPeer(outer.peer, inner.peer) &&
    containsPorts(outer.rule.ports, inner.rule.ports)
  );
}

function heldPorts({ ports }: Rule): Map<number, number> {
  const held = new Map<number, number>();
  if (ports === 'any') return held;
  for (const [i, port] of ports.entries()) {
    const by = ports.findIndex((other, k) => k !== i && containsPort(other, port) && (k < i || !containsPort(port, other)));
    if (by >= 0) held.set(i, by);
  }
  return held;
}

/** A policy can go when all of its rules can, and another one isolates what it does. */
function addPolicies(
  { catalogue }: LintContext,
  policies: readonly { readonly number: number; readonly policy: Policy }[],
  rules: ReadonlyMap<number, unknown>,
  into: Map<number, Policy>,
): void {
  const byNamespace = new Map<string | undefined, { readonly number: number; readonly policy: Policy }[]>();
  for (const each of policies) byNamespace.set(each.policy.ref.namespace, [...(byNamespace.get(each.policy.ref.namespace) ?? []), each]);
  for (const { number, policy } of policies) {
    const { rules: own } = catalogue.policies[number]!;
    if (!DIRECTIONS.every((direction) => own[direction].every((rule) => rules.has(rule)))) continue;
    const by = byNamespace.get(policy.ref.namespace)!.find(
      (other) =>
        other.number !== number &&
        isolatesAll(other.policy, policy) &&
        // A default deny says what is meant, whoever else isolates.
        (policy.rules.length > 0 || other.policy.rules.length === 0) &&
        (other.number < number || !isolatesAll(policy, other.policy)),
    );
    if (by !== undefined) into.set(number, by.policy);
  }
}

function isolatesAll(outer: Policy, inner: Policy): boolean {
  return (
    DIRECTIONS.every((direction) => outer.isolates[direction] || !inner.isolates[direction]) && containsPods(outer.subject, inner.subject)
  );
}
