/**
 * Rows between an end of pods and pods that do not exist yet: what its pods say, put together.
 */

import { compareText } from '../lib/compare-text.ts';
import type { FuturePods, PodCondition } from '../matrix/future-pods.ts';
import type { MixedSpan, NamedSpan, PortSpan, PortVerdicts } from '../matrix/port-verdicts.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { Requirement } from '../model/selector.ts';
import { type Condition, type Conditions, toldCondition } from './conditions.ts';
import type { PodExposure, Unprotected } from './pod-exposure.ts';
import { OTHER_NAMES, type PortSlot } from './port-slots.ts';
import { keyOf, type Term, type TermSpace } from './terms.ts';

/** What is asked for. */
export interface PortFilter {
  readonly protocol?: Protocol;
  readonly port?: number;
}

export interface ExposureRow {
  readonly end: FuturePods;
  readonly ports: PortVerdicts;
  readonly unprotected: Unprotected | undefined;
}

interface Draft {
  readonly term: Term;
  readonly allow: PortSpan[];
  readonly unknown: PortSpan[];
  readonly some: MixedSpan[];
  readonly named: NamedSpan[];
}

/** `exposures`: of the pods of the end, each different one once; at least one. Any pod comes first. */
export function exposureRows(
  exposures: readonly PodExposure[],
  conditions: Conditions,
  space: TermSpace,
  filter: PortFilter,
): ExposureRow[] {
  const drafts = new Map<string, Draft>();
  for (const slot of jointSlots(exposures, filter)) {
    const told = exposures.map((exposure) => termsAt(exposure, slot));
    const terms = new Map(told.flatMap(({ certain, possible }) => [...certain, ...possible]).map((term) => [keyOf(term), term]));
    for (const [key, term] of terms) {
      const verdicts = new Set(told.map((each) => verdictOf(term, each, told.length === 1, space)));
      const draft = drafts.get(key) ?? { term, allow: [], unknown: [], some: [], named: [] };
      drafts.set(key, draft);
      tell(
        draft,
        slot,
        ORDER.filter((verdict) => verdicts.has(verdict)),
      );
    }
  }
  const unprotected = unprotectedAll(exposures);
  const rows = [...drafts.values()].map(({ term, allow, unknown, some, named }): ExposureRow => {
    const isWhole = ({ protocol }: NamedSpan): boolean => allow.some((span) => span.protocol === protocol && isEveryPort(span, filter));
    const left = named.filter((each) => !isWhole(each));
    const ports = { allow, unknown, deny: [], some, ...(left.length === 0 ? {} : { named: left }) };
    return { end: endOf(term, conditions), ports, unprotected };
  });
  return rows.sort((a, b) => compareText(sortText(a.end), sortText(b.end)));
}

const ORDER: readonly Verdict[] = ['allow', 'unknown', 'deny'];

/** `isOwn`: the term is one of these. */
function verdictOf(term: Term, { certain, possible }: PodExposure['slots'][number]['terms'], isOwn: boolean, space: TermSpace): Verdict {
  if (isOwn) return certain.includes(term) ? 'allow' : 'unknown';
  if (certain.some((other) => space.isIn(term, other))) return 'allow';
  return possible.some((other) => space.isIn(term, other)) ? 'unknown' : 'deny';
}

function tell(draft: Draft, slot: PortSlot, verdicts: readonly Verdict[]): void {
  if (slot.kind === 'name') {
    draft.named.push({ protocol: slot.protocol, name: slot.name, verdicts });
    return;
  }
  const { protocol, from, to } = slot;
  const [only, other] = verdicts;
  if (other !== undefined) add(draft.some, { protocol, from, to, verdicts }, (last) => last.verdicts.join() === verdicts.join());
  else if (only === 'allow' || only === 'unknown') add(draft[only], { protocol, from, to }, () => true);
}

/** Neighbouring ports that say the same are one span. */
function add<T extends PortSpan>(spans: T[], span: T, isAlike: (last: T) => boolean): void {
  const last = spans.at(-1);
  if (last !== undefined && last.protocol === span.protocol && last.to === span.from - 1 && isAlike(last))
    spans[spans.length - 1] = { ...last, to: span.to };
  else spans.push(span);
}

