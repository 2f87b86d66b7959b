/**
 * A simulation report as bytes, and back (proto/netpolsim/v1/report.proto). Columns of single flows are not part of it: they are a flow batch.
 */
import type { DefaultReason } from '../model/decision.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import type { DefaultCounts, PolicyHits, RuleHits, RuleRef, SimulationReport, VerdictCounts } from '../simulate/report.ts';
import { type Types, v1 } from './messages.ts';
import {
  convertAll,
  DIRECTION_VALUES,
  fromEnum,
  fromObjectRef,
  fromOrigin,
  present,
  textsOf,
  toEnum,
  toObjectRef,
  toOrigin,
} from './parts.ts';
import { FORMAT_VERSION, scanMessage } from './scan.ts';
import { SIMULATION_REPORT } from './schema.ts';
import { TextReader, TextWriter } from './texts.ts';
import { WireFormatError } from './wire-error.ts';

/** What is written: everything but the columns. */
export type WireReport = Omit<SimulationReport, 'columns'>;

const COUNTER_VALUES: readonly SimulationReport['counters'][] = ['verdicts', 'rules', 'full'];
const LEVEL_VALUES: readonly NonNullable<SimulationReport['deniedPairsLevel']>[] = ['workload', 'namespace', 'coarse', 'destination'];
const DEFAULT_VALUES: readonly DefaultReason[] = [
  'not-a-policed-pod',
  'not-isolated',
  'isolated-no-rule-matches',
  'pod-to-itself',
  'own-node',
  'unmatched',
  'protocol-not-policed',
];

/**
 * The bytes of a report. Its columns, if it has any, are left out.
 * @throws {WireFormatError} when it contradicts itself, so that what is written can always be read
 */
export function encodeReport(report: WireReport): Uint8Array {
  checkReport(report);
  const texts = new TextWriter();
  const { topDeniedPairs, deniedPairsLevel, verdictsByProtocol } = report;
  const ruleCounters = ruleCountersMessage(report, texts);
  const message: Types.v1.SimulationReport.$Properties = {
    formatVersion: FORMAT_VERSION,
    profile: texts.of(report.profile),
    seed: report.seed,
    flows: report.flows,
    counters: toEnum(COUNTER_VALUES, report.counters),
    generated: report.generated,
    verdicts: report.verdicts,
    verdictsByProtocol: { tcp: verdictsByProtocol.TCP, udp: verdictsByProtocol.UDP, sctp: verdictsByProtocol.SCTP },
    ...(ruleCounters === undefined ? {} : { ruleCounters }),
    ...(topDeniedPairs === undefined || deniedPairsLevel === undefined
      ? {}
      : {
          deniedPairs: {
            level: toEnum(LEVEL_VALUES, deniedPairsLevel),
            pairs: topDeniedPairs.map(({ from, to, flows }) => ({ from: texts.of(from), to: texts.of(to), flows })),
          },
        }),
    tables: report.tables,
    run: report.run,
    strings: texts.strings,
  };
  const bytes = v1.SimulationReport.encode(message).finish();
  scanMessage(bytes, SIMULATION_REPORT);
  return bytes;
}

/**
 * The report in `bytes`.
 * @throws {WireFormatError} when the bytes are not a report, or one that contradicts itself
 */
export function decodeReport(bytes: Uint8Array): WireReport {
  scanMessage(bytes, SIMULATION_REPORT);
  const message = v1.SimulationReport.decode(bytes);
  const texts = new TextReader(textsOf(bytes));
  const { generated, verdictsByProtocol, ruleCounters, deniedPairs, tables, run } = message;
  const { tcp, udp, sctp } = present(verdictsByProtocol);
  const { aimed, mix, uniform } = present(generated);
  const { sizeBytes, endpoints, policies, rules, decisions } = present(tables);
  const { workers, durationMs, flowsPerSecond } = present(run);
  const report: WireReport = {
    apiVersion: 'netpolsim/v1',
    kind: 'SimulationReport',
    profile: texts.at(present(message.profile), 'the profile'),
    seed: present(message.seed),
    flows: present(message.flows),
    counters: fromEnum(COUNTER_VALUES, present(message.counters)),
    generated: { aimed: present(aimed), mix: present(mix), uniform: present(uniform) },
    verdicts: verdictsFrom(message.verdicts),
    verdictsByProtocol: { TCP: verdictsFrom(tcp), UDP: verdictsFrom(udp), SCTP: verdictsFrom(sctp) },
    ...(ruleCounters === null || ruleCounters === undefined ? {} : ruleCountersFrom(ruleCounters, texts)),
    ...(deniedPairs === null || deniedPairs === undefined ? {} : deniedPairsFrom(deniedPairs, texts)),
    tables: {
      sizeBytes: present(sizeBytes),
      endpoints: present(endpoints),
      policies: present(policies),
      rules: present(rules),
      decisions: present(decisions),
    },
    run: { workers: present(workers), durationMs: present(durationMs), flowsPerSecond: present(flowsPerSecond) },
  };
  checkReport(report);
  return report;
}

