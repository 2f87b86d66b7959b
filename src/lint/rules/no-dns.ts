/**
 * Pods whose egress is isolated and that may ask no DNS server: connections by name fail. Looked at are pods that may connect to somebody by name: to other pods, or to wide blocks of addresses.
 */

import type { LintContext } from '../context.ts';
import { withoutDns } from '../dns.ts';
import type { LintRule, RuleResult } from '../finding.ts';

export const noDns: LintRule = {
  id: 'no-dns',
  severity: 'warning',
  summary: 'pods that may connect to others by name cannot ask a DNS server',
  check: (context: LintContext): RuleResult => withoutDns(context, 'UDP'),
};
