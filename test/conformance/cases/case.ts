/**
 * What a named case is, and short ways to write API objects. A case speaks of points of networkpolicy-semantics; every deny in it has an allow beside it
 * that fails when nothing could connect anyway.
 */
import type { Verdict } from '../../../src/model/decision.ts';
import type { FlowQuery } from '../../../src/model/flow.ts';
import type { CniProfile } from '../../../src/model/profile.ts';
import type { Protocol } from '../../../src/model/protocol.ts';

export interface ConformanceCase {
  /** Points of networkpolicy-semantics. */
  readonly points: readonly number[];
  /** A sentence: what is so. */
  readonly title: string;
  /** Kubernetes objects as a user would give them. */
  readonly objects: readonly unknown[];
  /** Switches that differ from the profile `spec`. */
  readonly profile?: Partial<CniProfile>;
  /** `from -> to PROTOCOL/port verdict`, with ` family 4` or ` family 6` at the end where the ends have both. */
  readonly probes: readonly string[];
}

export interface Probe {
  readonly flow: FlowQuery;
  readonly expect: Verdict;
}

const PROBE = /^(\S+) -> (\S+) (TCP|UDP|SCTP)\/(\d+) (allow|deny|unknown)(?: family ([46]))?$/;

export function parseProbe(text: string): Probe {
  const found = PROBE.exec(text);
  if (found === null) throw new TypeError(`a probe is \`from -> to PROTOCOL/port verdict\`, got \`${text}\``);
  const [, from = '', to = '', protocol, port, expect, family] = found;
  const flow = { from, to, protocol: protocol as Protocol, port: Number(port) };
  const wanted = family === undefined ? undefined : family === '4' ? 4 : 6;
  return { flow: wanted === undefined ? flow : { ...flow, family: wanted }, expect: expect as Verdict };
}

export function namespace(name: string, labels: Record<string, string> = {}): unknown {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

export interface PodOptions {
  readonly labels?: Record<string, string | null>;
  readonly ip?: string;
  readonly ips?: readonly string[];
  /** `name:port/PROTOCOL`, of the first container. */
  readonly ports?: readonly string[];
  readonly node?: string;
  readonly hostIP?: string;
  /** More of the pod's spec and status. */
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
}

/** `path` is `namespace/name`. */
export function pod(path: string, options: PodOptions = {}): unknown {
  const [ns, name] = path.split('/');
  const ips = options.ips ?? (options.ip === undefined ? [] : [options.ip]);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: ns, labels: options.labels ?? { pod: name } },
    spec: {
      containers: [{ name: 'main', ports: containerPorts(options.ports ?? []) }],
      ...(options.node === undefined ? {} : { nodeName: options.node }),
      ...options.spec,
    },
    status: {
      phase: 'Running',
      ...(ips.length === 0 ? {} : { podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) }),
      ...(options.hostIP === undefined ? {} : { hostIP: options.hostIP }),
      ...options.status,
    },
  };
}

/** From `name:port/PROTOCOL`. */
export function containerPorts(texts: readonly string[]): unknown[] {
  return texts.map((text) => {
    const [name, rest = ''] = text.split(':');
    const [containerPort, protocol] = rest.split('/');
    return { name, containerPort: Number(containerPort), ...(protocol === undefined ? {} : { protocol }) };
  });
}

export function node(name: string, ...addresses: string[]): unknown {
  const list = addresses.map((address) => ({ type: 'InternalIP', address }));
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses: list } };
}

export function policy(path: string, spec: unknown): unknown {
  const [ns, name] = path.split('/');
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: ns }, spec };
}

/** Namespaces x, y and z, each with pods a, b and c that have the labels `pod` and an address: 10.0.1.1 is x/a, 10.0.3.2 is z/b. */
export const NINE_PODS: readonly unknown[] = ['x', 'y', 'z'].flatMap((ns, i) => [
  namespace(ns, { ns }),
  ...['a', 'b', 'c'].map((name, j) =>
    pod(`${ns}/${name}`, { ip: `10.0.${i + 1}.${j + 1}`, ports: ['web:80/TCP', 'dns:53/UDP', 'sig:9003/SCTP'] }),
  ),
]);

export const POD_A = { matchLabels: { pod: 'a' } };
export const POD_B = { matchLabels: { pod: 'b' } };
export const NS_Y = { matchLabels: { ns: 'y' } };
