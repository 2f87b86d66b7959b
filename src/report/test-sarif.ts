/**
 * A report of tests -> SARIF 2.1.0, as code scanning takes it: a result for each failed case and exceeded limit, at its place in the file of tests, with the policies that decided.
 */

import type { ReachabilityTestReport } from '../expectations/report.ts';
import { escapeControls } from '../lib/quote.ts';
import type { Origin } from '../model/origin.ts';
import { formatCount } from './numbers.ts';
import { decidingText, FINDING_RULES, type Finding, type FindingRule, findingsOf } from './test-words.ts';

export interface SarifOptions {
  /** The path of a file relative to the root of the repository, with `/`. As it is where left out. */
  readonly relativePath?: (file: string) => string;
  /** Of netpolsim. */
  readonly version?: string;
}

/** GitHub takes 25,000 results and keeps 5,000. */
const MOST_RESULTS = 5000;
const MOST_RELATED = 10;
const RULES = Object.keys(FINDING_RULES) as FindingRule[];

export function formatSarif(report: ReachabilityTestReport, { relativePath = (file) => file, version }: SarifOptions = {}): string {
  const findings = findingsOf(report);
  const results = findings.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, relativePath));
  if (report.problem !== null) results.push(noCase(report.problem, report.files[0]?.file, relativePath));
  const rest = findings.length - MOST_RESULTS;
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'netpolsim',
            ...(version === undefined ? {} : { version }),
            rules: RULES.map((id) => ({ id, shortDescription: { text: FINDING_RULES[id] }, defaultConfiguration: { level: 'error' } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications:
              rest > 0
                ? [
                    {
                      level: 'warning',
                      message: { text: `${formatCount(rest)} more results are left out: code scanning keeps ${formatCount(MOST_RESULTS)}` },
                    },
                  ]
                : [],
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

type Location = ReturnType<typeof locationOf>;

interface Result {
  readonly ruleId: FindingRule;
  readonly ruleIndex: number;
  readonly level: 'error';
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly (Location & { readonly id: number; readonly message: { readonly text: string } })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function resultOf(finding: Finding, relativePath: (file: string) => string): Result {
  const { rule, file, origin, id, title, lines, deciding } = finding;
  const path = relativePath(file.file);
  const related = new Map<string, Location & { readonly message: { readonly text: string } }>();
  for (const each of deciding) {
    if (each.origin === null || !isFile(each.origin) || related.size === MOST_RELATED) continue;
    const text = escapeControls(decidingText(each));
    if (!related.has(text)) related.set(text, { ...locationOf(each.origin, relativePath(each.origin.file)), message: { text } });
  }
  return {
    ruleId: rule,
    ruleIndex: RULES.indexOf(rule),
    level: 'error',
    message: { text: [title, ...lines].map(escapeControls).join('\n').slice(0, MOST_TEXT) },
    locations: [locationOf(origin, path)],
    ...(related.size === 0 ? {} : { relatedLocations: [...related.values()].map((each, i) => ({ id: i + 1, ...each })) }),
    partialFingerprints: { 'netpolsimCase/v1': fingerprint([rule, path, file.name, id]) },
  };
}

const MOST_TEXT = 16_000;

/** Code scanning shows nothing without a place. */
function noCase(problem: string, file: string | undefined, relativePath: (file: string) => string): Result {
  return {
    ruleId: 'no-case-ran',
    ruleIndex: RULES.indexOf('no-case-ran'),
    level: 'error',
    message: { text: problem },
    locations: file === undefined ? [] : [locationOf({ file, line: 1, column: 1 }, relativePath(file))],
    partialFingerprints: { 'netpolsimCase/v1': fingerprint(['no-case-ran']) },
  };
}

function isFile({ file }: Origin): boolean {
  return !file.startsWith('<');
}

function locationOf({ line, column }: Origin, path: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(uriPart).join('/'), uriBaseId: '%SRCROOT%' },
      ...(line === 0 ? {} : { region: { startLine: line, startColumn: Math.max(1, column) } }),
    },
  };
}

function uriPart(part: string): string {
  return encodeURIComponent(escapeControls(part));
}

/** FNV-1a over 64 bits, twice: the same for the same parts on every machine, whatever the lines. */
function fingerprint(parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return [0xcbf29ce484222325n, 0x9ae16a3b2f90404fn]
    .map((start) => {
      const hash = bytes.reduce((sum, byte) => BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n), start);
      return hash.toString(16).padStart(16, '0');
    })
    .join('');
}
