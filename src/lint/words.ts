/**
 * Words that several rules share.
 */
import { quote } from '../lib/quote.ts';
import { namespacedName } from '../model/object-names.ts';
import type { ObjectRef } from '../model/origin.ts';
import type { Protocol } from '../model/protocol.ts';

/** `NetworkPolicy shop/web`, in backticks and escaped. */
export function objectName(ref: ObjectRef): string {
  return `${ref.kind} ${quote(namespacedName(ref))}`;
}

const MOST_NAMES = 3;

/** `a`, `a and b`, `a, b, c and 4 more`; each in backticks, in the order given. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(quote);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 pod`, `2 pods`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Ports `from..to` of a protocol. */
export interface Span {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** `TCP/80, TCP/90-100 and 3 more`, `every TCP port`. */
export function portsText(spans: readonly Span[]): string {
  const texts = spans.map(({ protocol, from, to }) =>
    from <= 1 && to === 65_535 ? `every ${protocol} port` : `${protocol}/${from}${to === from ? '' : `-${to}`}`,
  );
  const rest = texts.length - MOST_PORTS;
  return `${texts.slice(0, MOST_PORTS).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const MOST_PORTS = 6;
