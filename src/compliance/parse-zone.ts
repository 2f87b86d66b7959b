/**
 * Text -> a file of a zone, with every problem and its place.
 */
import { DocumentFields } from '../expectations/document-fields.ts';
import { Fault } from '../input/fault.ts';
import { type PlacedDocument, readPlacedDocument } from '../input/placed-document.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { readZone } from './read-zone.ts';
import type { ComplianceZone } from './zone.ts';

/** Thrown for a file that cannot be used. `diagnostics` has every problem with file, line, column, field, and what to do. */
export class ComplianceZoneError extends Error {
  override readonly name = 'ComplianceZoneError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(
      `the zone cannot be used: ${diagnostics.map(({ message, field }) => (field === undefined ? message : `${field}: ${message}`)).join('; ')}`,
    );
    this.diagnostics = diagnostics;
  }
}

const MOST_PROBLEMS = 100;

/**
 * Reads one ComplianceZone. `file`: what problems and reports call the text.
 * @throws {ComplianceZoneError} with every problem that was found
 * @throws {TypeError} when `text` is not a string
 */
export function parseComplianceZone(text: string, { file = '<text>' }: { readonly file?: string } = {}): ComplianceZone {
  if (typeof text !== 'string') throw new TypeError(`expected text, got ${text === null ? 'null' : typeof text}`);
  const fields = new DocumentFields(readDocument(text, file), 'invalid-zone');
  const zone = readZone(fields, file);
  if (fields.problems.length > 0) throw new ComplianceZoneError(fields.problems.slice(0, MOST_PROBLEMS));
  return zone;
}

function readDocument(text: string, file: string): PlacedDocument {
  try {
    return readPlacedDocument(text, file);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, hint, line, column } = error;
    const more = code === 'several-documents' ? 'put each zone into a file of its own' : hint;
    throw new ComplianceZoneError([
      { code, severity: 'error', message, origin: { file, line, column }, ...(more === undefined ? {} : { hint: more }) },
    ]);
  }
}
