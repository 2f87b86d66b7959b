/**
 * Files of zones from disk, and the manifests that they name.
 */
import { failingAs } from '../expectations/document-error.ts';
import { inputPaths, loadDocuments } from '../expectations/load-tests.ts';
import { ComplianceZoneError, parseComplianceZone } from './parse-zone.ts';
import type { ComplianceZone } from './zone.ts';

/**
 * Reads files of zones, in the order given, each once.
 * @throws {ComplianceZoneError} with the problems of all files
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 */
export async function loadComplianceZones(paths: readonly string[]): Promise<ComplianceZone[]> {
  return await loadDocuments(paths, ComplianceZoneError, (text, file) => parseComplianceZone(text, { file }));
}

/**
 * The paths that `inputs` of a zone name, as those of a file of expectations.
 * @throws {ComplianceZoneError} when a path or a pattern leads to nothing
 */
export async function zoneInputs(zone: Pick<ComplianceZone, 'file' | 'inputs'>): Promise<string[]> {
  return await failingAs(ComplianceZoneError, inputPaths(zone));
}
