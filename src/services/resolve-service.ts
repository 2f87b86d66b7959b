/**
 * A Service -> the pods and ports that a connection to it can end at. Manifests and a reference in, backends out; policies are not asked here.
 *
 * Specification: core/v1 ServiceSpec and ServicePort; networkpolicy-semantics 53 (policies see the pod's address and the target port). A headless Service (`clusterIP: None`) translates nothing:
 * a name gives the addresses of pods, so a port that is given as a number is the pod's port, whatever the target port says, and a port that is given by name is what SRV records say, the target port.
 */
import { parseAddress } from '../lib/ip-address.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import { type Origin, UNREADABLE } from '../model/origin.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Manifests, PodObject, Resource, ServiceObject } from '../model/resource.ts';
import { type ServiceReference, serviceName } from './named-end.ts';
import { familiesOfPod, hasSelector, podsOfService } from './service-pods.ts';
import { chooseServicePort, portText, type ServicePort, servicePorts, targetPortAt } from './service-ports.ts';

/** Where a connection can end: a pod at the port that its packets have when they arrive. */
export interface Backend {
  /** `namespace/name`. */
  readonly pod: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Null: any family that both ends have, as the families of the Service or the addresses of the pod are not known. */
  readonly family: 4 | 6 | null;
}

/** Why it is not known where a connection ends. */
export type UnresolvedCause =
  /** The Service could not be read. */
  | 'unreadable-service'
  /** Something that may be a pod of the Service could not be read. */
  | 'unreadable-pods'
  /** The Service has no selector: its endpoints are not read. */
  | 'no-selector'
  /** No pod is behind this port. */
  | 'no-backend'
  /** The addresses of a domain name are not known. */
  | 'unknown-host';

export interface ResolvedService {
  readonly namespace: string;
  readonly name: string;
  readonly origin: Origin;
  readonly headless: boolean;
  /** Null: a port of a headless Service that it does not have, or that is given as a number; no translation takes place. */
  readonly port: ServicePort | null;
  /** In order of pod, then IPv4 before IPv6. */
  readonly backends: readonly Backend[];
  /** Only backends on the node of the client are used. */
  readonly onlySameNode: boolean;
  /** The name that an ExternalName Service stands for; then there are no backends. */
  readonly externalName: string | null;
  /** Why the backends are not these, or not known to be. */
  readonly unresolved: { readonly cause: UnresolvedCause; readonly message: string } | null;
  /** What else is worth knowing, one sentence each. */
  readonly notes: readonly string[];
}

export interface ResolveOptions {
  /** Only ports of this protocol; left out: of any. */
  readonly protocol?: Protocol | undefined;
  /** Only backends at addresses of this family. */
  readonly family?: 4 | 6 | undefined;
}

/**
 * What a connection to a port of a Service can end at.
 * @throws {RangeError} when there is no such Service or port, or several ports could be meant
 */
export function resolveService(manifests: Manifests, reference: ServiceReference, options: ResolveOptions = {}): ResolvedService {
  const found = findService(manifests, reference);
  const { namespace, name } = reference;
  const common = { namespace, name, headless: false, port: null, backends: [], onlySameNode: false, externalName: null, notes: [] };
  if (found === undefined) {
    const message = `the Service ${quote(serviceName(reference))} could not be read`;
    return { ...common, origin: unreadableOrigin(manifests, reference), unresolved: { cause: 'unreadable-service', message } };
  }
  const { object, origin } = found;
  const { spec } = object;
  if (spec?.type === 'ExternalName') {
    const message = `the Service ${quote(serviceName(reference))} names no host`;
    const host = spec.externalName || null;
    return { ...common, origin, externalName: host, unresolved: host === null ? { cause: 'no-backend', message } : null };
  }
  const headless = spec?.clusterIP === 'None';
  const chosen = choosePort(object, reference, headless, options.protocol);
  if (!hasSelector(object)) {
    const message = `the backends of ${quote(serviceName(reference))} are not known: it has no selector, and Endpoints and EndpointSlices are not read`;
    return { ...common, origin, headless, port: chosen.port, unresolved: { cause: 'no-selector', message } };
  }
  const { backends, notes } = backendsOf(manifests, object, chosen, options.family);
  const hidden = hiddenPod(manifests, namespace);
  return {
    ...common,
    origin,
    headless,
    port: chosen.port,
    backends,
    onlySameNode: !headless && spec?.internalTrafficPolicy === 'Local',
    notes: [...chosen.notes, ...notes],
    unresolved:
      hidden !== undefined
        ? { cause: 'unreadable-pods', message: `${hidden}, which may be or hold a backend of ${quote(serviceName(reference))}` }
        : backends.length > 0
          ? null
          : { cause: 'no-backend', message: noBackend(manifests, object, chosen, options.family) },
  };
}

