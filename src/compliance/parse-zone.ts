/**
 * Text -> a file of a zone, with every problem and its place.
 */
import { DocumentError } from '../expectations/document-error.ts';
import { type DocumentKind, parseDocument } from '../expectations/parse-document.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { readZone } from './read-zone.ts';
import type { ComplianceZone } from './zone.ts';

/** Thrown for a file that cannot be used. `diagnostics` has every problem with file, line, column, field, and what to do. */
export class ComplianceZoneError extends DocumentError {
  override readonly name = 'ComplianceZoneError';

  constructor(diagnostics: readonly Diagnostic[]) {
    super('the zone', diagnostics);
  }
}

const ZONE: DocumentKind = { Failure: ComplianceZoneError, code: 'invalid-zone', severalHint: 'put each zone into a file of its own' };

/**
 * Reads one ComplianceZone. `file`: what problems and reports call the text.
 * @throws {ComplianceZoneError} with every problem that was found
 * @throws {TypeError} when `text` is not a string
 */
export function parseComplianceZone(text: string, { file = '<text>' }: { readonly file?: string } = {}): ComplianceZone {
  return parseDocument(text, file, ZONE, (fields) => readZone(fields, file));
}
