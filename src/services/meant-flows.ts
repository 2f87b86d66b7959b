/**
 * A question by names -> the connections that it stands for, before anybody judges them.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { FlowQuery } from '../model/flow.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Manifests } from '../model/resource.ts';
import { addressesOfHost } from './host-addresses.ts';
import { type NamedEnd, readNamedEnd, type ServiceReference, serviceName } from './named-end.ts';
import type { MeantEnd, MeantService, NamedQuery, NamedUnknownCause } from './named-reachability.ts';
import { beyondNode } from './node-ports.ts';
import { type ResolvedService, resolveService } from './resolve-service.ts';
import { isNodeAddress, podsOfEnd, podsOfService } from './service-pods.ts';
import { portText } from './service-ports.ts';

/** What the question stands for. */
export interface MeantFlows {
  readonly from: MeantEnd;
  readonly to: MeantEnd;
  /** The Service that translates, when there is one. */
  readonly service: ResolvedService | undefined;
  readonly flows: readonly { readonly query: FlowQuery; readonly to: string }[];
  readonly unknown: { readonly cause: NamedUnknownCause; readonly message: string } | null;
  readonly notes: readonly string[];
}

/** A destination on its way: several Services may stand behind one another by name. */
interface Destination {
  readonly end: MeantEnd;
  readonly service?: ResolvedService;
  readonly targets: readonly {
    readonly to: FlowQuery['to'];
    readonly name: string;
    readonly protocol: Protocol;
    readonly port: number;
    readonly family: 4 | 6 | null;
  }[];
  readonly unknown: MeantFlows['unknown'];
  readonly notes: readonly string[];
}

/** ExternalName Services that name one another have an end. */
const LONGEST_CHAIN = 8;

/** @throws {RangeError} when a name is not there or not clear, and when ports contradict each other or one is missing */
export function meantFlows(manifests: Manifests, query: NamedQuery, domainNames: DomainNameTable | undefined): MeantFlows {
  const source = meantSource(manifests, query.from, domainNames);
  const { end, service, targets, unknown, notes } = meantDestination(manifests, query, endOf(manifests, query.to), domainNames);
  const family = query.family;
  const sources = source.end.kind === 'host' ? source.end.addresses.map((ip) => ({ ip })) : [query.from];
  const flows = sources.flatMap((from) =>
    targets.map((target) => {
      const chosen = target.family ?? family;
      const { protocol, port, to } = target;
      return { query: { from, to, protocol, port, ...(chosen === undefined ? {} : { family: chosen }) }, to: target.name };
    }),
  );
  return { from: source.end, to: end, service, flows, unknown: source.unknown ?? unknown, notes };
}

/** The form of an end. A workload of the namespace `svc` may look like a Service. */
export function endOf(manifests: Manifests, text: string): NamedEnd {
  const end = readNamedEnd(text);
  const [namespace, kind = '', name] = text.split('/');
  if (end.kind !== 'service' || name === undefined) return end;
  const isWorkload = manifests.pods.some(({ object }) => {
    if (namespaceOf(object.metadata) !== namespace || isCompleted(object)) return false;
    if (kind.toLowerCase() === 'pod') return object.metadata.name === name;
    return object.workload?.name === name && object.workload.kind.toLowerCase() === kind.toLowerCase();
  });
  if (!isWorkload) return end;
  const isService = manifests.services.some(
    ({ object: { metadata } }) => metadata.name === end.name && namespaceOf(metadata) === end.namespace,
  );
  if (isService)
    throw new RangeError(
      `${quote(text)} could be a Service or the workload of that name: write the Service as ${quote(`${end.namespace}/service/${end.name}`)}`,
    );
  return { kind: 'given', text };
}

