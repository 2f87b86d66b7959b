/**
 * A policy set as bytes, and back (proto/netpolsim/v1/policy.proto). Decoding goes rule by rule, so that what is in memory at once is the policy set and one message.
 */
import type { Action, Peer, PodMatch, Policy, PolicySet, PortMatch, Rule, Tier } from '../model/policy.ts';
import type { Requirement, Selector } from '../model/selector.ts';
import { checkPolicySet } from './check-policy.ts';
import { type Types, v1 } from './messages.ts';
import {
  convertAll,
  DIRECTION_VALUES,
  fromEnum,
  fromObjectRef,
  fromOrigin,
  fromPrefix,
  PROTOCOL_VALUES,
  present,
  textsOf,
  toEnum,
  toObjectRef,
  toOrigin,
  toPrefix,
} from './parts.ts';
import { FORMAT_VERSION, forEachField, scanMessage, withoutField } from './scan.ts';
import { POLICY_SET } from './schema.ts';
import { TextReader, TextWriter } from './texts.ts';

const ACTION_VALUES: readonly Action[] = ['allow', 'deny', 'pass', 'log', 'unknown'];
const MATCH_VALUES: readonly Tier['match'][] = ['first', 'all'];
const UNMATCHED_VALUES: readonly PolicySet['onUnmatched'][] = ['allow', 'deny'];
const OPERATOR_VALUES: readonly Requirement['operator'][] = ['in', 'notIn', 'exists', 'doesNotExist'];

const TIERS_FIELD = 3;
const POLICIES_FIELD = 3;
const RULES_FIELD = 6;

/**
 * The bytes of a policy set.
 * @throws {WireFormatError} when it is not a policy set as `PolicySet` describes it, so that what is written can always be read
 * @throws {RangeError} for texts that UTF-8 cannot hold
 */
export function encodePolicySet(policySet: PolicySet): Uint8Array {
  checkPolicySet(policySet);
  const texts = new TextWriter();
  const tiers = policySet.tiers.map(({ name, match, policies }) => {
    return { name: texts.of(name), match: toEnum(MATCH_VALUES, match), policies: policies.map((policy) => policyMessage(policy, texts)) };
  });
  const onUnmatched = toEnum(UNMATCHED_VALUES, policySet.onUnmatched);
  return v1.PolicySet.encode({ formatVersion: FORMAT_VERSION, strings: texts.strings, tiers, onUnmatched }).finish();
}

/**
 * The policy set in `bytes`.
 * @throws {WireFormatError} when the bytes are not a policy set, or one that contradicts itself
 */
export function decodePolicySet(bytes: Uint8Array): PolicySet {
  scanMessage(bytes, POLICY_SET);
  const texts = new TextReader(textsOf(bytes));
  const { onUnmatched } = v1.PolicySet.decode(withoutField(withoutField(bytes, TIERS_FIELD), 2));
  const tiers = partsOf(bytes, TIERS_FIELD, (part) => tierFrom(part, texts));
  const policySet = { tiers, onUnmatched: fromEnum(UNMATCHED_VALUES, present(onUnmatched)) };
  checkPolicySet(policySet);
  return policySet;
}

function policyMessage({ ref, origin, subject, rank, isolates, rules }: Policy, texts: TextWriter): Types.v1.Policy.$Properties {
  return {
    ref: toObjectRef(ref, texts),
    origin: toOrigin(origin, texts),
    subject: podMatchMessage(subject, texts),
    isolatesIngress: isolates.ingress,
    isolatesEgress: isolates.egress,
    rules: rules.map((rule) => ruleMessage(rule, texts)),
    ...(rank === undefined ? {} : { rank }),
  };
}

function ruleMessage(rule: Rule, texts: TextWriter): Types.v1.Rule.$Properties {
  const { peers, ports, reason } = rule;
  return {
    direction: toEnum(DIRECTION_VALUES, rule.direction),
    action: toEnum(ACTION_VALUES, rule.action),
    ...(peers === 'any' ? { anyPeer: {} } : { peerList: { peers: peers.map((peer) => peerMessage(peer, texts)) } }),
    ...(ports === 'any' ? { anyPort: {} } : { portList: { ports: ports.map((port) => portMessage(port, texts)) } }),
    index: rule.index,
    origin: toOrigin(rule.origin, texts),
    ...(reason === undefined ? {} : { reason: texts.of(reason) }),
  } as Types.v1.Rule.$Properties;
}

function peerMessage(peer: Peer, texts: TextWriter): Types.v1.Peer.$Properties {
  switch (peer.kind) {
    case 'pods':
      return { pods: podMatchMessage(peer, texts) };
    case 'ipBlock':
      return { ipBlock: { cidr: toPrefix(peer.cidr), except: peer.except.map(toPrefix) } };
    case 'networks':
      return { networks: { cidrs: peer.cidrs.map(toPrefix) } };
    case 'nodes':
      return { nodes: { nodes: selectorMessage(peer.nodes, texts) } };
    case 'domainNames':
      return { domainNames: { known: peer.known.map(toPrefix), names: peer.names.map((name) => texts.of(name)) } };
  }
}

function podMatchMessage({ namespaces, pods }: PodMatch, texts: TextWriter): Types.v1.PodMatch.$Properties {
  const message = { pods: selectorMessage(pods, texts) };
  if ('name' in namespaces) return { ...message, namespace: texts.of(namespaces.name) };
  return { ...message, namespaceSelector: selectorMessage(namespaces.selector, texts) };
}

