/**
 * Reports of zones -> Markdown, to be attached to the papers of an audit: control by control, then the evidence of each check. Text of the user stands in it so that it can become no markup.
 */
import type { CheckResult, ComplianceFinding, ComplianceReport, ControlResult, PolicyEvidence } from '../compliance/report.ts';
import { placeText } from '../model/origin.ts';
import { portsText } from './compliance.ts';
import { askedChecks, CONTROL_WORDS, connectionsText, NO_STATEMENT, ruleText, STATUS_WORDS, zoneText } from './compliance-words.ts';
import { code, plain } from './markdown-words.ts';
import { decidingText } from './test-words.ts';

export function formatComplianceMarkdown(zones: readonly ComplianceReport[], date?: string): string {
  return `${zones.map((zone) => formatZone(zone, date).join('\n')).join('\n\n')}\n`;
}

function formatZone(report: ComplianceReport, date: string | undefined): string[] {
  const { file, name, controls, zone, doubts, notShown } = report;
  const checks = askedChecks(report);
  return [
    `# Network policies of the zone ${code(name)}`,
    '',
    NO_STATEMENT,
    '',
    ...(date === undefined ? [] : [`- date: ${plain(date)}`]),
    `- described in ${code(file)}: ${zone.selectors.map(code).join(', ')}`,
    `- judged: ${plain(zoneText(report))}`,
    `- pods of the zone: ${zone.pods.length === 0 ? 'none' : zone.pods.map(code).join(', ')}`,
    '',
    ...table(
      ['control', 'asks for', 'result'],
      controls.map(({ standard, number, asks, status }) => [plain(`${standard}: ${number}`), plain(asks), strong(CONTROL_WORDS[status])]),
    ),
    ...(doubts.length === 0 ? [] : ['', '**Nothing holds for certain:**', '', ...list(doubts)]),
    ...controls.flatMap((control) => ['', ...formatControl(control, checks)]),
    '',
    '## Evidence',
    ...checks.flatMap((check) => ['', ...formatCheck(check)]),
    '',
    ...formatPaths(report),
    '## What this report cannot show',
    '',
    ...list(notShown),
  ];
}

function formatControl({ standard, number, asks, status, checks, notShown }: ControlResult, all: readonly CheckResult[]): string[] {
  const own = all.filter(({ check }) => checks.includes(check));
  return [
    `## ${plain(`${standard}: ${number}`)}`,
    '',
    `Asks (in other words than its own) that ${plain(asks)}. Here: **${CONTROL_WORDS[status]}**.`,
    '',
    ...table(
      ['check', 'what', 'result', 'findings'],
      own.map(({ check, title, status: result, findings }) => [
        code(check),
        plain(title),
        strong(STATUS_WORDS[result]),
        String(findings.length),
      ]),
    ),
    '',
    'Of this control, the checks cannot show:',
    '',
    ...list(notShown),
  ];
}

function formatCheck({ check, title, status, judged, findings, warnings, evidence, told }: CheckResult): string[] {
  return [
    `### ${code(check)}: ${STATUS_WORDS[status]}`,
    '',
    `${plain(title)}.${judged === '' ? '' : ` Judged: ${plain(judged)}.`}`,
    ...findings.flatMap((finding) => ['', ...formatFinding(finding)]),
    ...(warnings.length === 0 ? [] : ['', 'To be looked at:', '', ...list(warnings)]),
    ...(told.length === 0
      ? []
      : [
          '',
          status === 'not-asked' ? 'Open, and not judged:' : 'Open and listed:',
          '',
          ...told.map((each) => `- ${code(connectionsText(each))}`),
        ]),
    ...(evidence.length === 0 ? [] : ['', ...evidenceTable(evidence)]),
  ];
}

function formatFinding({ status, what, connections, evidence }: ComplianceFinding): string[] {
  const because = connections === null ? [] : [...new Set(connections.deciding.map(decidingText))];
  return [
    `- **${STATUS_WORDS[status]}**: ${plain(what)}`,
    ...(connections === null ? [] : [`  - ${code(connectionsText(connections))}`]),
    ...because.map((text) => `  - ${code(text)}`),
    ...evidence.map((each) => `  - ${code(ruleText(each))} ${plain(each.what)} (${code(placeText(each.origin))})`),
  ];
}

function evidenceTable(evidence: readonly PolicyEvidence[]): string[] {
  return table(
    ['evidence', 'direction', 'where', 'what'],
    evidence.map((each) => [code(ruleText(each)), each.direction, code(placeText(each.origin)), plain(each.what)]),
  );
}

function formatPaths({ paths }: ComplianceReport): string[] {
  if (paths.length === 0) return [];
  return [
    '## Listed paths',
    '',
    ...table(
      ['way', 'from', 'to', 'ports', 'reason', 'where', 'opened by'],
      paths.map(({ way, from, to, ports, reason, origin, evidence }) => [
        way,
        code(from),
        code(to),
        plain(portsText(ports)),
        plain(reason),
        code(placeText(origin)),
        evidence.map((each) => `${code(ruleText(each))} (${code(placeText(each.origin))})`).join(', '),
      ]),
    ),
    '',
  ];
}

/** A bar would end a cell, in code spans too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll(/\\?\|/g, '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

function strong(text: string): string {
  return `**${text}**`;
}

/** Names in backticks stay code; everything else is plain. */
function list(items: readonly string[]): string[] {
  return items.map((item) => `- ${plain(item)}`);
}
