/**
 * Files of invariants from disk, and the other policies that they name.
 */
import { failingAs } from '../expectations/document-error.ts';
import { inputPaths, loadDocuments } from '../expectations/load-tests.ts';
import { loadManifests } from '../input/load-manifests.ts';
import { quote } from '../lib/quote.ts';
import type { Manifests } from '../model/resource.ts';
import type { Invariant } from './invariant.ts';
import { InvariantsError, parseInvariants, type UnreadUnchanged } from './read-invariants.ts';

export interface LoadInvariantsOptions {
  /** Reads the other policies of `unchanged`; may throw. Default: `loadManifests`. */
  readonly readPolicies?: (paths: readonly string[]) => Promise<Manifests>;
}

/**
 * Reads files of invariants, in the order given.
 * @throws {InvariantsError} with the problems of all files; also for a name that two of them have
 * @throws {TypeError} when `paths` is not an array of texts, or empty
 */
export async function loadInvariants(
  paths: readonly string[],
  { readPolicies = loadManifests }: LoadInvariantsOptions = {},
): Promise<Invariant[]> {
  const files = await loadDocuments(paths, InvariantsError, (text, file) => parseInvariants(text, { file }));
  const found: Invariant[] = [];
  for (const { file, invariants } of files) {
    for (const each of invariants) found.push(each.kind === 'unchanged' ? await withOthers(each, file, readPolicies) : each);
  }
  refuseTwins(found);
  return found;
}

async function withOthers(
  { kind, name, origin, message, policies }: UnreadUnchanged,
  file: string,
  readPolicies: NonNullable<LoadInvariantsOptions['readPolicies']>,
): Promise<Invariant> {
  const paths = await failingAs(InvariantsError, inputPaths({ file, inputs: policies }));
  return { kind, name, origin, message, policies: await readPolicies(paths) };
}

/** Reports name invariants by name. */
function refuseTwins(invariants: readonly Invariant[]): void {
  const first = new Map<string, Invariant>();
  for (const each of invariants) {
    const twin = first.get(each.name);
    if (twin === undefined) {
      first.set(each.name, each);
      continue;
    }
    const { file, line } = twin.origin;
    const message = `the name ${quote(each.name)} is that of the invariant in line ${line} of ${quote(file)}`;
    throw new InvariantsError([
      { code: 'invalid-invariant', severity: 'error', message, origin: each.origin, hint: 'give each invariant a name of its own' },
    ]);
  }
}
