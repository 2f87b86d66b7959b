/**
 * A policy-scale report as one picture: stages, growth, speed beside size, ratios or noise, and the policies that cost most.
 */
import { namespacedName } from '../model/object-names.ts';
import type { Growth, GrowthPoint, ScaleReport } from '../scale/report.ts';
import { formatBytes, formatCount } from './numbers.ts';
import { rollOut } from './scale-answer.ts';
import { settingsLine } from './scale-sections.ts';
import { formatMs, formatRate, STAGE_WORDS } from './scale-words.ts';
import { svgBar, svgLine, svgMark, svgPage, svgText, type Tone } from './svg.ts';
import { plural } from './words.ts';

const WIDTH = 960;
const HEIGHT = 960;
const PANEL = 440;
/** Letters of a name beside other words of a head line. */
const MOST_OF_NAME = 28;

type Measured = Extract<GrowthPoint, { readonly compileMs: unknown }>;

/** An SVG document. */
export function plotScale(report: ScaleReport): string {
  const { summary, verdict } = rollOut(report);
  const { compile, tables, flowsPerSecond } = report.set;
  const facts = `compile ${formatMs(compile.coldMs.median)} cold, ${formatMs(compile.warmMs.median)} warm; tables ${formatBytes(tables.sizeBytes)}; ${formatRate(flowsPerSecond.median)} flows/s; ${formatCount(tables.policies)} policies, ${formatCount(report.set.input.pods)} pods`;
  const parts = [
    svgText(24, 38, 'Can we roll this out?', { kind: 'title' }),
    svgText(24, 62, summary, { kind: verdict === 'no' ? 'bad' : 'good', most: 140 }),
    svgText(24, 84, facts, { most: 150 }),
    svgText(24, 104, settingsLine(report), { kind: 'quiet', most: 150 }),
    ...stagesPanel(report, 24, 136),
    ...growthPanel(report, 496, 136),
    ...speedPanel(report, 24, 428),
    ...ratioPanel(report, 496, 428),
    ...costPanel(report, 24, 706),
  ];
  return svgPage(WIDTH, HEIGHT, `Can we roll this out? ${summary}`, facts, parts);
}

/** Thick: cold. Thin: warm. */
function stagesPanel({ set }: ScaleReport, x: number, y: number): string[] {
  const stages = set.stages.filter(({ coldMs }) => coldMs !== null);
  const most = Math.max(...stages.map(({ coldMs, warmMs }) => Math.max(coldMs ?? 0, warmMs ?? 0)), 1e-9);
  const room = PANEL - 210;
  return [
    svgText(x, y, 'Compiling by stage (thick: cold, thin: warm)', { kind: 'head' }),
    ...stages.flatMap(({ stage, coldMs, warmMs }, i) => {
      const top = y + 14 + i * 20;
      const cold = ((coldMs ?? 0) / most) * room;
      return [
        svgText(x, top + 12, STAGE_WORDS[stage]),
        svgBar(x + 140, top + 2, cold, 8, 'first'),
        ...(warmMs === null ? [] : [svgBar(x + 140, top + 11, (warmMs / most) * room, 3, 'second')]),
        svgText(x + 146 + cold, top + 11, formatMs(coldMs), { kind: 'quiet' }),
      ];
    }),
  ];
}

interface Series {
  readonly name: string;
  readonly tone: Tone;
  readonly points: readonly Measured[];
}

function seriesOf({ cluster, policies }: ScaleReport['growth']): Series[] {
  const measured = ({ points }: Growth): Measured[] => points.filter((point): point is Measured => !('failed' in point));
  return [
    { name: 'cluster', tone: 'first', points: measured(cluster) },
    { name: 'policy set', tone: 'second', points: measured(policies) },
  ];
}

