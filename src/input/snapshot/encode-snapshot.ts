/**
 * Manifests -> a snapshot: the bytes that `netpolsim snapshot` writes. Everything that verdicts and their reasons need is in it, with its places; reading it back is many times
 * faster than reading manifests.
 */
import type { Manifests, Resource } from '../../model/resource.ts';
import { type RowsToWrite, SECTIONS, type Section, writeSnapshot } from '../../wire/snapshot.ts';
import { ValueWriter } from '../../wire/value-writer.ts';
import { WireFormatError } from '../../wire/wire-error.ts';
import type { Kept } from '../findings.ts';
import { isSound } from '../is-sound.ts';
import { ObjectChecker } from './check-objects.ts';
import { findingsValue } from './findings-value.ts';
import { PlaceWriter } from './places.ts';
import { KINDS, standsForWorkload } from './sections.ts';

/**
 * The bytes of a snapshot. The same manifests give the same bytes.
 * @throws {RangeError} for something that is no manifests
 * @throws {WireFormatError} for objects that reading would not have kept, so that what is written can always be read
 */
export function encodeSnapshot(manifests: Manifests): Uint8Array {
  if (!Array.isArray(manifests?.networkPolicies)) throw new RangeError('expected manifests');
  const values = new ValueWriter();
  const places = new PlaceWriter((name) => values.text(name));
  const checker = new ObjectChecker();
  const rows = SECTIONS.map((section) => [section, rowsOf(section, resourcesOf(section, manifests), values, places, checker)] as const);
  const findings = values.cell(printableTexts(findingsValue(manifests), values));
  return writeSnapshot({
    values,
    sections: Object.fromEntries(rows) as unknown as Record<Section, RowsToWrite>,
    places: places.finish(),
    findings,
  });
}

function resourcesOf(section: Section, manifests: Manifests): readonly Resource<Kept>[] {
  return (section === 'workloads' ? (manifests.context?.workloads ?? []) : manifests[section]) as readonly Resource<Kept>[];
}

function rowsOf(
  section: Section,
  resources: readonly Resource<Kept>[],
  values: ValueWriter,
  places: PlaceWriter,
  checker: ObjectChecker,
): RowsToWrite {
  const object = new Uint32Array(resources.length);
  const workloads = new Uint32Array(resources.length);
  const trees = new Uint32Array(resources.length);
  const isPolicies = section === 'networkPolicies' || section === 'adminPolicies';
  for (const [i, resource] of resources.entries()) {
    const { workload, ...rest } = resource.object as Kept & { readonly workload?: unknown };
    checker.check(rest, KINDS[section], standsForWorkload(rest, workload), (shape) => isSound(shape, rest));
    checkOrigin(resource);
    object[i] = values.cell(rest);
    workloads[i] = values.cell(workload ?? null);
    if (isPolicies) trees[i] = places.add(resource);
  }
  const rows = { object, origins: resources.map(({ origin }) => ({ ...origin, file: values.printable(origin.file) })) };
  if (section === 'pods' && workloads.some((cell) => cell !== 0)) return { ...rows, workload: workloads };
  return isPolicies && trees.some((tree) => tree !== 0) ? { ...rows, places: trees } : rows;
}

function checkOrigin({ origin: { line, column } }: Resource<Kept>): void {
  for (const number of [line, column]) {
    if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) throw new WireFormatError(`a place has the number ${number}`);
  }
}

/** Raw names and paths may have halves of characters. They are shown and never compared. */
function printableTexts(value: unknown, values: ValueWriter): unknown {
  if (typeof value === 'string') return values.printable(value);
  if (Array.isArray(value)) return value.map((item) => printableTexts(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, printableTexts(field, values)]));
}
