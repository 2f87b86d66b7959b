/**
 * What one writes without thinking of speed: for each flow a loop over all policies, label selectors matched against the labels of pods, addresses against blocks. Neither tables nor an index, and nothing of the
 * reference, which reads the API objects: labels are maps and policies are lowered beforehand.
 *
 * Knows what the workloads hold. Peers that are nodes or domain names, and what could not be read, are refused.
 */
import { spec } from '../../src/cni/spec.ts';
import { lower } from '../../src/dialects/lower.ts';
import { buildCluster } from '../../src/input/build-cluster.ts';
import { type IpPrefix, parseAddress, wordMask } from '../../src/lib/ip-address.ts';
import type { Cluster, Pod } from '../../src/model/cluster.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { Peer, PodMatch, PolicySet, PortMatch, Rule } from '../../src/model/policy.ts';
import type { Direction, Protocol } from '../../src/model/protocol.ts';
import type { Manifests } from '../../src/model/resource.ts';
import type { Labels, Selector } from '../../src/model/selector.ts';
import { ALLOW, DENY } from '../../src/tables/layout.ts';

interface End {
  readonly pod: Pod | undefined;
  /** Do selectors see the pod? Those on the host network are nodes to them. */
  readonly isPoliced: boolean;
  readonly namespaceLabels: Labels | undefined;
  readonly words: readonly number[] | undefined;
  /** Of the node that it is. */
  readonly node: string | undefined;
}

/** A flow with its ends looked up: what the loop is measured on. */
export interface NaiveFlow {
  readonly source: End;
  readonly destination: End;
  readonly protocol: Protocol;
  readonly port: number;
}

/** The policies of some manifests, judged one after the other. */
export class NaiveLoop {
  private readonly policySet: PolicySet;
  private readonly pods: ReadonlyMap<string, Pod>;
  private readonly namespaces: ReadonlyMap<string, Labels>;
  private readonly nodes: ReadonlyMap<string, string>;

