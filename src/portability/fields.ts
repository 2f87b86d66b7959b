/**
 * From a rule that decides to the field of the policy that a switch of the profile is about. In come the reasons of decisions, out come paths into API objects.
 */
import { compareText } from '../lib/compare-text.ts';
import { parsePrefix } from '../lib/ip-address.ts';
import type { RuleReason } from '../model/decision.ts';
import { refOf } from '../model/object-names.ts';
import { type ObjectRef, UNKNOWN_ORIGIN } from '../model/origin.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Direction } from '../model/protocol.ts';
import type { AdminPolicyObject, Manifests, NetworkPolicyObject, Resource } from '../model/resource.ts';
import type { CausePlace, SwitchName } from './report.ts';

/** A peer and a port of either API: the fields that switches are about. */
interface AnyPeer {
  readonly ipBlock?: { readonly cidr: string } | null | undefined;
  readonly networks?: unknown;
  readonly nodes?: unknown;
  readonly domainNames?: unknown;
  readonly namespaces?: unknown;
  readonly pods?: unknown;
}
interface AnyPort {
  readonly port?: number | string | null | undefined;
  readonly endPort?: number | null | undefined;
  readonly destinationNamedPort?: string | null | undefined;
  readonly namedPort?: string | null | undefined;
}
interface AnyRule {
  readonly from?: readonly AnyPeer[] | null | undefined;
  readonly to?: readonly AnyPeer[] | null | undefined;
  readonly ports?: readonly AnyPort[] | null | undefined;
  readonly protocols?: readonly AnyPort[] | null | undefined;
}

/** A rule that decides, or the whole policy, which isolates. */
export type Suspect = Pick<RuleReason, 'policy'> & { readonly reason: RuleReason | undefined };

type AnyPolicy = Resource<NetworkPolicyObject> | Resource<AdminPolicyObject>;

export class PolicyFields {
  private readonly policies: ReadonlyMap<string, AnyPolicy>;

  constructor({ networkPolicies, adminPolicies }: Manifests) {
    this.policies = new Map<string, AnyPolicy>([
      ...networkPolicies.map((each) => [keyOf(refOf('NetworkPolicy', each.object.metadata)), each] as const),
      ...adminPolicies.map((each) => [keyOf({ kind: each.object.kind, name: each.object.metadata.name }), each] as const),
    ]);
  }

  /** The places that the switches are about; where none is, all of them. As they stand in the files, without duplicates. */
  places(suspects: readonly Suspect[], switches: readonly SwitchName[], profile: CniProfile): CausePlace[] {
    const exact = suspects.flatMap((suspect) =>
      switches.flatMap((name) => this.fieldsOf(suspect, name, profile).map((field) => this.at(suspect, field))),
    );
    const found = exact.length > 0 ? exact : suspects.map((suspect) => this.at(suspect, ruleField(suspect.reason)));
    const byKey = new Map(found.map((place) => [JSON.stringify(place), place]));
    return [...byKey.values()].sort(comparePlaces);
  }

  private at({ policy, reason }: Suspect, field: string | null): CausePlace {
    const resource = this.policies.get(keyOf(policy));
    if (resource === undefined) return { policy, field, origin: reason?.origin ?? UNKNOWN_ORIGIN };
    return { policy, field, origin: field === null ? resource.origin : resource.locate(field) };
  }

  /** Fields of the suspect that a switch is about; null is the whole policy. */
  private fieldsOf({ policy, reason }: Suspect, name: SwitchName, { namedPorts }: CniProfile): (string | null)[] {
    const object = this.policies.get(keyOf(policy))?.object;
    if (object === undefined) return [];
    const isAdmin = policy.kind !== 'NetworkPolicy';
    if (name === 'enforced') return [null];
    if (name === 'adminApi') return isAdmin ? [null] : [];
    if (name === 'equalPriority') return isAdmin ? ['spec.priority'] : [];
    // Refused, or given up, as a whole, whatever of it decides.
    if (name === 'hostBits') return fieldsOfRules(object, name);
    if (name === 'namedPorts' && namedPorts === 'policy-rejected') return fieldsOfRules(object, name).slice(0, 1);
    if (reason === undefined) return [];
    const rule = rulesOf(object, reason.direction)[reason.rule];
    return rule === undefined ? [] : fieldsOfRule(rule, reason, name);
  }
}

