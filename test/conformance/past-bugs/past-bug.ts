/**
 * What a past bug is: a wrong verdict that another program once gave, as a world and flows whose right verdicts its author knows. Each has an allow and a deny (or an unknown),
 * so that neither a world where nothing connects nor one where everything does can pass for it. Keys are row numbers of the catalogue of past bugs
 * (a letter after the number where a row holds several wrong results), or the ids of advisories.
 */
import type { FlowQuery } from '../../../src/model/flow.ts';
import type { CniProfile } from '../../../src/model/profile.ts';

export interface PastBug {
  /** `21`, `23a`, `CVE-2025-64715`. */
  readonly key: string;
  /** What went wrong, in a sentence. */
  readonly wrong: string;
  /** Kubernetes objects as a user would give them. */
  readonly objects?: readonly unknown[];
  /** In place of objects, or beside them: manifests as text, for what goes wrong when text is read. */
  readonly text?: string;
  readonly profile?: Partial<CniProfile>;
  /** As in `ConformanceCase`. */
  readonly probes: readonly string[];
  /** The cluster as it was before, judged first by the same engine: what it was must not show in what it is. */
  readonly before?: { readonly objects: readonly unknown[]; readonly probes: readonly string[] };
  /** How much work compiling may be: the times that a port in a policy is read, and the classes of ports that the tables tell apart. */
  readonly most?: Work;
  /** Questions that must be refused with a RangeError and never answered. */
  readonly refused?: readonly FlowQuery[];
}

export interface Work {
  readonly portsRead: number;
  readonly portClasses: number;
}

/** A policy's spec that isolates for ingress only. */
export function ingress(podSelector: unknown, ...rules: readonly unknown[]): unknown {
  return { podSelector, policyTypes: ['Ingress'], ingress: rules };
}

/** A policy's spec that isolates for egress only. */
export function egress(podSelector: unknown, ...rules: readonly unknown[]): unknown {
  return { podSelector, policyTypes: ['Egress'], egress: rules };
}

export function block(cidr: string, ...except: readonly string[]): unknown {
  return { ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) } };
}

export function tcp(port: number | string, endPort?: number): unknown {
  return { protocol: 'TCP', port, ...(endPort === undefined ? {} : { endPort }) };
}

export function udp(port: number | string, endPort?: number): unknown {
  return { protocol: 'UDP', port, ...(endPort === undefined ? {} : { endPort }) };
}

export function service(path: string, spec: unknown, status: unknown = {}): unknown {
  const [namespace, name] = path.split('/');
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec, status };
}
