/**
 * Changes of the peers of a rule whose ports match.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { hostPrefix, parseAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import { NAME_LABEL, namespaceOf } from '../model/object-names.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyObject, NetworkPolicyPeer, Resource } from '../model/resource.ts';
import { serviceName } from '../services/named-end.ts';
import { hasLabels, hasSelector } from '../services/service-pods.ts';
import { appended, type Edit, editOf } from './edit.ts';
import { namespaceOfSide, type Pair, type Side } from './pairs.ts';
import { blockOf, isIn, type PeerMisses, type RuleMisses } from './rule-misses.ts';
import {
  nameLabelEdits,
  namespaceLabelEdits,
  podLabelEdits,
  type SelectorPlace,
  slipEdits,
  tellingLabels,
  usedByNamespaces,
  usedByPods,
  valueEdits,
} from './selector-edits.ts';
import { labelsOf, labelsOfNamespace, missesOf } from './selector-misses.ts';

/** What stands at the other end of the rule. */
export function otherSide({ from, to }: Pair, direction: Direction): Side {
  return direction === 'ingress' ? from : to;
}

/** Slips and traps in single peers. */
export function peerEditsOf(manifests: Manifests, rule: RuleMisses, direction: Direction, pair: Pair): Edit[] {
  const other = otherSide(pair, direction);
  return rule.peers.flatMap((peer) =>
    peer.peer.ipBlock ? blockEdits(manifests, rule, direction, peer, other) : selectorEdits(manifests, rule, direction, peer, other),
  );
}

function selectorEdits(manifests: Manifests, rule: RuleMisses, direction: Direction, misses: PeerMisses, other: Side): Edit[] {
  const namespace = namespaceOfSide(other);
  if (other.pod === undefined || namespace === undefined) return [];
  const path = peerPath(rule, direction, misses.index);
  const { policy } = rule;
  if (misses.why === 'other-namespace') {
    if (misses.pod.length > 0) return [];
    return [
      isForPodsHere(manifests, policy, misses)
        ? besideEdit(rule, direction, misses, namespace, other)
        : namespaceSelectorEdit(policy, path, namespace, other),
    ];
  }
  const [miss, second] = [...misses.namespace, ...misses.pod];
  if (miss === undefined || second !== undefined) return splitEdits(rule, direction, misses, namespace, other);
  if (misses.namespace.length > 0) {
    const labels = labelsOfNamespace(manifests, namespace);
    const place: SelectorPlace<NetworkPolicyObject> = {
      resource: policy,
      path: [...path, 'namespaceSelector'],
      name: 'namespaceSelector',
      labels,
      whose: `Namespace ${quote(namespace)}`,
      isUsed: usedByNamespaces(manifests),
    };
    const edits = [
      ...slipEdits(place, miss),
      ...nameLabelEdits(place, miss),
      ...valueEdits(place, miss),
      ...namespaceLabelEdits(manifests, namespace, miss),
    ];
    return [...edits, ...splitEdits(rule, direction, misses, namespace, other)];
  }
  const place: SelectorPlace<NetworkPolicyObject> = {
    resource: policy,
    path: [...path, 'podSelector'],
    name: 'podSelector',
    labels: labelsOf(other.pod.object.metadata.labels),
    whose: quote(other.name),
    isUsed: usedByPods(manifests),
  };
  const edits = [...slipEdits(place, miss), ...valueEdits(place, miss), ...podLabelEdits(manifests, other.pod, miss)];
  return [...edits, ...splitEdits(rule, direction, misses, namespace, other)];
}

function namespaceSelectorEdit(policy: Resource<NetworkPolicyObject>, path: (string | number)[], namespace: string, other: Side): Edit {
  const here = namespaceOf(policy.object.metadata);
  const words = `add ${quote(`namespaceSelector: {matchLabels: {${NAME_LABEL}: ${namespace}}}`)} to this peer: a podSelector alone selects in the namespace of the policy, ${quote(here)}, and ${quote(other.name)} is in ${quote(namespace)}`;
  const edit = editOf('add-namespace-selector', words, policy, path, (old) => ({
    namespaceSelector: byName(namespace),
    ...(old as object),
  }));
  const at = editOf('add-namespace-selector', words, policy, [...path, 'podSelector'], (old) => old);
  return { ...edit, place: at.place };
}

/** Does the peer admit pods of the policy's own namespace, which would lose it? */
function isForPodsHere(manifests: Manifests, { object }: Resource<NetworkPolicyObject>, { peer }: PeerMisses): boolean {
  return manifests.pods.some(
    (pod) =>
      !isCompleted(pod.object) &&
      namespaceOf(pod.object.metadata) === namespaceOf(object.metadata) &&
      missesOf(peer.podSelector, labelsOf(pod.object.metadata.labels)).length === 0,
  );
}

