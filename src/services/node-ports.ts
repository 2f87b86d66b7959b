/**
 * Ports of a node that lead on: the node port of a Service, and the host port of a pod. Packets are translated there, and whether that is before or after policies look at them, and whose address
 * the pod then sees, depends on the data plane: no verdict about the node is one about the connection.
 * Specification: core/v1 ServicePort (nodePort) and ContainerPort (hostPort); networkpolicy-semantics 54.
 */
import { isCompleted } from '../input/build-cluster.ts';
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Manifests, PodObject } from '../model/resource.ts';
import { serviceName } from './named-end.ts';
import { isNodeAddress } from './service-pods.ts';

/** Where this port of an address leads, as a sentence; undefined when it is no address of a node, or the port is the node's own. */
export function beyondNode(manifests: Manifests, text: string, port: number, protocol: Protocol): string | undefined {
  if (!isNodeAddress(manifests, text)) return undefined;
  for (const { object } of manifests.services) {
    const found = (object.spec?.ports ?? []).find((each) => each.nodePort === port && (each.protocol ?? 'TCP') === protocol);
    if (found === undefined) continue;
    const name = serviceName({ namespace: namespaceOf(object.metadata), name: object.metadata.name });
    return `${protocol}/${port} of a node is the node port of ${quote(name)}, and ${DEPENDS}: ask for ${quote(`${name}:${found.port}`)}`;
  }
  const pod = manifests.pods.find(
    ({ object }) => !isCompleted(object) && hasHostPort(object, port, protocol) && mayBeAt(manifests, object, text),
  );
  if (pod === undefined) return undefined;
  return `${protocol}/${port} of the node is a host port of ${quote(nameOfObject(pod.object))}, and ${DEPENDS}: ask for the pod, at its own port`;
}

const DEPENDS = 'which addresses policies see on that way depends on the data plane';

/** In the network of the host the port is the pod's own. */
function hasHostPort({ spec }: PodObject, port: number, protocol: Protocol): boolean {
  if (spec?.hostNetwork === true) return false;
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containers.some(({ ports }) => ports?.some((each) => each.hostPort === port && (each.protocol ?? 'TCP') === protocol));
}

/** A pod whose node has no known address may be anywhere. */
function mayBeAt({ nodes }: Manifests, { spec, status }: PodObject, text: string): boolean {
  const node = nodes.find(({ object }) => object.metadata.name === spec?.nodeName)?.object;
  const known = [
    status?.hostIP,
    ...(status?.hostIPs ?? []).map(({ ip }) => ip),
    ...(node?.status?.addresses ?? []).map(({ address }) => address),
  ]
    .flatMap((each) => (each ? (parseAddress(each) ?? []) : []))
    .map(formatAddress);
  const asked = parseAddress(text);
  return known.length === 0 || (asked !== undefined && known.includes(formatAddress(asked)));
}
