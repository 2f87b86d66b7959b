/**
 * The tiny universe of the exhaustive comparison: three pods and one address outside that differ in one label, one namespace or one address bit,
 * and every flow between their addresses on ports 3 to 8 (rules speak of 4 to 7) over every protocol.
 */
import { toManifests } from '../../src/fuzz/manifests.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { Manifests, NamespaceObject, NetworkPolicyObject, PodObject } from '../../src/model/resource.ts';

/** Namespace `a` is only referred to and so has no label but its name; `b` has one more. */
const NAMESPACES: readonly NamespaceObject[] = [{ kind: 'Namespace', metadata: { name: 'b', labels: { env: 'x' } } }];

const PODS: readonly PodObject[] = [
  pod('a', 'p0', { app: 'x' }, ['10.0.0.4', 'fd00::4'], { name: 'web', containerPort: 5, protocol: 'TCP' }),
  // No label: what `NotIn` and `DoesNotExist` are about. The port's name is the same, its protocol is not.
  pod('a', 'p1', {}, ['10.0.0.5'], { name: 'web', containerPort: 6, protocol: 'UDP' }),
  pod('b', 'p2', { app: 'y' }, ['10.0.0.6'], { name: 'web', containerPort: 6, protocol: 'TCP' }),
];

/** Addresses of one family, each one bit from another: those of the pods, and the last one outside. */
const ADDRESSES: readonly (readonly string[])[] = [
  ['10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7'],
  ['fd00::4', 'fd00::5'],
];

/** Rules speak of 4 to 7. */
const PORTS = [3, 4, 5, 6, 7, 8];

function pod(
  namespace: string,
  name: string,
  labels: Record<string, string>,
  ips: readonly string[],
  port: { name: string; containerPort: number; protocol: 'TCP' | 'UDP' },
): PodObject {
  return {
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ ports: [port] }] },
    status: { phase: 'Running', podIP: ips[0] as string, podIPs: ips.map((ip) => ({ ip })) },
  };
}

/** Every flow: an address of the universe to an address of the same family (to itself too), every protocol, every port. */
export const FLOWS: readonly FlowQuery[] = ADDRESSES.flatMap((addresses) =>
  addresses.flatMap((from) =>
    addresses.flatMap((to) => PROTOCOLS.flatMap((protocol) => PORTS.map((port) => ({ from, to, protocol, port })))),
  ),
);

/** The universe with these policies. */
export function withPolicies(networkPolicies: readonly NetworkPolicyObject[]): Manifests {
  return toManifests({ namespaces: NAMESPACES, pods: PODS, networkPolicies });
}
