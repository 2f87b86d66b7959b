/**
 * Numbers for policies, rules and atoms, in the order in which reasons are listed: tier, policy, direction, rule, peer, port.
 */
import { GrowableUint32 } from '../lib/growable.ts';
import type { Policy, PolicySet, Rule, Tier } from '../model/policy.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
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
  /** 1: its rule allows. */
  readonly atomAllows = new GrowableUint32();
  /** The tier of each policy, and for each direction, 1 or 0: does it isolate whom it selects? */
  readonly tierOfPolicy = new GrowableUint32();
  readonly isolates: Readonly<Record<Direction, GrowableUint32>> = { ingress: new GrowableUint32(), egress: new GrowableUint32() };

  constructor({ tiers }: PolicySet) {
    const policies: NumberedPolicy[] = [];
    const rules: NumberedRule[] = [];
    let group = -1;
    for (let tier = 0; tier < tiers.length; tier++) {
      const tierPolicies = tiers[tier]!.policies;
      for (let i = 0; i < tierPolicies.length; i++) {
        const policy = tierPolicies[i]!;
        if (i === 0 || policy.rank === undefined || policy.rank !== tierPolicies[i - 1]!.rank) group++;
        const numbered: Record<Direction, readonly number[]> = { ingress: NO_RULES, egress: NO_RULES };
        for (const direction of DIRECTIONS) {
          const first = rules.length;
          for (const rule of policy.rules) if (rule.direction === direction) rules.push({ rule, policy: policies.length, tier });
          if (rules.length > first) numbered[direction] = range(first, rules.length);
          this.isolates[direction].push(Number(policy.isolates[direction]));
        }
        policies.push({ policy, tier, group, rules: numbered });
        this.tierOfPolicy.push(tier);
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
    this.atomAllows.push(Number(this.rules[rule]!.rule.action === 'allow'));
    return this.atomRule.length - 1;
  }
}

const NO_RULES: readonly number[] = [];

/** Most policies have one rule of a direction: its list has no room to grow. */
function range(from: number, to: number): readonly number[] {
  return to - from === 1 ? [from] : Array.from({ length: to - from }, (_, i) => from + i);
}
