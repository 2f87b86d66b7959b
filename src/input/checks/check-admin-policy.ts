/**
 * The meaning of the fields of administrators' policies: what the CustomResourceDefinitions of policy.networking.k8s.io validate (v1alpha2 ClusterNetworkPolicy, bundle
 * v0.2; v1alpha1 AdminNetworkPolicy and BaselineAdminNetworkPolicy, bundle v0.1.7), and what is probably not meant although they accept it.
 */
import { quote } from '../../lib/quote.ts';
import type {
  AdminEgressPeer,
  AdminNetworkPolicyObject,
  AdminNetworkPolicyPort,
  AdminPolicyObject,
  AdminSubject,
  BaselineAdminNetworkPolicyObject,
  ClusterNetworkPolicyObject,
  ClusterNetworkPolicyProtocol,
  Maybe,
} from '../../model/resource.ts';
import { checkAdminPeer, checkNamespacedPods, namesIn } from './check-admin-peer.ts';
import { checkPort, checkProtocol } from './check-admin-ports.ts';
import { checkSelector } from './check-selector.ts';
import { checkEach, type Reporter } from './reporter.ts';

const HIGHEST_PRIORITY = 1000;
const LONGEST_RULE_NAME = 100;
/** Rules of a direction, peers of a rule, ports of a rule. */
const MOST_ITEMS = { v1alpha2: 25, v1alpha1: 100 } as const;

type Version = keyof typeof MOST_ITEMS;

export function checkClusterNetworkPolicy({ spec }: ClusterNetworkPolicyObject, report: Reporter): void {
  report.enter('spec');
  checkPriority(spec.priority, report);
  checkSpec(spec, 'v1alpha2', report);
  report.leave();
}

export function checkAdminNetworkPolicy({ spec }: AdminNetworkPolicyObject, report: Reporter): void {
  report.enter('spec');
  checkPriority(spec.priority, report);
  checkSpec(spec, 'v1alpha1', report);
  report.leave();
}

export function checkBaselineAdminNetworkPolicy({ metadata, spec }: BaselineAdminNetworkPolicyObject, report: Reporter): void {
  if (metadata.name !== 'default') {
    const message = `found ${quote(metadata.name)}, expected \`default\`: a cluster has one BaselineAdminNetworkPolicy`;
    report.error('invalid-name', ['metadata', 'name'], message);
  }
  report.enter('spec');
  checkSpec(spec, 'v1alpha1', report);
  report.leave();
}

function checkPriority(priority: number, report: Reporter): void {
  if (priority >= 0 && priority <= HIGHEST_PRIORITY) return;
  report.error('invalid-priority', ['priority'], `found ${priority}, expected a priority from 0 to ${HIGHEST_PRIORITY}`);
}

function checkSpec({ subject, ingress, egress }: AdminPolicyObject['spec'], version: Version, report: Reporter): void {
  checkSubject(subject, report);
  if (!ingress?.length && !egress?.length) {
    report.warn('no-rules', [], 'the policy has no rules: it does nothing');
  }
  checkCount(ingress, 'ingress', MOST_ITEMS[version], report);
  checkCount(egress, 'egress', MOST_ITEMS[version], report);
  checkEach<Rule>(ingress, 'ingress', report, (rule) => checkRule(rule, 'from', version, report));
  checkEach<Rule>(egress, 'egress', report, (rule) => checkRule(rule, 'to', version, report));
}

/** Exactly one field, which says which pods. */
export function checkSubject(subject: AdminSubject, report: Reporter): void {
  const names = namesIn(subject);
  if (names.length !== 1) {
    const found = names.length === 0 ? 'the subject names no pods' : 'the subject has `namespaces` and `pods`';
    const hint = names.length === 0 ? 'for every pod write `namespaces: {}`' : undefined;
    report.error('invalid-subject', ['subject'], `${found}, expected exactly one of \`namespaces\` and \`pods\``, hint);
  }
  report.enter('subject');
  checkSelector(subject.namespaces, 'namespaces', report);
  checkNamespacedPods(subject.pods, report);
  report.leave();
}

