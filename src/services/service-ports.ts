/**
 * Ports of a Service: which one is meant, and what number it is at a pod.
 * Specification: core/v1 ServicePort; `FindPort` of pkg/api/v1/pod, by which the controller of EndpointSlices resolves target ports that are names.
 */
import { quote } from '../lib/quote.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { Container, PodObject, ServiceObject } from '../model/resource.ts';
import { type ServiceReference, serviceName } from './named-end.ts';

/** Thrown for a port that the Service does not have: who connects to it gets no answer. */
export class NoSuchPort extends RangeError {
  override readonly name = 'NoSuchPort';
}

/** A port of a Service, after defaulting. */
export interface ServicePort {
  readonly name: string | null;
  /** What clients connect to. */
  readonly port: number;
  /** What that is at the pod: a number, or the name of a container port. */
  readonly targetPort: number | string;
  readonly protocol: Protocol;
}

/** The ports in the order of the object: TCP unless written, and the port itself where no target port is written. */
export function servicePorts({ spec }: ServiceObject): ServicePort[] {
  return (spec?.ports ?? []).map(({ name, port, targetPort, protocol }) => ({
    name: name || null,
    port,
    // 0 and the empty text stand for "the same as port".
    targetPort: targetPort || port,
    protocol: PROTOCOLS.find((known) => known === protocol) ?? 'TCP',
  }));
}

/**
 * The port that a reference names, among those of the protocol where one is given.
 * @throws {RangeError} when there is none, or several could be meant
 */
export function chooseServicePort(service: ServiceObject, reference: ServiceReference, protocol: Protocol | undefined): ServicePort {
  const all = servicePorts(service);
  const { port } = reference;
  const named = all.filter((each) => port === undefined || (typeof port === 'number' ? each.port === port : each.name === port));
  const found = named.filter((each) => protocol === undefined || each.protocol === protocol);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const what = `the Service ${quote(serviceName(reference))}`;
  if (first !== undefined) throw new RangeError(`${what} has several ports: name one of ${listed(found)}${protocolHint(found)}`);
  if (all.length === 0) throw new NoSuchPort(`${what} has no ports`);
  if (named.length > 0) throw new NoSuchPort(`${what} has ${listed(named)}, and not with ${protocol}`);
  const asked = typeof port === 'number' ? String(port) : quote(port ?? '');
  const target = all.find(({ targetPort }) => targetPort === port);
  const hint = target === undefined ? '' : `: that is the target port of ${portText(target)}, which clients connect to`;
  throw new NoSuchPort(`${what} has no port ${asked}${hint === '' ? `, it has ${listed(all)}` : hint}`);
}

function protocolHint(found: readonly ServicePort[]): string {
  return new Set(found.map(({ protocol }) => protocol)).size > 1 ? ', or give the protocol (`--protocol`)' : '';
}

function listed(ports: readonly ServicePort[]): string {
  return ports.map(portText).join(', ');
}

/** `TCP/80 (http)`, as a person would call it. */
export function portText({ name, port, protocol }: Pick<ServicePort, 'name' | 'port' | 'protocol'>): string {
  return `${protocol}/${port}${name === null ? '' : ` (${quote(name)})`}`;
}

/** The number of a target port at a pod; undefined when it is a name that no container gives to a port of that protocol. `sidecar`: only an init container that keeps running does. */
export function targetPortAt(
  { targetPort, protocol }: Pick<ServicePort, 'targetPort' | 'protocol'>,
  { spec }: PodObject,
): { readonly port: number; readonly sidecar: boolean } | undefined {
  if (typeof targetPort === 'number') return { port: targetPort, sidecar: false };
  const find = (containers: readonly Container[]): number | undefined =>
    containers.flatMap(({ ports }) => ports ?? []).find((port) => port.name === targetPort && (port.protocol ?? 'TCP') === protocol)
      ?.containerPort;
  const port = find(spec?.containers ?? []);
  if (port !== undefined) return { port, sidecar: false };
  const sidecar = find((spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'));
  return sidecar === undefined ? undefined : { port: sidecar, sidecar: true };
}