function selectorMessage(selector: Selector, texts: TextWriter): Types.v1.Selector.$Properties {
  return {
    requirements: selector.map(({ key, operator, values }) => {
      return { key: texts.of(key), operator: toEnum(OPERATOR_VALUES, operator), values: values.map((value) => texts.of(value)) };
    }),
  };
}

function portMessage(port: PortMatch, texts: TextWriter): Types.v1.PortMatch.$Properties {
  if (port.kind === 'range') return { range: { protocol: toEnum(PROTOCOL_VALUES, port.protocol), from: port.from, to: port.to } };
  const name = texts.of(port.name);
  return { named: port.protocol === 'any' ? { name } : { protocol: toEnum(PROTOCOL_VALUES, port.protocol), name } };
}

function tierFrom(bytes: Uint8Array, texts: TextReader): Tier {
  const { name, match } = v1.Tier.decode(withoutField(bytes, POLICIES_FIELD));
  return {
    name: texts.at(present(name), 'a tier'),
    match: fromEnum(MATCH_VALUES, present(match)),
    policies: partsOf(bytes, POLICIES_FIELD, (part) => policyFrom(part, texts)),
  };
}

function policyFrom(bytes: Uint8Array, texts: TextReader): Policy {
  const { ref, origin, subject, isolatesIngress, isolatesEgress, rank } = v1.Policy.decode(withoutField(bytes, RULES_FIELD));
  return {
    ref: fromObjectRef(ref, texts),
    origin: fromOrigin(origin, texts),
    subject: podMatchFrom(present(subject), texts),
    isolates: { ingress: present(isolatesIngress), egress: present(isolatesEgress) },
    rules: partsOf(bytes, RULES_FIELD, (part) => ruleFrom(v1.Rule.decode(part), texts)),
    ...(rank === null || rank === undefined ? {} : { rank }),
  };
}

function ruleFrom(message: Types.v1.Rule.$Properties, texts: TextReader): Rule {
  const { peerList, portList, reason } = message;
  return {
    direction: fromEnum(DIRECTION_VALUES, present(message.direction)),
    action: fromEnum(ACTION_VALUES, present(message.action)),
    // Scanned: exactly one of "any" and the list is there.
    peers: peerList === null || peerList === undefined ? 'any' : convertAll(peerList.peers, (peer) => peerFrom(peer, texts)),
    ports: portList === null || portList === undefined ? 'any' : convertAll(portList.ports, (port) => portFrom(port, texts)),
    index: present(message.index),
    origin: fromOrigin(message.origin, texts),
    ...(reason === null || reason === undefined ? {} : { reason: texts.at(reason, 'a rule') }),
  };
}

function peerFrom(message: Types.v1.Peer.$Properties, texts: TextReader): Peer {
  const { pods, networks, nodes, domainNames } = message;
  if (pods !== null && pods !== undefined) return podMatchFrom(pods, texts);
  if (networks !== null && networks !== undefined) return { kind: 'networks', cidrs: convertAll(networks.cidrs, fromPrefix) };
  if (nodes !== null && nodes !== undefined) return { kind: 'nodes', nodes: selectorFrom(nodes.nodes, texts) };
  if (domainNames !== null && domainNames !== undefined) {
    const names = convertAll(domainNames.names, (name) => texts.at(name, 'a peer'));
    return { kind: 'domainNames', known: convertAll(domainNames.known, fromPrefix), names };
  }
  // Scanned: exactly one of them is there.
  const { cidr, except } = present(message.ipBlock);
  return { kind: 'ipBlock', cidr: fromPrefix(cidr), except: convertAll(except, fromPrefix) };
}

function podMatchFrom({ namespace, namespaceSelector, pods }: Types.v1.PodMatch.$Properties, texts: TextReader): PodMatch {
  const byName = namespace !== null && namespace !== undefined;
  return {
    kind: 'pods',
    namespaces: byName ? { name: texts.at(namespace, 'a selection') } : { selector: selectorFrom(namespaceSelector, texts) },
    pods: selectorFrom(pods, texts),
  };
}

function selectorFrom(message: Types.v1.Selector.$Properties | null | undefined, texts: TextReader): Selector {
  return convertAll(present(message).requirements, ({ key, operator, values }) => ({
    key: texts.at(present(key), 'a requirement'),
    operator: fromEnum(OPERATOR_VALUES, present(operator)),
    values: convertAll(values, (value) => texts.at(value, 'a requirement')),
  }));
}

function portFrom({ range, named }: Types.v1.PortMatch.$Properties, texts: TextReader): PortMatch {
  if (named !== null && named !== undefined) {
    // Generated code gives 0 for a field that is not there.
    const protocol = named.protocol ? fromEnum(PROTOCOL_VALUES, named.protocol) : 'any';
    return { kind: 'named', protocol, name: texts.at(present(named.name), 'a port') };
  }
  const { protocol, from, to } = present(range);
  return { kind: 'range', protocol: fromEnum(PROTOCOL_VALUES, present(protocol)), from: present(from), to: present(to) };
}

/** Converts each occurrence of a repeated message field, one at a time. */
function partsOf<T>(bytes: Uint8Array, field: number, convert: (part: Uint8Array) => T): T[] {
  const converted: T[] = [];
  forEachField(bytes, (number, start, end) => {
    if (number === field) converted.push(convert(bytes.subarray(start, end)));
  });
  return converted;
}