/** A rule of any version; of ports, it has one of the two lists. */
interface Rule {
  readonly name?: Maybe<string>;
  readonly action: 'Accept' | 'Allow' | 'Deny' | 'Pass';
  readonly from?: readonly AdminEgressPeer[];
  readonly to?: readonly AdminEgressPeer[];
  readonly protocols?: Maybe<readonly ClusterNetworkPolicyProtocol[]>;
  readonly ports?: Maybe<readonly AdminNetworkPolicyPort[]>;
}

function checkRule(rule: Rule, peerField: 'from' | 'to', version: Version, report: Reporter): void {
  const { name, action, protocols, ports } = rule;
  const length = name ? [...name].length : 0;
  if (length > LONGEST_RULE_NAME) {
    report.error('invalid-rule-name', ['name'], `the name has ${length} characters, at most ${LONGEST_RULE_NAME} are allowed`);
  }
  const portField = version === 'v1alpha2' ? 'protocols' : 'ports';
  const peers = rule[peerField] ?? [];
  checkFilled(peers, peerField, MOST_ITEMS[version], `a rule matches nobody without peers`, report);
  checkEach(peers, peerField, report, (peer) => checkAdminPeer(peer, action, report));
  const items = rule[portField];
  if (items === null) {
    const message = `\`${portField}\` is null and is no restriction: the rule matches every protocol and port`;
    report.warn('empty-ports', [portField], message, 'when that is meant, leave it out');
  }
  checkFilled(items ?? undefined, portField, MOST_ITEMS[version], 'for every protocol and port, leave it out', report);
  checkEach(protocols, 'protocols', report, checkProtocol);
  checkEach(ports, 'ports', report, checkPort);
  if (peerField === 'to') checkNamedPorts(rule, peers, version, report);
}

function checkCount(items: Maybe<readonly unknown[]>, field: string, most: number, report: Reporter): void {
  if (items && items.length > most) {
    report.error('too-many-items', [field], `found ${items.length} items, at most ${most} are allowed`);
  }
}

/** A list that must not be empty: here it does not mean everything, as it does in a NetworkPolicy. */
function checkFilled(items: readonly unknown[] | undefined, field: string, most: number, hint: string, report: Reporter): void {
  checkCount(items, field, most, report);
  if (items?.length === 0) report.error('empty-list', [field], `\`${field}\` is empty, expected 1 to ${most} items`, hint);
}

/**
 * A port name beside a peer that has no port names. The validation of the experimental CRDs refuses it (v1alpha2: with networks, nodes and domainNames; v1alpha1: with networks and nodes).
 * The standard CRDs do not have that validation, nor the other fields: what they accept is `networks` in v1alpha2.
 */
function checkNamedPorts({ protocols, ports }: Rule, peers: readonly AdminEgressPeer[], version: Version, report: Reporter): void {
  const at =
    version === 'v1alpha2'
      ? (protocols ?? []).findIndex((each) => typeof each.destinationNamedPort === 'string')
      : (ports ?? []).findIndex((each) => typeof each.namedPort === 'string');
  if (at < 0) return;
  const kinds = (['networks', 'nodes', 'domainNames'] as const).filter((kind) => peers.some((peer) => peer[kind]));
  const refused = kinds.filter((kind) => (version === 'v1alpha2' ? kind !== 'networks' : kind !== 'domainNames'));
  const place = version === 'v1alpha2' ? ['protocols', at, 'destinationNamedPort'] : ['ports', at, 'namedPort'];
  if (refused.length > 0) {
    const message = `a port name cannot be in one rule with the peer \`${refused[0]}\`, which has no port names`;
    report.error('named-port-with-addresses', place, message, 'write two rules');
  } else if (kinds.length > 0) {
    const message = `the rule has the peer \`${kinds[0]}\`, and only pods have port names: at every other address the name matches nothing`;
    report.warn('named-port-with-addresses', place, message, 'write two rules');
  }
}
