/**
 * Changes of the ports of a rule whose peers match.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { quote } from '../lib/quote.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Direction } from '../model/protocol.ts';
import type { Manifests, NetworkPolicyPort, PodObject, ServiceObject } from '../model/resource.ts';
import { serviceName } from '../services/named-end.ts';
import { hasLabels, hasSelector } from '../services/service-pods.ts';
import { servicePorts, targetPortAt } from '../services/service-ports.ts';
import { appended, type Edit, editOf } from './edit.ts';
import type { Pair } from './pairs.ts';
import { declaredPorts, isAtPort, type PortMisses, type RuleMisses } from './rule-misses.ts';
import { isSlip, labelsOf, labelsOfNamespace, missesOf } from './selector-misses.ts';

/** Slips in single ports. */
export function portSlipEdits(manifests: Manifests, rule: RuleMisses, direction: Direction, pair: Pair): Edit[] {
  return rule.ports.flatMap((port) => [
    ...servicePortEdits(manifests, rule, direction, port, pair),
    ...protocolEdits(rule, direction, port, pair),
    ...portNameEdits(manifests, rule, direction, port, pair),
  ]);
}

/** The rule has what clients connect to, and policies see what the pod listens on [semantics 39]. */
function servicePortEdits(
  manifests: Manifests,
  rule: RuleMisses,
  direction: Direction,
  { item, index }: PortMisses,
  { query, to }: Pair,
): Edit[] {
  const pod = to.pod?.object;
  if (pod === undefined || typeof item.port !== 'number' || item.endPort || (item.protocol ?? 'TCP') !== query.protocol) return [];
  const service = manifests.services.find(({ object }) => {
    return (
      isBehind(object, pod) &&
      servicePorts(object).some(
        (port) => port.port === item.port && port.protocol === query.protocol && targetPortAt(port, pod)?.port === query.port,
      )
    );
  });
  if (service === undefined) return [];
  const { metadata } = service.object;
  const name = quote(serviceName({ namespace: namespaceOf(metadata), name: metadata.name }));
  const why = `${item.port} is the port of ${name}, and policies see the port of the pod`;
  return [portEdit('service-port', manifests, rule, direction, { item, index, to: query.port, why })];
}

interface PortChange {
  readonly item: NetworkPolicyPort;
  readonly index: number;
  readonly to: number | string;
  readonly why: string;
}

/** Another port in the place of this one, or beside it where somebody may need it. */
function portEdit(
  code: Edit['code'],
  manifests: Manifests,
  rule: RuleMisses,
  direction: Direction,
  { item, index, to, why }: PortChange,
): Edit {
  const text = (port: NetworkPolicyPort['port']): string => (typeof port === 'string' ? quote(port) : String(port));
  const ports = portsPath(rule, direction);
  const at = [...ports, index, 'port'];
  if (!isNeeded(manifests, rule, direction, item))
    return editOf(code, `port ${text(item.port)} → ${text(to)}: ${why}`, rule.policy, at, () => to);
  const words = `add port ${text(to)} beside ${text(item.port)}, which others may need: ${why}`;
  const edit = editOf(code, words, rule.policy, ports, appended({ ...item, port: to }));
  const { field, place } = editOf(code, words, rule.policy, at, (old) => old);
  return { ...edit, field, place };
}

/** Is there a pod on the side of the port that has it, or may there be anybody? A pod that declares no port is no sign of it. */
function isNeeded(
  manifests: Manifests,
  { policy, peers }: RuleMisses,
  direction: Direction,
  { port, protocol }: NetworkPolicyPort,
): boolean {
  // An address outside has any port.
  if (direction === 'egress' && typeof port === 'number' && (peers.length === 0 || peers.some(({ peer }) => peer.ipBlock))) return true;
  const here = namespaceOf(policy.object.metadata);
  const isThere = ({ metadata }: PodObject): boolean => {
    const labels = labelsOf(metadata.labels);
    const namespace = namespaceOf(metadata);
    if (direction === 'ingress') return namespace === here && missesOf(policy.object.spec?.podSelector, labels).length === 0;
    if (peers.length === 0) return true;
    return peers.some(({ peer }) => {
      const inside = peer.namespaceSelector
        ? missesOf(peer.namespaceSelector, labelsOfNamespace(manifests, namespace)).length === 0
        : namespace === here;
      return !peer.ipBlock && inside && missesOf(peer.podSelector, labels).length === 0;
    });
  };
  return manifests.pods.some(({ object }) => {
    const has = declaredPorts(object).some((each) => each.protocol === (protocol ?? 'TCP') && (each.name === port || each.port === port));
    return has && !isCompleted(object) && isThere(object);
  });
}

/** Is the pod one of those that the Service selects? */
function isBehind(service: ServiceObject, pod: NonNullable<Pair['to']['pod']>['object']): boolean {
  return (
    namespaceOf(service.metadata) === namespaceOf(pod.metadata) &&
    hasSelector(service) &&
    hasLabels(pod.metadata.labels, service.spec?.selector)
  );
}

/** The port is there for another protocol. The item stays as it is, because others may need it. */
function protocolEdits(rule: RuleMisses, direction: Direction, { item, index }: PortMisses, { query, to }: Pair): Edit[] {
  const { protocol, ...rest } = item;
  if ((protocol ?? 'TCP') === query.protocol || rest.port === null || rest.port === undefined) return [];
  if (!isAtPort(rest, query.port, query.protocol, to.pod?.object)) return [];
  const why = protocol ? `it is there for ${protocol}` : 'a port without protocol is TCP';
  const words = `add ${quote(`protocol: ${query.protocol}, port: ${rest.port}`)} beside this port: ${why}`;
  const edit = editOf('protocol', words, rule.policy, portsPath(rule, direction), appended({ protocol: query.protocol, ...rest }));
  const at = editOf('protocol', words, rule.policy, [...portsPath(rule, direction), index], (old) => old);
  return [{ ...edit, field: at.field, place: at.place }];
}

/** A name that the pod gives to no port of the protocol, next to one that it does. */
function portNameEdits(
  manifests: Manifests,
  rule: RuleMisses,
  direction: Direction,
  { item, index }: PortMisses,
  { query, to }: Pair,
): Edit[] {
  const { port } = item;
  if (typeof port !== 'string' || (item.protocol ?? 'TCP') !== query.protocol) return [];
  const declared = declaredPorts(to.pod?.object).filter(({ protocol }) => protocol === query.protocol);
  if (declared.some(({ name }) => name === port)) return [];
  const here = declared.filter((each) => each.port === query.port && each.name !== undefined);
  const name = here.find((each) => isSlip(each.name ?? '', port))?.name ?? here[0]?.name;
  const none = `no container of ${quote(to.name)} has a ${query.protocol} port of that name`;
  if (name === undefined) return [portEdit('port-name', manifests, rule, direction, { item, index, to: query.port, why: none })];
  const why = `${none}, and ${query.port} is called ${quote(name)}`;
  return [portEdit('port-name', manifests, rule, direction, { item, index, to: name, why })];
}

/** One more port for the peers that match already. */
export function addPortEdits(rule: RuleMisses, direction: Direction, { query }: Pair): Edit[] {
  const words = `add ${quote(`protocol: ${query.protocol}, port: ${query.port}`)} to the ports of ${direction}[${rule.index}], which is for this peer already`;
  return [editOf('add-port', words, rule.policy, portsPath(rule, direction), appended({ protocol: query.protocol, port: query.port }))];
}

function portsPath({ index }: RuleMisses, direction: Direction): (string | number)[] {
  return ['spec', direction, index, 'ports'];
}
