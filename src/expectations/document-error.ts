/**
 * What is wrong with a file that people wrote for netpolsim: a test, a zone, invariants. Each kind has an error of its own.
 */
import type { Diagnostic } from '../model/diagnostic.ts';

/** `diagnostics` has every problem with file, line, column, field, and what to do. */
export abstract class DocumentError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  /** `what` cannot be used. */
  constructor(what: string, diagnostics: readonly Diagnostic[]) {
    super(
      `${what} cannot be used: ${diagnostics.map(({ message, field }) => (field === undefined ? message : `${field}: ${message}`)).join('; ')}`,
    );
    this.diagnostics = diagnostics;
  }
}

/** The error of a kind of documents. */
export type DocumentFailure = new (diagnostics: readonly Diagnostic[]) => DocumentError;

/** What is wrong with a document of another kind is said of this one. */
export async function failingAs<T>(Failure: DocumentFailure, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DocumentError ? new Failure(error.diagnostics) : error;
  }
}
