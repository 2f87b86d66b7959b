/**
 * Ends and ports of a reachability matrix as text. Not escaped.
 */
import type { AddressRange, MatrixEnd, MixedSpan, PortSpan, PortVerdicts } from '../matrix/matrix.ts';
import type { Verdict } from '../model/decision.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { futurePodsText } from './future-pods-words.ts';
import { formatCount } from './numbers.ts';

/** Names, and ranges, that a short text holds before it counts the rest. */
const MOST_NAMES = 4;
const MOST_RANGES = 2;

/** `shop/web-1`, `shop/deployment/web` (what questions take), `shop`, `nodes a, b`, `10.0.0.0/8, 192.0.2.1-192.0.2.9`. */
export function endText(end: MatrixEnd, isShort: boolean): string {
  switch (end.kind) {
    case 'pod':
      return `${end.namespace}/${end.name}`;
    case 'workload':
      return `${end.namespace}/${end.workloadKind.toLowerCase()}/${end.name}`;
    case 'namespace':
      return end.namespace;
    case 'nodes':
      return `${end.names.length === 1 ? 'node' : 'nodes'} ${listText(end.names, isShort ? MOST_NAMES : undefined)}`;
    case 'addresses':
      return listText(end.ranges.map(rangeText), isShort ? MOST_RANGES : undefined);
    case 'futurePods':
      return futurePodsText(end);
  }
}

function rangeText({ first, last, cidr }: AddressRange): string {
  return cidr ?? `${first}-${last}`;
}

function listText(items: readonly string[], most = items.length): string {
  if (items.length <= most + 1) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${formatCount(items.length - most)} more`;
}

/** `every port`, `TCP/80, TCP/90-100, every UDP port`; nothing for no port. */
export function spansText(spans: readonly PortSpan[]): string {
  if (spans.length === PROTOCOLS.length && spans.every(isWhole)) return 'every port';
  return spans.map(spanText).join(', ');
}

/** `TCP/80 (allow, deny)`. */
function mixedText(spans: readonly MixedSpan[]): string {
  const alike = new Map<string, PortSpan[]>();
  for (const span of spans) alike.set(span.verdicts.join(', '), [...(alike.get(span.verdicts.join(', ')) ?? []), span]);
  return [...alike].map(([verdicts, list]) => `${spansText(list)} (${verdicts})`).join(', ');
}

/** A text for each list of ports; nothing for an empty one. */
export interface PortTexts {
  readonly allow: string;
  readonly unknown: string;
  readonly some: string;
  readonly deny: string;
}

/** Named ports stand behind the numbers: `TCP/80, UDP/dns (by name)`. */
export function portTexts({ allow, unknown, some, deny, named = [] }: PortVerdicts): PortTexts {
  const byName = (wanted: (verdicts: readonly Verdict[]) => boolean, tell: (verdicts: readonly Verdict[]) => string): string[] =>
    named
      .filter(({ verdicts }) => wanted(verdicts))
      .map(
        ({ protocol, name, verdicts }) => `${protocol}/${name} (${['by name', tell(verdicts)].filter((text) => text !== '').join(': ')})`,
      );
  const joined = (text: string, more: readonly string[]): string => [...(text === '' ? [] : [text]), ...more].join(', ');
  const only = (verdict: Verdict): string[] =>
    byName(
      (verdicts) => verdicts.length === 1 && verdicts[0] === verdict,
      () => '',
    );
  const mixed = byName(
    (verdicts) => verdicts.length > 1,
    (verdicts) => verdicts.join(', '),
  );
  return {
    allow: joined(spansText(allow), only('allow')),
    unknown: joined(spansText(unknown), only('unknown')),
    some: joined(mixedText(some), mixed),
    deny: spansText(deny),
  };
}

/** What is not denied: `TCP/80; unknown: UDP/53; some pairs: TCP/90 (allow, deny)`; `nothing` for nothing. */
export function openText(ports: PortVerdicts): string {
  const { allow, unknown, some } = portTexts(ports);
  const parts = [
    ...(allow === '' ? [] : [allow]),
    ...(unknown === '' ? [] : [`unknown: ${unknown}`]),
    ...(some === '' ? [] : [`some pairs: ${some}`]),
  ];
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

function isWhole({ from, to }: PortSpan): boolean {
  return from === 1 && to === 65535;
}

function spanText(span: PortSpan): string {
  const { protocol, from, to } = span;
  return isWhole(span) ? `every ${protocol} port` : `${protocol}/${from}${to === from ? '' : `-${to}`}`;
}
