/**
 * Text -> what a document of one kind says, with every problem and its place.
 */
import { Fault } from '../input/fault.ts';
import { type PlacedDocument, readPlacedDocument } from '../input/placed-document.ts';
import type { DocumentFailure } from './document-error.ts';
import { DocumentFields } from './document-fields.ts';

/** A kind of documents. */
export interface DocumentKind {
  readonly Failure: DocumentFailure;
  /** Of problems with fields. */
  readonly code: string;
  /** What to do with several documents in a file. */
  readonly severalHint: string;
}

const MOST_PROBLEMS = 100;

/**
 * @throws {DocumentError} of the kind, with every problem that was found
 * @throws {TypeError} when `text` is not a string
 */
export function parseDocument<T>(text: string, file: string, kind: DocumentKind, read: (fields: DocumentFields) => T): T {
  if (typeof text !== 'string') throw new TypeError(`expected text, got ${text === null ? 'null' : typeof text}`);
  return readFields(placedDocument(text, file, kind), kind, read);
}

/** As `parseDocument`, of what has been read. */
export function readFields<T>(document: PlacedDocument, { Failure, code }: DocumentKind, read: (fields: DocumentFields) => T): T {
  const fields = new DocumentFields(document, code);
  const found = read(fields);
  if (fields.problems.length > 0) throw new Failure(fields.problems.slice(0, MOST_PROBLEMS));
  return found;
}

function placedDocument(text: string, file: string, { Failure, severalHint }: DocumentKind): PlacedDocument {
  try {
    return readPlacedDocument(text, file);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, hint, line, column } = error;
    const more = code === 'several-documents' ? severalHint : hint;
    throw new Failure([
      { code, severity: 'error', message, origin: { file, line, column }, ...(more === undefined ? {} : { hint: more }) },
    ]);
  }
}