function fieldsOfRules(object: AnyPolicy['object'], name: SwitchName): string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    rulesOf(object, direction).flatMap((rule, index) => fieldsOfRule(rule, { direction, rule: index, peer: null, port: null }, name)),
  );
}

type RulePlace = Pick<RuleReason, 'direction' | 'rule' | 'peer' | 'port'>;

function fieldsOfRule(rule: AnyRule, { direction, rule: index, peer, port }: RulePlace, name: SwitchName): string[] {
  const path = `spec.${direction}[${index}]`;
  const list = direction === 'ingress' ? 'from' : 'to';
  const peers = (direction === 'ingress' ? rule.from : rule.to) ?? [];
  const portList = rule.protocols ? 'protocols' : 'ports';
  const ports = rule.protocols ?? rule.ports ?? [];
  const peersWith = (field: (each: AnyPeer) => string | undefined, whole: boolean): string[] =>
    peers.flatMap((each, i) => {
      const found = whole || peer === null || peer === i ? field(each) : undefined;
      return found === undefined ? [] : [`${path}.${list}[${i}]${found}`];
    });
  const portsWith = (field: (each: AnyPort) => string | undefined): string[] =>
    ports.flatMap((each, i) => {
      const found = port === null || port === i ? field(each) : undefined;
      return found === undefined ? [] : [`${path}.${portList}[${i}]${found}`];
    });
  switch (name) {
    case 'ipBlockMatchesPods':
    case 'ipBlockMatchesNodes':
    case 'exceptScope':
      return peersWith((each) => (each.ipBlock ? '.ipBlock' : each.networks && name !== 'exceptScope' ? '.networks' : undefined), false);
    case 'ipv6Everything':
      return peersWith(({ ipBlock }) => (ipBlock?.cidr.endsWith('/0') && ipBlock.cidr.includes(':') ? '.ipBlock.cidr' : undefined), false);
    case 'hostBits':
      return peersWith(({ ipBlock }) => (ipBlock && parsePrefix(ipBlock.cidr)?.hostBits ? '.ipBlock.cidr' : undefined), true);
    case 'adminPeers':
      return peersWith(({ nodes, domainNames }) => (nodes ? '.nodes' : domainNames ? '.domainNames' : undefined), true);
    case 'unknownPeers':
      return peersWith((each) => (Object.values(each).some(Boolean) ? undefined : ''), true);
    case 'endPort':
      return portsWith(({ endPort }) => (endPort ? '.endPort' : undefined));
    case 'namedPorts':
    case 'namedPortDuplicates':
    case 'sidecarPorts':
      return portsWith(namedPortField);
    default:
      return [path];
  }
}

function namedPortField({ port, destinationNamedPort, namedPort }: AnyPort): string | undefined {
  if (typeof port === 'string') return '.port';
  if (destinationNamedPort) return '.destinationNamedPort';
  return namedPort ? '.namedPort' : undefined;
}

function ruleField(reason: RuleReason | undefined): string | null {
  return reason === undefined || reason.rule < 0 ? null : `spec.${reason.direction}[${reason.rule}]`;
}

function rulesOf({ spec }: AnyPolicy['object'], direction: Direction): readonly AnyRule[] {
  const rules: readonly AnyRule[] | null | undefined = direction === 'ingress' ? spec?.ingress : spec?.egress;
  return rules ?? [];
}

function comparePlaces(a: CausePlace, b: CausePlace): number {
  const [at, other] = [a.origin, b.origin];
  const byOrigin = compareText(at.file, other.file) || at.line - other.line || at.column - other.column;
  return byOrigin || compareText(keyOf(a.policy), keyOf(b.policy)) || compareText(a.field ?? '', b.field ?? '');
}

function keyOf({ kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([kind, namespace ?? null, name]);
}
