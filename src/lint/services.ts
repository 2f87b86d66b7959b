/**
 * Services and the pods behind them: which ports they send to.
 */
import { lowerSelector, matchesSelector } from '../dialects/label-selector.ts';
import { append } from '../lib/append.ts';
import { namespaceOf } from '../model/object-names.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { ContainerPort, PodObject, Resource, ServiceObject } from '../model/resource.ts';
import type { LintContext } from './context.ts';

/** Of a Service: a port, and what it is at the pods behind it. */
export interface ServicePort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly targets: readonly number[];
  readonly targetText: string;
}

const byNamespace = new WeakMap<LintContext, ReadonlyMap<string, readonly Resource<ServiceObject>[]>>();

/** Services that select the pod. */
export function servicesOf(context: LintContext, pod: number): Resource<ServiceObject>[] {
  let all = byNamespace.get(context);
  if (all === undefined) {
    const grouped = new Map<string, Resource<ServiceObject>[]>();
    for (const service of context.manifests.services) append(grouped, namespaceOf(service.object.metadata), service);
    all = grouped;
    byNamespace.set(context, all);
  }
  const { namespace, labels } = context.cluster.pods[pod]!;
  return (all.get(namespace) ?? []).filter(({ object: { spec } }) => {
    const selector = spec?.selector;
    return selector && Object.keys(selector).length > 0 && matchesSelector(labels, lowerSelector({ matchLabels: selector }));
  });
}

export function portsOfService(context: LintContext, { object }: Resource<ServiceObject>, pods: readonly number[]): ServicePort[] {
  return (object.spec?.ports ?? []).flatMap(({ port, targetPort, protocol = 'TCP' }) => {
    const known = PROTOCOLS.find((each) => each === (protocol ?? 'TCP'));
    if (known === undefined) return [];
    // 0 and the empty text stand for "the same as port".
    if (typeof targetPort !== 'string' || targetPort === '') {
      const number = targetPort || port;
      return typeof number === 'number' ? [{ port, protocol: known, targets: [number], targetText: String(number) }] : [];
    }
    const numbers = pods.flatMap((pod) =>
      containerPorts(context.podObject(pod)).flatMap((each) =>
        each.name === targetPort && (each.protocol ?? 'TCP') === known ? [each.containerPort] : [],
      ),
    );
    return [{ port, protocol: known, targets: [...new Set(numbers)], targetText: targetPort }];
  });
}

/** Of containers and of init containers: whatever the pod says that it listens to. */
export function containerPorts({ spec }: PodObject): readonly ContainerPort[] {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap(({ ports }) => ports ?? []);
}
