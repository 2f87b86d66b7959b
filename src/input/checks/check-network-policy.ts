/**
 * The meaning of NetworkPolicy fields (pkg/apis/networking/validation ValidateNetworkPolicySpec; networkpolicy-semantics b.10), and what is probably
 * not meant although it is allowed.
 */
import { type ParsedPrefix, prefixContains } from '../../lib/ip-address.ts';
import { quote } from '../../lib/quote.ts';
import type {
  Maybe,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../model/resource.ts';
import { faultOfPortName, faultOfPortNumber, LAST_PORT } from '../name-syntax.ts';
import { checkCidr } from './check-cidr.ts';
import { checkSelector } from './check-selector.ts';
import { checkEach, type Reporter } from './reporter.ts';

type IpBlockObject = NonNullable<NetworkPolicyPeer['ipBlock']>;

export function checkNetworkPolicy({ spec }: NetworkPolicyObject, report: Reporter): void {
  if (!spec) {
    report.warn('empty-spec', ['spec'], 'the policy has no `spec`: it denies all ingress of every pod in its namespace');
    return;
  }
  report.enter('spec');
  if (spec.podSelector === null) {
    const hint = 'write `podSelector: {}`';
    report.warn('null-selector', ['podSelector'], '`podSelector` is null and selects every pod of the namespace', hint);
  }
  checkSelector(spec.podSelector, 'podSelector', report);
  checkPolicyTypes(spec, report);
  checkEach(spec.ingress, 'ingress', report, checkIngress);
  checkEach(spec.egress, 'egress', report, checkEgress);
  report.leave();
}

function checkPolicyTypes({ policyTypes, ingress, egress }: NetworkPolicySpec, report: Reporter): void {
  const types = policyTypes ?? [];
  if (types.length === 0) return;
  if (types.length > 2) report.error('too-many-policy-types', ['policyTypes'], `found ${types.length} entries, at most 2 are allowed`);
  else if (types[0] === types[1]) report.warn('duplicate-policy-type', ['policyTypes'], `\`${types[0]}\` is written twice`);
  if (ingress?.length && !types.includes('Ingress')) {
    report.warn('rules-without-effect', ['ingress'], '`policyTypes` does not hold `Ingress`: the ingress rules have no effect');
  }
  if (egress?.length && !types.includes('Egress')) {
    report.warn('rules-without-effect', ['egress'], '`policyTypes` does not hold `Egress`: the egress rules have no effect');
  }
}

function checkIngress({ from, ports }: NetworkPolicyIngressRule, report: Reporter): void {
  checkRule(from, ports, 'from', report);
}

function checkEgress({ to, ports }: NetworkPolicyEgressRule, report: Reporter): void {
  checkRule(to, ports, 'to', report);
}

function checkRule(
  peers: Maybe<readonly NetworkPolicyPeer[]>,
  ports: Maybe<readonly NetworkPolicyPort[]>,
  peerField: 'from' | 'to',
  report: Reporter,
): void {
  if (isEmpty(peers)) {
    const message = `an empty \`${peerField}\` is no restriction: the rule matches every peer, outside the cluster too`;
    report.warn('empty-peers', [peerField], message, 'when every peer is meant, leave it out');
  }
  if (isEmpty(ports)) {
    report.warn(
      'empty-ports',
      ['ports'],
      'an empty `ports` is no restriction: the rule matches every port',
      'when every port is meant, leave it out',
    );
  }
  checkEach(peers, peerField, report, checkPeer);
  checkEach(ports, 'ports', report, checkPort);
}

/** Written, and with nothing in it: `[]` or null, which YAML has where lines are missing. */
function isEmpty(items: Maybe<readonly unknown[]>): boolean {
  return items === null || items?.length === 0;
}

function checkPeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, report: Reporter): void {
  if (!podSelector && !namespaceSelector && !ipBlock) {
    const message = 'the peer names nothing, expected `podSelector`, `namespaceSelector` or `ipBlock`';
    report.error('empty-peer', [], message, 'for every peer, leave the list out');
  }
  if (ipBlock && (podSelector || namespaceSelector)) {
    const other = podSelector ? 'podSelector' : 'namespaceSelector';
    report.error('ambiguous-peer', [], `\`ipBlock\` and \`${other}\` are in one peer, expected one or the other`, 'write two list items');
  }
  if (podSelector === null && namespaceSelector) {
    const message = '`podSelector` is null and selects every pod of the namespaces';
    report.warn('null-selector', ['podSelector'], message, 'leave it out, or write `podSelector: {}`');
  }
  if (namespaceSelector === null && podSelector) {
    const message = "`namespaceSelector` is null: only the policy's own namespace is selected";
    report.warn('null-selector', ['namespaceSelector'], message, 'leave it out, or for every namespace write `namespaceSelector: {}`');
  }
  checkSelector(podSelector, 'podSelector', report);
  checkSelector(namespaceSelector, 'namespaceSelector', report);
  if (ipBlock) checkIpBlock(ipBlock, report);
}

const HOST_BITS = 'new API servers reject it, older ones ignore those bits';

function checkIpBlock({ cidr, except }: IpBlockObject, report: Reporter): void {
  report.enter('ipBlock');
  const block = checkCidr(cidr, ['cidr'], HOST_BITS, report);
  if (except === null) {
    report.warn(
      'null-except',
      ['except'],
      '`except` is null: nothing is left out of the block',
      'leave it out, or write the exceptions that are meant',
    );
  }
  checkEach(except, 'except', report, (text) => {
    const inner = checkCidr(text, [], HOST_BITS, report);
    if (inner !== undefined && block !== undefined) checkExcept(inner, block, text, cidr, report);
  });
  report.leave();
}

function checkExcept(inner: ParsedPrefix, outer: ParsedPrefix, except: string, cidr: string, report: Reporter): void {
  const found = `the exception ${quote(except)}`;
  if (inner.prefix.family !== outer.prefix.family) {
    report.error('invalid-except', [], `${found} is of another address family than ${quote(cidr)}`);
  } else if (!prefixContains(outer.prefix, inner.prefix)) {
    report.error('invalid-except', [], `${found} is not inside ${quote(cidr)}`);
  } else if (inner.prefix.length === outer.prefix.length) {
    report.error('invalid-except', [], `${found} is all of ${quote(cidr)}, expected a strict part of it`);
  }
}

function checkPort({ port, endPort }: NetworkPolicyPort, report: Reporter): void {
  const fault = typeof port === 'string' ? faultOfPortName(port) : typeof port === 'number' ? faultOfPortNumber(port) : undefined;
  if (fault !== undefined) report.error('invalid-port', ['port'], fault, typeof port === 'string' ? numberHint(port) : undefined);
  if (port === null && typeof endPort !== 'number') {
    report.warn('null-port', ['port'], '`port` is null: every port of the protocol matches', 'when every port is meant, leave it out');
  }
  if (typeof endPort !== 'number') return;
  const endFault = faultOfEndPort(port, endPort);
  if (endFault !== undefined) report.error('invalid-end-port', ['endPort'], endFault);
}

function faultOfEndPort(port: Maybe<number | string>, endPort: number): string | undefined {
  if (port === null || port === undefined) return '`endPort` needs a `port` for the range to start from';
  if (typeof port === 'string') return '`endPort` cannot follow a named port';
  return faultOfPortNumber(endPort) ?? (endPort < port ? `\`endPort\` ${endPort} is less than \`port\` ${port}` : undefined);
}

function numberHint(port: string): string | undefined {
  return /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= LAST_PORT ? `write \`port: ${port}\`` : undefined;
}
