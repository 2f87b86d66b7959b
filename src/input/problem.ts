/**
 * A finding about one object before it has a place: a path inside the object, to be located only when there is something to say.
 */
import { escapeControls } from '../lib/quote.ts';
import type { Severity } from '../model/diagnostic.ts';
import { ODD_KEY } from './odd-scalar.ts';

/** From the object's root: names of fields, indices of list items. */
export type FieldPath = readonly (string | number)[];

export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: FieldPath;
  readonly hint?: string;
}

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;

/** `spec.ingress[0].ports[1].port`; a name that is no identifier, such as a label key, stands in brackets. */
export function formatPath(path: FieldPath): string {
  let formatted = '';
  for (const raw of path) {
    const part = typeof raw === 'string' && raw.startsWith(ODD_KEY) ? raw.slice(ODD_KEY.length) : raw;
    if (typeof part === 'number') formatted += `[${part}]`;
    else if (PLAIN_NAME.test(part)) formatted += formatted === '' ? part : `.${part}`;
    else formatted += `[${part}]`;
  }
  return escapeControls(formatted);
}

/** The inverse of `formatPath`, for the paths that callers write. */
export function parsePath(formatted: string): FieldPath {
  const path: (string | number)[] = [];
  for (const [, name, inBrackets] of formatted.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) path.push(name);
    else if (/^\d+$/.test(inBrackets!)) path.push(Number(inBrackets));
    else path.push(inBrackets!);
  }
  return path;
}
