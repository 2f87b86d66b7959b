/**
 * A JSON list whose items are being read: what it has said about itself so far, and the items that must wait until it says of which kind they are.
 */
import type { ListKind } from './collector.ts';
import { Fault } from './fault.ts';
import { JsonError } from './json-skip.ts';
import type { JsonTokens } from './json-tokens.ts';
import { useOf } from './kinds.ts';
import { MOST_WAITING } from './limits.ts';
import { labels } from './shape.ts';

/** A text that was cut out of the file, and where it stood. */
export interface Waiting {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export interface OpenList {
  /** It stands for itself, and has no fields. */
  readonly bare: boolean;
  /** Where the object began whose items these are. */
  readonly line: number;
  readonly column: number;
  apiVersion: unknown;
  kind: unknown;
  /** After `]`, the rest of the list's own fields. */
  state: 'before-first' | 'after-item' | 'closed';
  /** Has an item been given to the collector? */
  taken: boolean;
  readonly waiting: Waiting[];
  waitingLength: number;
}

export function openList(bare: boolean, place: { line: number; column: number }, apiVersion?: unknown, kind?: unknown): OpenList {
  return { bare, ...place, apiVersion, kind, state: 'before-first', taken: false, waiting: [], waitingLength: 0 };
}

/** May the items be no objects at all, because the list turns out to be none? */
export function isDoubtful({ bare, kind }: OpenList): boolean {
  return !bare && typeof kind !== 'string';
}

/** @throws {Fault} when too much waits */
export function wait(list: OpenList, item: Waiting): void {
  list.waiting.push(item);
  list.waitingLength += item.text.length;
  if (list.waitingLength > MOST_WAITING) {
    const message = `list items without a kind have more than ${MOST_WAITING} characters before the list says of which kind it is`;
    throw new Fault('object-too-large', message, item.line, item.column);
  }
}

/** What says of which kind an object is. */
export const KIND_KEYS: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

/** Reads what follows the items: the list's other fields, and its end. */
export function readListEnd(list: OpenList, tokens: JsonTokens): void {
  const { apiVersion, kind } = list;
  const seen = new Set<string>(['items']);
  if (apiVersion !== undefined) seen.add('apiVersion');
  if (kind !== undefined) seen.add('kind');
  // INVARIANT: the list changes only when its end is there.
  const found: { apiVersion: unknown; kind: unknown } = { apiVersion, kind };
  while (tokens.more(0x7d)) {
    const at = tokens.at;
    const key = tokens.readKey();
    if (seen.has(key)) throw new JsonError('duplicate-key', 'a key is written twice in one object', at);
    seen.add(key);
    if (KIND_KEYS.has(key)) found[key as 'kind'] = tokens.readValue(labels, 2);
    else tokens.skipValue(2);
  }
  Object.assign(list, found);
}

/**
 * Is it an object of another API, which may have a field `items` of its own? Then none of the items counts. Not when one of them has said that it is an object:
 * it may be a policy.
 */
export function foreignUse({ apiVersion, kind, taken }: OpenList): { readonly kind: string; readonly judges: boolean } | undefined {
  if (taken || typeof kind !== 'string' || kind === '' || (apiVersion !== undefined && typeof apiVersion !== 'string')) return undefined;
  const use = useOf(apiVersion, kind);
  return use.use === 'skip' ? { kind, judges: use.judges } : undefined;
}

/** What the items of a `PodList` are. */
export function kindOfItems({ bare, apiVersion, kind }: OpenList): ListKind | undefined {
  if (bare || typeof kind !== 'string' || kind === 'List') return undefined;
  return { apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind: kind.slice(0, -'List'.length) };
}
