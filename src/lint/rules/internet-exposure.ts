/**
 * Rules that admit the internet: workloads that are isolated for ingress and that at least as many public addresses as a /8 (IPv4) or a /16 (IPv6) may reach. Exact: every address outside is looked at. Pods that
 * are not isolated at all are what `no-default-deny` tells.
 */

import { append } from '../../lib/append.ts';
import type { MatrixRow } from '../../matrix/matrix.ts';
import { reachabilityMatrix } from '../../matrix/matrix.ts';
import type { RuleReason } from '../../model/decision.ts';
import { objectKey } from '../../model/object-names.ts';
import type { LintContext } from '../context.ts';
import type { Draft, LintRule, RuleResult } from '../finding.ts';
import { isolationUnchecked } from '../namespaces.ts';
import { isInternet, publicAddresses } from '../public-addresses.ts';
import { listed, portsText, type Span } from '../words.ts';

export const internetExposure: LintRule = {
  id: 'internet-exposure',
  severity: 'note',
  summary: 'a rule admits the internet',
  check,
};

/** One rule, and what it admits. */
interface Exposure {
  readonly reason: RuleReason;
  readonly ports: Map<string, Span>;
  /** By workload: public addresses of either family. */
  readonly sizes: Map<string, { 4: bigint; 6: bigint }>;
}

function check(context: LintContext): RuleResult {
  const unchecked = isolationUnchecked(context);
  if (unchecked.length > 0) return { findings: [], unchecked };
  const pods = new Map<string, number[]>();
  for (let pod = 0; pod < context.cluster.pods.length; pod++) append(pods, context.podText(pod), pod);
  const exposures = new Map<string, Exposure>();
  for (const row of reachabilityMatrix(context.engine, { peers: 'outside' }).rows()) {
    if (row.from.kind === 'addresses') addRow(context, pods, row, exposures);
  }
  const findings = [...exposures.values()].flatMap((exposure) => found(context, exposure));
  return { findings };
}

function addRow(
  context: LintContext,
  podsOf: ReadonlyMap<string, readonly number[]>,
  { from, to, ports }: MatrixRow,
  into: Map<string, Exposure>,
): void {
  if (from.kind !== 'addresses' || (to.kind !== 'workload' && to.kind !== 'pod')) return;
  const text = to.kind === 'workload' ? `${to.namespace}/${to.workloadKind.toLowerCase()}/${to.name}` : `${to.namespace}/${to.name}`;
  const size = publicAddresses(from.ranges);
  if (size[4] === 0n && size[6] === 0n) return;
  const open = [...ports.allow, ...ports.some.filter(({ verdicts }) => verdicts.includes('allow'))];
  const told = new Set<string>();
  for (const span of open) {
    for (const reason of reasonsOf(context, podsOf.get(text) ?? [], from.ranges[0]!.first, span)) {
      const key = `${objectKey(reason.policy)} ${reason.direction} ${reason.rule}`;
      const exposure = into.get(key) ?? { reason, ports: new Map(), sizes: new Map() };
      into.set(key, exposure);
      exposure.ports.set(portsText([span]), span);
      if (told.has(key)) continue;
      told.add(key);
      const before = exposure.sizes.get(text) ?? { 4: 0n, 6: 0n };
      exposure.sizes.set(text, { 4: before[4] + size[4], 6: before[6] + size[6] });
    }
  }
}

/** The rules that let one address in, at one port: all addresses and ports of a row are alike. Pods of one workload need not be. */
function reasonsOf(
  { engine, cluster }: LintContext,
  pods: readonly number[],
  ip: string,
  { protocol, from: port }: Span,
): readonly RuleReason[] {
  for (const pod of pods) {
    const { namespace, name } = cluster.pods[pod]!;
    const { verdict, ingress } = engine.canReach({ from: { ip }, to: { pod: `${namespace}/${name}` }, protocol, port: Math.max(1, port) });
    if (verdict === 'allow' && ingress.isolated) return ingress.reasons;
  }
  return [];
}

function found({ placeOf, catalogue }: LintContext, { reason, ports, sizes }: Exposure): Draft[] {
  const workloads = [...sizes].filter(([, size]) => isInternet(size)).map(([text]) => text);
  if (workloads.length === 0) return [];
  const policy = catalogue.policies.find(({ policy: each }) => objectKey(each.ref) === objectKey(reason.policy))!.policy;
  const field = `spec.${reason.direction}[${reason.rule}]`;
  return [
    {
      object: policy.ref,
      field,
      origin: placeOf(policy, field),
      message: `addresses of the internet reach ${listed(workloads.sort())} at ${portsText([...ports.values()])}`,
      hint: 'if that is not meant, name the addresses or the pods that connect',
    },
  ];
}
