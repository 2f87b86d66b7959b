/**
 * A portability report -> the document `PortabilityReport`, and a table for people: a line for each data plane, then what each does differently and why.
 */
import { escapeControls } from '../lib/quote.ts';
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import type { Caveat, CniPortability, PortabilityFinding, PortabilityReport, UnenforcedPolicy } from '../portability/report.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { formatCount } from './numbers.ts';
import { type Paint, PLAIN } from './paint.ts';
import { causeText, connectionText, pairsText } from './portability-words.ts';
import { type Column, formatTable } from './table.ts';
import { plural } from './words.ts';

type CniDocument = Omit<CniPortability, 'diagnostics'>;

/** The JSON form; `schemas/portability-report.schema.json`. */
export type PortabilityDocument = DocumentHead<'PortabilityReport'> &
  Omit<PortabilityReport, 'cnis'> & { readonly cnis: readonly CniDocument[] };

export function portabilityDocument({ baseline, differs, complete, caveats, cnis }: PortabilityReport): PortabilityDocument {
  return {
    ...documentHead('PortabilityReport'),
    baseline,
    differs,
    complete,
    caveats,
    cnis: cnis.map(({ diagnostics: _, ...cni }) => cni),
  };
}

/** Lines for a terminal. `limit`: most lines of one kind for each data plane; the rest is counted. */
export function formatPortability(report: PortabilityReport, limit: number, paint: Paint = PLAIN): string {
  const { baseline, cnis, complete, caveats } = report;
  const lines = [
    `${paint.bold('Portability')}: what other data planes do differently from ${escapeControls(baseline)}`,
    '',
    ...formatTable(COLUMNS(paint), cnis.map(summaryRow), paint),
    paint.dim('pairs of ends (pods, nodes, ranges outside, by address family) with a port that opens, closes, or is unknown on one side;'),
    paint.dim('a pod with itself, or with its own node, is meant only where it says so'),
    ...(complete ? [] : [paint.yellow('not complete: a limit was reached, so these are not all differences')]),
    ...(caveats.length > 0 ? ['', paint.bold(`${escapeControls(baseline)} (the baseline)`)] : []),
    ...formatCaveats(caveats, paint),
    ...cnis.filter(hasSections).flatMap((cni) => ['', ...formatCni(cni, limit, paint)]),
  ];
  return `${lines.join('\n')}\n`;
}

const COLUMNS = (paint: Paint): Column[] => {
  const loud = (colour: (text: string) => string) => (text: string, cell: string) => (cell === '0' ? paint.dim(text) : colour(text));
  return [
    { header: 'CNI' },
    { header: 'NOT ENFORCED', align: 'right', paint: loud(paint.red) },
    { header: 'OPENS', align: 'right', paint: loud(paint.red) },
    { header: 'CLOSES', align: 'right', paint: loud(paint.yellow) },
    { header: 'UNCERTAIN', align: 'right', paint: loud(paint.yellow) },
    { header: '' },
  ];
};

export function summaryRow(of: CniPortability): string[] {
  const { cni, notEnforced, pairs, caveats, complete } = of;
  const notes = [
    ...(complete ? [] : ['not complete']),
    ...(isAsBaseline(of) ? ['as the baseline'] : []),
    ...(caveats.length === 0 ? [] : [plural(formatCount(caveats.length), 'caveat')]),
  ];
  return [
    cni,
    notEnforced.length === 0 ? '0' : plural(formatCount(notEnforced.length), 'policy', 'policies'),
    formatCount(pairs.opens),
    formatCount(pairs.closes),
    formatCount(pairs.uncertain),
    notes.join(', '),
  ];
}

function isAsBaseline({ findings, notEnforced, complete }: CniPortability): boolean {
  return findings.length === 0 && complete && notEnforced.every(({ baselineToo }) => baselineToo);
}

/** Is there more to tell than its row? */
export function hasSections({ findings, notEnforced, caveats }: CniPortability): boolean {
  return findings.length > 0 || notEnforced.length > 0 || caveats.length > 0;
}

function formatCni(cni: CniPortability, limit: number, paint: Paint): string[] {
  return [
    paint.bold(escapeControls(cni.cni)),
    ...formatUnenforced(cni.notEnforced, limit, paint),
    ...formatCaveats(cni.caveats, paint),
    ...formatFindings(cni.findings, limit, paint),
  ];
}

function formatUnenforced(policies: readonly UnenforcedPolicy[], limit: number, paint: Paint): string[] {
  return byReason(policies).flatMap(([because, group]) => [
    `  ${paint.red(`NOT ENFORCED: ${plural(formatCount(group.length), 'policy', 'policies')}`)}: ${escapeControls(because)}`,
    ...limited(
      group.map((each) => `    ${unenforcedText(each, paint)}`),
      limit,
      (rest) => `    and ${plural(rest, 'other')}`,
    ),
  ]);
}

function formatCaveats(caveats: readonly Caveat[], paint: Paint): string[] {
  return caveats.map(({ message, origin }) => {
    return `  ${paint.yellow('CAVEAT')}: ${escapeControls(message)} ${paint.dim(`(${escapeControls(placeText(origin))})`)}`;
  });
}

/** Policies by what the data plane does instead. */
export function byReason(policies: readonly UnenforcedPolicy[]): [because: string, policies: UnenforcedPolicy[]][] {
  const groups = new Map<string, UnenforcedPolicy[]>();
  for (const policy of policies) groups.set(policy.because, [...(groups.get(policy.because) ?? []), policy]);
  return [...groups];
}

export const BASELINE_TOO = ', and not by the baseline either';

function unenforcedText({ policy, origin, baselineToo }: UnenforcedPolicy, paint: Paint): string {
  const where = paint.dim(`(${escapeControls(placeText(origin))})`);
  return `${escapeControls(objectName(policy))} ${where}${baselineToo ? BASELINE_TOO : ''}`;
}

function formatFindings(findings: readonly PortabilityFinding[], limit: number, paint: Paint): string[] {
  let room = limit;
  const lines: string[] = [];
  let hidden = 0;
  for (const { effect, because, places, connections, pairs } of findings) {
    if (room <= 0) {
      hidden += connections.length;
      continue;
    }
    const colour = effect === 'opens' ? paint.red : paint.yellow;
    lines.push(`  ${colour(effect)} ${pairsText(pairs)}: ${escapeControls(because)}`);
    const named = places.map((each) => `    ${paint.dim('in')} ${escapeControls(causeText(each))}`);
    lines.push(...limited(named, MOST_PLACES, (rest) => `    ${paint.dim('and')} ${plural(rest, 'other')}`));
    for (const each of connections.slice(0, room)) lines.push(`      ${escapeControls(connectionText(each))}`);
    hidden += Math.max(0, connections.length - room);
    room -= connections.length;
  }
  if (hidden > 0) lines.push(paint.dim(`  and ${plural(formatCount(hidden), 'more line')} (--limit, or -o json)`));
  return lines;
}

/** Policies that a cause names before it counts the rest. */
export const MOST_PLACES = 5;

/** The first lines, and one that counts the rest. */
export function limited(lines: readonly string[], limit: number, more: (rest: string) => string): string[] {
  if (lines.length <= limit) return [...lines];
  return [...lines.slice(0, limit), more(formatCount(lines.length - limit))];
}
