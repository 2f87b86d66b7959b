/**
 * What the policies of one pod let through from or to pods that do not exist yet, at every port.
 */
import type { NamedPort } from '../model/cluster.ts';
import type { Policy, PolicySet } from '../model/policy.ts';
import type { Direction } from '../model/protocol.ts';
import type { BoundTier } from './bindings.ts';
import type { Condition, Conditions } from './conditions.ts';
import { type OpenTerms, openTerms, type PolicyAtPort, type TierAtPort } from './open-terms.ts';
import { isAbout, type PortSlot, portSlots } from './port-slots.ts';
import { EVERYONE, keyOf, type Term, type TermSpace } from './terms.ts';

/** Why policies say nothing about a pod in a direction. */
export type Unprotected = 'no-policy' | 'host-network';

export interface PodExposure {
  readonly unprotected: Unprotected | undefined;
  readonly slots: readonly { readonly slot: PortSlot; readonly terms: OpenTerms }[];
  /** There are ports with more sets of pods than are listed: all is unknown there. */
  readonly tooMany: boolean;
}

/** The pod whose policies are read. */
export interface Subject {
  readonly tiers: readonly BoundTier[];
  readonly namedPorts: readonly NamedPort[];
  /** Families of its addresses; none: it has none, and may get any. */
  readonly families: readonly (4 | 6)[];
}

const NOBODY_KNOWS: OpenTerms = { certain: [], possible: [EVERYONE] };
const EVERYBODY: OpenTerms = { certain: [EVERYONE], possible: [EVERYONE] };

/** All ports are open: no policy is asked. */
export function unprotectedPod(why: Unprotected): PodExposure {
  return { unprotected: why, slots: portSlots([], 'ingress', []).map((slot) => ({ slot, terms: EVERYBODY })), tooMany: false };
}

export class ExposureReader {
  private readonly conditions: Conditions;
  private readonly space: TermSpace;
  private readonly onUnmatched: PolicySet['onUnmatched'];

  constructor(conditions: Conditions, space: TermSpace, { onUnmatched }: PolicySet) {
    this.conditions = conditions;
    this.space = space;
    this.onUnmatched = onUnmatched;
  }

  read(subject: Subject, direction: Direction): PodExposure {
    const policies = subject.tiers.flatMap((tier) => tier.policies);
    const rules = policies.flatMap((policy) => rulesOf(policy, direction));
    if (rules.length === 0 && !policies.some(({ isolates }) => isolates[direction])) return unprotectedPod('no-policy');
    this.space.prepare(new Set(rules.flatMap((rule) => this.conditions.ofRule(rule).certain)));
    const known = new Map<string, OpenTerms | undefined>();
    let tooMany = false;
    const slots = portSlots(rules, direction, subject.namedPorts).map((slot) => {
      const about = rules.map((rule) => isAbout(rule, slot, direction, subject.namedPorts));
      const key = about.join();
      if (!known.has(key)) known.set(key, this.termsAt(subject, slot, direction));
      const terms = known.get(key);
      if (terms === undefined) tooMany = true;
      return { slot, terms: terms ?? NOBODY_KNOWS };
    });
    return { unprotected: undefined, slots, tooMany };
  }

  private termsAt(subject: Subject, slot: PortSlot, direction: Direction): OpenTerms | undefined {
    const tiers = subject.tiers.map(
      ({ match, policies }): TierAtPort => ({
        match,
        isolates: policies.some(({ isolates }) => isolates[direction]),
        policies: policies.map((policy) => this.atPort(policy, subject, slot, direction)),
      }),
    );
    const terms = openTerms(tiers, this.onUnmatched);
    if (terms === undefined) return undefined;
    const certain = this.space.reduced(terms.certain);
    if (terms.possible === terms.certain) return { certain, possible: [] };
    const possible = this.space.reduced(terms.possible);
    return { certain, possible: possible.filter((term) => !certain.some((other) => isSame(term, other) || this.space.isIn(term, other))) };
  }

  private atPort(policy: Policy, subject: Subject, slot: PortSlot, direction: Direction): PolicyAtPort {
    const rules = rulesOf(policy, direction).flatMap((rule) => {
      const about = isAbout(rule, slot, direction, subject.namedPorts);
      if (about === 'no') return [];
      const { certain, open } = this.conditions.ofRule(rule);
      const canBe = (condition: number): boolean => hasFamily(this.conditions.get(condition), subject.families);
      return [{ action: rule.action, certain: certain.filter(canBe), open, certainPort: about === 'yes' }];
    });
    return { rank: policy.rank, rules };
  }
}

/** A connection has one family, and the pod's addresses say which there can be. */
export function hasFamily(condition: Condition, families: readonly (4 | 6)[]): boolean {
  return condition.kind === 'labels' || families.length === 0 || families.includes(condition.cidr.family);
}

export function rulesOf({ rules }: Policy, direction: Direction): Policy['rules'] {
  return rules.filter((rule) => rule.direction === direction && rule.action !== 'log');
}

function isSame(a: Term, b: Term): boolean {
  return keyOf(a) === keyOf(b);
}