/** Compile time against size, both as multiples of the set as it is. */
function growthPanel({ growth }: ScaleReport, x: number, y: number): string[] {
  const series = seriesOf(growth).filter(({ points }) => points.length > 0);
  const heading = svgText(x, y, 'Compile time as the set grows (dashed: in proportion)', { kind: 'head' });
  if (series.length === 0) return [heading, svgText(x, y + 30, 'nothing could be measured', { kind: 'quiet' })];
  const times = (points: readonly Measured[], value: number): number => value / (points[0]?.compileMs.median ?? 1);
  const highest = Math.max(8, ...series.flatMap(({ points }) => points.map(({ compileMs }) => times(points, compileMs.high))));
  const lowest = Math.min(1, ...series.flatMap(({ points }) => points.map(({ compileMs }) => times(points, compileMs.low))));
  const [width, height] = [PANEL - 110, 190];
  const toX = (factor: number): number => x + 40 + (Math.log2(factor) / 3) * width;
  const toY = (multiple: number): number => y + 20 + height - (Math.log2(multiple / lowest) / Math.log2(highest / lowest)) * height;
  const ends = series.map(({ points }) => toY(times(points, points.at(-1)?.compileMs.median ?? 1)));
  // Names of lines that end close together stand above each other.
  const nameAt = (i: number): number => ends[i]! + (ends.some((end, other) => end < ends[i]! || (end === ends[i] && other < i)) ? 14 : 0);
  const ticks = [1, 2, 4, 8, 16, 32, 64].filter((tick) => tick >= lowest && tick <= highest);
  return [
    heading,
    ...ticks.flatMap((tick) => [
      svgLine(
        [
          [toX(1), toY(tick)],
          [toX(8), toY(tick)],
        ],
        'grid',
      ),
      svgText(x + 32, toY(tick) + 4, `x${tick}`, { anchor: 'end', kind: 'quiet' }),
    ]),
    ...[1, 2, 4, 8].map((factor) => svgText(toX(factor), y + height + 40, `x${factor}`, { anchor: 'middle', kind: 'quiet' })),
    svgLine(
      [
        [toX(1), toY(1)],
        [toX(8), toY(8)],
      ],
      'quiet',
      true,
    ),
    ...series.flatMap(({ name, tone, points }, i) => {
      const last = points.at(-1);
      return [
        svgLine(
          points.map(({ factor, compileMs }) => [toX(factor), toY(times(points, compileMs.median))]),
          tone,
        ),
        ...points.flatMap(({ factor, compileMs }) => [
          svgLine(
            [
              [toX(factor), toY(times(points, compileMs.low))],
              [toX(factor), toY(times(points, compileMs.high))],
            ],
            tone,
          ),
          svgMark(toX(factor), toY(times(points, compileMs.median)), tone),
        ]),
        ...(last === undefined ? [] : [svgText(toX(last.factor) + 10, nameAt(i), name)]),
      ];
    }),
  ];
}

