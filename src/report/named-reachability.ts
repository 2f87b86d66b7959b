/**
 * What comes of a question by names -> the document `NamedReachability`, and the same as a person would say it. Connections that come out alike are told once.
 */
import { escapeControls, quote } from '../lib/quote.ts';
import type { Verdict } from '../model/decision.ts';
import { textOfEnd } from '../model/flow.ts';
import { type Origin, placeText } from '../model/origin.ts';
import type { Protocol } from '../model/protocol.ts';
import type { MeantEnd, NamedFlow, NamedReachability, NamedVerdict } from '../services/named-reachability.ts';
import type { ServicePort } from '../services/service-ports.ts';
import { portText } from '../services/service-ports.ts';
import { formatHalf, type HalfDocument, halfDocument, type PolicyOrigin } from './decision.ts';
import { type DocumentHead, documentHead } from './json.ts';
import { type Paint, PLAIN } from './paint.ts';
import { paintVerdict, plural } from './words.ts';

/** What is reported: the answer, and what was expected of it. */
export interface NamedResult {
  readonly reachability: NamedReachability;
  /** Name of the CNI profile. */
  readonly profile: string;
  readonly expected?: NamedVerdict;
  readonly policyOrigin?: PolicyOrigin;
}

interface EndDocument {
  readonly text: string;
  readonly kind: MeantEnd['kind'];
  readonly service: {
    readonly namespace: string;
    readonly name: string;
    readonly origin: Origin;
    readonly headless: boolean;
    readonly port: ServicePort | null;
  } | null;
  readonly host: string | null;
  readonly addresses: readonly string[];
}

/** The JSON form; `schemas/named-reachability.schema.json`. */
export interface NamedReachabilityDocument extends DocumentHead<'NamedReachability'> {
  readonly query: {
    readonly from: string;
    readonly to: string;
    readonly protocol: Protocol | null;
    readonly port: number | null;
    readonly family: 4 | 6 | null;
  };
  readonly profile: string;
  readonly verdict: NamedVerdict;
  readonly expected: NamedVerdict | null;
  readonly unknown: { readonly cause: string; readonly message: string } | null;
  readonly from: EndDocument;
  readonly to: EndDocument;
  readonly flows: readonly {
    readonly from: string;
    readonly to: string;
    readonly protocol: Protocol;
    readonly port: number;
    readonly family: 4 | 6 | null;
    readonly verdict: Verdict;
    readonly unknown: { readonly cause: string; readonly message: string } | null;
    readonly egress: HalfDocument;
    readonly ingress: HalfDocument;
  }[];
  readonly notes: readonly string[];
}

export function namedReachabilityDocument({ reachability, profile, expected, policyOrigin }: NamedResult): NamedReachabilityDocument {
  const { query, verdict, unknown, from, to, flows, notes } = reachability;
  return {
    ...documentHead('NamedReachability'),
    query: {
      from: query.from,
      to: query.to,
      protocol: query.protocol ?? null,
      port: query.port ?? null,
      family: query.family ?? null,
    },
    profile,
    verdict,
    expected: expected ?? null,
    unknown: unknown === null ? null : { cause: unknown.cause, message: unknown.message },
    from: endDocument(from),
    to: endDocument(to),
    flows: flows.map((flow) => ({
      from: textOfEnd(flow.query.from) ?? '',
      to: flow.to,
      protocol: flow.query.protocol,
      port: flow.query.port,
      family: flow.query.family ?? null,
      verdict: flow.verdict,
      unknown: flow.unknown ?? flow.decision.unknown ?? null,
      egress: halfDocument(flow.decision.egress, policyOrigin),
      ingress: halfDocument(flow.decision.ingress, policyOrigin),
    })),
    notes,
  };
}

function endDocument({ text, kind, service, host, addresses }: MeantEnd): EndDocument {
  return { text, kind, service: service === null ? null : serviceDocument(service), host, addresses };
}

function serviceDocument({ namespace, name, origin, headless, port }: NonNullable<MeantEnd['service']>): EndDocument['service'] {
  return { namespace, name, origin: { file: origin.file, line: origin.line, column: origin.column }, headless, port };
}

