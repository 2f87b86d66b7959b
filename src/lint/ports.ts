/**
 * Ports of rules against the ports that pods declare. In come rules that name a number, out come those at which no pod that they are about says that it listens.
 */
import type { Policy, PortMatch, Rule } from '../model/policy.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { PodObject, Resource, ServiceObject } from '../model/resource.ts';
import { isNetworkPolicy, type LintContext } from './context.ts';
import { containerPorts, portsOfService, type ServicePort, servicesOf } from './services.ts';

type NumberedPort = Extract<PortMatch, { kind: 'range' }>;

export interface SilentPort {
  readonly policy: Policy;
  readonly rule: Rule;
  readonly index: number;
  readonly port: NumberedPort;
  /** Pods at the end that listens: numbers of pods. */
  readonly pods: readonly number[];
  /** Does each of their containers declare some port? */
  readonly allDeclare: boolean;
  /** The ports that they declare. */
  readonly declared: readonly string[];
  /** A Service of these pods that has the port and sends to another one. */
  readonly service: { readonly object: Resource<ServiceObject>; readonly port: ServicePort } | undefined;
}

const known = new WeakMap<LintContext, readonly SilentPort[]>();

/** Of rules whose listening end is certain: pods, and no addresses. */
export function silentPorts(context: LintContext): readonly SilentPort[] {
  let ports = known.get(context);
  if (ports === undefined) {
    ports = findSilent(context);
    known.set(context, ports);
  }
  return ports;
}

function findSilent(context: LintContext): SilentPort[] {
  const declarations = new Map<string, Declared>();
  const found: SilentPort[] = [];
  for (const { policy } of context.read) {
    if (!isNetworkPolicy(policy)) continue;
    for (const rule of policy.rules) {
      const numbered = (rule.ports === 'any' ? [] : rule.ports).map((port, index) => ({ port, index }));
      if (numbered.length === 0) continue;
      const sets = listeningSets(context, policy, rule);
      if (sets === undefined) continue;
      const key = sets.join();
      let declared = declarations.get(key);
      if (declared === undefined) {
        declared = declaredBy(context, [...new Set(sets.flatMap((set) => context.podsOf(set)))]);
        declarations.set(key, declared);
      }
      if (declared.pods.length === 0) continue;
      for (const { port, index } of numbered) {
        if (port.kind !== 'range' || !isSilent(port, declared)) continue;
        const { pods, silent, texts } = declared;
        const services = servicePorts(context, pods);
        // Somebody sends to it: whatever the pod declares, it is known to listen.
        if (services.some((each) => each.port.protocol === port.protocol && each.port.targets.some((target) => holds(port, target))))
          continue;
        const service = services.find(
          (each) =>
            each.port.protocol === port.protocol &&
            holds(port, each.port.port) &&
            each.port.targets.length > 0 &&
            // Without an address of its own it sends nothing anywhere: clients name the port of the pod.
            each.object.object.spec?.clusterIP !== 'None' &&
            // A pod that is not behind it, and does not say where it listens, may be meant.
            silent.every((pod) => each.behind.has(pod)),
        );
        found.push({ policy, rule, index, port, pods, allDeclare: silent.length === 0, declared: texts, service });
      }
    }
  }
  return found;
}

interface Declared {
  readonly pods: readonly number[];
  /** Those with a container that declares no port: it may listen at any. */
  readonly silent: readonly number[];
  /** By protocol. */
  readonly numbers: readonly (readonly number[])[];
  readonly texts: readonly string[];
}

/** The set of units at the end that listens; undefined where it may be no pod. */
function listeningSets({ peerSets }: LintContext, policy: Policy, rule: Rule): number[] | undefined {
  if (rule.direction === 'ingress') return [peerSets.internPods(policy.subject)];
  if (rule.peers === 'any' || !rule.peers.every(({ kind }) => kind === 'pods')) return undefined;
  return rule.peers.map((peer) => peerSets.intern(peer));
}

function declaredBy(context: LintContext, pods: readonly number[]): Declared {
  const numbers = PROTOCOLS.map(() => new Set<number>());
  const silent: number[] = [];
  for (const pod of pods) {
    const object = context.podObject(pod);
    const ports = containerPorts(object);
    if (!everyContainerDeclares(object)) silent.push(pod);
    for (const { containerPort, protocol } of ports) numbers[PROTOCOLS.indexOf(protocol ?? 'TCP')]!.add(containerPort);
  }
  const sorted = numbers.map((set) => [...set].sort((a, b) => a - b));
  return { pods, silent, numbers: sorted, texts: sorted.flatMap((list, i) => list.map((port) => `${PROTOCOLS[i]}/${port}`)) };
}

/** A sidecar that declares its own ports says nothing of the container beside it. */
function everyContainerDeclares({ spec }: PodObject): boolean {
  const containers = spec?.containers ?? [];
  return containers.length > 0 && containers.every(({ ports }) => (ports ?? []).length > 0);
}

function isSilent(port: NumberedPort, { numbers }: Declared): boolean {
  return port.from > 0 && !numbers[PROTOCOLS.indexOf(port.protocol)]!.some((declared) => holds(port, declared));
}

function holds({ from, to }: NumberedPort, port: number): boolean {
  return from <= port && port <= to;
}

/** Ports of the Services that select some of the pods. */
function servicePorts(
  context: LintContext,
  pods: readonly number[],
): { object: Resource<ServiceObject>; port: ServicePort; behind: ReadonlySet<number> }[] {
  const behind = new Map<Resource<ServiceObject>, number[]>();
  for (const pod of pods) {
    for (const service of servicesOf(context, pod)) behind.set(service, [...(behind.get(service) ?? []), pod]);
  }
  return [...behind].flatMap(([object, of]) => {
    const set = new Set(of);
    return portsOfService(context, object, of).map((port) => ({ object, port, behind: set }));
  });
}
