/**
 * The rules, as data: the order is that in which they are listed.
 */
import { ADOPTED_RULES } from './adopted.ts';
import type { LintRule } from './finding.ts';
import { hostNetwork } from './rules/host-network.ts';
import { ingressOnly } from './rules/ingress-only.ts';
import { internetExposure } from './rules/internet-exposure.ts';
import { noDefaultDeny } from './rules/no-default-deny.ts';
import { noDns } from './rules/no-dns.ts';
import { noDnsOverTcp } from './rules/no-dns-over-tcp.ts';
import { peerMatchesNothing } from './rules/peer-matches-nothing.ts';
import { redundantHere } from './rules/redundant-here.ts';
import { redundantRule } from './rules/redundant-rule.ts';
import { selectsNothing } from './rules/selects-nothing.ts';
import { serviceAddress } from './rules/service-address.ts';
import { servicePort } from './rules/service-port.ts';
import { systemPods } from './rules/system-pods.ts';
import { undeclaredPort } from './rules/undeclared-port.ts';
import { unknownSuppression } from './rules/unknown-suppression.ts';
import { unreachableHere } from './rules/unreachable-here.ts';
import { unreachableRule } from './rules/unreachable-rule.ts';

export const LINT_RULES: readonly LintRule[] = [
  ...ADOPTED_RULES,
  selectsNothing,
  peerMatchesNothing,
  servicePort,
  serviceAddress,
  hostNetwork,
  noDns,
  systemPods,
  noDefaultDeny,
  redundantRule,
  unreachableRule,
  unknownSuppression(() => LINT_RULES.map(({ id }) => id)),
  ingressOnly,
  internetExposure,
  noDnsOverTcp,
  undeclaredPort,
  redundantHere,
  unreachableHere,
];
