/**
 * Is the port that is asked for one that the destination listens on, as far as the manifests say? And what to change in a Service that leads nowhere.
 */
import type { Engine } from '../engine/engine.ts';
import { isCompleted } from '../input/build-cluster.ts';
import { applyChanges } from '../input/changes.ts';
import { quote } from '../lib/quote.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Manifests, Resource, ServiceObject } from '../model/resource.ts';
import { canReachNamed } from '../services/can-reach-named.ts';
import { type ServiceReference, serviceName } from '../services/named-end.ts';
import type { NamedQuery, NamedReachability } from '../services/named-reachability.ts';
import { hasLabels, hasSelector, podsOfService } from '../services/service-pods.ts';
import { portText, servicePorts, targetPortAt } from '../services/service-ports.ts';
import { type Edit, editOf } from './edit.ts';
import type { Pair } from './pairs.ts';
import { declaredPorts } from './rule-misses.ts';
import { slipEdits, usedByPods } from './selector-edits.ts';
import { isSlip, labelsOf, missesOf } from './selector-misses.ts';
import type { Step, StepDetail, Suggestion } from './troubleshooting.ts';

/** `pair`: the connection that is explained, when there is one. */
export function portStep(manifests: Manifests, reachability: NamedReachability, pair: Pair | undefined): Step {
  const { to, unknown, notes } = reachability;
  const details = notes.map((sentence): StepDetail => ({ sentence, place: null }));
  const step = { topic: 'port', details } as const;
  const unresolved = unknown?.cause === 'unreadable-pods' ? undefined : unknown;
  if (unresolved?.cause === 'no-backend') return { ...step, outcome: 'blocked', sentence: unresolved.message };
  if (pair === undefined) return { ...step, outcome: 'unknown', sentence: unknown?.message ?? 'there is no connection to look at' };
  const { protocol, port } = pair.query;
  const at = `${protocol}/${port} of ${quote(pair.to.name)}`;
  if (to.kind === 'service' && to.service !== null && to.service.port !== null && !to.service.headless) {
    const { namespace, name, port: own } = to.service;
    const sentence = `${portText(own)} of ${quote(serviceName({ namespace, name }))} is ${at}`;
    return undeclared(pair) ?? { ...step, outcome: 'ok', sentence };
  }
  const wrong = servicePortFor(manifests, pair);
  if (wrong !== undefined) return { ...step, outcome: 'warning', sentence: wrong };
  return undeclared(pair, details) ?? { ...step, outcome: 'ok', sentence: `the connection goes to ${at}` };
}