/** Is it about all the ports of its protocol, in what is asked for? */
export function isEveryPort({ from, to }: PortSpan, { port }: PortFilter): boolean {
  return port === undefined && from === 1 && to === 65_535;
}

/** The slots of all, cut where one of them is, and to what is asked for. */
function jointSlots(exposures: readonly PodExposure[], { protocol, port }: PortFilter): PortSlot[] {
  const slots = exposures
    .flatMap((each) => each.slots.map(({ slot }) => slot))
    .filter((slot) => protocol === undefined || slot.protocol === protocol);
  const names = new Map<string, PortSlot & { readonly kind: 'name' }>();
  const starts = new Map<Protocol, Set<number>>();
  for (const slot of slots) {
    if (slot.kind === 'name' && slot.name === OTHER_NAMES) continue;
    if (slot.kind === 'name') names.set(JSON.stringify([slot.protocol, slot.name]), slot);
    else starts.set(slot.protocol, (starts.get(slot.protocol) ?? new Set()).add(slot.from));
  }
  const numbers = [...starts].flatMap(([each, set]) => {
    const sorted = [...set].sort((a, b) => a - b);
    return sorted.map((from, i): PortSlot & { kind: 'numbers' } => ({
      kind: 'numbers',
      protocol: each,
      from,
      to: (sorted[i + 1] ?? 65_536) - 1,
    }));
  });
  const asked =
    port === undefined
      ? numbers
      : numbers.filter(({ from, to }) => from <= port && port <= to).map((slot) => ({ ...slot, from: port, to: port }));
  const named = [...names.values()].sort(
    (a, b) => PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) || compareText(a.name, b.name),
  );
  return [...asked, ...named];
}

function termsAt({ slots, unprotected }: PodExposure, wanted: PortSlot): PodExposure['slots'][number]['terms'] {
  if (unprotected !== undefined) return slots[0]!.terms;
  const isCalled =
    (name: string) =>
    ({ slot }: PodExposure['slots'][number]) =>
      slot.kind === 'name' && slot.protocol === wanted.protocol && slot.name === name;
  const found =
    wanted.kind === 'name'
      ? (slots.find(isCalled(wanted.name)) ?? slots.find(isCalled(OTHER_NAMES)))
      : slots.find(
          ({ slot }) => slot.kind === 'numbers' && slot.protocol === wanted.protocol && slot.from <= wanted.from && wanted.to <= slot.to,
        );
  return found === undefined ? NOTHING : found.terms;
}

const NOTHING: PodExposure['slots'][number]['terms'] = { certain: [], possible: [] };

/** Why no policy has a say about any of them. */
export function unprotectedAll(exposures: readonly Pick<PodExposure, 'unprotected'>[]): Unprotected | undefined {
  if (exposures.some(({ unprotected }) => unprotected === undefined)) return undefined;
  return exposures.some(({ unprotected }) => unprotected === 'no-policy') ? 'no-policy' : 'host-network';
}

/** What is asked of labels is one condition, however many peers ask it. */
export function endOf({ with: met, without }: Term, conditions: Conditions): FuturePods {
  const read = met.map((number) => conditions.get(number));
  const labels = read.filter((each) => each.kind === 'labels');
  const together = {
    kind: 'labels',
    namespace: distinct(labels.flatMap(({ namespace }) => namespace)),
    pod: distinct(labels.flatMap(({ pod }) => pod)),
  } as const;
  const matching = [...(labels.length === 0 ? [] : [together]), ...read.filter((each) => each.kind === 'address')];
  return { kind: 'futurePods', matching: inOrder(matching), except: inOrder(without.map((number) => conditions.get(number))) };
}

function distinct(requirements: readonly Requirement[]): Requirement[] {
  const sorted = [...new Map(requirements.map((each) => [JSON.stringify(each), each]))];
  return sorted.sort(([a], [b]) => compareText(a, b)).map(([, requirement]) => requirement);
}

function inOrder(conditions: readonly Condition[]): PodCondition[] {
  return conditions.map(toldCondition).sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
}

/** Any pod, then those with fewer conditions. */
export function sortText({ matching, except }: FuturePods): string {
  return `${matching.length} ${except.length} ${JSON.stringify([matching, except])}`;
}