/** Flows per second beside the bytes that they are read from. */
function speedPanel({ growth }: ScaleReport, x: number, y: number): string[] {
  const series = seriesOf(growth);
  const all = series.flatMap(({ points }) => points);
  const heading = svgText(x, y, 'Flows per second beside what verdicts are read from', { kind: 'head' });
  if (all.length === 0) return [heading, svgText(x, y + 30, 'nothing could be measured', { kind: 'quiet' })];
  const [width, height] = [PANEL - 110, 180];
  const bytes = all.map(({ verdictBytes }) => Math.log2(verdictBytes));
  const [least, range] = [Math.min(...bytes), Math.max(Math.max(...bytes) - Math.min(...bytes), 1)];
  const top = Math.max(...all.map(({ flowsPerSecond }) => flowsPerSecond.high));
  const toX = (size: number): number => x + 60 + ((Math.log2(size) - least) / range) * width;
  const toY = (rate: number): number => y + 20 + height - (rate / top) * height;
  const named = [...all].sort((a, b) => a.verdictBytes - b.verdictBytes);
  const ends = [...new Set([named[0], named.at(-1)])];
  return [
    heading,
    ...[0, top / 2, top].flatMap((rate) => [
      svgLine(
        [
          [x + 60, toY(rate)],
          [x + 60 + width, toY(rate)],
        ],
        'grid',
      ),
      svgText(x + 52, toY(rate) + 4, rate === 0 ? '0' : formatRate(rate), { anchor: 'end', kind: 'quiet' }),
    ]),
    ...ends.flatMap((point) =>
      point === undefined
        ? []
        : [svgText(toX(point.verdictBytes), y + height + 40, formatBytes(point.verdictBytes), { anchor: 'middle', kind: 'quiet' })],
    ),
    ...series.flatMap(({ tone, points }) => [
      svgLine(
        points.map(({ verdictBytes, flowsPerSecond }) => [toX(verdictBytes), toY(flowsPerSecond.median)]),
        tone,
      ),
      ...points.map(({ verdictBytes, flowsPerSecond }) => svgMark(toX(verdictBytes), toY(flowsPerSecond.median), tone)),
    ]),
  ];
}

/** Of a path, what tells it from others. */
function endOf(name: string): string {
  const letters = Array.from(name);
  return letters.length <= MOST_OF_NAME ? name : `…${letters.slice(1 - MOST_OF_NAME).join('')}`;
}

/** Against the other set, or against itself; on a scale of logarithms around 1. */
function ratioPanel({ comparison, noise, against }: ScaleReport, x: number, y: number): string[] {
  const ratios = comparison ?? noise;
  const title = comparison === null ? 'Noise: the set against itself, 95 %' : `Times as much as ${endOf(against?.name ?? '')}, 95 %`;
  const [width, offset] = [PANEL - 270, 210];
  const widest = Math.max(0.1, ...ratios.flatMap(({ ratio }) => [Math.abs(Math.log(ratio.low)), Math.abs(Math.log(ratio.high))]));
  const toX = (ratio: number): number => x + offset + ((Math.log(ratio) + widest) / (2 * widest)) * width;
  return [
    svgText(x, y, title, { kind: 'head', most: 60 }),
    svgLine(
      [
        [toX(1), y + 14],
        [toX(1), y + 20 + ratios.length * 22],
      ],
      'quiet',
      true,
    ),
    ...ratios.flatMap(({ name, ratio, differs, better }, i) => {
      const middle = y + 30 + i * 22;
      const tone: Tone = !differs ? 'quiet' : (better === 'less') === ratio.median < 1 ? 'good' : 'bad';
      return [
        svgText(x, middle + 4, name, { most: 34 }),
        svgLine(
          [
            [toX(ratio.low), middle],
            [toX(ratio.high), middle],
          ],
          tone,
        ),
        svgMark(toX(ratio.median), middle, tone),
        svgText(x + PANEL, middle + 4, `x${ratio.median.toFixed(2)}`, { anchor: 'end', kind: 'quiet' }),
      ];
    }),
  ];
}

function costPanel({ set }: ScaleReport, x: number, y: number): string[] {
  const { policies } = set.costs;
  const most = Math.max(1, ...policies.map(({ cells }) => cells));
  return [
    svgText(x, y, 'Policies that cost most: cells that their rules are folded into', { kind: 'head' }),
    ...policies.flatMap(({ policy, cells, pods, rules }, i) => {
      const top = y + 14 + i * 22;
      const width = (cells / most) * 300;
      return [
        svgText(x, top + 13, namespacedName(policy), { most: 48 }),
        svgBar(x + 340, top + 3, width, 12, 'first'),
        svgText(
          x + 348 + width,
          top + 13,
          `${formatCount(cells)} (${plural(formatCount(pods), 'pod')}, ${plural(formatCount(rules), 'rule')})`,
          {
            kind: 'quiet',
          },
        ),
      ];
    }),
  ];
}