/** @throws {RangeError} when there is none; undefined when it is there and could not be read */
function findService(manifests: Manifests, reference: ServiceReference): Resource<ServiceObject> | undefined {
  const { namespace, name } = reference;
  const found = manifests.services.find(({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace);
  if (found !== undefined) return found;
  if (isUnreadable(manifests, reference)) return undefined;
  const near = nearest(
    `${namespace}/${name}`,
    manifests.services.map(({ object }) => nameOfObject(object)),
  );
  throw new RangeError(
    `there is no Service ${quote(`${namespace}/${name}`)} in the input${near === undefined ? '' : `: did you mean ${quote(`svc/${near}`)}?`}`,
  );
}

function isUnreadable(manifests: Manifests, reference: ServiceReference): boolean {
  return faultOf(manifests, reference) !== undefined || manifests.unreadableEnds.some(({ object }) => isOf(object, reference));
}

function faultOf({ diagnostics }: Manifests, reference: ServiceReference): Manifests['diagnostics'][number] | undefined {
  return diagnostics.find(({ severity, object }) => severity === 'error' && object !== undefined && isOf(object, reference));
}

function isOf(object: { readonly kind: string; readonly namespace?: string; readonly name: string }, reference: ServiceReference): boolean {
  return object.kind === 'Service' && object.namespace === reference.namespace && object.name === reference.name;
}

function unreadableOrigin(manifests: Manifests, reference: ServiceReference): Origin {
  const end = manifests.unreadableEnds.find(({ object }) => isOf(object, reference));
  return faultOf(manifests, reference)?.origin ?? end?.origin ?? { file: '<objects>', line: 0, column: 0 };
}

/** Which port of a pod is meant: what the Service translates to, or without translation the number itself. */
interface ChosenPort {
  readonly port: ServicePort | null;
  readonly atPod: Pick<ServicePort, 'targetPort' | 'protocol'>;
  readonly notes: readonly string[];
}

function choosePort(service: ServiceObject, reference: ServiceReference, headless: boolean, protocol: Protocol | undefined): ChosenPort {
  const asked = reference.port;
  if (!headless || typeof asked === 'string') {
    const port = chooseServicePort(service, reference, protocol);
    return { port, atPod: port, notes: [] };
  }
  const ports = servicePorts(service).filter((each) => asked === undefined || each.port === asked);
  const port = ports.length > 0 || asked === undefined ? chooseServicePort(service, reference, protocol) : null;
  const number = asked ?? port?.port ?? 0;
  const atPod = { targetPort: number, protocol: port?.protocol ?? protocol ?? 'TCP' } as const;
  const name = quote(serviceName(reference));
  const note =
    port === null
      ? `${name} is headless: the connection goes to port ${number} of its pods, which is not one of its ports`
      : port.targetPort === number
        ? undefined
        : `${name} is headless: nothing translates port ${number}, so the connection goes to port ${number} of its pods, and not to the target port ${portName(port.targetPort)}, which only SRV records give`;
  return { port, atPod, notes: note === undefined ? [] : [note] };
}

function backendsOf(
  manifests: Manifests,
  service: ServiceObject,
  { atPod }: ChosenPort,
  wanted: 4 | 6 | undefined,
): { backends: Backend[]; notes: string[] } {
  const families = familiesOfService(service);
  const backends: Backend[] = [];
  const notes: string[] = [];
  for (const { object } of podsOfService(manifests, service)) {
    const pod = nameOfObject(object);
    const target = targetPortAt(atPod, object);
    if (target === undefined) {
      notes.push(
        `${quote(pod)} is selected and is no backend: no container of it has ${atPod.protocol} port ${portName(atPod.targetPort)}`,
      );
      continue;
    }
    if (target.sidecar)
      notes.push(`${portName(atPod.targetPort)} is a port of a sidecar of ${quote(pod)}, where older Kubernetes does not look for it`);
    for (const family of familiesAt(object, families, wanted)) backends.push({ pod, port: target.port, protocol: atPod.protocol, family });
  }
  return { backends, notes };
}

/** Those at which the Service has this pod behind it. */
function familiesAt(pod: PodObject, families: readonly (4 | 6)[] | undefined, wanted: 4 | 6 | undefined): (4 | 6 | null)[] {
  const own = familiesOfPod(pod);
  // One that has no address yet, or stands for a workload.
  if (own.length === 0) return [wanted ?? null];
  if (families === undefined) return wanted === undefined ? [null] : own.filter((family) => family === wanted);
  return own.filter((family) => families.includes(family) && (wanted === undefined || family === wanted));
}

/** `ipFamilies`, else the families of its addresses; undefined where only the cluster knows. */
function familiesOfService({ spec }: ServiceObject): readonly (4 | 6)[] | undefined {
  if (spec?.ipFamilies?.length) return ([4, 6] as const).filter((family) => spec.ipFamilies?.includes(`IPv${family}`));
  if (spec?.ipFamilyPolicy === 'RequireDualStack') return [4, 6];
  const addresses = [spec?.clusterIP, ...(spec?.clusterIPs ?? [])].flatMap((text) => (text ? (parseAddress(text) ?? []) : []));
  // One address where there may be two says nothing about the second.
  if (addresses.length === 0 || (spec?.ipFamilyPolicy === 'PreferDualStack' && !spec.clusterIPs?.length)) return undefined;
  return ([4, 6] as const).filter((family) => addresses.some((address) => address.family === family));
}

/** What could not be read and may be a pod of the namespace, as the beginning of a sentence. */
function hiddenPod({ diagnostics }: Manifests, namespace: string): string | undefined {
  const found = diagnostics.find(({ severity, object }) => {
    if (severity !== 'error') return false;
    if (object === undefined || object.kind === UNREADABLE) return true;
    return !NO_PODS.test(object.kind) && (object.namespace === undefined || object.namespace === namespace);
  });
  if (found === undefined) return undefined;
  const { object, origin } = found;
  return object === undefined ? `${quote(origin.file)} could not be read whole` : `${object.kind} ${quote(object.name)} could not be read`;
}

const NO_PODS = /^(Service|Node|Namespace)$|Policy$/;

function noBackend(manifests: Manifests, service: ServiceObject, { port }: ChosenPort, wanted: 4 | 6 | undefined): string {
  const { metadata } = service;
  const name = quote(serviceName({ namespace: namespaceOf(metadata), name: metadata.name }));
  const selected = podsOfService(manifests, service).length;
  if (selected === 0) return `${name} has no backend: its selector selects no pod that runs`;
  const at = port === null ? '' : ` for ${portText(port)}`;
  const family = wanted === undefined ? '' : ` at an IPv${wanted} address`;
  return `${name} has no backend${at}${family}: none of the ${selected === 1 ? 'pod' : `${selected} pods`} that it selects can be one`;
}

/** A target port in a sentence. */
function portName(port: number | string): string {
  return typeof port === 'number' ? String(port) : quote(port);
}
