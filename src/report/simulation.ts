/**
 * A simulation report -> the document `SimulationReport`, and a report worth reading.
 */
import { escapeControls } from '../lib/quote.ts';
import type { DefaultReason, Verdict } from '../model/decision.ts';
import { placeText } from '../model/origin.ts';
import type { Direction } from '../model/protocol.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { DeniedPair, PolicyHits, RuleHits, RuleRef, RunFacts, SimulationReport } from '../simulate/report.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatBytes, formatCount, formatDuration, formatRounded, formatShare } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { type Column, formatTable } from './table.ts';
import { DEFAULT_TEXTS, paintVerdict, plural, policyName } from './words.ts';

/** The JSON form; `schemas/simulation-report.schema.json`. Everything but `run` is equal for equal policies, seed, flows and mix. */
export interface SimulationDocument extends DocumentHead<'SimulationReport'> {
  readonly profile: string;
  readonly seed: number;
  readonly flows: number;
  readonly counters: SimulationReport['counters'];
  readonly generated: SimulationReport['generated'];
  readonly verdicts: SimulationReport['verdicts'];
  readonly verdictsByProtocol: SimulationReport['verdictsByProtocol'];
  /** Null, as those that follow, where it was not counted. */
  readonly rules: readonly RuleHits[] | null;
  readonly policies: readonly PolicyHits[] | null;
  readonly neverHit: NonNullable<SimulationReport['neverHit']> | null;
  readonly defaults: NonNullable<SimulationReport['defaults']> | null;
  readonly topDeniedPairs: readonly DeniedPair[] | null;
  readonly deniedPairsLevel: SimulationReport['deniedPairsLevel'] | null;
  readonly tables: SimulationReport['tables'];
  readonly run: RunFacts & { readonly replay: string | null };
}

/** `replay` is the command that runs the same simulation again. */
export function simulationDocument(report: SimulationReport, replay: string | null = null): SimulationDocument {
  const { workers, durationMs, flowsPerSecond } = report.run;
  return {
    ...documentHead('SimulationReport'),
    profile: report.profile,
    seed: report.seed,
    flows: report.flows,
    counters: report.counters,
    generated: report.generated,
    verdicts: report.verdicts,
    verdictsByProtocol: report.verdictsByProtocol,
    rules: report.rules ?? null,
    policies: report.policies ?? null,
    neverHit: report.neverHit ?? null,
    defaults: report.defaults ?? null,
    topDeniedPairs: report.topDeniedPairs ?? null,
    deniedPairsLevel: report.deniedPairsLevel ?? null,
    tables: report.tables,
    run: { workers, durationMs, flowsPerSecond, replay },
  };
}

/** Most lines of each list; the JSON form has all. */
const MOST_LINES = 10;

