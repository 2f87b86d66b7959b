/**
 * What holds for every policy set and the types cannot say. Checked before one is written and after one is read.
 */
import { quote } from '../lib/quote.ts';
import type { PodMatch, Policy, PolicySet, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { Requirement, Selector } from '../model/selector.ts';
import { WireFormatError } from './wire-error.ts';

const HIGHEST_PORT = 65535;

/** @throws {WireFormatError} for what contradicts the description of `PolicySet` */
export function checkPolicySet({ tiers }: PolicySet): void {
  for (const tier of tiers) {
    checkRanks(tier);
    for (const policy of tier.policies) checkPolicy(policy, tier);
  }
}

/** Policies of one rank stand beside each other. */
function checkRanks({ policies }: Tier): void {
  const seen = new Set<number>();
  let previous: number | undefined;
  for (const { rank, ref } of policies) {
    if (rank !== undefined && rank !== previous && (seen.has(rank) || Number.isNaN(rank))) {
      throw new WireFormatError(`policy ${quote(ref.name)} has rank ${rank}, expected a number, beside others of that rank`);
    }
    if (rank !== undefined) seen.add(rank);
    previous = rank;
  }
}

function checkPolicy({ subject, rules, ref }: Policy, tier: Tier): void {
  checkPodMatch(subject);
  for (const rule of rules) {
    if (tier.match === 'all' && rule.action !== 'allow' && rule.action !== 'unknown') {
      throw new WireFormatError(`policy ${quote(ref.name)} has a rule with action \`${rule.action}\` in a tier where order means nothing`);
    }
    checkRule(rule);
  }
}

function checkRule({ peers, ports, index }: Rule): void {
  if (!Number.isInteger(index) || index < -1 || index > 0x7fffffff) {
    throw new WireFormatError(`a rule has index ${index}, expected -1 to 2^31 - 1`);
  }
  for (const peer of peers === 'any' ? [] : peers) {
    if (peer.kind === 'pods') checkPodMatch(peer);
    if (peer.kind === 'nodes') checkSelector(peer.nodes);
  }
  for (const port of ports === 'any' ? [] : ports) checkPort(port);
}

function checkPodMatch({ namespaces, pods }: PodMatch): void {
  checkSelector(pods);
  if ('selector' in namespaces) checkSelector(namespaces.selector);
}

function checkSelector(selector: Selector): void {
  for (const requirement of selector) checkRequirement(requirement);
}

function checkRequirement({ key, operator, values }: Requirement): void {
  const hasValues = operator === 'in' || operator === 'notIn';
  if (hasValues !== values.length > 0) {
    throw new WireFormatError(`a requirement on ${quote(key)} has operator \`${operator}\` and ${values.length} values`);
  }
  for (let i = 1; i < values.length; i++) {
    if ((values[i] as string) <= (values[i - 1] as string)) {
      throw new WireFormatError(`a requirement on ${quote(key)} has values that are not ascending: ${quote(values[i] as string)}`);
    }
  }
}

function checkPort(port: PortMatch): void {
  if (port.kind === 'named') return;
  const { from, to } = port;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to > HIGHEST_PORT) {
    throw new WireFormatError(`a rule has ports ${from} to ${to}, expected ascending ports up to ${HIGHEST_PORT}`);
  }
}
