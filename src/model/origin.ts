/**
 * Where something stood in the user's input.
 */

/** A place in a file. Lines and columns count from 1; 0 means "not known" (objects given by the library's caller). */
export interface Origin {
  /** The path as the user gave it, `<stdin>`, or `<objects>`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column`, or only the file when the line is not known. Not escaped. */
export function placeText({ file, line, column }: Origin): string {
  return line === 0 ? file : `${file}:${line}:${column}`;
}

/** Names one Kubernetes object. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Stands for a kind or a name that could not be read; no object can have it. */
export const UNREADABLE = '(unreadable)';

export const UNKNOWN_ORIGIN: Origin = { file: '<objects>', line: 0, column: 0 };
