/**
 * A difference in reachability in words: rows, causes, what is left open. Not escaped.
 */
import type { DiffCause, DiffChange, DiffEffect, DiffNotice, DiffReason, DiffRow, ReachabilityDiff } from '../diff/report.ts';
import { objectName } from '../model/object-names.ts';
import { placeText } from '../model/origin.ts';
import { formatCount } from './numbers.ts';
import { groupsText, listText, pairsText, portsText } from './portability-words.ts';
import { DEFAULT_TEXTS, plural, policyName } from './words.ts';

/** Rules and policies that a cause names before it counts the rest. */
const MOST_RULES = 4;

/** One sentence: what became of reachability. */
export function headline(diff: ReachabilityDiff): string {
  const { equivalent, pairs, compared, complete } = diff;
  const counts = `${plural(formatCount(compared.classPairs), 'pair of classes', 'pairs of classes')} compared`;
  if (equivalent) return `No difference: the two sets are equivalent for every pair of ends at every port (${counts}).`;
  const said = [
    ...countText(pairs.opened, 'opens', 'open'),
    ...countText(pairs.changed, 'opens at some ports and closes at others', 'open at some ports and close at others'),
    ...countText(pairs.closed, 'closes', 'close'),
    ...countText(pairs.uncertain, 'changes, or may, with an unknown verdict', 'change, or may, with an unknown verdict'),
  ];
  if (said.length === 0) return `${complete ? 'No pair of ends opens or closes' : 'No difference was found so far'} (${counts}).`;
  return `${said.join('; ')} (${counts}).`;
}

function countText(pairs: number, one: string, many: string): string[] {
  return pairs === 0 ? [] : [`${pairsText(pairs)} ${pairs === 1 ? one : many}`];
}

/** What a reader must know beside the rows. */
export function notes(diff: ReachabilityDiff): string[] {
  const { rows, pairs, added, removed, movedRanges, unreadable, errors, complete, explained } = diff;
  const sides = ['before', 'after'] as const;
  return [
    ...doubtTexts(diff),
    ...(complete ? [] : ['not complete: a limit was reached, so these are not all differences']),
    ...(explained ? [] : ['a limit was reached before all causes were found: rows without a cause have one all the same']),
    ...(pairs.unknown === 0
      ? []
      : [`${pairsText(pairs.unknown)} with a verdict that is unknown before and after: whether something changed there is not known`]),
    ...sides
      .filter((side) => errors[side])
      .map((side) => `what is ${side} could not be read whole: it may have ends and policies that are not told here`),
    ...sides.flatMap((side) =>
      unreadable[side].length === 0 ? [] : [`not known ${side}, as they could not be read: addresses of ${listText(unreadable[side])}`],
    ),
    ...(added.length === 0 ? [] : [`only after: ${groupsText(added, [])}`]),
    ...(removed.length === 0 ? [] : [`only before: ${groupsText(removed, [])}`]),
    ...(movedRanges === 0
      ? []
      : [
          `${plural(formatCount(movedRanges), 'range')} of addresses ${movedRanges === 1 ? 'has' : 'have'} other owners (a pod, a node, a Service, nobody) than before: pods were compared by name`,
        ]),
    ...(pairs.reason === 0 && pairs.reasonComplete
      ? []
      : [
          `${pairs.reasonComplete ? '' : 'at least '}${pairsText(pairs.reason)} with the same verdict at some port for another reason${rows.some(({ effect }) => effect === 'reason') ? '' : ' (--reasons tells them)'}`,
        ]),
  ];
}

/** Notices of one code that a report lists before it counts the rest. */
const MOST_NOTICES = 4;

/** Why the result is not certain, or not a proof. */
function doubtTexts({ doubts, caveats, services }: ReachabilityDiff): string[] {
  const changed = (['added', 'removed', 'changed'] as const).filter((what) => services[what].length > 0);
  return [
    ...noticeTexts('not certain', doubts),
    ...(changed.length === 0
      ? []
      : [
          `not certain: Services differ, and what is reached through them is not compared: ${changed.map((what) => `${listText(services[what])} (${what})`).join(', ')}`,
        ]),
    ...noticeTexts('not modelled', caveats),
  ];
}

