/**
 * Files of zones from disk, and the manifests that they name.
 */
import { inputPaths, readTestText } from '../expectations/load-tests.ts';
import { ReachabilityTestError } from '../expectations/read-test.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { ComplianceZoneError, parseComplianceZone } from './parse-zone.ts';
import type { ComplianceZone } from './zone.ts';

/**
 * Reads files of zones, in the order given, each once.
 * @throws {ComplianceZoneError} with the problems of all files
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 */
export async function loadComplianceZones(paths: readonly string[]): Promise<ComplianceZone[]> {
  if (!Array.isArray(paths) || paths.some((path) => typeof path !== 'string')) throw new TypeError('expected an array of paths');
  if (paths.length === 0) throw new TypeError('expected at least one path');
  const zones: ComplianceZone[] = [];
  const problems: Diagnostic[] = [];
  for (const file of new Set(paths)) {
    try {
      zones.push(parseComplianceZone(await asZone(() => readTestText(file)), { file }));
    } catch (error) {
      if (!(error instanceof ComplianceZoneError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  if (problems.length > 0) throw new ComplianceZoneError(problems);
  return zones;
}

/**
 * The paths that `inputs` of a zone name, as those of a file of expectations.
 * @throws {ComplianceZoneError} when a path or a pattern leads to nothing
 */
export async function zoneInputs(zone: Pick<ComplianceZone, 'file' | 'inputs'>): Promise<string[]> {
  return await asZone(() => inputPaths(zone));
}

/** Files and inputs are found as those of tests are, and what is wrong with them is said of a zone. */
async function asZone<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ReachabilityTestError ? new ComplianceZoneError(error.diagnostics) : error;
  }
}