/** Lines for a terminal. */
export function formatSimulation(report: SimulationReport, replay: string | null = null, paint: Paint = PLAIN): string {
  const sections = [
    summary(report, paint),
    verdictTable(report, paint),
    busiestRules(report, paint),
    neverHitRules(report, paint),
    deniedPairs(report, paint),
    defaultsTable(report, paint),
    replay === null ? [] : [`${paint.dim('Run it again:')} ${escapeControls(replay)}`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function summary({ flows, seed, profile, generated, tables, run }: SimulationReport, paint: Paint): string[] {
  const share = (part: number): string => formatShare(part, flows);
  const kinds = [
    ...(generated.mix > 0 ? [`${share(generated.mix)} as the mix says`] : []),
    ...(generated.aimed > 0 ? [`${share(generated.aimed)} aimed at rules and their edges`] : []),
    ...(generated.uniform > 0 ? [`${share(generated.uniform)} uniform`] : []),
  ];
  const speed = paint.bold(`${formatRounded(run.flowsPerSecond)} flows/s`);
  return [
    `${paint.bold(plural(formatCount(flows), 'flow'))} in ${formatDuration(run.durationMs)}: ${speed} with ${plural(formatCount(run.workers), 'worker')}`,
    `${plural(formatCount(tables.policies), 'policy', 'policies')}, ${plural(formatCount(tables.rules), 'rule')}, ${plural(formatCount(tables.endpoints), 'endpoint')}, ${formatBytes(tables.sizeBytes)} of tables, profile ${escapeControls(profile)}, seed ${seed}`,
    ...(kinds.length === 0 ? [] : [`traffic: ${kinds.join(', ')}`]),
  ];
}

const VERDICTS: readonly Verdict[] = ['allow', 'deny', 'unknown'];

function verdictTable({ verdicts, verdictsByProtocol, flows }: SimulationReport, paint: Paint): string[] {
  const protocols = PROTOCOLS.filter((protocol) => VERDICTS.some((verdict) => verdictsByProtocol[protocol][verdict] > 0));
  const shown = VERDICTS.filter((verdict) => verdict !== 'unknown' || verdicts.unknown > 0);
  const columns: Column[] = [
    { header: 'VERDICT', paint: (text, cell) => paintVerdict(cell as Verdict, text, paint) },
    { header: 'FLOWS', align: 'right' },
    { header: 'SHARE', align: 'right' },
    ...protocols.map((protocol): Column => ({ header: protocol, align: 'right' })),
  ];
  const rows = shown.map((verdict) => [
    verdict,
    formatCount(verdicts[verdict]),
    formatShare(verdicts[verdict], flows),
    ...protocols.map((protocol) => formatCount(verdictsByProtocol[protocol][verdict])),
  ]);
  return formatTable(columns, rows, paint);
}

const RULE_COLUMNS: readonly Column[] = [
  { header: 'RULE' },
  { header: 'HITS', align: 'right' },
  { header: 'OF FLOWS', align: 'right' },
  { header: 'WHERE' },
];

function busiestRules({ rules, flows }: SimulationReport, paint: Paint): string[] {
  if (rules === undefined) return [];
  const hit = rules.filter(({ hits }) => hits > 0).sort((a, b) => b.hits - a.hits);
  if (hit.length === 0) return [paint.bold('No rule was hit')];
  const busiest = hit.slice(0, MOST_LINES);
  const rows = busiest.map((rule) => [ruleName(rule), formatCount(rule.hits), formatShare(rule.hits, flows), placeText(rule.origin)]);
  return [paint.bold(titleOf('Busiest rules', busiest.length, hit.length)), ...formatTable(RULE_COLUMNS, rows, paint)];
}

function neverHitRules({ neverHit, rules }: SimulationReport, paint: Paint): string[] {
  if (neverHit === undefined || rules === undefined || rules.length === 0) return [];
  if (neverHit.rules.length === 0) return [paint.bold('Every rule was hit')];
  const title = paint.bold(`Rules never hit: ${formatCount(neverHit.rules.length)} of ${formatCount(rules.length)}`);
  const rows = neverHit.rules.slice(0, MOST_LINES).map((rule) => [ruleName(rule), placeText(rule.origin)]);
  const more = neverHit.rules.length - rows.length;
  return [
    title,
    ...formatTable([{ header: 'RULE' }, { header: 'WHERE' }], rows, paint),
    ...(more > 0 ? [paint.dim(`and ${formatCount(more)} more: -o json lists all`)] : []),
  ];
}

const LEVEL_TEXTS: Readonly<Record<NonNullable<SimulationReport['deniedPairsLevel']>, string>> = {
  workload: 'between workloads',
  namespace: 'between namespaces',
  coarse: 'between namespaces, the outside as one',
  destination: 'by destination namespace',
};

function deniedPairs({ topDeniedPairs, deniedPairsLevel = 'workload', verdicts }: SimulationReport, paint: Paint): string[] {
  if (topDeniedPairs === undefined || topDeniedPairs.length === 0) return [];
  const columns: Column[] = [
    { header: 'FROM' },
    { header: 'TO' },
    { header: 'FLOWS', align: 'right' },
    { header: 'OF DENIED', align: 'right' },
  ];
  const rows = topDeniedPairs
    .slice(0, MOST_LINES)
    .map(({ from, to, flows }) => [from, to, formatCount(flows), formatShare(flows, verdicts.deny)]);
  // How many pairs there are is not known: the report holds the first of them.
  const first = topDeniedPairs.length > MOST_LINES ? `: the first ${MOST_LINES}` : '';
  const title = `Most denied, ${LEVEL_TEXTS[deniedPairsLevel]}${first}`;
  return [paint.bold(title), ...formatTable(columns, rows, paint)];
}

function defaultsTable({ defaults, flows }: SimulationReport, paint: Paint): string[] {
  if (defaults === undefined) return [];
  const names = (Object.keys(DEFAULT_TEXTS) as DefaultReason[]).filter(
    (name) => count(defaults.egress, name) + count(defaults.ingress, name) > 0,
  );
  if (names.length === 0) return [];
  const cells = (direction: Direction, name: DefaultReason): string[] => {
    const found = count(defaults[direction], name);
    return [formatCount(found), formatShare(found, flows)];
  };
  const right = (header: string): Column => ({ header, align: 'right' });
  return [
    paint.bold('Where no rule decided'),
    ...formatTable(
      [{ header: 'BECAUSE' }, right('EGRESS'), right('OF FLOWS'), right('INGRESS'), right('OF FLOWS')],
      names.map((name) => [DEFAULT_TEXTS[name], ...cells('egress', name), ...cells('ingress', name)]),
      paint,
    ),
  ];
}

function count(counts: NonNullable<SimulationReport['defaults']>[Direction], name: DefaultReason): number {
  return counts[name] ?? 0;
}

function ruleName({ policy, direction, rule, origin }: RuleRef): string {
  const name = policyName(policy, origin);
  return rule < 0 ? `${name} ${direction} (cannot be read)` : `${name} ${direction}[${rule}]`;
}

/** A title that says how much of a list is shown, when that is not all. */
function titleOf(title: string, shown: number, all: number): string {
  return shown === all ? title : `${title}: ${shown} of ${formatCount(all)}`;
}
