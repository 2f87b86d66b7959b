/**
 * Numbers for policies, rules and atoms, in the order in which reasons are listed: tier, policy, direction, rule, peer, port.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import type { PodMatch, Policy, PolicySet, PortMatch, Rule, Tier } from '../model/policy.ts';
import { DIRECTIONS, type Direction, PROTOCOLS } from '../model/protocol.ts';
import type { Selector } from '../model/selector.ts';
import { NONE_32 } from '../tables/layout.ts';

export interface NumberedPolicy {
  readonly policy: Policy;
  readonly tier: number;
  /** Policies of one group stand beside each other: which comes first is not defined. Most are alone in theirs. */
  readonly group: number;
  /** Rule numbers of each direction, in order. */
  readonly rules: Readonly<Record<Direction, readonly number[]>>;
}

export interface NumberedRule {
  readonly rule: Rule;
  readonly policy: number;
  readonly tier: number;
}

export class Catalogue {
  readonly tiers: readonly Tier[];
  readonly policies: readonly NumberedPolicy[];
  readonly rules: readonly NumberedRule[];
  /** One way in which a rule can match: one of its peers and one of its ports, or NONE_32 where it names none. */
  readonly atomRule = new GrowableUint32();
  readonly atomPeer = new GrowableUint32();
  readonly atomPort = new GrowableUint32();
  /** 1: it is open whether the peer matches. */
  readonly atomOpen = new GrowableUint32();

  constructor({ tiers }: PolicySet) {
    const policies: NumberedPolicy[] = [];
    const rules: NumberedRule[] = [];
    let group = -1;
    for (const [tier, { policies: tierPolicies }] of tiers.entries()) {
      for (const [i, policy] of tierPolicies.entries()) {
        if (i === 0 || policy.rank === undefined || policy.rank !== tierPolicies[i - 1]!.rank) group++;
        const numbered: Record<Direction, readonly number[]> = { ingress: NO_RULES, egress: NO_RULES };
        for (const direction of DIRECTIONS) {
          const first = rules.length;
          for (const rule of policy.rules) if (rule.direction === direction) rules.push({ rule, policy: policies.length, tier });
          if (rules.length > first) numbered[direction] = range(first, rules.length);
        }
        policies.push({ policy, tier, group, rules: numbered });
      }
    }
    this.tiers = tiers;
    this.policies = policies;
    this.rules = rules;
  }

  addAtom(rule: number, peer: number | undefined, port: number | undefined, open: boolean): number {
    this.atomRule.push(rule);
    this.atomPeer.push(peer ?? NONE_32);
    this.atomPort.push(port ?? NONE_32);
    this.atomOpen.push(Number(open));
    return this.atomRule.length - 1;
  }
}

const NO_RULES: readonly number[] = [];

/** Most policies have one rule of a direction: its list has no room to grow. */
function range(from: number, to: number): readonly number[] {
  return to - from === 1 ? [from] : Array.from({ length: to - from }, (_, i) => from + i);
}

/** `protocol/name`, for each protocol that a named port can have. */
export function portNames({ protocol, name }: PortMatch & { readonly kind: 'named' }): readonly string[] {
  return (protocol === 'any' ? PROTOCOLS : [protocol]).map((each) => `${each}/${name}`);
}

/** `protocol/name` of every named port that a rule mentions. */
export function portNamesOf({ tiers }: PolicySet): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { policies } of tiers) {
    for (const { rules } of policies) {
      for (const { ports } of rules) {
        for (const port of ports === 'any' ? [] : ports) {
          if (port.kind === 'named') for (const name of portNames(port)) names.add(name);
        }
      }
    }
  }
  return names;
}

/** Keys of labels that pods and namespaces must have for a selector: others have no use for postings. */
export function labelKeysOf({ tiers }: PolicySet): ReadonlySet<string> {
  const keys = new Set<string>();
  const addAll = (selector: Selector): void => {
    for (const { key, operator } of selector) if (operator === 'in' || operator === 'exists') keys.add(key);
  };
  const add = ({ namespaces, pods }: PodMatch): void => {
    addAll(pods);
    if ('selector' in namespaces) addAll(namespaces.selector);
  };
  for (const { policies } of tiers) {
    for (const { subject, rules } of policies) {
      add(subject);
      for (const { peers } of rules) {
        for (const peer of peers === 'any' ? [] : peers) if (peer.kind === 'pods') add(peer);
      }
    }
  }
  return keys;
}

/** Does any rule select nodes by label? */
export function selectsNodes({ tiers }: PolicySet): boolean {
  return tiers.some(({ policies }) =>
    policies.some(({ rules }) => rules.some(({ peers }) => peers !== 'any' && peers.some(({ kind }) => kind === 'nodes'))),
  );
}
