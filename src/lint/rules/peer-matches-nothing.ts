/**
 * A peer that matches no pod: what it should allow is denied, or what it should deny is not.
 */
import { quote } from '../../lib/quote.ts';
import type { Peer, PodMatch, Policy, Rule } from '../../model/policy.ts';
import { selectorText } from '../../model/selector-text.ts';
import { isolatesByRules, type LintContext, peerField } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { chooseNamespaces, hintText, whatPodsCome } from '../matching.ts';

export const peerMatchesNothing: LintRule = {
  id: 'peer-matches-nothing',
  severity: 'warning',
  summary: 'a peer of a rule matches no pod',
  check,
};

const UNSEEN = 'peers that match no pod of a namespace, or no namespace, of which the input shows too little';

function check(context: LintContext): RuleResult {
  const findings: Draft[] = [];
  const { nothing } = context.knowledge;
  let unseen = 0;
  for (const { policy } of context.read) {
    for (const rule of policy.rules) {
      for (const [i, peer] of (rule.peers === 'any' ? [] : rule.peers).entries()) {
        if (peer.kind !== 'pods') continue;
        if (nothing !== undefined) {
          unseen++;
          continue;
        }
        if (context.podsSelected(peer).length > 0) continue;
        const found = look(context, policy, rule, i, peer);
        if (found === 'unseen') unseen++;
        else if (found !== undefined) findings.push(found);
      }
    }
  }
  return { findings, unchecked: unseen === 0 ? [] : [{ reason: nothing ?? UNSEEN, count: unseen }] };
}

function look(context: LintContext, policy: Policy, rule: Rule, index: number, peer: PodMatch & Peer): Draft | 'unseen' | undefined {
  const chosen = chooseNamespaces(context, peer);
  const seen = whatPodsCome(context, peer.pods, chosen);
  if (seen === 'unseen' || seen === 'later') return seen === 'unseen' ? seen : undefined;
  const field = peerField(rule, index);
  const alone = rule.peers !== 'any' && rule.peers.length === 1;
  const draft = { object: policy.ref, field, origin: context.placeOf(policy, field) };
  if (seen === 'host') {
    const who = rule.direction === 'ingress' ? 'come from' : 'go to';
    return {
      ...draft,
      message: `the peer matches only pods of the host network, which no selector sees: their connections ${who} the addresses of their nodes`,
      hint: 'name the addresses of the nodes in an `ipBlock`',
    };
  }
  const { namespaces, pods } = peer;
  const where =
    'name' in namespaces
      ? `the namespace ${quote(namespaces.name)}`
      : `the namespaces that ${quote(selectorText(namespaces.selector))} selects`;
  const message =
    chosen.names.length === 0
      ? `no namespace has ${quote('selector' in namespaces ? selectorText(namespaces.selector) : '')}: the peer matches nothing`
      : `no pod of ${where} has ${quote(selectorText(pods))}: the peer matches nothing`;
  const keep = isolatesByRules(context, policy, rule) ? ', and write `policyTypes`, as egress rules are what isolates egress here' : '';
  const instead = alone
    ? `mend it, or remove the rule${keep}: without a peer it would match everybody`
    : `mend it, or remove it; a rule without a peer that matches goes as a whole${keep}`;
  return { ...draft, message, hint: hintText(context, peer, chosen) ?? instead };
}
