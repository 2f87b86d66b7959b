/**
 * Blocks that are the address of a Service: connections to it are translated to a pod behind it, mostly before policies are applied, and the block matches nothing then.
 */
import { hostPrefix, type IpPrefix } from '../../lib/ip-address.ts';
import { quote } from '../../lib/quote.ts';
import { type LintContext, peerField } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';

export const serviceAddress: LintRule = {
  id: 'service-address',
  severity: 'warning',
  summary: 'an egress rule names the address of a Service, while policies see the pods behind it',
  check,
};

function check(context: LintContext): RuleResult {
  const owners = new Map(
    context.cluster.serviceAddresses.map(({ ip, namespace, name }) => [keyOf(hostPrefix(ip)), `${namespace}/${name}`]),
  );
  const findings: Draft[] = [];
  for (const { policy } of context.read) {
    for (const rule of policy.rules) {
      if (rule.direction !== 'egress') continue;
      for (const [i, peer] of (rule.peers === 'any' ? [] : rule.peers).entries()) {
        const blocks = peer.kind === 'ipBlock' ? [peer.cidr] : peer.kind === 'networks' ? peer.cidrs : [];
        const owner = blocks.map((block) => owners.get(keyOf(block))).find((each) => each !== undefined);
        if (owner === undefined) continue;
        const field = `${peerField(rule, i)}.${peer.kind}`;
        findings.push({
          object: policy.ref,
          field,
          origin: context.placeOf(policy, field),
          message: `this is the address of the Service ${quote(owner)}: policies see the pods behind it, and their ports`,
          hint: 'name the pods behind the Service, with the port that they listen at',
        });
      }
    }
  }
  return { findings };
}

/** Only blocks of one address are keys of the map. */
function keyOf({ words, length }: IpPrefix): string {
  return `${words.join('.')}/${length}`;
}