/** The same selector for the other namespace as an item of its own. */
function besideEdit(rule: RuleMisses, direction: Direction, { peer, index }: PeerMisses, namespace: string, other: Side): Edit {
  const here = namespaceOf(rule.policy.object.metadata);
  const list = listName(direction);
  const words = `add an item beside this one to \`${list}\`, with ${quote(`namespaceSelector: {matchLabels: {${NAME_LABEL}: ${namespace}}}`)} and the same podSelector: alone it selects in the namespace of the policy, ${quote(here)}, where pods need it, and ${quote(other.name)} is in ${quote(namespace)}`;
  const item = { namespaceSelector: byName(namespace), podSelector: peer.podSelector };
  const edit = editOf('add-namespace-selector', words, rule.policy, ['spec', direction, rule.index, list], appended(item));
  const at = editOf('add-namespace-selector', words, rule.policy, peerPath(rule, direction, index), (old) => old);
  return { ...edit, field: at.field, place: at.place };
}

/** Two selectors in one item, of which one matches: perhaps both were meant as alternatives. */
function splitEdits(rule: RuleMisses, direction: Direction, misses: PeerMisses, namespace: string, other: Side): Edit[] {
  const { namespaceSelector, podSelector } = misses.peer;
  if (!namespaceSelector || !podSelector) return [];
  const byNamespace = misses.namespace.length === 0;
  const byPod = misses.pod.length === 0 && namespace === namespaceOf(rule.policy.object.metadata);
  if (byNamespace === byPod) return [];
  const matching = byNamespace ? `Namespace ${quote(namespace)} matches the one` : `${quote(other.name)} matches the other`;
  const words = `if either selector is meant, put a dash before ${quote('podSelector')}: in one list item both must match, and only ${matching}; as two items they admit every pod that one of them selects`;
  const path = ['spec', direction, rule.index, listName(direction)];
  const split = (old: unknown): unknown =>
    (Array.isArray(old) ? old : []).flatMap((item, i) => (i === misses.index ? [{ namespaceSelector }, { podSelector }] : [item]));
  const edit = editOf('split-peer', words, rule.policy, path, split);
  const at = editOf('split-peer', words, rule.policy, [...path, misses.index, 'podSelector'], (old) => old);
  return [{ ...edit, place: at.place }];
}

function blockEdits(
  manifests: Manifests,
  rule: RuleMisses,
  direction: Direction,
  { peer, index, why, except }: PeerMisses,
  other: Side,
): Edit[] {
  const path = peerPath(rule, direction, index);
  const cidr = peer.ipBlock?.cidr ?? '';
  if (why === 'exception') {
    const texts = except.map((i) => peer.ipBlock?.except?.[i] ?? '');
    const words = `take ${texts.map(quote).join(', ')} out of the exceptions of ${quote(cidr)}: ${quote(other.name)} is in it, and every other address of it is then admitted, too`;
    const list = [...path, 'ipBlock', 'except'];
    const edit = editOf('except', words, rule.policy, list, (old) => (Array.isArray(old) ? old : []).filter((_, i) => !except.includes(i)));
    const at = editOf('except', words, rule.policy, [...list, except[0] ?? 0], (old) => old);
    return [{ ...edit, field: at.field, place: at.place }];
  }
  const service = other.pod === undefined ? undefined : serviceIn(manifests, cidr, other);
  if (service === undefined || direction === 'ingress') return [];
  const peerOfPods = peerOf(rule.policy.object, other);
  const reason = `${quote(cidr)} holds the address of ${quote(service)}, and policies see the address of the pod`;
  // A block of one address is for the Service and for nothing else.
  if (/\/(32|128)$/.test(cidr))
    return [
      editOf(
        'service-address',
        `in place of this block, name the pods: ${quote(peerText(peerOfPods))}; ${reason}`,
        rule.policy,
        path,
        () => peerOfPods,
      ),
    ];
  const words = `beside this block, name the pods: ${quote(peerText(peerOfPods))}; ${reason}`;
  const edit = editOf('service-address', words, rule.policy, ['spec', direction, rule.index, listName(direction)], appended(peerOfPods));
  const at = editOf('service-address', words, rule.policy, path, (old) => old);
  return [{ ...edit, field: at.field, place: at.place }];
}

/** A Service of the pod whose own address is in the block. */
function serviceIn(manifests: Manifests, cidr: string, { pod }: Side): string | undefined {
  const found = manifests.services.find(({ object }) => {
    const { spec, metadata } = object;
    const isOf =
      namespaceOf(metadata) === namespaceOf(pod?.object.metadata ?? {}) &&
      hasSelector(object) &&
      hasLabels(pod?.object.metadata.labels, spec?.selector);
    return (
      isOf &&
      [spec?.clusterIP, ...(spec?.clusterIPs ?? [])].some((ip) => {
        const address = ip ? parseAddress(ip) : undefined;
        return address !== undefined && isIn(cidr, hostPrefix(address));
      })
    );
  });
  return found === undefined ? undefined : serviceName({ namespace: namespaceOf(found.object.metadata), name: found.object.metadata.name });
}