/** Lines for a terminal: the verdict, what the names stand for, then every connection with its two halves; those that come out alike together. */
export function formatNamedReachability({ reachability, expected, policyOrigin }: NamedResult, paint: Paint = PLAIN): string {
  const { query, verdict, unknown, from, to, flows, notes } = reachability;
  const title = `${query.from} → ${query.to}${query.port === undefined ? '' : ` port ${query.port}`}`;
  const bothFamilies = new Set(flows.map((flow) => flow.query.family)).size > 1;
  const lines = [
    `${paint.bold(escapeControls(title))}: ${paint.bold(paintNamed(verdict, verdict.toUpperCase(), paint))}`,
    ...(unknown === null ? [] : [`  ${escapeControls(unknown.message)}`]),
    ...meaning(from, paint),
    ...meaning(to, paint),
    ...notes.map((note) => `  note: ${escapeControls(note)}`),
    ...alike(flows, policyOrigin).flatMap((group) => groupLines(group, bothFamilies, policyOrigin, paint)),
    ...(expected === undefined || expected === verdict ? [] : [paint.red(`expected ${expected}, got ${verdict}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** `mixed` is coloured as what is wrong. */
function paintNamed(verdict: NamedVerdict, text: string, paint: Paint): string {
  return verdict === 'mixed' ? paint.red(text) : paintVerdict(verdict, text, paint);
}

/** What a name stands for, in a line; none for the engine's own forms. */
export function meaning({ service, host, addresses }: MeantEnd, paint: Paint): string[] {
  const lines: string[] = [];
  if (service !== null) {
    const { namespace, name, origin, headless, port } = service;
    const target =
      port === null
        ? ''
        : ` ${portText(port)}${headless ? '' : ` → target port ${typeof port.targetPort === 'number' ? port.targetPort : quote(port.targetPort)}`}`;
    const place = paint.dim(`(${escapeControls(placeText(origin))})`);
    lines.push(`  Service ${escapeControls(`${namespace}/${name}`)}${headless ? ', headless' : ''}${target} ${place}`);
  }
  if (host !== null && addresses.length > 0) lines.push(`  host ${escapeControls(host)}: ${addresses.join(', ')}`);
  return lines;
}

/** Connections with equal decisions, verdicts and ports. */
function alike(flows: readonly NamedFlow[], policyOrigin: PolicyOrigin): NamedFlow[][] {
  const groups = new Map<string, NamedFlow[]>();
  for (const flow of flows) {
    const { decision, verdict, unknown, query } = flow;
    const halves = [halfDocument(decision.egress, policyOrigin), halfDocument(decision.ingress, policyOrigin)];
    const key = JSON.stringify([verdict, unknown, decision.unknown, query.protocol, query.port, textOfEnd(query.from), halves]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [flow]);
    else group.push(flow);
  }
  return [...groups.values()];
}

const MOST_NAMED = 5;

function groupLines(group: readonly NamedFlow[], bothFamilies: boolean, policyOrigin: PolicyOrigin, paint: Paint): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { query, verdict, decision, unknown } = first;
  const from = escapeControls(textOfEnd(query.from) ?? '');
  const names = group.map(({ to, query: { family } }) => `${to}${family === undefined || !bothFamilies ? '' : ` (IPv${family})`}`);
  const shown = names.slice(0, MOST_NAMED).map(escapeControls).join(', ');
  const rest = names.length > MOST_NAMED ? ` and ${plural(String(names.length - MOST_NAMED), 'other')}` : '';
  const to = names.length === 1 ? shown : 'each of them';
  const message = unknown?.message ?? decision.unknown?.message;
  return [
    `  ${from} → ${shown}${rest} ${query.protocol}/${query.port}: ${paintVerdict(verdict, verdict, paint)}`,
    ...(message === undefined ? [] : [`    ${escapeControls(message)}`]),
    ...formatHalf(`egress of ${from}`, decision.egress, policyOrigin, paint).map(indent),
    ...formatHalf(`ingress of ${to}`, decision.ingress, policyOrigin, paint).map(indent),
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
