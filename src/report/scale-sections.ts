/**
 * The parts of a policy-scale report as headings, lines and tables of plain text: what the terminal and Markdown have in common.
 */
import { namespacedName } from '../model/object-names.ts';
import type { Growth, Latency, Ratio, ScaleReport, SetReport } from '../scale/report.ts';
import type { Estimate } from '../scale/statistics.ts';
import { formatBytes, formatCount, formatShare } from './numbers.ts';
import { rollOut } from './scale-answer.ts';
import { formatMs, formatRate, formatUs, many, ruleName, STAGE_WORDS, whyPolicy, whyRule, whySelector } from './scale-words.ts';

export interface Section {
  readonly title: string;
  readonly columns: readonly { readonly header: string; readonly right?: true }[];
  readonly rows: readonly (readonly string[])[];
  /** Below the table. */
  readonly note?: string;
}

const left = (header: string) => ({ header });
const right = (header: string) => ({ header, right: true as const });

/** One line: machine and settings. */
export function settingsLine({ machine, settings, set }: ScaleReport): string {
  const { cpu, cores, system, node, load } = machine;
  const quick = settings.quick ? ', quick: times mean little' : '';
  return `${set.name}, profile ${settings.profile}; ${cpu}, ${cores} cores, ${system}, Node ${node}, load ${load}; seed ${settings.seed}, ${settings.rounds} processes a set${quick}`;
}

export function scaleSections(report: ScaleReport): Section[] {
  const { set, against, comparison, noise, growth } = report;
  return [
    criteriaSection(report),
    numbersSection(against === null ? [set] : [set, against]),
    stagesSection(set),
    growthSection('the cluster', growth.cluster),
    growthSection('the policy set', growth.policies),
    ...(comparison === null || against === null ? [] : [ratioSection(`Compared with ${against.name}`, comparison)]),
    ratioSection('Noise: the set against itself', noise),
    costSection(
      'Policies that cost most',
      set.costs.policies.map((cost) => [namespacedName(cost.policy), formatCount(cost.cells), whyPolicy(cost)]),
    ),
    costSection(
      'Rules that cost most',
      set.costs.rules.map((cost) => [ruleName(cost), formatCount(cost.cells), whyRule(cost)]),
    ),
    costSection(
      'Selectors that cost most',
      set.costs.selectors.map((cost) => [cost.selector, formatCount(cost.touched), whySelector(cost)]),
    ),
    ...vainSection(set),
  ];
}

function criteriaSection(report: ScaleReport): Section {
  const { criteria } = rollOut(report);
  return {
    title: 'Criteria',
    columns: [left('CRITERION'), left(''), left('FOUND'), left('ASKED FOR')],
    rows: criteria.map(({ name, status, finding, limit }) => [name, status, finding, limit]),
  };
}

function numbersSection(sets: readonly SetReport[]): Section {
  const row = (name: string, value: (set: SetReport) => string): string[] => [name, ...sets.map(value)];
  const both = (value: (direction: SetReport['tables']['directions']['ingress']) => number) => (set: SetReport) =>
    `${formatCount(value(set.tables.directions.ingress))} + ${formatCount(value(set.tables.directions.egress))}`;
  const sampled = ({ verdicts: { allow, deny, unknown } }: SetReport): string => {
    const all = allow + deny + unknown;
    return `${formatShare(allow, all)} allowed, ${formatShare(deny, all)} denied, ${formatShare(unknown, all)} unknown`;
  };
  return {
    title: 'The set',
    columns: [left(''), ...sets.map(({ name }) => left(name))],
    rows: [
      row('pods, policies, rules', ({ input, tables }) => [input.pods, tables.policies, tables.rules].map(formatCount).join(', ')),
      row('sampled flows', sampled),
      row(
        'subject classes, ingress + egress',
        both(({ subjectClasses }) => subjectClasses),
      ),
      row(
        'peer classes',
        both(({ peerClasses }) => peerClasses),
      ),
      row(
        'rows',
        both(({ rows }) => rows),
      ),
      row('port classes', ({ tables }) => formatCount(tables.portClasses)),
      row('tables', ({ tables }) => `${formatBytes(tables.sizeBytes)}, verdicts read ${formatBytes(tables.verdictBytes)} of them`),
      row('compile, cold', ({ compile }) => interval(compile.coldMs, formatMs)),
      row('compile, warm', ({ compile }) => interval(compile.warmMs, formatMs)),
      row('peak memory of the process', ({ compile }) => interval(compile.peakBytes, formatBytes)),
      row('flows/s, one thread', ({ flowsPerSecond }) => interval(flowsPerSecond, formatRate)),
      row('one verdict, p50 p90 p99', ({ query }) => percentiles(query.verdict)),
      row('one decision with reasons', ({ query }) => percentiles(query.reasons)),
    ],
  };
}

