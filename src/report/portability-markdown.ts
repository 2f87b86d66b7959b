/**
 * A portability report -> Markdown, as one puts it under a pull request. Text of the user stands in it so that it can neither become markup nor mention anybody.
 */
import { escapeControls } from '../lib/quote.ts';
import { placeText } from '../model/origin.ts';
import type { CniPortability, PortabilityFinding, PortabilityReport } from '../portability/report.ts';
import { formatCount } from './numbers.ts';
import { byReason, hasSomething, limited, MOST_PLACES, summaryRow } from './portability.ts';
import { causeText, connectionText, pairsText } from './portability-words.ts';
import { objectName, plural } from './words.ts';

/** `limit`: most lines of one kind for each data plane; the rest is counted. */
export function formatPortabilityMarkdown({ baseline, cnis, differs, complete }: PortabilityReport, limit: number): string {
  const lines = [
    '## Network policy portability',
    '',
    `${differs ? 'The policies do not mean the same everywhere.' : 'The policies mean the same everywhere.'} Compared with ${code(baseline)}:`,
    '',
    '| CNI | not enforced | opens | closes | uncertain | |',
    '|---|---:|---:|---:|---:|---|',
    ...cnis.map((cni) => {
      const [name = '', ...cells] = summaryRow(cni);
      return `| ${[code(name), ...cells].join(' | ')} |`;
    }),
    '',
    'Numbers are pairs of ends (pods, nodes, ranges outside, by address family) with a port that opens, closes, or has an unknown verdict on one side.',
    ...(complete ? [] : ['', '**Not complete**: a limit was reached, there may be more differences.']),
    ...cnis.filter(hasSomething).flatMap((cni) => ['', ...formatCni(cni, limit)]),
  ];
  return `${lines.join('\n')}\n`;
}

function formatCni({ cni, notEnforced, findings }: CniPortability, limit: number): string[] {
  return [
    `### ${code(cni)}`,
    '',
    ...byReason(notEnforced).flatMap(([because, group]) => [
      `**Not enforced: ${plural(formatCount(group.length), 'policy', 'policies')}**, ${plain(because)}`,
      '',
      ...limited(
        group.map(({ policy, origin }) => `- ${code(objectName(policy))} (${code(placeText(origin))})`),
        limit,
        (rest) => `- and ${plural(rest, 'other')}`,
      ),
      '',
    ]),
    ...formatFindings(findings, limit),
  ];
}

function formatFindings(findings: readonly PortabilityFinding[], limit: number): string[] {
  let room = limit;
  let hidden = 0;
  const lines: string[] = [];
  for (const { effect, because, places, connections, pairs } of findings) {
    if (room > 0) {
      lines.push(`- **${effect}** ${pairsText(pairs)}: ${plain(because)}`);
      const named = places.map((each) => `  - in ${code(causeText(each))}`);
      lines.push(...limited(named, MOST_PLACES, (rest) => `  - and ${plural(rest, 'other')}`));
      for (const each of connections.slice(0, room)) lines.push(`  - ${code(connectionText(each))}`);
    }
    hidden += Math.max(0, connections.length - Math.max(0, room));
    room -= connections.length;
  }
  if (hidden > 0) lines.push(`- and ${plural(formatCount(hidden), 'more line')}`);
  return lines;
}

/** Code spans hold no markup. Backticks and, because of tables, bars cannot stand in names that are read, but could in those of a profile. */
function code(text: string): string {
  return `\`${escapeControls(text).replace(/[`|]/g, "'")}\``;
}

function plain(text: string): string {
  return escapeControls(text).replace(/[\\`*_{}[\]<>|#!@]/g, (character) => `\\${character}`);
}
