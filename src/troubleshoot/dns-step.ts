/**
 * Can the client ask the cluster's DNS? Only for destinations that have a name. The DNS is the Service of kube-system (or openshift-dns) that has port 53 for UDP.
 */
import type { Engine } from '../engine/engine.ts';
import { isCompleted } from '../input/build-cluster.ts';
import { quote } from '../lib/quote.ts';
import type { FlowQuery } from '../model/flow.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Manifests } from '../model/resource.ts';
import { canReachNamed } from '../services/can-reach-named.ts';
import { serviceName } from '../services/named-end.ts';
import type { NamedReachability } from '../services/named-reachability.ts';
import { hasLabels } from '../services/service-pods.ts';
import { declaredPorts } from './rule-misses.ts';
import type { Step } from './troubleshooting.ts';

const DNS_PORT = 53;
const DNS_NAMESPACES = ['kube-system', 'openshift-dns'];
const DNS_LABELS = [{ 'k8s-app': 'kube-dns' }, { 'k8s-app': 'coredns' }, { 'app.kubernetes.io/name': 'coredns' }];

const OTHER_DNS = 'unless the pod asks another one (`dnsPolicy`, which is not read)';

export interface DnsStep {
  readonly step: Step;
  /** The connections over UDP, when they are known. */
  readonly flows: readonly FlowQuery[];
}

export function dnsStep(engine: Engine, manifests: Manifests, from: string, family: 4 | 6 | undefined): DnsStep {
  const step = (outcome: Step['outcome'], sentence: string): Step => ({ topic: 'dns', outcome, sentence, details: [] });
  const service = manifests.services.find(({ object: { metadata, spec } }) => {
    const isDns = (spec?.ports ?? []).some(({ port, protocol }) => port === DNS_PORT && protocol === 'UDP');
    return isDns && DNS_NAMESPACES.includes(namespaceOf(metadata));
  });
  const pods = service === undefined ? dnsPods(manifests) : [];
  if (service === undefined && pods.length === 0)
    return {
      step: step('unknown', 'the DNS of the cluster is not in the input: whether the name can be resolved was not looked at'),
      flows: [],
    };
  const found = service?.object.metadata;
  const to = found === undefined ? undefined : serviceName({ namespace: namespaceOf(found), name: found.name });
  const ask = (protocol: 'UDP' | 'TCP', { name, port }: DnsEnd): NamedReachability =>
    canReachNamed(engine, manifests, { from, to: name, port, protocol, ...(family === undefined ? {} : { family }) });
  const names: readonly DnsEnd[] = to === undefined ? pods : [{ name: to, port: DNS_PORT }];
  const overUdp = names.map((name) => ask('UDP', name));
  const flows = overUdp.flatMap((each) => each.flows.map(({ query }) => query));
  const told = quote(to ?? pods[0]?.name ?? '');
  const verdicts = new Set(overUdp.map(({ verdict }) => verdict));
  if (verdicts.size === 1 && verdicts.has('deny') && hasNodeCache(manifests))
    return {
      step: step(
        'unknown',
        `the DNS of the cluster, ${told}, cannot be asked over UDP; pods may ask node-local-dns in its place, at an address that is not known`,
      ),
      flows,
    };
  if (verdicts.size === 1 && verdicts.has('deny'))
    return {
      step: {
        ...step('blocked', `the DNS of the cluster, ${told}, cannot be asked over UDP`),
        details: [{ sentence: OTHER_DNS, place: null }],
      },
      flows,
    };
  if (verdicts.has('deny') || verdicts.has('mixed'))
    return { step: step('warning', `not all of the DNS of the cluster, ${told}, can be asked over UDP`), flows };
  if (verdicts.has('unknown'))
    return { step: step('unknown', `whether the DNS of the cluster, ${told}, can be asked is not known`), flows };
  const overTcp = names.map((name) => tcpVerdict(() => ask('TCP', name)));
  if (overTcp.some((verdict) => verdict === 'deny' || verdict === 'mixed'))
    return {
      step: step('warning', `the DNS of the cluster, ${told}, can be asked over UDP and not over TCP, which long answers need`),
      flows: [],
    };
  return { step: step('ok', `the DNS of the cluster, ${told}, can be asked`), flows: [] };
}

/** A Service without TCP is no finding. */
function tcpVerdict(ask: () => NamedReachability): NamedReachability['verdict'] | undefined {
  try {
    return ask().verdict;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A cache on every node, which pods ask first. */
function hasNodeCache(manifests: Manifests): boolean {
  return manifests.pods.some(({ object }) => !isCompleted(object) && hasLabels(object.metadata.labels, { 'k8s-app': 'node-local-dns' }));
}

interface DnsEnd {
  readonly name: string;
  readonly port: number;
}

/** Without the Service: the pods, at the port that they call `dns`, else 53. */
function dnsPods(manifests: Manifests): DnsEnd[] {
  return manifests.pods
    .filter(({ object }) => !isCompleted(object) && DNS_LABELS.some((labels) => hasLabels(object.metadata.labels, labels)))
    .map(({ object }) => {
      const declared = declaredPorts(object).find(({ name, protocol }) => protocol === 'UDP' && name?.startsWith('dns'));
      return { name: nameOfObject(object), port: declared?.port ?? DNS_PORT };
    });
}