function stagesSection({ stages }: SetReport): Section {
  return {
    title: 'Compiling by stage',
    columns: [left('STAGE'), right('COLD'), right('WARM'), right('PEAK MEMORY RAISED BY')],
    rows: stages.map(({ stage, coldMs, warmMs, raisedBytes }) => [
      STAGE_WORDS[stage],
      formatMs(coldMs),
      formatMs(warmMs),
      raisedBytes === null ? '-' : formatBytes(raisedBytes),
    ]),
  };
}

function growthSection(what: string, { points, compileExponent, bytesExponent }: Growth): Section {
  const exponents =
    compileExponent === null || bytesExponent === null
      ? []
      : [`compile time ~ n^${compileExponent.toFixed(2)}, bytes ~ n^${bytesExponent.toFixed(2)}`];
  const failed = points.flatMap((point) => ('failed' in point ? [`x${point.factor} not measured: ${point.failed}`] : []));
  return {
    title: `Growth of ${what}`,
    columns: [left(''), ...['PODS', 'POLICIES', 'COMPILE, COLD', 'TABLES', 'ROWS', 'PEAK MEMORY', 'FLOWS/S', 'ONE VERDICT'].map(right)],
    rows: points.flatMap((point) =>
      'failed' in point
        ? []
        : [
            [
              `x${point.factor}`,
              formatCount(point.pods),
              formatCount(point.policies),
              formatMs(point.compileMs.median),
              formatBytes(point.tableBytes),
              formatCount(point.rows),
              formatBytes(point.peakBytes),
              formatRate(point.flowsPerSecond.median),
              formatUs(point.verdictUs),
            ],
          ],
    ),
    note: [...exponents, ...failed].join('; '),
  };
}

function ratioSection(title: string, ratios: readonly Ratio[]): Section {
  return {
    title,
    columns: [left(''), right('RATIO'), right('95 % OF IT'), left('')],
    rows: ratios.map(({ name, better, ratio, differs }) => {
      const { median, low, high } = ratio;
      const worse = better === 'less' ? median > 1 : median < 1;
      return [
        name,
        `x${median.toFixed(3)}`,
        `${low.toFixed(3)} to ${high.toFixed(3)}`,
        differs ? (worse ? 'worse' : 'better') : 'no difference seen',
      ];
    }),
  };
}

function costSection(title: string, rows: readonly (readonly string[])[]): Section {
  const units = title.startsWith('Selectors') ? 'GROUPS TOUCHED' : 'CELLS';
  return { title, columns: [left(''), right(units), left('WHY')], rows };
}

function vainSection({ withoutEffect: { selectNoPod, policies, rulesWithoutPeers, rules } }: SetReport): Section[] {
  if (selectNoPod + rulesWithoutPeers === 0) return [];
  const place = ({ file, line }: SetReport['withoutEffect']['policies'][number]['origin']): string => `${file}:${line}`;
  return [
    {
      title: 'Written in vain',
      columns: [left('POLICY'), left('WHERE'), left('')],
      rows: [
        ...policies.map(({ policy, origin }) => [namespacedName(policy), place(origin), 'selects no pod']),
        ...rules.map(({ policy, origin }) => [namespacedName(policy), place(origin), 'a rule whose peers nobody is']),
      ],
      note: `${many(selectNoPod, 'policy', 'policies')}, ${many(rulesWithoutPeers, 'rule')}`,
    },
  ];
}

function interval({ median, low, high, values }: Estimate, format: (value: number) => string): string {
  return values.length < 2 ? format(median) : `${format(median)} (${format(low)} to ${format(high)})`;
}

function percentiles({ p50Us, p90Us, p99Us }: Latency): string {
  return [p50Us, p90Us, p99Us].map(formatUs).join(', ');
}
