/**
 * A report of tests -> SARIF 2.1.0: a result for each failed case and exceeded limit, at its place in the file of tests, with the policies that decided; and as a note whatever there is to know of a
 * case, passed or not.
 */

import type { ReachabilityTestReport } from '../expectations/report.ts';
import { fingerprint } from '../lib/fingerprint.ts';
import {
  MOST_RESULTS,
  type SarifLevel,
  type SarifOptions,
  type SarifResult,
  sarifLocation,
  sarifMessage,
  sarifRelated,
  sarifText,
} from './sarif.ts';
import { decidingText, FINDING_RULES, type Finding, type FindingRule, findingsOf, notesOf } from './test-words.ts';

const RULES = Object.keys(FINDING_RULES) as FindingRule[];

export function formatSarif(report: ReachabilityTestReport, { relativePath = (file) => file, version }: SarifOptions = {}): string {
  const findings = [...findingsOf(report), ...notesOf(report)];
  const results = findings.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, relativePath));
  if (report.problem !== null) results.push(noCase(report.problem, report.files[0]?.file, relativePath));
  const rules = RULES.map((id) => ({
    id,
    shortDescription: { text: FINDING_RULES[id] },
    defaultConfiguration: { level: levelOf(id) },
  }));
  return sarifText(rules, results, findings.length - MOST_RESULTS, version);
}

function levelOf(rule: FindingRule): SarifLevel {
  return rule === 'case-note' ? 'note' : 'error';
}

function resultOf(finding: Finding, relativePath: (file: string) => string): SarifResult {
  const { rule, file, origin, id, title, lines, deciding } = finding;
  const path = relativePath(file.file);
  const places = deciding.flatMap((each) => (each.origin === null ? [] : [{ origin: each.origin, text: decidingText(each) }]));
  return {
    ruleId: rule,
    ruleIndex: RULES.indexOf(rule),
    level: levelOf(rule),
    message: sarifMessage([title, ...lines]),
    locations: [sarifLocation(origin, path)],
    ...sarifRelated(places, relativePath),
    partialFingerprints: { 'netpolsimCase/v1': fingerprint([rule, path, file.name, id]) },
  };
}

/** Code scanning shows nothing without a place. */
function noCase(problem: string, file: string | undefined, relativePath: (file: string) => string): SarifResult {
  return {
    ruleId: 'no-case-ran',
    ruleIndex: RULES.indexOf('no-case-ran'),
    level: 'error',
    message: { text: problem },
    locations: file === undefined ? [] : [sarifLocation({ file, line: 1, column: 1 }, relativePath(file))],
    partialFingerprints: { 'netpolsimCase/v1': fingerprint(['no-case-ran']) },
  };
}
