/**
 * What troubleshooting found -> the document `Troubleshooting`, and the same as a person would say it: a walk, then the lines to change.
 */
import { escapeControls } from '../lib/quote.ts';
import { objectName } from '../model/object-names.ts';
import { type ObjectRef, type Origin, placeText } from '../model/origin.ts';
import type { Protocol } from '../model/protocol.ts';
import type { NamedQuery, NamedVerdict } from '../services/named-reachability.ts';
import type { EditCode, StepOutcome, StepTopic, Suggestion, Troubleshooting, WalkOutcome } from '../troubleshoot/troubleshooting.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { meaning } from './named-reachability.ts';
import { type Paint, PLAIN } from './paint.ts';

export interface TroubleshootingResult {
  readonly query: NamedQuery;
  readonly troubleshooting: Troubleshooting;
  /** Name of the CNI profile. */
  readonly profile: string;
}

/** The JSON form; `schemas/troubleshooting.schema.json`. */
export interface TroubleshootingDocument extends DocumentHead<'Troubleshooting'> {
  readonly query: {
    readonly from: string;
    readonly to: string;
    readonly protocol: Protocol | null;
    readonly port: number | null;
    readonly family: 4 | 6 | null;
  };
  readonly profile: string;
  readonly outcome: WalkOutcome;
  /** What `can-reach` says; null: the Service has no such port. */
  readonly verdict: NamedVerdict | null;
  readonly steps: readonly {
    readonly topic: StepTopic;
    readonly outcome: StepOutcome;
    readonly sentence: string;
    readonly details: readonly { readonly sentence: string; readonly origin: Origin | null }[];
  }[];
  readonly suggestions: readonly {
    readonly code: EditCode;
    readonly step: Suggestion['step'];
    readonly edit: string;
    readonly object: ObjectRef;
    readonly field: string;
    readonly origin: Origin;
    readonly blocked: number;
    readonly opens: number;
    readonly connects: number;
    readonly widens: boolean;
  }[];
}

export function troubleshootingDocument({ query, troubleshooting, profile }: TroubleshootingResult): TroubleshootingDocument {
  const { outcome, steps, suggestions, reachability } = troubleshooting;
  return {
    ...documentHead('Troubleshooting'),
    query: { from: query.from, to: query.to, protocol: query.protocol ?? null, port: query.port ?? null, family: query.family ?? null },
    profile,
    outcome,
    verdict: reachability?.verdict ?? null,
    steps: steps.map(({ topic, outcome: found, sentence, details }) => ({
      topic,
      outcome: found,
      sentence,
      details: details.map((detail) => ({ sentence: detail.sentence, origin: detail.place === null ? null : originOf(detail.place) })),
    })),
    suggestions: suggestions.map(({ code, step, edit, object, field, place, blocked, opens, connects, widens }) => ({
      code,
      step,
      edit,
      object,
      field,
      origin: originOf(place),
      blocked,
      opens,
      connects,
      widens,
    })),
  };
}

function originOf({ file, line, column }: Origin): Origin {
  return { file, line, column };
}

const OUTCOMES: Readonly<Record<WalkOutcome, string>> = {
  reaches: 'REACHES',
  blocked: 'BLOCKED',
  partly: 'PARTLY BLOCKED',
  unknown: 'UNKNOWN',
};

/** Lines for a terminal. */
export function formatTroubleshooting({ query, troubleshooting }: TroubleshootingResult, paint: Paint = PLAIN): string {
  const { outcome, steps, suggestions, reachability } = troubleshooting;
  const protocol = query.protocol === undefined ? '' : ` ${query.protocol}`;
  const title = `${query.from} → ${query.to}${query.port === undefined ? protocol : `${protocol} port ${query.port}`}`;
  const word =
    outcome === 'reaches'
      ? paint.green(OUTCOMES[outcome])
      : outcome === 'unknown'
        ? paint.yellow(OUTCOMES[outcome])
        : paint.red(OUTCOMES[outcome]);
  const lines = [
    `${paint.bold(escapeControls(title))}: ${paint.bold(word)}`,
    ...(reachability === null ? [] : meaning(reachability.to, paint)),
    ...steps.flatMap(({ topic, outcome: found, sentence, details }) => [
      `  ${paintOutcome(found, paint)}  ${topic.padEnd(WIDEST_TOPIC)}  ${escapeControls(sentence)}`,
      ...details.map(
        (detail) => `  ${' '.repeat(WIDEST_OUTCOME + WIDEST_TOPIC + 4)}${escapeControls(detail.sentence)}${at(detail.place, paint)}`,
      ),
    ]),
    ...suggestionLines(suggestions, paint),
  ];
  return `${lines.join('\n')}\n`;
}

const WIDEST_OUTCOME = 'warning'.length;
const WIDEST_TOPIC = 'ingress'.length;

function paintOutcome(outcome: StepOutcome, paint: Paint): string {
  const text = outcome.padEnd(WIDEST_OUTCOME);
  if (outcome === 'ok') return paint.green(text);
  return outcome === 'blocked' ? paint.red(text) : paint.yellow(text);
}

function at(place: Origin | null, paint: Paint): string {
  return place === null ? '' : ` ${paint.dim(`(${escapeControls(placeText(place))})`)}`;
}

/** Those for one step belong together: each opens it alone. Where no rule nearly matches, the connection may be denied on purpose. */
function suggestionLines(suggestions: readonly Suggestion[], paint: Paint): string[] {
  const steps = [...new Set(suggestions.map(({ step }) => step))];
  return steps.flatMap((step) => {
    const own = suggestions.filter((each) => each.step === step);
    const meant = own.every(({ widens }) => widens);
    const title = meant ? 'No rule is nearly for this, so it may be meant. What would open' : 'The line to change for';
    const head = `${title} ${step} (each was tried):`;
    return [paint.bold(head), ...own.map((each) => suggestionLine(each, paint))];
  });
}

function suggestionLine({ edit, object, place, blocked, opens }: Suggestion, paint: Paint): string {
  const share = opens < blocked ? ` [helps ${opens} of ${blocked} pairs]` : '';
  return `  - ${escapeControls(objectName(object))}: ${escapeControls(edit)}${share}${at(place, paint)}`;
}
