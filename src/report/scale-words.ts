/**
 * Why a policy, a rule or a selector costs what it costs, in a sentence; and the words that the forms of the report share.
 */
import { namespacedName } from '../model/object-names.ts';
import type { CostCounts, PolicyCost, RuleCost, Saving, ScaleStage, SelectorCost } from '../scale/report.ts';
import { formatBytes, formatCount } from './numbers.ts';

export const STAGE_WORDS: Readonly<Record<ScaleStage, string>> = {
  load: 'read the files',
  cluster: 'pods, nodes, labels',
  lower: 'policies to rules',
  prefixes: 'index CIDRs',
  addresses: 'map addresses',
  endpoints: 'group endpoints',
  catalogue: 'number rules',
  ports: 'cut ports',
  ingress: 'ingress classes, rows',
  egress: 'egress classes, rows',
  pack: 'pack tables',
  names: 'index names',
};

export function whyPolicy(cost: PolicyCost): string {
  return `selects ${many(cost.pods, 'pod')} through ${many(cost.rules, 'rule')}; ${commonWords(cost)}${savingWords(cost.saving)}`;
}

export function whyRule(cost: RuleCost): string {
  return `applies to ${many(cost.pods, 'pod')}; ${commonWords(cost)}${savingWords(cost.saving)}`;
}

export function whySelector({ asSubject, asPeer, pods, units }: SelectorCost): string {
  const uses = [
    ...(asSubject > 0 ? [`the subject of ${many(asSubject, 'policy', 'policies')}`] : []),
    ...(asPeer > 0 ? [`a peer ${many(asPeer, 'time')}`] : []),
  ];
  return `${uses.join(' and ')}; matches ${many(pods, 'pod')} in ${many(units, 'group')} that policies can tell apart`;
}

function commonWords({ entries, cells, subjectClasses, peerClasses, rows, portBoundaries, ownPortBoundaries }: CostCounts): string {
  if (subjectClasses === 0) return 'no pod is in its classes, so it makes no row';
  const cuts =
    portBoundaries === 0 ? '' : `, cuts the ports at ${many(portBoundaries, 'place')} (${formatCount(ownPortBoundaries)} its own)`;
  const folded = `${many(entries, 'entry', 'entries')} over ${many(peerClasses, 'peer class', 'peer classes')}, folded into ${many(subjectClasses, 'subject class', 'subject classes')}`;
  return `${folded}: ${many(cells, 'cell')}, a part in ${many(rows, 'row')}${cuts}`;
}

function savingWords(saving: Saving | null): string {
  if (saving === null) return '';
  const { bytes, rows } = saving;
  if (bytes === 0 && rows === 0) return '; without it the tables are as large';
  const size = bytes === 0 ? 'as large' : `${formatBytes(Math.abs(bytes))} ${bytes > 0 ? 'smaller' : 'larger'}`;
  const fewer = rows === 0 ? '' : ` and have ${many(Math.abs(rows), 'row')} ${rows > 0 ? 'fewer' : 'more'}`;
  return `; without it the tables are ${size}${fewer}`;
}

export function many(count: number, one: string, several = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : several}`;
}

/** `shop/db ingress[2]`. */
export function ruleName({ policy, direction, index }: RuleCost): string {
  return `${namespacedName(policy)} ${direction}${index < 0 ? '' : `[${index}]`}`;
}

/** Milliseconds with three digits, or the words for what was not measured. */
export function formatMs(ms: number | null): string {
  if (ms === null) return '-';
  return ms >= 100 ? `${formatCount(Math.round(ms))} ms` : `${ms.toPrecision(3)} ms`;
}

export function formatUs(us: number): string {
  return us >= 100 ? `${formatCount(Math.round(us))} µs` : `${us.toPrecision(3)} µs`;
}

/** Millions of flows per second. */
export function formatRate(flowsPerSecond: number): string {
  return `${(flowsPerSecond / 1e6).toPrecision(3)} M`;
}
