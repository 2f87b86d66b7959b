/**
 * Who may ask a DNS server. Servers are the pods of the cluster's DNS where the input shows them (by the labels and namespaces that distributions give them, at the port behind their Service), and in any case port 53 of
 * nodes (DNS caches of nodes), of host-network pods and of addresses outside (such caches at link-local addresses, servers elsewhere). Where the input shows no DNS pods, any pod may be one.
 */

import type { Policy } from '../model/policy.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { DENY, ENDPOINT_POD } from '../tables/layout.ts';
import { isNetworkPolicy, type LintContext } from './context.ts';
import type { Draft, RuleResult } from './finding.ts';
import { portsOfService, servicesOf } from './services.ts';
import { podsOfSubject } from './subjects.ts';
import { listed } from './words.ts';

/** The label by which Services of cluster DNS select their pods: of Kubernetes and most distributions; of OpenShift. */
const DNS_LABELS: readonly (readonly [key: string, value: string])[] = [
  ['k8s-app', 'kube-dns'],
  ['k8s-app', 'coredns'],
  ['app.kubernetes.io/name', 'coredns'],
  ['dns.operator.openshift.io/daemonset-dns', 'default'],
];
const DNS_PORT = 53;

/** A peer class at a port where a server may be. */
interface Target {
  readonly peer: number;
  readonly port: number;
}

/** `UDP`: pods that can ask nobody over UDP. `TCP`: those that can over UDP only. */
export function withoutDns(context: LintContext, protocol: 'UDP' | 'TCP'): RuleResult {
  const { knowledge, engine, catalogue, cluster } = context;
  const reason =
    knowledge.nothing ??
    (knowledge.otherPolicies === undefined ? undefined : `policies that are not judged may allow it: ${knowledge.otherPolicies}`);
  if (reason !== undefined) return { findings: [], unchecked: [{ reason, count: cluster.pods.length }].filter(({ count }) => count > 0) };
  const { columns } = engine.tables;
  const groups = new Map<Policy, number[]>();
  const servers = dnsPods(context);
  const targets = dnsTargets(context, servers);
  for (let subject = 0; subject + 1 < columns.egressSubjectMemberStart.length; subject++) {
    const isolating = [
      ...columns.egressIsolating.subarray(columns.egressIsolatingStart[subject]!, columns.egressIsolatingStart[subject + 1]!),
    ].map((number) => catalogue.policies[number]!.policy);
    const first = isolating.find(isBlanket) ?? isolating[0];
    if (first === undefined || !isolating.some((policy) => connectsByName(context, policy))) continue;
    // Servers that the input does not show are not among the targets.
    const mayAsk = (over: 'UDP' | 'TCP'): boolean =>
      asks(context, subject, over, targets) || (servers.size === 0 && isolating.some((policy) => writesOfDns(policy, over)));
    if (protocol === 'UDP' ? mayAsk('UDP') : !mayAsk('UDP') || mayAsk('TCP')) continue;
    const pods = podsOfSubject(context, subject).filter((pod) => !servers.has(pod));
    if (pods.length === 0) continue;
    groups.set(first, [...(groups.get(first) ?? []), ...pods]);
  }
  return { findings: [...groups].map(([policy, pods]) => found(context, policy, pods, protocol)) };
}

function found(context: LintContext, policy: Policy, pods: readonly number[], protocol: 'UDP' | 'TCP'): Draft {
  const workloads = [...new Set(pods.map(context.podText))].sort();
  const field = isNetworkPolicy(policy) && policy.rules.some(({ direction }) => direction === 'egress') ? 'spec.egress' : 'spec';
  const verb = workloads.length === 1 ? 'is' : 'are';
  const lack = protocol === 'UDP' ? 'may ask no DNS server' : 'may ask DNS servers over UDP and not over TCP, which long answers need';
  return {
    object: policy.ref,
    pods: pods.map(context.ownersOf),
    field,
    origin: context.placeOf(policy, field),
    message: `${listed(workloads)} ${verb} isolated for egress and ${lack}`,
    hint: protocol === 'UDP' ? 'allow egress to the DNS pods at UDP/53 and TCP/53' : 'allow TCP/53 beside UDP/53',
  };
}

/** Does it allow egress at the port of DNS, to whomever? A name may stand for that port. */
function writesOfDns({ rules }: Policy, protocol: 'UDP' | 'TCP'): boolean {
  return rules.some(
    ({ direction, action, ports }) =>
      direction === 'egress' &&
      action === 'allow' &&
      (ports === 'any' ||
        ports.some((port) =>
          port.kind === 'named'
            ? port.protocol === 'any' || port.protocol === protocol
            : port.protocol === protocol && port.from <= DNS_PORT && DNS_PORT <= port.to,
        )),
  );
}

function isBlanket({ subject }: Policy): boolean {
  return subject.pods.length === 0;
}

/** Does it allow egress to something that is reached by name? A single address, or a small block, may be used as it is. */
function connectsByName({ peerSets }: LintContext, { rules }: Policy): boolean {
  return rules.some(({ direction, peers, action }) => {
    if (direction !== 'egress' || action !== 'allow') return false;
    if (peers === 'any') return true;
    return peers.some((peer) => {
      if (peer.kind === 'ipBlock') return peer.cidr.length < (peer.cidr.family === 4 ? SMALL_4 : SMALL_6);
      return peer.kind === 'pods' && peerSets.unitsOfPods(peer).length > 0;
    });
  });
}

const SMALL_4 = 24;
const SMALL_6 = 64;

function dnsPods({ cluster, systemNamespaces }: LintContext): Set<number> {
  const found = new Set<number>();
  for (const [i, { namespace, labels }] of cluster.pods.entries()) {
    const isSystem = systemNamespaces.has(namespace) || namespace === 'openshift-dns';
    if (isSystem && DNS_LABELS.some(([key, value]) => labels.get(key) === value)) found.add(i);
  }
  return found;
}

function dnsTargets(context: LintContext, servers: ReadonlySet<number>): Target[] {
  const { endpointKind, endpointObject, endpointEgressPeer } = context.engine.tables.columns;
  const targets = new Map<string, Target>();
  const add = (endpoint: number, port: number): void => {
    const peer = endpointEgressPeer[endpoint]!;
    targets.set(`${peer} ${port}`, { peer, port });
  };
  const ports = new Map([...servers].map((pod) => [pod, portsBehindService(context, pod)]));
  for (let endpoint = 0; endpoint < endpointKind.length; endpoint++) {
    const pod = endpointObject[endpoint]!;
    const isPod = endpointKind[endpoint] === ENDPOINT_POD;
    if (!isPod || servers.size === 0) add(endpoint, DNS_PORT);
    else if (servers.has(pod)) for (const port of ports.get(pod)!) add(endpoint, port);
  }
  return [...targets.values()];
}

/** 53, and what a Service makes of its port 53. */
function portsBehindService(context: LintContext, pod: number): Set<number> {
  const ports = new Set([DNS_PORT]);
  for (const service of servicesOf(context, pod)) {
    for (const { port, targets } of portsOfService(context, service, [pod]))
      if (port === DNS_PORT) for (const target of targets) ports.add(target);
  }
  return ports;
}

/** Is some target allowed, or is that unknown? */
function asks({ reader }: LintContext, subject: number, protocol: 'UDP' | 'TCP', targets: readonly Target[]): boolean {
  const number = PROTOCOLS.indexOf(protocol);
  return targets.some(({ peer, port }) => {
    const row = reader.verdictRow('egress', subject, reader.portClass(number, port));
    return reader.rowVerdict('egress', row, peer) !== DENY;
  });
}
