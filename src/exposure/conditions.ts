/**
 * What peers of rules ask of a pod that does not exist yet, numbered: equal conditions have one number. Number 0 is met by every pod.
 */
import { formatPrefix, type IpPrefix, prefixContains } from '../lib/ip-address.ts';
import type { LabelRequirement, PodCondition } from '../matrix/future-pods.ts';
import { NAME_LABEL } from '../model/object-names.ts';
import type { IpBlock, PodMatch, Rule } from '../model/policy.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Requirement, Selector } from '../model/selector.ts';

/** Met by every pod. */
export const EVERY_POD = 0;

export type Condition =
  | { readonly kind: 'labels'; readonly namespace: Selector; readonly pod: Selector }
  | { readonly kind: 'address'; readonly cidr: IpPrefix; readonly except: readonly IpPrefix[] };

/** The peers of a rule, as far as pods can be meant. */
export interface RuleConditions {
  /** Who meets one of these is matched. */
  readonly certain: readonly number[];
  /** Who meets one of these may be matched. */
  readonly open: readonly number[];
}

export class Conditions {
  readonly list: Condition[] = [];
  private readonly profile: CniProfile;
  private readonly numbers = new Map<string, number>();
  private readonly ofRules = new Map<Rule, RuleConditions>();

  constructor(profile: CniProfile) {
    this.profile = profile;
    this.intern({ kind: 'labels', namespace: [], pod: [] });
  }

  ofRule(rule: Rule): RuleConditions {
    let found = this.ofRules.get(rule);
    if (found === undefined) {
      found = this.read(rule);
      this.ofRules.set(rule, found);
    }
    return found;
  }

  get(number: number): Condition {
    return this.list[number]!;
  }

  private read({ peers }: Rule): RuleConditions {
    if (peers === 'any') return { certain: [EVERY_POD], open: [] };
    const certain: number[] = [];
    const open: number[] = [];
    for (const peer of peers) {
      if (peer.kind === 'pods') certain.push(this.intern(labelsOf(peer)));
      else if (peer.kind === 'ipBlock') certain.push(...this.ofBlocks([peer]));
      else if (peer.kind === 'networks') certain.push(...this.ofBlocks(peer.cidrs.map(block)));
      else if (peer.kind === 'domainNames') {
        certain.push(...this.ofBlocks(peer.known.map(block)));
        // An address that nobody knows may be that of a pod.
        if (peer.names.length > 0) open.push(EVERY_POD);
      }
      // Nodes are no pods.
    }
    return { certain: [...new Set(certain)], open };
  }

  private ofBlocks(blocks: readonly Pick<IpBlock, 'cidr' | 'except'>[]): number[] {
    if (!this.profile.ipBlockMatchesPods) return [];
    const left = blocks.filter(({ cidr, except }) => !except.some((each) => prefixContains(each, cidr)));
    return left.map(({ cidr, except }) => this.intern({ kind: 'address', cidr, except }));
  }

  private intern(condition: Condition): number {
    const key = JSON.stringify(condition);
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.list.length;
      this.numbers.set(key, number);
      this.list.push(condition);
    }
    return number;
  }
}

function labelsOf({ namespaces, pods }: PodMatch): Condition {
  if ('selector' in namespaces) return { kind: 'labels', namespace: namespaces.selector, pod: pods };
  return { kind: 'labels', namespace: [{ key: NAME_LABEL, operator: 'in', values: [namespaces.name] }], pod: pods };
}

function block(cidr: IpPrefix): Pick<IpBlock, 'cidr' | 'except'> {
  return { cidr, except: [] };
}

/** As rows have it. */
export function toldCondition(condition: Condition): PodCondition {
  if (condition.kind === 'address')
    return { kind: 'address', cidr: formatPrefix(condition.cidr), except: condition.except.map(formatPrefix) };
  return { kind: 'labels', namespace: condition.namespace.map(toldRequirement), pod: condition.pod.map(toldRequirement) };
}

const OPERATORS = { in: 'In', notIn: 'NotIn', exists: 'Exists', doesNotExist: 'DoesNotExist' } as const satisfies Record<
  Requirement['operator'],
  LabelRequirement['operator']
>;

function toldRequirement({ key, operator, values }: Requirement): LabelRequirement {
  return { key, operator: OPERATORS[operator], values };
}
