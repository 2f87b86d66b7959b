/**
 * Text -> a file of expectations: a ReachabilityTest, the list of cases of netassert (v2), or the traffic file of policy-assistant, told apart by what they hold.
 */

import type { Verdict } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { DocumentError } from './document-error.ts';
import { type DocumentFields, isMapping } from './document-fields.ts';
import { type DocumentKind, parseDocument } from './parse-document.ts';
import { readNetassert } from './read-netassert.ts';
import { readReachabilityTest } from './read-reachability-test.ts';
import { readTraffic } from './read-traffic.ts';
import type { ReachabilityTest } from './test-case.ts';

/** Thrown for a file that cannot be used. `diagnostics` has every problem with file, line, column, field, and what to do. */
export class ReachabilityTestError extends DocumentError {
  override readonly name = 'ReachabilityTestError';

  constructor(diagnostics: readonly Diagnostic[]) {
    super('the test', diagnostics);
  }
}

export interface TestReadOptions {
  /** What problems and reports call the text; `<text>` when left out. */
  readonly file?: string;
  /** The verdict that a file of policy-assistant's expects of all its traffic: such files say none. */
  readonly expect?: Verdict;
}

const TEST: DocumentKind = { Failure: ReachabilityTestError, code: 'invalid-test', severalHint: 'put each test into a file of its own' };

/**
 * Reads one file of expectations.
 * @throws {ReachabilityTestError} with every problem that was found
 * @throws {TypeError} when `text` is not a string
 */
export function parseReachabilityTest(text: string, { file = '<text>', expect }: TestReadOptions = {}): ReachabilityTest {
  return parseDocument(text, file, TEST, (fields) => readFormat(fields, fields.root.value, file, expect));
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