/** Every flow has one verdict, and what was counted is there. */
function checkReport(report: WireReport): void {
  const { flows, verdicts, verdictsByProtocol, counters } = report;
  const total = ({ allow, deny, unknown }: VerdictCounts): number => allow + deny + unknown;
  if (total(verdicts) !== flows) throw new WireFormatError(`a report of ${flows} flows counts ${total(verdicts)} verdicts`);
  for (const verdict of ['allow', 'deny', 'unknown'] as const) {
    const sum = verdictsByProtocol.TCP[verdict] + verdictsByProtocol.UDP[verdict] + verdictsByProtocol.SCTP[verdict];
    if (sum !== verdicts[verdict]) {
      throw new WireFormatError(`a report counts ${verdicts[verdict]} flows with verdict \`${verdict}\`, and ${sum} by protocol`);
    }
  }
  const parts = [report.rules, report.policies, report.neverHit, report.defaults];
  if (parts.some((part) => (part !== undefined) !== (counters !== 'verdicts'))) {
    throw new WireFormatError(`a report with counters \`${counters}\` must ${counters === 'verdicts' ? 'not ' : ''}count rules`);
  }
  if ([report.topDeniedPairs, report.deniedPairsLevel].some((part) => (part !== undefined) !== (counters === 'full'))) {
    throw new WireFormatError(`a report with counters \`${counters}\` must ${counters === 'full' ? '' : 'not '}count denied pairs`);
  }
}

function ruleCountersMessage(report: WireReport, texts: TextWriter): Types.v1.RuleCounters.$Properties | undefined {
  const { rules, policies, neverHit, defaults } = report;
  if (rules === undefined || policies === undefined || neverHit === undefined || defaults === undefined) return undefined;
  const refMessage = (ref: RuleRef): Types.v1.RuleRef.$Properties => ({
    policy: toObjectRef(ref.policy, texts),
    direction: toEnum(DIRECTION_VALUES, ref.direction),
    rule: ref.rule,
    origin: toOrigin(ref.origin, texts),
  });
  const defaultMessages = (direction: Direction): Types.v1.DefaultCount.$Properties[] => {
    return Object.entries(defaults[direction]).map(([reason, flows]) => ({
      reason: toEnum(DEFAULT_VALUES, reason as DefaultReason),
      flows,
    }));
  };
  return {
    rules: rules.map((each) => ({ rule: refMessage(each), hits: each.hits })),
    policies: policies.map(({ policy, hits, defaultDenials }) => ({ policy: toObjectRef(policy, texts), hits, defaultDenials })),
    neverHitRules: neverHit.rules.map(refMessage),
    neverHitPolicies: neverHit.policies.map((policy) => toObjectRef(policy, texts)),
    ingressDefaults: defaultMessages('ingress'),
    egressDefaults: defaultMessages('egress'),
  };
}

function ruleCountersFrom(
  message: Types.v1.RuleCounters.$Properties,
  texts: TextReader,
): Required<Pick<SimulationReport, 'rules' | 'policies' | 'neverHit' | 'defaults'>> {
  return {
    rules: convertAll(message.rules, ({ rule, hits }): RuleHits => ({ ...ruleRefFrom(rule, texts), hits: present(hits) })),
    policies: convertAll(message.policies, ({ policy, hits, defaultDenials }): PolicyHits => {
      return { policy: fromObjectRef(policy, texts), hits: present(hits), defaultDenials: present(defaultDenials) };
    }),
    neverHit: {
      rules: convertAll(message.neverHitRules, (rule) => ruleRefFrom(rule, texts)),
      policies: convertAll(message.neverHitPolicies, (policy): ObjectRef => fromObjectRef(policy, texts)),
    },
    defaults: { ingress: defaultsFrom(message.ingressDefaults), egress: defaultsFrom(message.egressDefaults) },
  };
}

function ruleRefFrom(message: Types.v1.RuleRef.$Properties | null | undefined, texts: TextReader): RuleRef {
  const { policy, direction, rule, origin } = present(message);
  return {
    policy: fromObjectRef(policy, texts),
    direction: fromEnum(DIRECTION_VALUES, present(direction)),
    rule: present(rule),
    origin: fromOrigin(origin, texts),
  };
}

function defaultsFrom(messages: readonly Types.v1.DefaultCount.$Properties[] | null | undefined): DefaultCounts {
  const counts = new Map<DefaultReason, number>();
  for (const { reason, flows } of messages ?? []) counts.set(fromEnum(DEFAULT_VALUES, present(reason)), present(flows));
  if (counts.size !== (messages ?? []).length) throw new WireFormatError('a report counts one default twice');
  return Object.fromEntries(counts);
}

function deniedPairsFrom(
  { level, pairs }: Types.v1.DeniedPairs.$Properties,
  texts: TextReader,
): Required<Pick<SimulationReport, 'topDeniedPairs' | 'deniedPairsLevel'>> {
  return {
    topDeniedPairs: convertAll(pairs, ({ from, to, flows }) => {
      return { from: texts.at(present(from), 'a pair'), to: texts.at(present(to), 'a pair'), flows: present(flows) };
    }),
    deniedPairsLevel: fromEnum(LEVEL_VALUES, present(level)),
  };
}

function verdictsFrom(message: Types.v1.VerdictCounts.$Properties | null | undefined): VerdictCounts {
  const { allow, deny, unknown } = present(message);
  return { allow: present(allow), deny: present(deny), unknown: present(unknown) };
}
