/**
 * Named cases for networkpolicy-semantics b.8: protocols, ports, ranges, names.
 */
import { type ConformanceCase, containerPorts, NINE_PODS, namespace, POD_A, POD_B, pod, policy } from './case.ts';

const open = (...ports: unknown[]) => policy('x/np', { podSelector: POD_A, policyTypes: ['Ingress'], ingress: [{ ports }] });
const reach = (...ports: unknown[]) => policy('x/np', { podSelector: POD_A, policyTypes: ['Egress'], egress: [{ ports }] });

export const PORTS: readonly ConformanceCase[] = [
  {
    points: [37],
    title: 'a port without protocol is a TCP port, and a rule of one protocol says nothing about another',
    objects: [
      ...NINE_PODS,
      open({ port: 80 }, { port: 53, protocol: 'UDP' }),
      policy('x/b', { podSelector: POD_B, ingress: [{ ports: [{ port: 80, protocol: 'SCTP' }] }] }),
    ],
    probes: [
      'y/a -> x/a TCP/80 allow',
      'y/a -> x/a UDP/80 deny',
      'y/a -> x/a UDP/53 allow',
      'y/a -> x/a TCP/53 deny',
      'y/a -> x/b SCTP/80 allow',
      'y/a -> x/b TCP/80 deny',
    ],
  },
  {
    points: [38],
    title: 'a protocol without port means every port of that protocol',
    objects: [...NINE_PODS, open({ protocol: 'UDP' }, { protocol: 'SCTP', port: null })],
    probes: ['y/a -> x/a UDP/1 allow', 'y/a -> x/a UDP/65535 allow', 'y/a -> x/a SCTP/9003 allow', 'y/a -> x/a TCP/80 deny'],
  },
  {
    points: [39],
    title: 'a number need not be declared by a container',
    objects: [...NINE_PODS, open({ port: 8443 })],
    probes: ['y/a -> x/a TCP/8443 allow', 'y/a -> x/a TCP/80 deny'],
  },
  {
    points: [40],
    title: 'endPort is the last port of the range, and may equal the first',
    objects: [
      ...NINE_PODS,
      open({ port: 8000, endPort: 8002 }, { port: 9000, endPort: 9000 }, { port: 65534, endPort: 65535, protocol: 'UDP' }),
    ],
    probes: [
      'y/a -> x/a TCP/7999 deny',
      'y/a -> x/a TCP/8000 allow',
      'y/a -> x/a TCP/8002 allow',
      'y/a -> x/a TCP/8003 deny',
      'y/a -> x/a TCP/9000 allow',
      'y/a -> x/a TCP/9001 deny',
      'y/a -> x/a UDP/65535 allow',
      'y/a -> x/a UDP/65533 deny',
    ],
  },
  {
    points: [40],
    title: 'a data plane that does not know endPort opens the first port only',
    profile: { endPort: 'ignored' },
    objects: [...NINE_PODS, open({ port: 8000, endPort: 8002 })],
    probes: ['y/a -> x/a TCP/8000 allow', 'y/a -> x/a TCP/8001 deny', 'y/a -> x/a TCP/8002 deny'],
  },
  {
    points: [42],
    title: 'a name is resolved at the destination: for egress at each peer, for ingress at the selected pod',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1', ports: ['web:80'] }),
      pod('x/b', { ip: '10.0.1.2', ports: ['web:8080'] }),
      pod('x/c', { ip: '10.0.1.3', ports: ['other:80'] }),
      reach({ port: 'web' }),
      policy('x/in', { podSelector: POD_B, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'web' }] }] }),
    ],
    probes: [
      'x/a -> x/b TCP/8080 allow',
      'x/a -> x/b TCP/80 deny',
      'x/c -> x/b TCP/8080 allow',
      'x/c -> x/b TCP/80 deny',
      'x/a -> x/c TCP/80 deny',
      'x/c -> x/a TCP/80 allow',
    ],
  },
  {
    points: [43],
    title: 'name and protocol of the container port must both match',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1', ports: ['dns:53/UDP', 'web:80'] }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 'dns' }, { port: 'web', protocol: 'TCP' }),
    ],
    probes: ['x/b -> x/a UDP/53 deny', 'x/b -> x/a TCP/53 deny', 'x/b -> x/a TCP/80 allow', 'x/b -> x/a UDP/80 deny'],
  },
  {
    points: [43],
    title: 'one name for two protocols is two ports',
    objects: [
      namespace('x'),
      pod('x/a', { ip: '10.0.1.1', ports: ['dns:53/UDP', 'dns:5353/TCP'] }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 'dns', protocol: 'TCP' }),
    ],
    probes: ['x/b -> x/a TCP/5353 allow', 'x/b -> x/a UDP/53 deny', 'x/b -> x/a TCP/53 deny'],
  },
  {
    points: [44],
    title: 'a name that the destination does not have matches nothing, and neither does one towards an address',
    objects: [
      ...NINE_PODS,
      policy('x/out', { podSelector: POD_A, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'missing' }, { port: 'web' }] }] }),
    ],
    probes: ['x/a -> y/a TCP/80 allow', 'x/a -> y/a TCP/81 deny', 'x/a -> 203.0.113.9 TCP/80 deny', 'x/b -> 203.0.113.9 TCP/80 allow'],
  },
  {
    points: [44],
    title: 'on ingress from a block a name is still resolved at the selected pod',
    objects: [
      ...NINE_PODS,
      policy('x/in', {
        podSelector: POD_A,
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 'web' }] }],
      }),
    ],
    probes: ['203.0.113.9 -> x/a TCP/80 allow', '203.0.113.9 -> x/a TCP/81 deny', '198.51.100.1 -> x/a TCP/80 deny'],
  },
  {
    points: [45],
    title: 'a name that several containers declare means each of their numbers under the profile spec',
    objects: [
      namespace('x'),
      pod('x/a', {
        ip: '10.0.1.1',
        spec: {
          containers: [
            { name: 'one', ports: containerPorts(['web:80']) },
            { name: 'two', ports: containerPorts(['web:81']) },
          ],
        },
      }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 'web' }),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/b -> x/a TCP/81 allow', 'x/b -> x/a TCP/82 deny'],
  },
  {
    points: [45],
    title: 'or the first in order of containers, where the profile says so',
    profile: { namedPortDuplicates: 'first' },
    objects: [
      namespace('x'),
      pod('x/a', {
        ip: '10.0.1.1',
        spec: {
          containers: [
            { name: 'one', ports: containerPorts(['web:80/UDP', 'web:80']) },
            { name: 'two', ports: containerPorts(['web:81']) },
          ],
        },
      }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 'web' }, { port: 'web', protocol: 'UDP' }),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/b -> x/a TCP/81 deny', 'x/b -> x/a UDP/80 allow'],
  },
  {
    points: [46],
    title: 'ports of sidecars have names that count, ports of other init containers do not',
    objects: [
      namespace('x'),
      pod('x/a', {
        ip: '10.0.1.1',
        spec: {
          containers: [{ name: 'main', ports: containerPorts(['web:80']) }],
          initContainers: [
            { name: 'proxy', restartPolicy: 'Always', ports: containerPorts(['metrics:9090']) },
            { name: 'setup', ports: containerPorts(['metrics:9091']) },
          ],
        },
      }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 'metrics' }),
    ],
    probes: ['x/b -> x/a TCP/9090 allow', 'x/b -> x/a TCP/9091 deny', 'x/b -> x/a TCP/80 deny'],
  },
  {
    points: [46],
    title: 'a profile can leave the ports of sidecars without names',
    profile: { sidecarPorts: false },
    objects: [
      namespace('x'),
      pod('x/a', {
        ip: '10.0.1.1',
        spec: {
          containers: [{ name: 'main', ports: containerPorts(['web:80']) }],
          initContainers: [{ name: 'proxy', restartPolicy: 'Always', ports: containerPorts(['metrics:9090']) }],
        },
      }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 'metrics' }, { port: 'web' }),
    ],
    probes: ['x/b -> x/a TCP/9090 deny', 'x/b -> x/a TCP/80 allow'],
  },
  {
    points: [47],
    title: 'policies apply to the pod, whichever of its containers the number belongs to',
    objects: [
      namespace('x'),
      pod('x/a', {
        ip: '10.0.1.1',
        spec: {
          containers: [{ name: 'main', ports: containerPorts(['web:80']) }],
          initContainers: [{ name: 'setup', ports: containerPorts(['job:81']) }],
        },
      }),
      pod('x/b', { ip: '10.0.1.2' }),
      open({ port: 81 }),
    ],
    probes: ['x/b -> x/a TCP/81 allow', 'x/b -> x/a TCP/80 deny'],
  },
];
