/**
 * Pods without an address in the input, such as those that stand for workloads: a block of addresses may match the pods that run. What is told of a zone must hold wherever they are, so every rule by block may match them.
 * Peers of administrators' policies say so by themselves (`Networks`); an ipBlock of a NetworkPolicy does not.
 */
import { type AddressRange, rangesOfBlock } from '../expectations/address-ranges.ts';
import type { Deciding } from '../expectations/deciding.ts';
import { append } from '../lib/append.ts';
import { formatPrefix } from '../lib/ip-address.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Policy, PolicySet, Rule } from '../model/policy.ts';

/** Why such a rule is unknown. */
const ADDRESS_NOT_KNOWN = 'if one of its blocks matches a pod that has no address in the input';

/** Is this what is open? Then it is a rule that allows, and may match. */
export function isOpenBlock({ because }: Deciding): boolean {
  return because === ADDRESS_NOT_KNOWN;
}

/** The addresses that the blocks of each such rule hold, by `ruleKey`. */
export function blocksOfRules({ tiers }: PolicySet): Map<string, AddressRange[]> {
  const found = new Map<string, AddressRange[]>();
  for (const { ref, rules } of tiers.flatMap(({ policies }) => policies)) {
    for (const { direction, index, peers } of rules) {
      for (const peer of peers === 'any' ? [] : peers) {
        if (peer.kind !== 'ipBlock') continue;
        const ranges = rangesOfBlock(formatPrefix(peer.cidr), peer.except.map(formatPrefix));
        for (const range of ranges) append(found, ruleKey({ policy: ref, direction, rule: index }), range);
      }
    }
  }
  return found;
}

export function ruleKey({ policy, direction, rule }: Pick<Deciding, 'direction' | 'policy' | 'rule'>): string {
  return JSON.stringify([policy?.kind, policy?.namespace ?? null, policy?.name, direction, rule]);
}

/** Undefined where nothing is open: every pod has an address, or no rule is by block. */
export function withOpenBlocks(policySet: PolicySet, { pods }: Cluster): PolicySet | undefined {
  if (pods.every(({ ips }) => ips.length > 0)) return undefined;
  let found = false;
  const tiers = policySet.tiers.map((tier) => {
    // Rules of a tier in which the first match decides have no ipBlocks.
    if (tier.match !== 'all') return tier;
    const policies = tier.policies.map((policy): Policy => {
      const rules = policy.rules.flatMap((rule) => openRule(rule) ?? []);
      found ||= rules.length > 0;
      return rules.length === 0 ? policy : { ...policy, rules: [...policy.rules, ...rules] };
    });
    return { ...tier, policies };
  });
  return found ? { ...policySet, tiers } : undefined;
}

/** Beside a rule with blocks, one that is unknown for whoever has no address. */
function openRule({ peers, ...rule }: Rule): Rule | undefined {
  const block = peers === 'any' ? undefined : peers.find(({ kind }) => kind === 'ipBlock');
  if (block === undefined) return undefined;
  return { ...rule, action: 'unknown', peers: [{ kind: 'networks', cidrs: [] }], reason: ADDRESS_NOT_KNOWN };
}
