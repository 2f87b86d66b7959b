/**
 * A portability report -> Markdown, as one puts it under a pull request. Text of the user stands in it so that it can neither become markup nor mention anybody.
 */
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import type { Caveat, CniPortability, PortabilityFinding, PortabilityReport } from '../portability/report.ts';
import { code, plain } from './markdown-words.ts';
import { formatCount } from './numbers.ts';
import { BASELINE_TOO, byReason, hasSections, limited, MOST_PLACES, summaryRow } from './portability.ts';
import { causeText, connectionText, pairsText } from './portability-words.ts';
import { plural } from './words.ts';

/** `limit`: most lines of one kind for each data plane; the rest is counted. */
export function formatPortabilityMarkdown({ baseline, cnis, differs, complete, caveats }: PortabilityReport, limit: number): string {
  const lines = [
    '## Network policy portability',
    '',
    `${differs ? 'The policies do not mean the same everywhere.' : complete ? 'The policies mean the same everywhere.' : 'No difference was found so far.'} Compared with ${code(baseline)}:`,
    '',
    '| CNI | not enforced | opens | closes | uncertain | |',
    '|---|---:|---:|---:|---:|---|',
    ...cnis.map((cni) => {
      const [name = '', ...cells] = summaryRow(cni);
      return `| ${[code(name).replaceAll('|', '\\|'), ...cells].join(' | ')} |`;
    }),
    '',
    'Numbers are pairs of ends (pods, nodes, ranges outside, by address family) with a port that opens, closes, or has an unknown verdict on one side. A pod with itself, or with its own node, is meant only where it says so.',
    ...(complete ? [] : ['', '**Not complete**: a limit was reached, so these are not all differences.']),
    ...(caveats.length > 0 ? ['', `### ${code(baseline)} (the baseline)`, '', ...formatCaveats(caveats)] : []),
    ...cnis.filter(hasSections).flatMap((cni) => ['', ...formatCni(cni, limit)]),
  ];
  return `${lines.join('\n')}\n`;
}

function formatCni({ cni, notEnforced, caveats, findings }: CniPortability, limit: number): string[] {
  return [
    `### ${code(cni)}`,
    '',
    ...byReason(notEnforced).flatMap(([because, group]) => [
      `**Not enforced: ${plural(formatCount(group.length), 'policy', 'policies')}**: ${plain(because)}`,
      '',
      ...limited(
        group.map(({ policy, origin, baselineToo }) => {
          return `- ${code(objectName(policy))} (${code(placeText(origin))})${baselineToo ? BASELINE_TOO : ''}`;
        }),
        limit,
        (rest) => `- and ${plural(rest, 'other')}`,
      ),
      '',
    ]),
    ...formatCaveats(caveats),
    ...formatFindings(findings, limit),
  ];
}

function formatCaveats(caveats: readonly Caveat[]): string[] {
  return caveats.map(({ message, origin }) => `- **caveat**: ${plain(message)} (${code(placeText(origin))})`);
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