  constructor(manifests: Manifests) {
    const { cluster } = buildCluster(manifests, spec);
    this.policySet = lower(manifests, spec).policySet;
    this.pods = new Map(cluster.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
    this.namespaces = new Map(cluster.namespaces.map(({ name, labels }) => [name, labels]));
    this.nodes = nodesByAddress(cluster);
  }

  /** Finds the ends of a question that names one pod or address at each. */
  prepare({ from, to, protocol, port, family }: FlowQuery): NaiveFlow {
    return { source: this.end(from, family), destination: this.end(to, family), protocol, port };
  }

  /** DENY or ALLOW. */
  verdict(flow: NaiveFlow): number {
    const { source, destination } = flow;
    if (source.pod !== undefined && source.pod === destination.pod) return ALLOW;
    if (isOwnNode(destination, source)) return ALLOW;
    if (isOwnNode(source, destination)) return this.half('egress', flow, true);
    return this.half('egress', flow, false) === ALLOW ? this.half('ingress', flow, false) : DENY;
  }

  /** `toOwnNode`: NetworkPolicies do not stand in the way of a pod to its node, only administrators' policies do. */
  private half(direction: Direction, flow: NaiveFlow, toOwnNode: boolean): number {
    const [subject, other] = direction === 'egress' ? [flow.source, flow.destination] : [flow.destination, flow.source];
    if (!subject.isPoliced) return ALLOW;
    for (const { policies, match } of this.policySet.tiers) {
      let action: Rule['action'] | undefined;
      let isolated = false;
      for (const policy of policies) {
        if (!selectsPod(policy.subject, subject)) continue;
        isolated ||= policy.isolates[direction];
        action = policy.rules.find((rule) => rule.direction === direction && rule.action !== 'log' && matches(rule, other, flow))?.action;
        if (action !== undefined) break;
      }
      if (toOwnNode && match === 'all') {
        if (isolated) return ALLOW;
        continue;
      }
      if (action === 'unknown') throw new Error('the naive loop knows no policies that could not be read');
      if (action === 'allow') return ALLOW;
      if (action === 'deny' || (action === undefined && isolated)) return DENY;
    }
    return this.policySet.onUnmatched === 'allow' ? ALLOW : DENY;
  }

  private end(end: FlowQuery['from'], family: 4 | 6 | undefined): End {
    if (typeof end === 'object' && 'pod' in end) {
      const pod = this.pods.get(end.pod);
      if (pod === undefined) throw new RangeError(`there is no pod \`${end.pod}\``);
      const words = (family === undefined ? pod.ips[0] : pod.ips.find((ip) => ip.family === family))?.words;
      const namespaceLabels = this.namespaces.get(pod.namespace);
      return { pod, isPoliced: !pod.hostNetwork, namespaceLabels, words, node: pod.hostNetwork ? pod.node : undefined };
    }
    const text = typeof end === 'object' && 'ip' in end ? end.ip : String(end);
    const words = parseAddress(text)?.words;
    return { pod: undefined, isPoliced: false, namespaceLabels: undefined, words, node: this.nodes.get(String(words)) };
  }
}

function nodesByAddress({ nodes }: Cluster): Map<string, string> {
  return new Map(nodes.flatMap(({ name, ips }) => ips.map(({ words }) => [String(words), name] as const)));
}

function isOwnNode(pod: End, node: End): boolean {
  return pod.isPoliced && node.node !== undefined && pod.pod?.node === node.node;
}

function matches({ peers, ports }: Rule, other: End, flow: NaiveFlow): boolean {
  return (
    (peers === 'any' || peers.some((peer) => matchesPeer(peer, other))) &&
    (ports === 'any' || ports.some((port) => matchesPort(port, flow)))
  );
}

function matchesPeer(peer: Peer, end: End): boolean {
  if (peer.kind === 'pods') return selectsPod(peer, end);
  if (peer.kind === 'ipBlock') return isInside(peer.cidr, end.words) && !peer.except.some((prefix) => isInside(prefix, end.words));
  if (peer.kind === 'networks') return peer.cidrs.some((prefix) => isInside(prefix, end.words));
  throw new Error(`the naive loop knows no peers of the kind \`${peer.kind}\``);
}

function selectsPod({ namespaces, pods }: PodMatch, { pod, isPoliced, namespaceLabels }: End): boolean {
  if (pod === undefined || !isPoliced || namespaceLabels === undefined) return false;
  if ('name' in namespaces ? namespaces.name !== pod.namespace : !selects(namespaces.selector, namespaceLabels)) return false;
  return selects(pods, pod.labels);
}

function selects(selector: Selector, labels: Labels): boolean {
  for (const { key, operator, values } of selector) {
    const value = labels.get(key);
    if (operator === 'exists' && value === undefined) return false;
    if (operator === 'doesNotExist' && value !== undefined) return false;
    if (operator === 'in' && (value === undefined || !values.includes(value))) return false;
    if (operator === 'notIn' && value !== undefined && values.includes(value)) return false;
  }
  return true;
}

function isInside(prefix: IpPrefix, words: readonly number[] | undefined): boolean {
  if (words?.length !== prefix.words.length) return false;
  for (let i = 0; i < words.length; i++) {
    if ((((words[i] ?? 0) ^ (prefix.words[i] ?? 0)) & wordMask(prefix.length - i * 32)) !== 0) return false;
  }
  return true;
}

function matchesPort(match: PortMatch, { destination, protocol, port }: NaiveFlow): boolean {
  if (match.protocol !== 'any' && match.protocol !== protocol) return false;
  if (match.kind === 'range') return match.from <= port && port <= match.to;
  const declared = destination.isPoliced ? (destination.pod?.namedPorts ?? []) : [];
  return declared.some((named) => named.name === match.name && named.protocol === protocol && named.port === port);
}
