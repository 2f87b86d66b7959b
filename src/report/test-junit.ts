/**
 * A report of tests -> JUnit XML, as build servers read it. No time is told: the same report gives the same bytes.
 */

import type { CaseResult, ReachabilityTestReport, TestedFile } from '../expectations/report.ts';
import { escapeControls } from '../lib/quote.ts';
import { failureLines, findingsOf, limitText } from './test-words.ts';

export function formatJUnit(report: ReachabilityTestReport): string {
  const { problem } = report;
  const suites = report.files.map((file) => suite(file, report));
  const empty =
    problem === null
      ? []
      : [
          '  <testsuite name="netpolsim" tests="1" failures="1" errors="0" skipped="0">',
          `    <testcase name="cases" classname="netpolsim" time="0"><failure message="${attribute(problem)}" type="no-case-ran"></failure></testcase>`,
          '  </testsuite>',
        ];
  const { passed, failed, skipped } = report.counts;
  const limits = report.files.flatMap((file) => file.limits).filter(({ status }) => status !== 'not-checked').length;
  const extra = problem === null ? 0 : 1;
  const failures = failed + report.counts.limitsExceeded + extra;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="netpolsim test" tests="${passed + failed + skipped + limits + extra}" failures="${failures}" errors="0">`,
    ...suites.flat(),
    ...empty,
    '</testsuites>',
  ].join('\n')}\n`;
}

function suite(file: TestedFile, report: ReachabilityTestReport): string[] {
  const cases = file.cases.filter(({ status }) => status !== 'not-selected');
  const limits = file.limits.filter(({ status }) => status !== 'not-checked');
  const skipped = cases.filter(({ status }) => status === 'skipped').length;
  const found = findingsOf({ ...report, files: [file] });
  return [
    `  <testsuite name="${attribute(file.name)}" tests="${cases.length + limits.length}" failures="${found.length}" errors="0" skipped="${skipped}" file="${attribute(file.file)}">`,
    ...cases.map((each) => testCase(file, each)),
    ...limits.map((limit) => {
      const finding = found.find(({ id, rule }) => rule === 'limit-exceeded' && id === `limits.${limit.limit}`);
      const inner = finding === undefined ? '' : failure('limit-exceeded', limitText(limit), finding.lines);
      return element(file, `limits.${limit.limit}`, inner);
    }),
    '  </testsuite>',
  ];
}

function testCase(file: TestedFile, each: CaseResult): string {
  const notes = each.notes.length === 0 ? '' : `<system-out>${lines(each.notes)}</system-out>`;
  if (each.status === 'skipped') return element(file, each.name, `<skipped message="${attribute(each.problem ?? '')}"></skipped>${notes}`);
  if (each.status !== 'failed') return element(file, each.name, notes);
  const [first = '', ...rest] = failureLines(each);
  const asked = `${each.from} → ${each.to} ${each.ports.join(', ')}`;
  const type = each.problem === null ? 'expectation-not-met' : 'ends-match-nothing';
  return element(file, each.name, `${failure(type, first, [asked, ...rest])}${notes}`);
}

function element(file: TestedFile, name: string, inner: string): string {
  return `    <testcase name="${attribute(name)}" classname="${attribute(file.name)}" time="0">${inner}</testcase>`;
}

function failure(type: string, message: string, told: readonly string[]): string {
  return `<failure message="${attribute(message)}" type="${type}">${lines(told)}</failure>`;
}

function lines(texts: readonly string[]): string {
  return texts.map(attribute).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** One line of text that fits into an attribute and between tags. Characters that XML cannot hold, not even as references, are written as `\u{..}`. */
function attribute(text: string): string {
  return escapeControls(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