/** One more peer for the ports that match already. */
export function addPeerEdits(rule: RuleMisses, direction: Direction, pair: Pair): Edit[] {
  const peer = peerOf(rule.policy.object, otherSide(pair, direction));
  const list = listName(direction);
  const words = `add ${quote(peerText(peer))} to \`${list}\` of ${direction}[${rule.index}], which is for this port already`;
  return [editOf('add-peer', words, rule.policy, ['spec', direction, rule.index, list], appended(peer))];
}

/** One more rule. */
export function addRuleEdit(policy: Resource<NetworkPolicyObject>, direction: Direction, pair: Pair): Edit {
  const peer = peerOf(policy.object, otherSide(pair, direction));
  const { protocol, port } = pair.query;
  const list = listName(direction);
  const words = `add a rule to \`${direction}\`: ${quote(`- ${list}: [${peerText(peer)}], ports: [{protocol: ${protocol}, port: ${port}}]`)}`;
  return editOf('add-rule', words, policy, ['spec', direction], appended({ [list]: [peer], ports: [{ protocol, port }] }));
}

/** A policy of its own, beside one that isolates every pod of the namespace. */
export function addPolicyEdits(manifests: Manifests, beside: Resource<NetworkPolicyObject>, direction: Direction, pair: Pair): Edit[] {
  const subject = direction === 'ingress' ? pair.to : pair.from;
  const namespace = namespaceOf(beside.object.metadata);
  const labels = subject.pod === undefined ? {} : tellingLabels(subject.pod.object);
  const { protocol, port } = pair.query;
  const name = `allow-${direction}-${protocol.toLowerCase()}-${port}`;
  const isTaken = manifests.networkPolicies.some(
    ({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace,
  );
  if (Object.keys(labels).length === 0 || isTaken) return [];
  const list = listName(direction);
  const peer = peerOf(beside.object, otherSide(pair, direction));
  const rule = `- ${list}: [${peerText(peer)}], ports: [{protocol: ${protocol}, port: ${port}}]`;
  const words = `add a NetworkPolicy of its own to the namespace ${quote(namespace)}: ${quote(`podSelector: ${peerText({ podSelector: { matchLabels: labels } }).slice('{podSelector: '.length, -1)}`)}, \`${direction}\` ${quote(rule)}; this one isolates every pod`;
  const spec = {
    podSelector: { matchLabels: labels },
    policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
    [direction]: [{ [list]: [peer], ports: [{ protocol, port }] }],
  };
  const { apply } = editOf('add-policy', words, beside, [], () => ({ kind: 'NetworkPolicy', metadata: { name, namespace }, spec })).changes;
  return [{ ...editOf('add-policy', words, beside, [], (old) => old), changes: { apply: apply ?? [] } }];
}

/** The end as a peer: pods by the labels that tell them, in their namespace by its name; an address as a block. */
function peerOf(policy: NetworkPolicyObject, other: Side): NetworkPolicyPeer {
  const namespace = namespaceOfSide(other);
  if (other.pod === undefined || namespace === undefined) return { ipBlock: { cidr: blockOf(other.addresses[0] ?? '') ?? '' } };
  const labels = tellingLabels(other.pod.object);
  const podSelector = { matchLabels: labels };
  if (namespace === namespaceOf(policy.metadata)) return { podSelector };
  return { namespaceSelector: byName(namespace), ...(Object.keys(labels).length === 0 ? {} : { podSelector }) };
}

/** In one line of YAML. */
function peerText({ namespaceSelector, podSelector, ipBlock }: NetworkPolicyPeer): string {
  if (ipBlock) return `{ipBlock: {cidr: ${ipBlock.cidr.includes(':') ? `"${ipBlock.cidr}"` : ipBlock.cidr}}}`;
  const selector = (labels: NonNullable<NetworkPolicyPeer['podSelector']>['matchLabels']): string => {
    const entries = Object.entries(labels ?? {}).map(([key, value]) => `${key}: ${value === '' ? '""' : value}`);
    return entries.length === 0 ? '{}' : `{matchLabels: {${entries.join(', ')}}}`;
  };
  const parts = [
    ...(namespaceSelector ? [`namespaceSelector: ${selector(namespaceSelector.matchLabels)}`] : []),
    ...(podSelector ? [`podSelector: ${selector(podSelector.matchLabels)}`] : []),
  ];
  return `{${parts.join(', ')}}`;
}

function byName(namespace: string): NonNullable<NetworkPolicyPeer['namespaceSelector']> {
  return { matchLabels: { [NAME_LABEL]: namespace } };
}

function peerPath({ index }: RuleMisses, direction: Direction, peer: number): (string | number)[] {
  return ['spec', direction, index, listName(direction), peer];
}

function listName(direction: Direction): 'from' | 'to' {
  return direction === 'ingress' ? 'from' : 'to';
}
