/**
 * Rows 21 to 34 and 69 to 71: ports and protocols, and the sets that they make up.
 */
import { NINE_PODS, NS_Y, POD_A, POD_B, pod, policy } from '../cases/case.ts';
import { block, egress, ingress, type PastBug, service, tcp, udp } from './past-bug.ts';

const POD_C = { matchLabels: { pod: 'c' } };

const RANGES = 120;

/** Ranges that overlap, each for one address, of two protocols. */
const MANY_RANGES = Array.from({ length: RANGES }, (_, i) => ({
  from: [block(`203.0.113.${i}/32`)],
  ports: [tcp(1000 + i, 3000 - i), udp(1000 + i, 3000 - i)],
}));

export const PORT_BUGS: readonly PastBug[] = [
  {
    key: '21',
    wrong: 'a named port matched whatever the protocol, though name and protocol together name a port',
    objects: [
      pod('x/a', { ip: '10.0.1.1', ports: ['dns:53/UDP'] }),
      pod('x/b', { ip: '10.0.1.2' }),
      policy('x/tcp', ingress(POD_A, { ports: [tcp('dns')] })),
      pod('x/c', { ip: '10.0.1.3', ports: ['dns:53/UDP'] }),
      policy('x/udp', ingress(POD_C, { ports: [udp('dns')] })),
    ],
    probes: ['x/b -> x/a TCP/53 deny', 'x/b -> x/a UDP/53 deny', 'x/b -> x/c UDP/53 allow', 'x/b -> x/c TCP/53 deny'],
  },
  {
    key: '22a',
    wrong: 'a policy with a named port opened all ports',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { ports: [tcp('web')] }))],
    probes: ['y/a -> x/a TCP/80 allow', 'y/a -> x/a TCP/81 deny', 'y/a -> x/a UDP/53 deny'],
  },
  {
    key: '22b',
    wrong: 'beside the port of that name, other named ports of the same protocol were opened too',
    objects: [
      pod('x/a', { ip: '10.0.1.1', ports: ['web:80/TCP', 'admin:9090/TCP'] }),
      pod('x/b', { ip: '10.0.1.2' }),
      pod('x/c', { ip: '10.0.1.3' }),
      policy('x/in', ingress(POD_A, { ports: [tcp('web')] }, { from: [{ podSelector: POD_C }], ports: [tcp('admin')] })),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/b -> x/a TCP/9090 deny', 'x/c -> x/a TCP/9090 allow', 'x/b -> x/a TCP/81 deny'],
  },
  {
    key: '23a',
    wrong: 'a port name that stands for different numbers on different pods was kept with one of the numbers',
    objects: [
      pod('x/client', { ip: '10.0.1.9', labels: { pod: 'client' } }),
      pod('x/a', { ip: '10.0.1.1', ports: ['web:80/TCP'] }),
      pod('x/b', { ip: '10.0.1.2', ports: ['web:8080/TCP'] }),
      policy('x/out', egress({ matchLabels: { pod: 'client' } }, { ports: [tcp('web')] })),
    ],
    probes: [
      'x/client -> x/a TCP/80 allow',
      'x/client -> x/b TCP/8080 allow',
      'x/client -> x/a TCP/8080 deny',
      'x/client -> x/b TCP/80 deny',
    ],
  },
  {
    key: '23b',
    wrong: 'of two ports of one pod that have the same name, only one was opened',
    objects: [
      pod('x/a', { ip: '10.0.1.1', ports: ['web:80/TCP', 'web:8080/TCP'] }),
      pod('x/b', { ip: '10.0.1.2' }),
      policy('x/in', ingress(POD_A, { ports: [tcp('web')] })),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/b -> x/a TCP/8080 allow', 'x/b -> x/a TCP/81 deny'],
  },
  {
    key: '24',
    wrong: 'named ports of SCTP were dropped on the way, so that a policy that names one allowed nothing',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { ports: [{ protocol: 'SCTP', port: 'sig' }] }))],
    probes: ['y/a -> x/a SCTP/9003 allow', 'y/a -> x/a SCTP/9004 deny', 'y/a -> x/a TCP/9003 deny'],
  },
  {
    key: '26',
    wrong: 'the address of a Service was judged by itself, before it is translated, and reached a port that the policy does not list',
    objects: [
      ...NINE_PODS,
      service('x/web', { clusterIP: '10.96.0.1', selector: { pod: 'a' }, ports: [{ port: 8000, targetPort: 'web' }] }),
      policy('x/in', ingress(POD_A, { ports: [tcp('web')] })),
    ],
    probes: ['y/a -> 10.96.0.1 TCP/8000 unknown', 'y/a -> x/a TCP/80 allow', 'y/a -> x/a TCP/8000 deny'],
  },
  {
    key: '27a',
    wrong: 'the number in a policy was compared with the port of the Service and not with that of the pod',
    objects: [
      ...NINE_PODS,
      service('x/web', { clusterIP: '10.96.0.1', selector: { pod: 'a' }, ports: [{ port: 80, targetPort: 8080 }] }),
      policy('x/in', ingress(POD_A, { ports: [tcp(8080)] })),
    ],
    probes: ['y/a -> x/a TCP/8080 allow', 'y/a -> x/a TCP/80 deny'],
  },
  {
    key: '27b',
    wrong: 'source and destination were swapped where ports are compared: a name was looked up at the client',
    objects: [
      pod('x/a', { ip: '10.0.1.1', ports: ['web:80/TCP'] }),
      pod('x/b', { ip: '10.0.1.2', ports: ['web:8080/TCP'] }),
      policy('x/in', ingress(POD_A, { ports: [tcp('web')] })),
      pod('x/c', { ip: '10.0.1.3', ports: ['web:9090/TCP'] }),
      policy('x/out', egress(POD_C, { ports: [tcp('web')] })),
    ],
    probes: ['x/b -> x/a TCP/80 allow', 'x/b -> x/a TCP/8080 deny', 'x/c -> x/b TCP/8080 allow', 'x/c -> x/b TCP/9090 deny'],
  },
  {
    key: '29',
    wrong: 'the protocol of a port range was read from the wrong field, so that a range of UDP opened TCP',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { ports: [udp(8000, 8100)] }))],
    probes: ['y/a -> x/a UDP/8050 allow', 'y/a -> x/a TCP/8050 deny', 'y/a -> x/a UDP/8101 deny', 'y/a -> x/a UDP/8100 allow'],
  },
  {
    key: '30',
    wrong: 'a protocol without port was an error, or applied to no port',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { ports: [{ protocol: 'UDP' }] })),
      policy('x/tcp', ingress(POD_B, { ports: [{}] })),
    ],
    probes: [
      'y/a -> x/a UDP/1 allow',
      'y/a -> x/a UDP/65535 allow',
      'y/a -> x/a TCP/80 deny',
      'y/a -> x/b TCP/80 allow',
      'y/a -> x/b SCTP/80 deny',
    ],
  },
  {
    key: '32',
    wrong: 'a rule with ports and without peers lost its ports, so that every port was open',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { ports: [tcp(443)] })), policy('x/out', egress(POD_B, { ports: [tcp(443)] }))],
    probes: ['y/a -> x/a TCP/443 allow', 'y/a -> x/a TCP/80 deny', 'x/b -> y/a TCP/443 allow', 'x/b -> y/a TCP/80 deny'],
  },
  {
    key: '33',
    wrong: 'where ports and ipBlock came together, the ports were opened for the sources of another rule',
    objects: [
      ...NINE_PODS,
      policy('x/in', ingress(POD_A, { from: [{ podSelector: POD_B }] }, { from: [block('203.0.113.0/24')], ports: [tcp(80)] })),
    ],
    probes: [
      '203.0.113.9 -> x/a TCP/80 allow',
      '203.0.113.9 -> x/a TCP/81 deny',
      'x/b -> x/a TCP/81 allow',
      'x/c -> x/a TCP/80 deny',
      '203.0.112.9 -> x/a TCP/80 deny',
    ],
  },
  {
    key: '34',
    wrong: 'protocols that policies do not speak of were answered as if they did: IGMP matched where nothing names it',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { ports: [tcp(80)] }))],
    probes: ['y/a -> x/a TCP/80 allow', 'y/a -> x/a UDP/80 deny'],
    refused: [{ from: 'y/a', to: 'x/a', protocol: 'IGMP' as 'TCP', port: 80 }],
  },
  {
    key: '69a',
    wrong: 'a set of peers and ports was taken to hold another where the two only touch at the edge of a dimension',
    objects: [
      ...NINE_PODS,
      policy(
        'x/in',
        ingress(
          POD_A,
          { from: [{ podSelector: POD_B }, { podSelector: POD_C }], ports: [tcp(80, 90)] },
          { from: [{ podSelector: POD_B }], ports: [tcp(91, 95)] },
          { from: [{ podSelector: POD_C }], ports: [tcp(95, 100)] },
        ),
      ),
    ],
    probes: [
      'x/b -> x/a TCP/79 deny',
      'x/c -> x/a TCP/90 allow',
      'x/c -> x/a TCP/91 deny',
      'x/b -> x/a TCP/91 allow',
      'x/b -> x/a TCP/95 allow',
      'x/c -> x/a TCP/95 allow',
      'x/b -> x/a TCP/96 deny',
      'x/c -> x/a TCP/100 allow',
      'x/c -> x/a TCP/101 deny',
    ],
  },
  {
    key: '69b',
    wrong: 'an operation on sets changed its operand in place, so that the next rule with the same peers had another set',
    objects: [
      pod('x/a', { ip: '10.0.1.1' }),
      pod('x/b', { ip: '10.0.1.2', labels: { pod: 'b', app: 'web' }, ports: ['web:80/TCP'] }),
      pod('x/c', { ip: '10.0.1.3', labels: { pod: 'c', app: 'web' } }),
      pod('x/d', { ip: '10.0.1.4' }),
      policy(
        'x/out',
        egress(
          POD_A,
          { to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [tcp('web')] },
          { to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [tcp(443)] },
        ),
      ),
    ],
    probes: [
      'x/a -> x/b TCP/80 allow',
      'x/a -> x/c TCP/80 deny',
      'x/a -> x/c TCP/443 allow',
      'x/a -> x/b TCP/443 allow',
      'x/a -> x/d TCP/443 deny',
    ],
  },
  {
    key: '71a',
    wrong: 'ports were simplified pair by pair, which took exponential time for many ranges that overlap',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, ...MANY_RANGES))],
    probes: [
      '203.0.113.50 -> x/a TCP/1050 allow',
      '203.0.113.50 -> x/a TCP/1049 deny',
      '203.0.113.50 -> x/a UDP/2950 allow',
      '203.0.113.50 -> x/a UDP/2951 deny',
    ],
    // Each range is read a fixed number of times and adds its two ends to the three protocols.
    most: { portsRead: 2 * 2 * RANGES, portClasses: 2 * 2 * RANGES + 3 },
  },
  {
    key: '71b',
    wrong: 'ports of equal number were thrown away as duplicates although their protocols differ',
    objects: [...NINE_PODS, policy('x/in', ingress(POD_A, { from: [{ namespaceSelector: NS_Y }], ports: [tcp(53), udp(53), tcp(53)] }))],
    probes: ['y/a -> x/a TCP/53 allow', 'y/a -> x/a UDP/53 allow', 'y/a -> x/a SCTP/53 deny', 'z/a -> x/a UDP/53 deny'],
  },
];
