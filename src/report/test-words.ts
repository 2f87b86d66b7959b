/**
 * What became of cases, in words that every format shares. Nothing here is escaped: each format does that in its own way.
 */

import type { Deciding } from '../expectations/deciding.ts';
import type { Counterexample } from '../expectations/judge-pairs.ts';
import type { CaseResult, LimitResult, ReachabilityTestReport, TestedFile } from '../expectations/report.ts';
import { placeText } from '../model/origin.ts';
import { formatCount } from './numbers.ts';
import { DEFAULT_TEXTS, plural, policyName } from './words.ts';

/** What a failed case, a limit or a report fails with: stable, for tools that tell findings apart. */
export type FindingRule = 'expectation-not-met' | 'ends-match-nothing' | 'limit-exceeded' | 'no-case-ran' | 'case-note';

export const FINDING_RULES: Readonly<Record<FindingRule, string>> = {
  'expectation-not-met': 'a connection has another verdict than is expected of it, or another policy decided',
  'ends-match-nothing': 'an end of a case stands for nothing, so that the case shows nothing',
  'limit-exceeded': 'more verdicts are unknown, or more workloads untested, than the test allows',
  'no-case-ran': 'no case was run, so that nothing is shown',
  'case-note': 'a case was run with something that was assumed, or says something that plays no part',
};

/** Something that is not as it should be, with what is to be told about it. */
export interface Finding {
  readonly rule: FindingRule;
  readonly file: TestedFile;
  readonly origin: CaseResult['origin'];
  /** Names it within its file, whatever its line. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly deciding: readonly Deciding[];
}

/** Every failed case and exceeded limit, in order of files. */
export function findingsOf({ files }: ReachabilityTestReport): Finding[] {
  return files.flatMap((file) => [
    ...file.cases.filter(({ status }) => status === 'failed').map((each) => caseFinding(file, each)),
    ...file.limits
      .filter(({ status }) => status === 'exceeded')
      .map((limit): Finding => {
        return {
          rule: 'limit-exceeded',
          file,
          origin: limit.origin,
          id: `limits.${limit.limit}`,
          title: limitText(limit),
          lines: limitLines(limit),
          deciding: [],
        };
      }),
  ]);
}

/** Every case that was run and of which there is something to know, whatever became of it: a pod that was assumed may be a label that is mistyped. */
export function notesOf({ files }: ReachabilityTestReport): Finding[] {
  return files.flatMap((file) =>
    file.cases
      .filter(({ status, notes }) => notes.length > 0 && (status === 'passed' || status === 'failed'))
      .map((each): Finding => ({ ...caseFinding(file, each), rule: 'case-note', lines: each.notes, deciding: [] })),
  );
}

function caseFinding(file: TestedFile, each: CaseResult): Finding {
  return {
    rule: each.problem === null ? 'expectation-not-met' : 'ends-match-nothing',
    file,
    origin: each.origin,
    id: each.name,
    title: `${file.name}: ${each.name}`,
    lines: failureLines(each),
    deciding: each.counterexamples.flatMap(({ deciding }) => deciding),
  };
}

/** Why a case failed, in lines: what was found, what the author says, then the pairs that are to blame. */
export function failureLines(each: CaseResult): string[] {
  const { problem, message, counterexamples } = each;
  return [
    problem ?? expectationText(each),
    ...(message === null ? [] : [message]),
    ...counterexamples.flatMap((example) => [
      exampleText(example),
      ...example.deciding.slice(0, MOST_REASONS).map((reason) => `  ${decidingText(reason)}`),
    ]),
    ...(counterexamples.length === 0 ? [] : moreText(each)),
  ];
}

const MOST_REASONS = 5;

function moreText({ pairs, holding, counterexamples }: CaseResult): string[] {
  const told = new Map(counterexamples.map(({ from, to, pairs: alike }) => [JSON.stringify([from, to]), alike]));
  const rest = pairs - holding - [...told.values()].reduce((sum, alike) => sum + alike, 0);
  return rest > 0 ? [`and ${plural(formatCount(rest), 'more pair')}`] : [];
}

function expectationText({ expect, over, pairs, holding, because }: CaseResult): string {
  const by =
    because === null
      ? ''
      : ` because of ${because.policy}${because.rule === undefined ? '' : ` ${because.direction ?? 'rule'}[${because.rule}]`}`;
  const wanted = over === 'all' ? 'for every pair of ends' : 'for some pair of ends';
  return `expected ${expect}${by} ${wanted}, and it does not hold for ${formatCount(pairs - holding)} of ${formatCount(pairs)}`;
}

function exampleText({ from, to, pairs, port, verdict, why }: Counterexample): string {
  const alike = pairs > 1 ? ` (and ${plural(formatCount(pairs - 1), 'pair')} like it)` : '';
  const at = port === null ? '' : ` ${portText(port)}`;
  const said = [verdict, why].filter((each) => each !== null).join(': ');
  return `${from} → ${to}${at}: ${said}${alike}`;
}

export function portText({ protocol, first, last }: NonNullable<Counterexample['port']>): string {
  if (first === 1 && last === 65535) return `every ${protocol} port`;
  return `${protocol}/${first}${last === first ? '' : `-${last}`}`;
}

export function decidingText({ direction, policy, action, rule, origin, default: byDefault, because }: Deciding): string {
  if (policy === null) return `${direction}: ${byDefault === null ? '' : DEFAULT_TEXTS[byDefault]}`;
  const name = origin === null ? `${policy.kind} ${policy.name}` : policyName(policy, origin);
  const path = rule === null ? '' : ` ${direction}[${rule}]`;
  const what = action === 'isolates' ? 'isolates the pod, and no rule matches' : VERBS[action ?? 'unknown'];
  const open = because === null ? '' : `: ${because}`;
  const place = origin === null ? '' : ` (${placeText(origin)})`;
  return `${direction}: ${name}${path} ${what}${open}${place}`;
}

const VERBS = { allow: 'allows it', deny: 'denies it', pass: 'passes it on', log: 'logs it', unknown: 'cannot be read' };

const LIMITS: Readonly<Record<LimitResult['limit'], string>> = {
  unknown: 'cases with unknown verdicts',
  untestedWorkloads: 'untested workloads',
};

export function limitText({ limit, status, most, found, of }: LimitResult): string {
  if (status === 'not-checked') return `${LIMITS[limit]}: at most ${most}, not checked, as not every case was run`;
  return `${LIMITS[limit]}: ${formatCount(found)} of ${formatCount(of)}, at most ${most}`;
}

function limitLines({ items }: LimitResult): string[] {
  const rest = items.length - MOST_ITEMS;
  return [...items.slice(0, MOST_ITEMS), ...(rest > 0 ? [`and ${formatCount(rest)} more`] : [])];
}

const MOST_ITEMS = 20;

/** `3 passed, 1 failed, 2 skipped`. */
export function countsText({ counts, problem }: ReachabilityTestReport): string {
  const { passed, failed, skipped, notSelected, limitsExceeded } = counts;
  return [
    `${formatCount(passed)} passed`,
    `${formatCount(failed)} failed`,
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
    ...(notSelected > 0 ? [`${formatCount(notSelected)} not chosen`] : []),
    ...(limitsExceeded > 0 ? [`${plural(formatCount(limitsExceeded), 'limit')} exceeded`] : []),
    ...(problem === null ? [] : [problem]),
  ].join(', ');
}
