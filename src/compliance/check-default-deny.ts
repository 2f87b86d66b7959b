/**
 * The checks of default deny: of the pods that are there, one for each direction, and of pods to come.
 */
import type { Deciding } from '../expectations/deciding.ts';
import { labelText } from '../expectations/plan-end.ts';
import { compareText } from '../lib/compare-text.ts';
import { quote } from '../lib/quote.ts';
import { objectKey } from '../model/object-names.ts';
import type { PolicySet } from '../model/policy.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import type { CheckParts } from './check-parts.ts';
import type { ClosedHalf, DefaultDeny } from './default-deny.ts';
import type { PodsToCome, PodToCome } from './pods-to-come.ts';
import type { ComplianceFinding, PolicyEvidence } from './report.ts';

export function checkDefaultDeny(direction: Direction, halves: readonly ClosedHalf[], policies: PolicySet): CheckParts {
  const ofPods = halves.filter(({ pods }) => pods.length > 0);
  const judged = new Set(ofPods.flatMap(({ pods }) => pods)).size;
  return {
    judged: `${judged} ${judged === 1 ? 'pod' : 'pods'}, with every rule that allows taken away`,
    findings: ofPods.flatMap((half): ComplianceFinding[] => {
      if (half.verdict === 'deny') return [];
      const names = half.pods.toSorted(compareText).map(quote).join(', ');
      return [findingOf(half, `${names}: ${openText(direction, half)}`)];
    }),
    evidence: evidenceOf(ofPods, policies, (count) => ` (${count} of the zone)`),
  };
}

function openText(direction: Direction, { verdict, others, deciding }: ClosedHalf): string {
  const peers = `${direction === 'ingress' ? 'from' : 'to'} ${others.join(', ')}`;
  if (verdict === 'unknown') return `whether ${direction} ${peers} is denied is not known${becauseText(deciding)}`;
  if (deciding.some((each) => each.default === 'not-a-policed-pod')) return 'policies do not apply to it: it is in the network of its node';
  return `${direction} ${peers} is not denied: ${deciding.some(({ policy }) => policy !== null) ? 'other policies leave it open' : 'no policy does'}`;
}

function becauseText(deciding: readonly Deciding[]): string {
  const because = new Set(deciding.flatMap((each) => each.because ?? []));
  return because.size === 0 ? '' : `: ${[...because].join('; ')}`;
}

function findingOf({ verdict, deciding }: ClosedHalf, what: string): ComplianceFinding {
  return {
    status: verdict === 'allow' ? 'fails' : 'cannot-be-shown',
    what,
    connections: null,
    evidence: policiesIn(deciding).map((each) => ({ ...each, what: 'has a part in it' })),
  };
}

type Named = Omit<PolicyEvidence, 'what'>;

export function policiesIn(deciding: readonly Deciding[]): Named[] {
  return deciding.flatMap(({ policy, origin, direction, rule }) =>
    policy === null || origin === null ? [] : [{ policy, origin, direction, rule }],
  );
}

/** The policies that close. `countText`: of how many pods. */
function evidenceOf(halves: readonly ClosedHalf[], { tiers }: PolicySet, countText: (pods: number) => string): PolicyEvidence[] {
  const everyPod = new Set(
    tiers.flatMap(({ policies }) => policies.filter(({ subject }) => subject.pods.length === 0).map(({ ref }) => objectKey(ref))),
  );
  const found = new Map<string, { readonly named: Named; readonly isolates: boolean; readonly pods: Set<string> }>();
  for (const { verdict, deciding, pods } of halves) {
    if (verdict !== 'deny') continue;
    for (const each of deciding) {
      const [named] = policiesIn([each]);
      if (named === undefined) continue;
      const key = JSON.stringify(named);
      const known = found.get(key) ?? { named, isolates: each.action === 'isolates', pods: new Set() };
      found.set(key, known);
      for (const pod of pods) known.pods.add(pod);
    }
  }
  return [...found.values()].map(({ named, isolates, pods }) => {
    const whom = everyPod.has(objectKey(named.policy)) ? 'every pod of the namespace' : 'pods by their labels';
    return { ...named, what: `${isolates ? `isolates ${whom}` : 'denies'}${countText(pods.size)}` };
  });
}

export function checkNewPods(deny: DefaultDeny, { pods, notAll }: PodsToCome, policies: PolicySet): CheckParts {
  const findings: ComplianceFinding[] = [];
  const evidence: PolicyEvidence[] = [];
  for (const direction of DIRECTIONS) {
    const halves = deny.halves(direction).filter(({ toCome }) => toCome.length > 0);
    const told = new Set<string>();
    for (const half of halves) {
      if (half.verdict === 'deny') continue;
      // One for each namespace, the one with the fewest labels.
      for (const pod of half.toCome.toSorted((a, b) => Object.keys(a.labels).length - Object.keys(b.labels).length)) {
        const key = `${half.verdict} ${pod.namespace}`;
        if (told.has(key)) continue;
        told.add(key);
        findings.push(findingOf(half, `a new pod ${podText(pod)}: ${openText(direction, half)}`));
      }
    }
    evidence.push(...evidenceOf(halves, policies, () => ''));
  }
  for (const namespace of notAll) {
    const what = `the selectors of the policies in ${quote(namespace)} can tell too many pods apart to try all: only a pod without further labels was tried`;
    findings.push({ status: 'cannot-be-shown', what, connections: null, evidence: [] });
  }
  const namespaces = new Set(pods.map(({ namespace }) => namespace)).size;
  return {
    judged: `${pods.length} kinds of new pods in ${namespaces} ${namespaces === 1 ? 'namespace' : 'namespaces'}: every way in which labels decide whom policies select`,
    findings,
    evidence,
  };
}

function podText({ namespace, labels }: PodToCome): string {
  return `in ${quote(namespace)} ${Object.keys(labels).length === 0 ? 'without labels' : `with the labels ${labelText(labels)}`}`;
}