function noticeTexts(what: string, notices: readonly DiffNotice[]): string[] {
  const codes = [...new Set(notices.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const same = notices.filter((notice) => notice.code === code);
    const told = same.length <= MOST_NOTICES + 1 ? same : same.slice(0, MOST_NOTICES);
    const rest = same.length - told.length;
    return [
      ...told.map(({ side, message, origin }) => {
        return `${what}${side === 'both' ? '' : ` ${side}`}: ${message}${origin === null ? '' : ` (${placeText(origin)})`}`;
      }),
      ...(rest === 0 ? [] : [`${what}: and ${formatCount(rest)} more like that`]),
    ];
  });
}

/** `shop/deployment/web (added) → shop/deployment/db`. `most`: names before the rest is counted. */
export function endsText({ from, to, own, withoutOwnNodes }: DiffRow, most?: number): string {
  const text = (ends: DiffRow['from'], other: DiffRow['from']): string =>
    `${groupsText(ends.groups, other.groups, most)}${ends.mark === null ? '' : ` (${ends.mark})`}`;
  return `${text(from, to)} → ${text(to, from)}${own ? ' (only itself, or its own node)' : withoutOwnNodes > 0 ? ' (not between a pod and its own node)' : ''}`;
}

/** `opens TCP/80, closes TCP/81`; `TCP/80: allow → unknown` where a verdict is unknown. */
export function changesText({ effect, changes }: DiffRow, most?: number): string {
  const texts = changes.map((change) => changeText(change, effect, most));
  return texts.join('; ');
}

function changeText({ ports, before, after }: DiffChange, effect: DiffEffect, most: number | undefined): string {
  const text = portsText(ports, most);
  if (before === 'unknown' || after === 'unknown') return `${text} (${before} → ${after})`;
  if (before === after) return `${text} (${before})`;
  if (effect === 'changed') return `${after === 'allow' ? 'opens' : 'closes'} ${text}`;
  return text;
}

/** `ingress before: …`, `ingress after: …`. */
function causeTexts({ direction, before, after }: DiffCause, most = MOST_RULES): string[] {
  return [
    ...(before === null ? [] : [`${direction} before: ${reasonText(before, most)}`]),
    ...(after === null ? [] : [`${direction} after: ${reasonText(after, most)}`]),
  ];
}

/** What decides about the pairs of a row, each once; where not all are told (`most`), those with rules come first. `hidden`: how many are not. */
export function causeLines(
  { causes }: DiffRow,
  most: number,
  mostRules?: number,
): { readonly lines: readonly string[]; readonly hidden: number } {
  const lines = [...new Set(causes.flatMap((cause) => causeTexts(cause, mostRules)))];
  if (lines.length <= most + 1) return { lines, hidden: 0 };
  const byRules = new Set(causes.flatMap((cause) => causeTexts(withoutDefaults(cause), mostRules)));
  const ordered = [...lines.filter((line) => byRules.has(line)), ...lines.filter((line) => !byRules.has(line))];
  return { lines: ordered.slice(0, most), hidden: lines.length - most };
}

function withoutDefaults({ direction, before, after }: DiffCause): DiffCause {
  const ruled = (reason: DiffReason | null): DiffReason | null => (reason === null || reason.rules.length === 0 ? null : reason);
  return { direction, before: ruled(before), after: ruled(after) };
}

const ACTION_TEXTS = {
  allow: 'allowed by',
  deny: 'denied by',
  pass: 'passed on by',
  log: 'logged by',
  unknown: 'unknown because of',
} as const;

function reasonText({ rules, default: byDefault, isolatedBy, verdict }: DiffReason, most: number): string {
  const ofRules = rules.map(({ policy, action, direction, rule, origin, because }) => {
    const name = `${policyName(policy, origin)}${rule < 0 ? '' : ` ${direction}[${rule}]`}`;
    return `${ACTION_TEXTS[action]} ${name} (${placeText(origin)})${because === undefined ? '' : `: ${because}`}`;
  });
  const ofDefault =
    byDefault === null
      ? []
      : [
          `${verdict}: ${DEFAULT_TEXTS[byDefault]}${
            isolatedBy.length === 0
              ? ''
              : `, isolated by ${listText(
                  isolatedBy.map(({ policy, origin }) => `${objectName(policy)} (${placeText(origin)})`),
                  most,
                )}`
          }`,
        ];
  return listText([...ofRules, ...ofDefault], most);
}
