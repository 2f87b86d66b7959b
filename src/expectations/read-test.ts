/**
 * Text -> a file of expectations: a ReachabilityTest, the list of cases of netassert (v2), or the traffic file of policy-assistant, told apart by what they hold.
 */

import { Fault } from '../input/fault.ts';
import { type PlacedDocument, readPlacedDocument } from '../input/placed-document.ts';
import type { Verdict } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { DocumentFields, isMapping } from './document-fields.ts';
import { readNetassert } from './read-netassert.ts';
import { readReachabilityTest } from './read-reachability-test.ts';
import { readTraffic } from './read-traffic.ts';
import type { ReachabilityTest } from './test-case.ts';

/** Thrown for a file that cannot be used. `diagnostics` has every problem with file, line, column, field, and what to do. */
export class ReachabilityTestError extends Error {
  override readonly name = 'ReachabilityTestError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(
      `the test cannot be used: ${diagnostics.map(({ message, field }) => (field === undefined ? message : `${field}: ${message}`)).join('; ')}`,
    );
    this.diagnostics = diagnostics;
  }
}

export interface TestReadOptions {
  /** What problems and reports call the text; `<text>` when left out. */
  readonly file?: string;
  /** The verdict that a file of policy-assistant's expects of all its traffic: such files say none. */
  readonly expect?: Verdict;
}

const MOST_PROBLEMS = 100;

/**
 * Reads one file of expectations.
 * @throws {ReachabilityTestError} with every problem that was found
 * @throws {TypeError} when `text` is not a string
 */
export function parseReachabilityTest(text: string, { file = '<text>', expect }: TestReadOptions = {}): ReachabilityTest {
  if (typeof text !== 'string') throw new TypeError(`expected text, got ${text === null ? 'null' : typeof text}`);
  const document = readDocument(text, file);
  const fields = new DocumentFields(document);
  const test = readFormat(fields, document.value, file, expect);
  if (fields.problems.length > 0) throw new ReachabilityTestError(fields.problems.slice(0, MOST_PROBLEMS));
  return test;
}

function readDocument(text: string, file: string): PlacedDocument {
  try {
    return readPlacedDocument(text, file);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, hint, line, column } = error;
    const more = code === 'several-documents' ? 'put each test into a file of its own' : hint;
    throw new ReachabilityTestError([
      { code, severity: 'error', message, origin: { file, line, column }, ...(more === undefined ? {} : { hint: more }) },
    ]);
  }
}

function readFormat(fields: DocumentFields, value: unknown, file: string, expect: Verdict | undefined): ReachabilityTest {
  if (!Array.isArray(value)) return readReachabilityTest(fields, file);
  const items = value.filter(isMapping).flatMap((item) => Object.keys(item).map((key) => key.toLowerCase()));
  if (items.includes('source') || items.includes('destination')) return readTraffic(fields, file, expect);
  if (items.includes('src') || items.includes('dst')) return readNetassert(fields, file);
  fields.wrong(
    [],
    'found a list that is neither of netassert nor of policy-assistant',
    'a test begins with `apiVersion: netpolsim/v1` and `kind: ReachabilityTest`; cases of netassert have `src` and `dst`, traffic of policy-assistant `Source` and `Destination`',
  );
  return { file, name: file, format: 'reachability-test', inputs: [], cases: [], skipped: [], limits: {} };
}
