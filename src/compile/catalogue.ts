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

/** Compiling reads columns; `policies` and `rules` are for those who look at few, and are made when they are asked for. */
export class Catalogue {
  readonly tiers: readonly Tier[];
  readonly policyList: readonly Policy[];
  readonly ruleList: readonly Rule[];
  /** The tier and the group of each policy, and for each direction, 1 or 0: does it isolate whom it selects? */
  readonly tierOfPolicy = new GrowableUint32();
  readonly groupOfPolicy = new GrowableUint32();
  readonly isolates: Readonly<Record<Direction, GrowableUint32>> = { ingress: new GrowableUint32(), egress: new GrowableUint32() };
  readonly policyOfRule = new GrowableUint32();
  /** One way in which a rule can match: one of its peers and one of its ports, or NONE_32 where it names none. */
  readonly atomRule = new GrowableUint32();
  readonly atomPeer = new GrowableUint32();
  readonly atomPort = new GrowableUint32();
  /** 1: it is open whether the peer matches. */
  readonly atomOpen = new GrowableUint32();
  /** 1: its rule allows. */
  readonly atomAllows = new GrowableUint32();
  /** The first rule of each policy in each direction, and one past the last at the end. */
  private readonly firstRule = new GrowableUint32();
  private numberedPolicies: readonly NumberedPolicy[] | undefined;
  private numberedRules: readonly NumberedRule[] | undefined;

  constructor({ tiers }: PolicySet) {
    const list: Policy[] = [];
    const rules: Rule[] = [];
    let group = -1;
    for (let tier = 0; tier < tiers.length; tier++) {
      const { policies } = tiers[tier]!;
      for (let i = 0; i < policies.length; i++) {
        const policy = policies[i]!;
        if (i === 0 || policy.rank === undefined || policy.rank !== policies[i - 1]!.rank) group++;
        this.isolates.ingress.push(Number(policy.isolates.ingress));
        this.isolates.egress.push(Number(policy.isolates.egress));
        this.addRules(policy.rules, 'ingress', list.length, rules);
        this.addRules(policy.rules, 'egress', list.length, rules);
        list.push(policy);
        this.tierOfPolicy.push(tier);
        this.groupOfPolicy.push(group);
      }
    }
    this.firstRule.push(rules.length);
    this.tiers = tiers;
    this.policyList = list;
    this.ruleList = rules;
  }

  get policies(): readonly NumberedPolicy[] {
    this.numberedPolicies ??= this.policyList.map((policy, number) => ({
      policy,
      tier: this.tierOfPolicy.get(number),
      group: this.groupOfPolicy.get(number),
      rules: { ingress: this.rulesOf(number, 'ingress'), egress: this.rulesOf(number, 'egress') },
    }));
    return this.numberedPolicies;
  }

  get rules(): readonly NumberedRule[] {
    this.numberedRules ??= this.ruleList.map((rule, number) => {
      const policy = this.policyOfRule.get(number);
      return { rule, policy, tier: this.tierOfPolicy.get(policy) };
    });
    return this.numberedRules;
  }

  /** The number of the first rule of a policy in a direction, where it has one. */
  rulesFrom(policy: number, direction: Direction): number {
    return this.firstRule.get(policy * DIRECTIONS.length + Number(direction === 'egress'));
  }

  /** One past its last one. */
  rulesTo(policy: number, direction: Direction): number {
    return this.firstRule.get(policy * DIRECTIONS.length + Number(direction === 'egress') + 1);
  }

  addAtom(rule: number, peer: number | undefined, port: number | undefined, open: boolean): number {
    this.atomRule.push(rule);
    this.atomPeer.push(peer ?? NONE_32);
    this.atomPort.push(port ?? NONE_32);
    this.atomOpen.push(Number(open));
    this.atomAllows.push(Number(this.ruleList[rule]!.action === 'allow'));
    return this.atomRule.length - 1;
  }

  private addRules(rules: readonly Rule[], direction: Direction, policy: number, into: Rule[]): void {
    this.firstRule.push(into.length);
    for (let i = 0; i < rules.length; i++) {
      if (rules[i]!.direction !== direction) continue;
      into.push(rules[i]!);
      this.policyOfRule.push(policy);
    }
  }

  private rulesOf(policy: number, direction: Direction): readonly number[] {
    const from = this.rulesFrom(policy, direction);
    return Array.from({ length: this.rulesTo(policy, direction) - from }, (_, i) => from + i);
  }
}
