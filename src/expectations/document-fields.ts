/**
 * Fields of a document, one by one, with every problem and its place: what each format of expectations is read with.
 */

import { ODD_KEY, OddScalar, plainValue } from '../input/odd-scalar.ts';
import type { PlacedDocument } from '../input/placed-document.ts';
import { type FieldPath, formatPath } from '../input/problem.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/origin.ts';

/** A value and where it stands. */
export interface Field {
  readonly value: unknown;
  readonly path: FieldPath;
}

/** The fields of an object that are there: one that is null counts as left out. */
export interface ObjectFields {
  readonly path: FieldPath;
  /** Undefined where it is left out. */
  get(name: string): Field | undefined;
  /** The names that are there, as they are written. */
  readonly names: readonly string[];
}

export interface FieldRules {
  /** Are names in any case of letters, as in Go's JSON? */
  readonly anyCase?: boolean;
}

export class DocumentFields {
  readonly problems: Diagnostic[] = [];
  private readonly document: PlacedDocument;
  private readonly code: string;

  /** `code`: of the problems that are found. */
  constructor(document: PlacedDocument, code = 'invalid-test') {
    this.document = document;
    this.code = code;
  }

  get root(): Field {
    return { value: this.document.value, path: [] };
  }

  originOf(path: FieldPath): Origin {
    return this.document.locate(path);
  }

  wrong(path: FieldPath, message: string, hint?: string): void {
    const field = formatPath(path);
    this.problems.push({
      code: this.code,
      severity: 'error',
      message,
      origin: this.originOf(path),
      ...(field === '' ? {} : { field }),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  expected(field: Field | undefined, what: string, at?: FieldPath, hint?: string): void {
    const odd = field?.value instanceof OddScalar ? 'put it in quotes, or write it another way' : hint;
    this.wrong(field?.path ?? at ?? [], `found ${describe(field?.value)}, expected ${what}`, odd);
  }

  /** Complains about names that are not in `known`. Nothing is there in what is no object. */
  object({ value, path }: Field, known: readonly string[], { anyCase = false }: FieldRules = {}): ObjectFields {
    const found = new Map<string, Field>();
    const names: string[] = [];
    if (!isMapping(value)) {
      this.expected({ value, path }, `an object with ${known.map((name) => `\`${name}\``).join(', ')}`);
      return { path, names, get: () => undefined };
    }
    for (const [written, each] of Object.entries(value)) {
      const name = anyCase ? (known.find((one) => one.toLowerCase() === written.toLowerCase()) ?? written) : written;
      const at = [...path, written];
      if (!known.includes(name)) {
        const shown = written.startsWith(ODD_KEY) ? written.slice(ODD_KEY.length) : written;
        const near = nearest(shown, known);
        this.wrong(at, `unknown field ${quote(shown)}`, near === undefined ? undefined : `did you mean \`${near}\`?`);
      } else if (found.has(name)) {
        this.wrong(at, `the field \`${name}\` is written twice`);
      } else if (plainValue(each) !== null) {
        found.set(name, { value: each, path: at });
        names.push(name);
      }
    }
    return { path, names, get: (name) => found.get(name) };
  }

  /** Text that is not empty. */
  text(field: Field | undefined, at: FieldPath, what = 'text'): string | undefined {
    if (typeof field?.value === 'string' && field.value !== '') return field.value;
    this.expected(field, what, at);
    return undefined;
  }

  oneOf<T extends string>(field: Field | undefined, at: FieldPath, choices: readonly T[]): T | undefined {
    const chosen = choices.find((choice) => choice === field?.value);
    if (chosen !== undefined) return chosen;
    const near = typeof field?.value === 'string' ? nearest(field.value, choices) : undefined;
    this.expected(
      field,
      choices.map((choice) => `\`${choice}\``).join(' or '),
      at,
      near === undefined ? undefined : `did you mean \`${near}\`?`,
    );
    return undefined;
  }

  whole(field: Field | undefined, at: FieldPath, first: number, last: number): number | undefined {
    const value = field?.value;
    if (typeof value === 'number' && Number.isInteger(value) && value >= first && value <= last) return value;
    this.expected(field, `a whole number from ${first} to ${last}`, at);
    return undefined;
  }

  /** The items of a list that has some. */
  list(field: Field | undefined, at: FieldPath, what: string): Field[] {
    if (Array.isArray(field?.value) && field.value.length > 0) {
      return field.value.map((value: unknown, i) => ({ value, path: [...field.path, i] }));
    }
    this.expected(field, `a list of ${what}`, at);
    return [];
  }
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof OddScalar);
}

function describe(value: unknown): string {
  if (value instanceof OddScalar) return `${quote(value.raw)} without quotes, which readers of YAML take for different things`;
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' && value === '' ? 'empty text' : quote(String(value));
}
