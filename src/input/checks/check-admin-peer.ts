/**
 * Peers of administrators' policies: selectors of pods and nodes, address blocks, names of domains.
 */
import { parseAddress } from '../../lib/ip-address.ts';
import { quote } from '../../lib/quote.ts';
import type { AdminEgressPeer, Maybe, NamespacedPods } from '../../model/resource.ts';
import { checkCidr } from './check-cidr.ts';
import { checkSelector } from './check-selector.ts';
import { checkEach, type Reporter } from './reporter.ts';

const MOST_ADDRESSES = 25;
const LONGEST_CIDR = 43;
const HOST_BITS = 'the API server accepts it, and those bits are ignored';

/** The API's own pattern. */
const DOMAIN_NAME = /^(\*\.)?([a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.?$/;

/** The fields that are there. Null is not there, as the API server has it. */
export function namesIn(object: object): string[] {
  return Object.entries(object).flatMap(([name, value]) => (value === null || value === undefined ? [] : [name]));
}

export function checkAdminPeer(peer: AdminEgressPeer, action: string, report: Reporter): void {
  const names = namesIn(peer);
  if (names.length === 0) checkUnknownPeer(peer, action, report);
  if (names.length > 1) {
    const message = `${names.map((name) => `\`${name}\``).join(' and ')} are in one peer, expected one of them`;
    report.error('ambiguous-peer', [], message, 'write a list item for each');
  }
  checkSelector(peer.namespaces, 'namespaces', report);
  checkNamespacedPods(peer.pods, report);
  checkSelector(peer.nodes, 'nodes', report);
  checkAddresses(peer.networks, 'networks', checkNetwork, report);
  checkAddresses(peer.domainNames, 'domainNames', checkDomainName, report);
  if (peer.domainNames && (action === 'Deny' || action === 'Pass')) {
    const message = `\`domainNames\` are for rules that accept: in a rule with \`${action}\` what data planes do with them is not defined, and verdicts that depend on it are unknown`;
    report.warn('domain-names-not-accepted', ['domainNames'], message);
  }
}

/** Written as `{}`, or all of its fields are unknown. A field that is null was meant to say something. */
function checkUnknownPeer(peer: AdminEgressPeer, action: string, report: Reporter): void {
  const [name] = Object.keys(peer);
  if (name !== undefined) {
    report.error('empty-peer', [], `\`${name}\` is null, and the peer names nothing`, `for all of them write \`${name}: {}\``);
    return;
  }
  const meaning =
    action === 'Deny' || action === 'Pass'
      ? `the rule, whose action is \`${action}\`, denies everything in its direction`
      : `the rule, whose action is \`${action}\`, matches nothing`;
  report.warn(
    'unknown-peer',
    [],
    `the peer names nothing that is known: an API server that knows no more refuses it, and data planes must fail closed: ${meaning}`,
  );
}

/** In v1alpha2 the first selector may be absent; in v1alpha1 the shape requires it. */
export function checkNamespacedPods(pods: Maybe<NamespacedPods>, report: Reporter): void {
  if (!pods) return;
  report.enter('pods');
  if (!pods.namespaceSelector) {
    const message = '`namespaceSelector` is missing: pods of every namespace are selected';
    report.warn('null-selector', [], message, 'when that is meant, write `namespaceSelector: {}`');
  }
  checkSelector(pods.namespaceSelector, 'namespaceSelector', report);
  checkSelector(pods.podSelector, 'podSelector', report);
  report.leave();
}

/** A list of 1 to 25 different texts. */
function checkAddresses(
  items: Maybe<readonly string[]>,
  field: string,
  check: (text: string, report: Reporter) => void,
  report: Reporter,
): void {
  if (!items) return;
  if (items.length === 0) report.error('empty-list', [field], `\`${field}\` is empty, expected 1 to ${MOST_ADDRESSES} items`);
  if (items.length > MOST_ADDRESSES) {
    report.error('too-many-items', [field], `found ${items.length} items, at most ${MOST_ADDRESSES} are allowed`);
  }
  const seen = new Set<string>();
  checkEach(items, field, report, (text) => {
    if (seen.has(text)) report.error('duplicate-item', [], `${quote(text)} is in the list twice`);
    seen.add(text);
    check(text, report);
  });
}

function checkNetwork(text: string, report: Reporter): void {
  if (text.length > LONGEST_CIDR) {
    report.error('invalid-cidr', [], `the text has ${text.length} characters, a CIDR has at most ${LONGEST_CIDR}`);
  } else checkCidr(text, [], HOST_BITS, report);
}

function checkDomainName(text: string, report: Reporter): void {
  if (DOMAIN_NAME.test(text)) {
    if (parseAddress(text) !== undefined) {
      report.warn('address-as-name', [], `${quote(text)} is an address, not a name: no name has it as its text`, 'write `networks`');
    }
    return;
  }
  const message = `found ${quote(text)}, expected a domain name such as \`example.com\` or \`*.example.com\`${domainNameFault(text)}`;
  report.error('invalid-domain-name', [], message);
}

/** The common mistakes, by name. */
function domainNameFault(text: string): string {
  if (text === '') return ': it is empty';
  if (text.includes('/')) return ': it is no URL and no CIDR';
  if (text.lastIndexOf('*') > 0) return ': `*` can only be the first label';
  if (text.startsWith('*') && !text.startsWith('*.')) return ': `*` stands for whole labels';
  const labels = text.replace(/^\*\./, '').replace(/\.$/, '').split('.');
  return labels.length < 2 ? ': at least two labels are needed' : '';
}
