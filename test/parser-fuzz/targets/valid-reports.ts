/**
 * Simulation reports that do not contradict themselves, of any counters and any size that is short.
 */
import type { Random } from '../../../src/fuzz/random.ts';
import type { ObjectRef } from '../../../src/model/origin.ts';
import type { RuleRef, VerdictCounts } from '../../../src/simulate/report.ts';
import type { WireReport } from '../../../src/wire/report.ts';
import { FULL_REPORT } from '../../unit/wire/reports.ts';

const NAMES = ['shop', 'web', '', 'constructor', '__proto__', '\u00e9', '10.0.0.0/8', 'a/deployment/b'];
const DEFAULTS = [
  'not-a-policed-pod',
  'not-isolated',
  'isolated-no-rule-matches',
  'pod-to-itself',
  'own-node',
  'protocol-not-policed',
] as const;

export function anyReport(random: Random): WireReport {
  const number = (): number => random.pick([0, 1, 7, 300, 2 ** 31, 2 ** 40, random.below(2 ** 32)]);
  const counts = (): VerdictCounts => ({ allow: number(), deny: number(), unknown: number() });
  const byProtocol = { TCP: counts(), UDP: counts(), SCTP: counts() };
  const total = (verdict: 'allow' | 'deny' | 'unknown'): number => Object.values(byProtocol).reduce((sum, each) => sum + each[verdict], 0);
  const verdicts = { allow: total('allow'), deny: total('deny'), unknown: total('unknown') };
  const counters = random.pick(['verdicts', 'rules', 'full'] as const);
  const { apiVersion, kind } = FULL_REPORT;
  return {
    apiVersion,
    kind,
    profile: random.pick(NAMES),
    seed: number(),
    flows: verdicts.allow + verdicts.deny + verdicts.unknown,
    counters,
    generated: { aimed: number(), mix: number(), uniform: number() },
    verdicts,
    verdictsByProtocol: byProtocol,
    tables: {
      sizeBytes: number(),
      endpoints: random.below(2 ** 32),
      policies: random.below(9),
      rules: random.below(2 ** 32),
      decisions: random.below(99),
    },
    run: { workers: random.below(9), durationMs: random.pick([0, 0.5, 1e-9, 1e300]), flowsPerSecond: number() },
    ...(counters !== 'verdicts' && ruleCounters(random, number)),
    ...(counters === 'full' && {
      topDeniedPairs: some(random, () => ({ from: random.pick(NAMES), to: random.pick(NAMES), flows: number() })),
      deniedPairsLevel: random.pick(['workload', 'namespace', 'coarse', 'destination'] as const),
    }),
  };
}

function ruleCounters(random: Random, number: () => number): Pick<WireReport, 'rules' | 'policies' | 'neverHit' | 'defaults'> {
  const policy = (): ObjectRef => {
    const named = { kind: random.pick(['NetworkPolicy', '(unreadable)']), name: random.pick(NAMES) };
    return random.chance(0.2) ? named : { ...named, namespace: random.pick(NAMES) };
  };
  const rule = (): RuleRef => ({
    policy: policy(),
    direction: random.pick(['ingress', 'egress'] as const),
    rule: random.below(5) - 1,
    origin: { file: random.pick(NAMES), line: random.below(100_000), column: random.below(500) },
  });
  const defaults = () => Object.fromEntries(DEFAULTS.filter(() => random.chance(0.4)).map((name) => [name, number()]));
  return {
    rules: some(random, () => ({ ...rule(), hits: number() })),
    policies: some(random, () => ({ policy: policy(), hits: number(), defaultDenials: number() })),
    neverHit: { rules: some(random, rule), policies: some(random, policy) },
    defaults: { ingress: defaults(), egress: defaults() },
  };
}

function some<T>(random: Random, item: () => T): T[] {
  return Array.from({ length: random.below(4) }, item);
}
