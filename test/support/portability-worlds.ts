/**
 * Small clusters of which somebody worked out by hand, from the switches of a bundled profile, what it does differently from `spec`. As data, so that tests and mutants share them.
 */
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { portability } from '../../src/portability/portability.ts';
import type { PortabilityFinding } from '../../src/portability/report.ts';
import { causeText, connectionText } from '../../src/report/portability-words.ts';

export interface PortabilityWorld {
  readonly title: string;
  readonly cni: string;
  /** YAML documents. */
  readonly objects: string;
  /** Of each finding: effect and switches, `in` each place, `-` each line of connections. */
  readonly told: readonly string[];
  /** `ref: because`. */
  readonly notEnforced?: readonly string[];
}

/** Two pods and their node; `web` names two ports, one of a sidecar. */
const PODS = `
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { addresses: [{ type: InternalIP, address: 10.1.0.1 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  nodeName: n1
  initContainers: [{ name: proxy, restartPolicy: Always, ports: [{ name: admin, containerPort: 9901 }] }]
  containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }]
status: { podIP: 10.0.0.1, podIPs: [{ ip: 10.0.0.1 }, { ip: "fd00::1" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { nodeName: n1, containers: [{ name: c }] }
status: { podIP: 10.0.0.2 }
`;

const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:${spec}
`;

export const PORTABILITY_WORLDS: readonly PortabilityWorld[] = [
  {
    title: 'flannel enforces nothing: what was denied is open, and who isolated is named',
    cni: 'flannel',
    objects:
      PODS +
      policy(
        'closed',
        ' { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }',
      ),
    told: [
      'opens enforced',
      'in NetworkPolicy shop/closed (w.yaml:22:1)',
      // Its own node and itself are let in always.
      '- outside 0.0.0.0/0 → shop/db, every port: deny → allow',
    ],
    notEnforced: ['NetworkPolicy closed: it enforces no policy at all'],
  },
  {
    title:
      'weave gives up a policy that names a port: what it allowed is closed by the policy that stays, and only the rule that allowed is the cause',
    cni: 'weave',
    objects:
      PODS +
      policy('closed', ' { podSelector: {} }') +
      policy(
        'named',
        `
  podSelector: { matchLabels: { app: web } }
  ingress:
    - ports: [{ port: 9999 }]
    - from: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: http }]`,
      ) +
      policy(
        'other',
        `
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: none } } }], ports: [{ port: http }] }]`,
      ),
    told: [
      'closes namedPorts',
      'in NetworkPolicy shop/named spec.ingress[1].ports[0].port (w.yaml:35:17)',
      '- outside 0.0.0.0/0, outside ::/0 → shop/web, TCP/9999: allow → deny',
      '- shop/db → shop/web (IPv4), TCP/8080, TCP/9999: allow → deny',
    ],
    notEnforced: [
      'NetworkPolicy named: it gives up a policy that names a port by its name',
      'NetworkPolicy other: it gives up a policy that names a port by its name',
    ],
  },
  {
    title: 'weave reads of a range the first port only',
    cni: 'weave',
    objects:
      PODS +
      policy(
        'range',
        ' { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80, endPort: 82 }] }] }',
      ),
    told: [
      'closes endPort',
      'in NetworkPolicy shop/range spec.ingress[0].ports[0].endPort (w.yaml:25:113)',
      // web has two addresses, db one of IPv4: one pair.
      '- shop/web (IPv4) → shop/db, TCP/81-82: allow → deny',
    ],
  },
  {
    title: 'cilium matches neither pods nor nodes by a block; the outside stays open',
    cni: 'cilium',
    objects: `${PODS}---
apiVersion: v1
kind: Node
metadata: { name: n2 }
status: { addresses: [{ type: InternalIP, address: 10.1.0.2 }] }
${policy('block', ' { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }')}`,
    told: [
      'closes ipBlockMatchesNodes',
      'in NetworkPolicy shop/block spec.ingress[0].from[0].ipBlock (w.yaml:30:73)',
      '- node n2 → shop/db, every port: allow → deny',
      'closes ipBlockMatchesPods',
      'in NetworkPolicy shop/block spec.ingress[0].from[0].ipBlock (w.yaml:30:73)',
      '- shop/web (IPv4) → shop/db, every port: allow → deny',
    ],
  },
  {
    title: 'kube-router does not know the port names of sidecars, opens a rule of which no name resolves, and reads ::/0 as two ranges',
    cni: 'kube-router',
    objects:
      PODS +
      policy(
        'names',
        `
  podSelector: { matchLabels: { app: web } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: http }, { port: admin }]
    - from: [{ ipBlock: { cidr: "::/0" } }]
      ports: [{ port: 443 }]`,
      ) +
      policy(
        'nameless',
        `
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: none }]`,
      ),
    told: [
      'opens namedPorts',
      'in NetworkPolicy shop/nameless spec.ingress[0].ports[0].port (w.yaml:40:17)',
      '- shop/web (IPv4) → shop/db, every port: deny → allow',
      'closes ipv6Everything',
      'in NetworkPolicy shop/names spec.ingress[1].from[0].ipBlock.cidr (w.yaml:30:27)',
      // What is neither 2000::/3 nor fd00::/8 are nine blocks; e000::/4, f000::/5, f800::/6, fc00::/8 and fe00::/7 are not written out.
      '- outside ::/3, outside 4000::/2, outside 8000::/2, outside c000::/3 and 5 more → shop/web, TCP/443: allow → deny',
      'closes sidecarPorts',
      'in NetworkPolicy shop/names spec.ingress[0].ports[1].port (w.yaml:29:33)',
      '- shop/db → shop/web (IPv4), TCP/9901: allow → deny',
    ],
  },
  {
    title: 'what aws-vpc-cni makes of a named port is not known; a rule beside it that allows is',
    cni: 'aws-vpc-cni',
    objects:
      PODS +
      policy(
        'named',
        `
  podSelector: { matchLabels: { app: web } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: http }, { port: 22 }]`,
      ),
    told: [
      'uncertain namedPorts',
      'in NetworkPolicy shop/named spec.ingress[0].ports[0].port (w.yaml:29:17)',
      '- shop/db → shop/web (IPv4), TCP/1-21, TCP/23-8079, TCP/8081-65535, every UDP port, every SCTP port: deny → unknown',
      '- shop/db → shop/web (IPv4), TCP/8080: allow → unknown',
    ],
  },
];

function findingText({ effect, switches, places, connections }: PortabilityFinding): string[] {
  return [
    `${effect} ${switches.join('+')}`,
    ...places.map((place) => `in ${causeText(place)}`),
    ...connections.map((each) => `- ${connectionText(each)}`),
  ];
}

/** What is told about a world. */
export function toldOf({ cni, objects }: PortabilityWorld): { told: string[]; notEnforced: string[] } {
  const { cnis } = portability(parseManifests(objects, { file: 'w.yaml' }), { cnis: [cni] });
  return {
    told: cnis.flatMap(({ findings }) => findings.flatMap(findingText)),
    notEnforced: cnis.flatMap(({ notEnforced }) => notEnforced.map(({ policy: { kind, name }, because }) => `${kind} ${name}: ${because}`)),
  };
}
