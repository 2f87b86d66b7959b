/**
 * Shapes of core/v1 Namespace, Pod, Node and Service, cut down to the fields that are read (src/model/resource.ts).
 */
import { flag, integer, integerOrString, labels, listOf, objectOf, oneOf, text } from '../shape.ts';
import { topLevel } from './meta.ts';

const protocol = oneOf('TCP', 'UDP', 'SCTP');
const containerPort = objectOf('ignored', { name: text, containerPort: integer, hostPort: integer, protocol }, ['containerPort']);
const container = objectOf('ignored', { ports: listOf(containerPort), restartPolicy: text });
const ipEntry = objectOf('ignored', { ip: text }, ['ip']);

export const podSpec = objectOf('ignored', {
  nodeName: text,
  hostNetwork: flag,
  containers: listOf(container),
  initContainers: listOf(container),
});

const podStatus = objectOf('ignored', {
  phase: oneOf('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown', ''),
  podIP: text,
  podIPs: listOf(ipEntry),
  hostIP: text,
  hostIPs: listOf(ipEntry),
});

export const namespace = topLevel('warning', {});

export const pod = topLevel('warning', { spec: podSpec, status: podStatus });

export const node = topLevel('warning', {
  status: objectOf('ignored', { addresses: listOf(objectOf('ignored', { type: text, address: text }, ['type', 'address'])) }),
});

const servicePort = objectOf('ignored', { name: text, port: integer, targetPort: integerOrString, nodePort: integer, protocol }, ['port']);

export const service = topLevel('warning', {
  spec: objectOf('ignored', {
    type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', ''),
    externalName: text,
    ipFamilies: listOf(oneOf('IPv4', 'IPv6')),
    ipFamilyPolicy: oneOf('SingleStack', 'PreferDualStack', 'RequireDualStack', ''),
    internalTrafficPolicy: oneOf('Cluster', 'Local', ''),
    externalTrafficPolicy: oneOf('Cluster', 'Local', ''),
    clusterIP: text,
    clusterIPs: listOf(text),
    externalIPs: listOf(text),
    selector: labels,
    ports: listOf(servicePort),
  }),
  status: objectOf('ignored', {
    loadBalancer: objectOf('ignored', { ingress: listOf(objectOf('ignored', { ip: text })) }),
  }),
});