function meantSource(
  manifests: Manifests,
  text: string,
  domainNames: DomainNameTable | undefined,
): { end: MeantEnd; unknown: MeantFlows['unknown'] } {
  const end = endOf(manifests, text);
  if (end.kind === 'service') throw new RangeError(`${quote(text)} is a Service, and connections come from pods${podHint(manifests, end)}`);
  if (end.kind === 'given') return { end: { text, kind: 'given', service: null, host: null, addresses: [] }, unknown: null };
  if (end.port !== undefined)
    throw new RangeError(`${quote(text)} has a port, and which port a connection comes from plays no part: leave it out`);
  const { addresses, problem } = addressesOfHost(end.host, domainNames);
  return {
    end: { text, kind: 'host', service: null, host: end.host, addresses },
    unknown: problem === undefined ? null : { cause: 'unknown-host', message: problem },
  };
}

function podHint(manifests: Manifests, { namespace, name }: ServiceReference): string {
  const service = manifests.services.find(({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace);
  const [pod] = service === undefined ? [] : podsOfService(manifests, service.object);
  if (pod === undefined) return ': name one of its pods or workloads';
  const { workload, metadata } = pod.object;
  return `: name ${quote(workload === undefined ? nameOfObject(pod.object) : `${namespaceOf(metadata)}/${workload.kind.toLowerCase()}/${workload.name}`)}`;
}

function meantDestination(
  manifests: Manifests,
  query: NamedQuery,
  named: NamedEnd,
  domainNames: DomainNameTable | undefined,
  depth = 0,
): Destination {
  if (named.kind === 'service') return serviceDestination(manifests, query, named, domainNames, depth);
  if (named.kind === 'host') return hostDestination(query, named, domainNames);
  const { to, port, protocol = 'TCP' } = query;
  const atService = serviceAt(manifests, to, port, protocol);
  if (atService !== undefined) return serviceDestination(manifests, query, atService, domainNames, depth);
  if (port === undefined) throw new RangeError(`which port of ${quote(to)}? Give it (\`--port\`)`);
  const end: MeantEnd = { text: to, kind: 'given', service: null, host: null, addresses: [] };
  const onward = beyondNode(manifests, to, port, protocol);
  if (onward !== undefined) return { end, targets: [], unknown: { cause: 'node-port', message: onward }, notes: [] };
  return {
    end,
    targets: [{ to, name: to, protocol, port, family: null }],
    unknown: null,
    notes: [],
  };
}

/** The one Service with this cluster IP and this port, if the address is nobody else's. Other addresses of Services are not translated everywhere. */
function serviceAt(manifests: Manifests, text: string, port: number | undefined, protocol: Protocol): ServiceReference | undefined {
  const address = text.includes('/') ? undefined : parseAddress(text);
  if (address === undefined || port === undefined) return undefined;
  // The engine takes it for theirs.
  if (podsOfEnd(manifests, text).length > 0 || isNodeAddress(manifests, text)) return undefined;
  const canonical = formatAddress(address);
  const isIt = (ip: string | null | undefined): boolean => {
    const found = ip ? parseAddress(ip) : undefined;
    return found !== undefined && formatAddress(found) === canonical;
  };
  const owners = manifests.services.filter(({ object: { spec } }) => [spec?.clusterIP, ...(spec?.clusterIPs ?? [])].some(isIt));
  const [owner] = owners;
  if (owner === undefined || owners.length > 1) return undefined;
  const ports = (owner.object.spec?.ports ?? []).filter((each) => each.port === port && (each.protocol ?? 'TCP') === protocol);
  if (ports.length !== 1 || owner.object.spec?.type === 'ExternalName') return undefined;
  if (manifests.unreadableEnds.some(({ addresses }) => addresses.some(isIt))) return undefined;
  return { namespace: namespaceOf(owner.object.metadata), name: owner.object.metadata.name, port };
}

function serviceDestination(
  manifests: Manifests,
  query: NamedQuery,
  named: ServiceReference,
  domainNames: DomainNameTable | undefined,
  depth: number,
): Destination {
  const { protocol } = query;
  const reference = named.port === undefined && query.port !== undefined ? { ...named, port: query.port } : named;
  // An address of the Service is of one family.
  const asked = readNamedEnd(query.to).kind === 'given' ? parseAddress(query.to)?.family : undefined;
  const service = resolveService(manifests, reference, { protocol, family: query.family ?? asked });
  const number = service.port?.port ?? (typeof reference.port === 'number' ? reference.port : undefined);
  if (
    query.port !== undefined &&
    service.externalName === null &&
    service.unresolved?.cause !== 'unreadable-service' &&
    number !== query.port
  ) {
    const what = service.port === null ? `port ${reference.port}` : portText(service.port);
    throw new RangeError(`${quote(query.to)} is ${what}, and not port ${query.port}: leave one of the two out`);
  }
  if (service.externalName !== null) return externalDestination(manifests, query, reference, service, domainNames, depth);
  const { namespace, name, origin, headless, port, backends, unresolved, notes } = service;
  const meant: MeantService = { namespace, name, origin, headless, port };
  return {
    end: { text: query.to, kind: 'service', service: meant, host: null, addresses: [] },
    service,
    targets: backends.map(({ pod, ...rest }) => ({ to: { pod }, name: pod, ...rest })),
    unknown: unresolved,
    notes,
  };
}

/** ExternalName is an alias for the name: nothing is translated, whatever ports the Service lists. */
function externalDestination(
  manifests: Manifests,
  query: NamedQuery,
  reference: ServiceReference,
  { namespace, name, origin, externalName }: ResolvedService,
  domainNames: DomainNameTable | undefined,
  depth: number,
): Destination {
  const host = externalName ?? '';
  const told = quote(serviceName({ namespace, name }));
  if (typeof reference.port === 'string')
    throw new RangeError(`${told} is another name for ${quote(host)} (ExternalName): give its port as a number`);
  const port = reference.port ?? query.port;
  const next = readNamedEnd(host);
  const isName = next.kind !== 'given';
  if (!isName || depth === LONGEST_CHAIN) {
    const message = isName ? `${told} stands for too many other names` : `${told} stands for ${quote(host)}, which is no name of a host`;
    return {
      end: { text: query.to, kind: 'service', service: { namespace, name, origin, headless: false, port: null }, host, addresses: [] },
      targets: [],
      unknown: { cause: 'unknown-host', message },
      notes: [],
    };
  }
  const given: NamedQuery = { ...query, ...(port === undefined ? {} : { port }) };
  const inner = meantDestination(manifests, given, next, domainNames, depth + 1);
  const { service, addresses } = inner.end;
  return {
    ...inner,
    end: {
      text: query.to,
      kind: 'service',
      service: service ?? { namespace, name, origin, headless: false, port: null },
      host: service === null ? (inner.end.host ?? host) : null,
      addresses,
    },
    notes: [`${told} is another name for ${quote(host)} (ExternalName)`, ...inner.notes],
  };
}

function hostDestination(
  query: NamedQuery,
  { host, port: own }: Extract<NamedEnd, { kind: 'host' }>,
  domainNames: DomainNameTable | undefined,
): Destination {
  const port = own ?? query.port;
  if (port === undefined) throw new RangeError(`which port of ${quote(query.to)}? Give it (\`--port\`, or ${quote(`${host}:443`)})`);
  if (query.port !== undefined && port !== query.port)
    throw new RangeError(`${quote(query.to)} is port ${port}, and not port ${query.port}: leave one of the two out`);
  const { addresses, problem } = addressesOfHost(host, domainNames);
  const wanted = addresses.filter((ip) => query.family === undefined || ip.includes(':') === (query.family === 6));
  const none = addresses.length > 0 && wanted.length === 0 ? `${quote(host)} has no IPv${query.family} address` : undefined;
  const message = problem ?? none;
  return {
    end: { text: query.to, kind: 'host', service: null, host, addresses: wanted },
    targets: wanted.map((ip) => ({ to: { ip }, name: ip, protocol: query.protocol ?? 'TCP', port, family: null })),
    unknown: message === undefined ? null : { cause: 'unknown-host', message },
    notes: [],
  };
}
