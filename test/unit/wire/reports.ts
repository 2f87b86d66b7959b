/**
 * Two reports for tests: one with every part, one with verdicts alone.
 */
import type { WireReport } from '../../../src/wire/report.ts';

const NONE = { allow: 0, deny: 0, unknown: 0 };
const ORIGIN = { file: 'policies.yaml', line: 12, column: 5 };
const POLICY = { kind: 'NetworkPolicy', namespace: 'shop', name: 'cart' };
const UNREADABLE = { kind: '(unreadable)', name: '(unreadable)' };

export const VERDICT_REPORT: WireReport = {
  apiVersion: 'netpolsim/v1',
  kind: 'SimulationReport',
  profile: 'spec',
  seed: Number.MAX_SAFE_INTEGER,
  flows: 10,
  counters: 'verdicts',
  generated: { aimed: 5, mix: 0, uniform: 5 },
  verdicts: { allow: 7, deny: 3, unknown: 0 },
  verdictsByProtocol: { TCP: { allow: 6, deny: 1, unknown: 0 }, UDP: { allow: 1, deny: 2, unknown: 0 }, SCTP: NONE },
  tables: { sizeBytes: 5_000_000_000, endpoints: 7, policies: 2, rules: 3, decisions: 9 },
  run: { workers: 2, durationMs: 12.5, flowsPerSecond: 800 },
};

export const FULL_REPORT: WireReport = {
  ...VERDICT_REPORT,
  counters: 'full',
  flows: 12,
  verdicts: { allow: 7, deny: 3, unknown: 2 },
  verdictsByProtocol: { TCP: { allow: 6, deny: 1, unknown: 0 }, UDP: { allow: 1, deny: 2, unknown: 0 }, SCTP: { ...NONE, unknown: 2 } },
  rules: [
    { policy: POLICY, direction: 'ingress', rule: 0, origin: ORIGIN, hits: 4 },
    { policy: POLICY, direction: 'egress', rule: 1, origin: ORIGIN, hits: 0 },
    { policy: UNREADABLE, direction: 'egress', rule: -1, origin: { file: '<objects>', line: 0, column: 0 }, hits: 2 },
  ],
  policies: [
    { policy: POLICY, hits: 4, defaultDenials: 1 },
    { policy: UNREADABLE, hits: 2, defaultDenials: 0 },
  ],
  neverHit: { rules: [{ policy: POLICY, direction: 'egress', rule: 1, origin: ORIGIN }], policies: [UNREADABLE] },
  defaults: { ingress: { 'not-isolated': 3, 'isolated-no-rule-matches': 0 }, egress: {} },
  topDeniedPairs: [{ from: 'shop/deployment/web', to: '10.0.0.0/8', flows: 3 }],
  deniedPairsLevel: 'workload',
};
