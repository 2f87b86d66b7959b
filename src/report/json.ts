/**
 * Report documents -> JSON text. Keys come out in the order in which the document was built; no character in it can act on a terminal.
 */

/** Of every document: which version of the format, and what it is. */
export interface DocumentHead<Kind extends string> {
  readonly apiVersion: 'netpolsim/v1';
  readonly kind: Kind;
}

export function documentHead<Kind extends string>(kind: Kind): DocumentHead<Kind> {
  return { apiVersion: 'netpolsim/v1', kind };
}

/** Indented JSON that ends with a line feed. Equal documents give equal bytes. */
export function formatJson(document: DocumentHead<string>): string {
  return `${jsonText(document, 2)}\n`;
}

/** A value as JSON, on one line unless it is to be indented. */
export function jsonText(value: unknown, indent = 0): string {
  // JSON.stringify escapes only C0 controls. The others can stand nowhere but inside strings, where `\uXXXX` means the same.
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
