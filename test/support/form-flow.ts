/**
 * Ends of flows as the evaluator of the internal form takes them: from a cluster and a profile, what selectors and blocks may see of an end.
 */
import { formatAddress, isMappedIPv4 } from '../../src/lib/ip-address.ts';
import type { Cluster, Pod } from '../../src/model/cluster.ts';
import type { FlowEnd } from '../../src/model/flow.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import type { Labels } from '../../src/model/selector.ts';
import type { FormEnd } from '../../src/reference/decide.ts';

/** A pod at one of its addresses, or without. */
function podEnd(cluster: Cluster, profile: CniProfile, pod: Pod, ip: Pod['ips'][number] | undefined): FormEnd {
  const asNode = pod.hostNetwork && profile.hostNetwork === 'node';
  const visible = asNode ? profile.ipBlockMatchesNodes : profile.ipBlockMatchesPods;
  const address = ip !== undefined && visible ? { ip } : {};
  const open = ip === undefined && visible ? { ipIsOpen: true } : {};
  if (asNode) return { ...address, ...open, node: nodeOf(cluster, pod.node) };
  const namespaceLabels = cluster.namespaces.find(({ name }) => name === pod.namespace)?.labels ?? new Map();
  return { pod: { ...pod, namedPorts: countedPorts(pod, profile) }, namespaceLabels, ...address, ...open };
}

function nodeOf({ nodes }: Cluster, name: string | undefined): { labels: Labels | undefined } {
  return { labels: nodes.find((node) => node.name === name)?.labels };
}

/** Of several numbers under one name and protocol, those that the profile counts. */
function countedPorts({ namedPorts }: Pod, { namedPortDuplicates }: CniProfile): Pod['namedPorts'] {
  if (namedPortDuplicates === 'every') return namedPorts;
  return namedPorts.filter(
    ({ name, protocol }, i) => namedPorts.findIndex((each) => each.name === name && each.protocol === protocol) === i,
  );
}

/** One end, as the engine is asked about it and as the internal form takes it. */
export interface EndPair {
  readonly query: FlowEnd;
  /** Absent: no address, goes with either family. */
  readonly family?: 4 | 6;
  readonly form: FormEnd;
}

/** Every pod at each of its addresses, every node, and those of `outside` that nobody in the cluster has. */
export function endsOf(cluster: Cluster, profile: CniProfile, outside: readonly Pod['ips'][number][]): EndPair[] {
  const nodeIps = new Map(cluster.nodes.map(({ name, ips }) => [name, ips]));
  const pods = cluster.pods.flatMap((pod): EndPair[] => {
    const query = { pod: `${pod.namespace}/${pod.name}` };
    const asNode = pod.hostNetwork && profile.hostNetwork === 'node';
    const ips = pod.ips.length === 0 && asNode ? (nodeIps.get(pod.node ?? '') ?? []) : pod.ips;
    if (ips.length === 0) return [{ query, form: podEnd(cluster, profile, pod, undefined) }];
    return ips.map((ip) => ({ query, family: ip.family, form: podEnd(cluster, profile, pod, ip) }));
  });
  const taken = new Set(cluster.pods.flatMap(({ ips }) => ips.map(formatAddress)));
  const nodes = cluster.nodes
    .flatMap(({ name, ips }) => ips.map((ip) => ({ ip, node: nodeOf(cluster, name) })))
    .filter(({ ip }) => !taken.has(formatAddress(ip)));
  for (const { ip } of nodes) taken.add(formatAddress(ip));
  const others = outside.filter((ip) => !taken.has(formatAddress(ip)) && !isMappedIPv4(ip));
  const mayBeNode = cluster.nodes.every(({ labels }) => labels === undefined);
  const seen = new Set<string>();
  const addresses = [
    ...nodes.map(({ ip, node }) => ({ ip, form: { ...(profile.ipBlockMatchesNodes ? { ip } : {}), node } })),
    ...others.map((ip) => ({ ip, form: { ip, mayBeNode } })),
  ];
  return [
    ...pods,
    ...addresses.flatMap(({ ip, form }): EndPair[] => {
      const text = formatAddress(ip);
      if (seen.has(text)) return [];
      seen.add(text);
      return [{ query: { ip: text }, family: ip.family, form }];
    }),
  ];
}
