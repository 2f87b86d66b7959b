/**
 * A cluster that has a bit of everything that counters tell apart: both address families and none, workloads and lone pods, nodes, a host-network pod, port ranges, a CIDR
 * with an exception, a default deny, a policy that selects nobody, and one that could not be read.
 */
import { compile, type Engine } from '../../../src/engine/engine.ts';
import { toManifests } from '../../../src/fuzz/manifests.ts';
import type { Manifests, NetworkPolicyObject, NetworkPolicySpec, PodObject } from '../../../src/model/resource.ts';

function smallManifests(): Manifests {
  return toManifests({
    namespaces: ['shop', 'data', 'ops'].map((name) => ({ kind: 'Namespace', metadata: { name, labels: { team: name } } })),
    nodes: ['a', 'b'].map((name, i) => ({
      kind: 'Node',
      metadata: { name: `node-${name}` },
      status: { addresses: [{ type: 'InternalIP', address: `192.168.0.${i + 1}` }] },
    })),
    pods: [
      pod('shop', 'web-1', { app: 'web' }, { ips: ['10.0.0.1', 'fd00::1'], node: 'node-a', workload: 'Deployment/web' }),
      pod('shop', 'web-2', { app: 'web' }, { ips: ['10.0.0.2', 'fd00::2'], node: 'node-b', workload: 'Deployment/web' }),
      pod('shop', 'cart-0', { app: 'cart' }, { ips: ['10.0.0.3'], node: 'node-a', workload: 'StatefulSet/cart' }),
      pod('shop', 'waiting', { app: 'cart' }, { ips: [] }),
      pod('data', 'db-0', { app: 'db' }, { ips: ['10.0.0.4', 'fd00::4'], node: 'node-b', workload: 'StatefulSet/db' }),
      pod('data', 'six', { app: 'six' }, { ips: ['fd00::6'] }),
      pod('ops', 'agent', { app: 'agent' }, { ips: ['10.0.0.5'], workload: 'DaemonSet/agent' }),
      pod('ops', 'host', { app: 'host' }, { ips: ['192.168.0.1'], node: 'node-a', hostNetwork: true }),
    ],
    networkPolicies: [
      policy('data', 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      policy('data', 'db', {
        podSelector: { matchLabels: { app: 'db' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }], ports: [{ port: 5432 }, { port: 6000, endPort: 6009 }] },
          { from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.64/26'] } }], ports: [{ protocol: 'UDP', port: 53 }] },
        ],
        egress: [{ to: [{ ipBlock: { cidr: '2001:db8::/32' } }] }],
      }),
      policy('shop', 'cart', {
        podSelector: { matchLabels: { app: 'cart' } },
        ingress: [
          { from: [{ podSelector: { matchLabels: { app: 'web' } } }, { podSelector: {} }], ports: [{ port: 7000, endPort: 7010 }] },
          // Overlaps the rule before it, so that one flow hits two rules of one policy.
          { ports: [{ port: 7005 }] },
        ],
      }),
      policy('shop', 'nobody', { podSelector: { matchLabels: { app: 'absent' } }, ingress: [{}] }),
    ],
    unreadable: [
      {
        kind: 'NetworkPolicy',
        name: 'broken',
        namespace: 'ops',
        directions: ['ingress'],
        origin: { file: 'broken.yaml', line: 1, column: 1 },
        reason: 'it is broken',
      },
    ],
  });
}

export function smallEngine(): Engine {
  return compile(smallManifests(), { shared: true });
}

interface PodTraits {
  readonly ips: readonly string[];
  readonly node?: string;
  readonly hostNetwork?: boolean;
  readonly workload?: string;
}

function pod(namespace: string, name: string, labels: Record<string, string>, traits: PodTraits): PodObject {
  const [kind, workload] = (traits.workload ?? '').split('/');
  return {
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { nodeName: traits.node ?? null, hostNetwork: traits.hostNetwork ?? false },
    status: { phase: 'Running', podIP: traits.ips[0] ?? null, podIPs: traits.ips.map((ip) => ({ ip })) },
    ...(kind && workload ? { workload: { kind, name: workload } } : {}),
  };
}

function policy(namespace: string, name: string, spec: NetworkPolicySpec): NetworkPolicyObject {
  return { kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}
