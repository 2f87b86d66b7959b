/**
 * Pods that may ask a DNS server over UDP and not over TCP: answers that do not fit into one packet are lost.
 */

import type { LintContext } from '../context.ts';
import { withoutDns } from '../dns.ts';
import type { LintRule, RuleResult } from '../finding.ts';

export const noDnsOverTcp: LintRule = {
  id: 'no-dns-over-tcp',
  severity: 'note',
  summary: 'pods may ask a DNS server over UDP and not over TCP, which long answers need',
  check: (context: LintContext): RuleResult => withoutDns(context, 'TCP'),
};