/** A port that the Service does not have: perhaps it is what the pods listen on. */
export function noSuchPortStep(manifests: Manifests, { namespace, name, port }: ServiceReference, message: string): Step {
  const service = manifests.services.find(({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace);
  const pods = service === undefined ? [] : podsOfService(manifests, service.object);
  const targets = service === undefined ? [] : servicePorts(service.object);
  const found = targets.find((each) => pods.some(({ object }) => targetPortAt(each, object)?.port === port));
  const sentence = `${port} is what ${portText(found ?? { name: null, port: 0, protocol: 'TCP' })} is translated to: clients connect to ${found?.port}`;
  return {
    topic: 'port',
    outcome: 'blocked',
    sentence: message,
    details: found === undefined ? [] : [{ sentence, place: service?.origin ?? null }],
  };
}

/** A pod that declares ports and not this one may still listen on it. */
function undeclared({ query, to }: Pair, details: readonly StepDetail[] = []): Step | undefined {
  const declared = declaredPorts(to.pod?.object);
  if (declared.length === 0 || declared.some(({ port, protocol }) => port === query.port && protocol === query.protocol)) return undefined;
  const list = declared.map(({ name, port, protocol }) => `${protocol}/${port}${name === undefined ? '' : ` (${quote(name)})`}`).join(', ');
  return {
    topic: 'port',
    outcome: 'warning',
    sentence: `no container of ${quote(to.name)} declares ${query.protocol}/${query.port}: it declares ${list}, and may listen on others`,
    details,
  };
}

/** The port of a Service was asked for, and the pod has another. */
function servicePortFor(manifests: Manifests, { query, to }: Pair): string | undefined {
  const pod = to.pod?.object;
  if (pod === undefined) return undefined;
  for (const { object } of manifests.services) {
    const { metadata, spec } = object;
    if (namespaceOf(metadata) !== namespaceOf(pod.metadata) || !hasSelector(object) || !hasLabels(pod.metadata.labels, spec?.selector))
      continue;
    for (const port of servicePorts(object)) {
      const target = targetPortAt(port, pod)?.port;
      if (port.port !== query.port || port.protocol !== query.protocol || target === undefined || target === query.port) continue;
      if (declaredPorts(pod).some((each) => each.port === query.port && each.protocol === query.protocol)) continue;
      const name = serviceName({ namespace: namespaceOf(metadata), name: metadata.name });
      return `${query.port} is the port of ${quote(name)}, and the pod has ${target}: ask for ${quote(`${name}:${port.name ?? port.port}`)}, or for port ${target}`;
    }
  }
  return undefined;
}

/** Changes of a Service without backends that give it some, each tried. */
export function serviceSuggestions(
  engine: Engine,
  manifests: Manifests,
  query: NamedQuery,
  { to, unknown }: NamedReachability,
  domainNames: DomainNameTable | undefined,
): Suggestion[] {
  if (unknown?.cause !== 'no-backend' || to.service === null) return [];
  const { namespace, name } = to.service;
  const service = manifests.services.find(({ object: { metadata } }) => metadata.name === name && namespaceOf(metadata) === namespace);
  if (service === undefined) return [];
  return [...selectorEdits(manifests, service), ...targetEdits(manifests, service)].flatMap((edit): Suggestion[] => {
    const changed = applyChanges(manifests, edit.changes);
    // Policies do not see Services, so the engine stays as it is.
    const after = canReachNamed(engine, changed, query, { domainNames });
    if (after.unknown !== null || after.flows.length === 0) return [];
    const { code, words, object, field, place, changes } = edit;
    const connects = after.flows.filter(({ verdict }) => verdict === 'allow').length;
    return [
      {
        code,
        step: 'port',
        edit: words,
        object,
        field,
        place,
        changes,
        blocked: after.flows.length,
        opens: after.flows.length,
        connects,
        widens: false,
      },
    ];
  });
}

/** One label of the selector is nearly one of the pods of the namespace. */
function selectorEdits(manifests: Manifests, service: Resource<ServiceObject>): Edit[] {
  if (podsOfService(manifests, service.object).length > 0) return [];
  const edits = new Map<string, Edit>();
  for (const { object } of manifests.pods) {
    if (namespaceOf(object.metadata) !== namespaceOf(service.object.metadata) || isCompleted(object)) continue;
    const labels = labelsOf(object.metadata.labels);
    const [miss, second] = missesOf({ matchLabels: service.object.spec?.selector ?? {} }, labels);
    if (miss === undefined || second !== undefined) continue;
    const place = {
      resource: service,
      path: ['spec'],
      name: 'selector',
      labels,
      whose: quote(nameOfObject(object)),
      isUsed: usedByPods(manifests),
    };
    for (const edit of slipEdits(place, miss)) {
      const given = miss.path[1] ?? '';
      const inPlace =
        edit.code === 'label-value'
          ? inSelector(service, edit, [String(given)], labels.get(String(given)))
          : renamed(service, edit, String(given), labels);
      if (inPlace !== undefined) edits.set(edit.words, inPlace);
    }
  }
  return [...edits.values()].slice(0, 3);
}

/** A selector of a Service is a plain map. */
function inSelector(
  service: Resource<ServiceObject>,
  { words }: Edit,
  key: readonly string[],
  value: string | undefined,
): Edit | undefined {
  return value === undefined ? undefined : editOf('service-selector', words, service, ['spec', 'selector', ...key], () => value);
}

function renamed(service: Resource<ServiceObject>, { words }: Edit, key: string, labels: ReadonlyMap<string, string>): Edit | undefined {
  const value = service.object.spec?.selector?.[key] ?? '';
  const near = [...labels].find(([other, each]) => each === value && isSlip(key, other))?.[0];
  if (near === undefined) return undefined;
  const change = (old: unknown): unknown =>
    Object.fromEntries(Object.entries((old ?? {}) as object).map(([each, text]): [string, unknown] => [each === key ? near : each, text]));
  return editOf('service-selector', words, service, ['spec', 'selector'], change);
}

/** A target port that is a name which no container has. */
function targetEdits(manifests: Manifests, service: Resource<ServiceObject>): Edit[] {
  const [pod] = podsOfService(manifests, service.object);
  const ports = service.object.spec?.ports ?? [];
  if (pod === undefined) return [];
  return servicePorts(service.object).flatMap(({ targetPort, protocol }, i): Edit[] => {
    if (typeof targetPort !== 'string' || ports[i] === undefined || targetPortAt({ targetPort, protocol }, pod.object) !== undefined)
      return [];
    const declared = declaredPorts(pod.object).filter((each) => each.protocol === protocol && each.name !== undefined);
    const name =
      declared.find((each) => isSlip(each.name ?? '', targetPort))?.name ?? (declared.length === 1 ? declared[0]?.name : undefined);
    if (name === undefined) return [];
    const words = `targetPort ${quote(targetPort)} → ${quote(name)}: no container of ${quote(nameOfObject(pod.object))} has a ${protocol} port ${quote(targetPort)}`;
    return [editOf('target-port', words, service, ['spec', 'ports', i, 'targetPort'], () => name)];
  });
}
