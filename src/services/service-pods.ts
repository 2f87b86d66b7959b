/**
 * The pods of a Service, and which pods an end of a question stands for.
 * Specification: core/v1 ServiceSpec; the controller of EndpointSlices (`ShouldPodBeInEndpoints`: pods that have run to completion are left out).
 */
import { isCompleted } from '../input/build-cluster.ts';
import { podAddresses } from '../input/pod-addresses.ts';
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { sortByName } from '../lib/sort-by-name.ts';
import { namespaceOf } from '../model/object-names.ts';
import type { Manifests, Maybe, PodObject, Resource, ServiceObject } from '../model/resource.ts';

type Labels = Maybe<Readonly<Record<string, string | null>>>;

/** Does the Service have a selector? Without one, somebody else says what its backends are. */
export function hasSelector({ spec }: ServiceObject): boolean {
  return Object.keys(spec?.selector ?? {}).length > 0;
}

/**
 * Pods that the selector of the Service selects, in order of name. Readiness is not modelled: pods that are not ready, or have no address yet, may become backends and count. Those that are
 * being deleted count only where there are no others, as data planes use them then.
 */
export function podsOfService(manifests: Manifests, service: ServiceObject): Resource<PodObject>[] {
  const { selector } = service.spec ?? {};
  const namespace = namespaceOf(service.metadata);
  const selected = manifests.pods.filter(({ object }) => {
    return namespaceOf(object.metadata) === namespace && !isCompleted(object) && hasLabels(object.metadata.labels, selector);
  });
  const staying = selected.filter(({ object }) => !object.metadata.deletionTimestamp);
  return inOrder(staying.length > 0 ? staying : selected);
}

/** Are all of these among the labels? A label without value has the empty one. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => {
    return labels !== null && labels !== undefined && Object.hasOwn(labels, key) && (labels[key] ?? '') === (value ?? '');
  });
}

/** The pods that a name or an address of a question stands for, as the engine reads it; none for an address of something else. */
export function podsOfEnd(manifests: Manifests, text: string): Resource<PodObject>[] {
  const live = manifests.pods.filter(({ object }) => !isCompleted(object));
  const parts = text.split('/');
  if (parts.length < 2) {
    const address = parseAddress(text);
    const canonical = address === undefined ? undefined : formatAddress(address);
    return inOrder(live.filter(({ object }) => podAddresses(object.status).some((each) => formatAddress(each) === canonical)));
  }
  const [namespace, name] = [parts[0], parts[parts.length - 1]];
  const kind = parts.length === 3 ? parts[1]?.toLowerCase() : undefined;
  const here = live.filter(({ object }) => namespaceOf(object.metadata) === namespace);
  const pods = kind === undefined || kind === 'pod' ? here.filter(({ object }) => object.metadata.name === name) : [];
  if (pods.length > 0) return pods;
  return inOrder(
    here.filter(({ object: { workload } }) => workload?.name === name && (kind === undefined || workload?.kind.toLowerCase() === kind)),
  );
}

/** Address families of a pod; none while it has no address. A pod of the host's network has its node's. */
export function familiesOfPod({ spec, status }: PodObject): (4 | 6)[] {
  const own = podAddresses(status);
  const hosts = [status?.hostIP, ...(status?.hostIPs ?? []).map(({ ip }) => ip)].flatMap((ip) => (ip ? (parseAddress(ip) ?? []) : []));
  const addresses = own.length > 0 || spec?.hostNetwork !== true ? own : hosts;
  return ([4, 6] as const).filter((family) => addresses.some((address) => address.family === family));
}

/** Is it the address of a node, as Node objects and pods tell it? */
export function isNodeAddress(manifests: Manifests, text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  const canonical = formatAddress(address);
  const isIt = (ip: string | null | undefined): boolean => {
    const found = ip ? parseAddress(ip) : undefined;
    return found !== undefined && formatAddress(found) === canonical;
  };
  return (
    manifests.nodes.some(({ object }) => (object.status?.addresses ?? []).some((each) => isIt(each.address))) ||
    manifests.pods.some(({ object }) => !isCompleted(object) && hostsOf(object).some(isIt))
  );
}

function hostsOf({ spec, status }: PodObject): (string | null | undefined)[] {
  const own = spec?.hostNetwork === true ? podAddresses(status).map(formatAddress) : [];
  return [status?.hostIP, ...(status?.hostIPs ?? []).map(({ ip }) => ip), ...own];
}

function inOrder(pods: readonly Resource<PodObject>[]): Resource<PodObject>[] {
  return sortByName(
    pods,
    ({ object }) => namespaceOf(object.metadata),
    ({ object }) => object.metadata.name,
  );
}
