/**
 * A snapshot -> the manifests that it was made of. The bytes may come from anywhere: all that reading manifests would have checked is checked here as well.
 */
import type { Origin } from '../../model/origin.ts';
import type { Manifests, Resource } from '../../model/resource.ts';
import { type RowsRead, readSnapshot, type Section, type SnapshotRead } from '../../wire/snapshot.ts';
import { WireFormatError } from '../../wire/wire-error.ts';
import type { Kept } from '../findings.ts';
import { LARGEST_FILE_BYTES, LARGEST_OBJECT } from '../limits.ts';
import { FixedResource, LocatedResource } from '../located-resource.ts';
import type { ObjectShape } from '../shape.ts';
import { ObjectChecker } from './check-objects.ts';
import { fieldsOf, textOf } from './fields.ts';
import { findingsFrom } from './findings-value.ts';
import { PlaceReader } from './places.ts';
import { KINDS, standsForWorkload } from './sections.ts';
import { SoundGroups } from './sound-groups.ts';

/** No part of an object is shorter, written out, than two characters: what shares its parts must not be larger than what could have been read. */
const MOST_PARTS_OF_ONE = LARGEST_OBJECT / 2;
const MOST_PARTS = LARGEST_FILE_BYTES / 16;

/**
 * The manifests in a snapshot: they compile to the same tables, with the same reasons and places. Objects share their equal parts.
 * @throws {WireFormatError} when the bytes are not a snapshot, are damaged, of another version, or hold what reading would not have kept
 */
export function decodeSnapshot(bytes: Uint8Array): Manifests {
  const snapshot = readSnapshot(bytes);
  const reader = new ObjectReader(snapshot);
  const of = <S extends Section & keyof Manifests>(section: S): Manifests[S] => reader.resources(section) as unknown as Manifests[S];
  const lists = {
    namespaces: of('namespaces'),
    pods: of('pods'),
    nodes: of('nodes'),
    services: of('services'),
    networkPolicies: of('networkPolicies'),
    adminPolicies: of('adminPolicies'),
  };
  const workloads = reader.resources('workloads');
  const { doubtfulNamespaces, otherPolicies, ...found } = findingsFrom(reader.value(snapshot.findings));
  return { ...lists, ...found, context: { workloads, doubtfulNamespaces, otherPolicies } };
}

class ObjectReader {
  private readonly snapshot: SnapshotRead;
  private readonly places: PlaceReader;
  private readonly checker = new ObjectChecker();
  private readonly sound: SoundGroups;
  private parts = 0;
  private last: Origin = { file: '', line: -1, column: -1 };
  /** That of the last pod, and its cell: pods of one workload come in a row, and share what says so. */
  private lastWorkload: Workload | null = null;
  private lastCell = -1;
  /** The cell of the object that is being looked at. */
  private cell = 0;
  private readonly fits = (shape: ObjectShape): boolean => this.sound.isSound(this.cell, shape);

  constructor(snapshot: SnapshotRead) {
    this.snapshot = snapshot;
    this.sound = new SoundGroups(snapshot.values);
    this.places = new PlaceReader(snapshot.places, snapshot.texts);
  }

  /** @throws {WireFormatError} when the value is larger than any that was read */
  value(cell: number): unknown {
    const { values } = this.snapshot;
    const value = values.at(cell);
    const size = values.sizeOf(cell);
    this.parts += size;
    if (size > MOST_PARTS_OF_ONE || this.parts > MOST_PARTS) {
      throw new WireFormatError('the snapshot holds more than any file could, written out');
    }
    return value;
  }

  private workload(cell: number): Workload | null {
    if (cell !== this.lastCell) {
      this.lastWorkload = workloadFrom(this.value(cell));
      this.lastCell = cell;
    }
    return this.lastWorkload;
  }

  resources(section: Section): Resource<Kept>[] {
    const rows = this.snapshot.sections[section];
    const resources: Resource<Kept>[] = [];
    for (let i = 0; i < rows.count; i++) resources.push(this.resource(section, rows, i));
    return resources;
  }

  private resource(section: Section, rows: RowsRead, i: number): Resource<Kept> {
    this.cell = rows.object[i]!;
    const object = this.value(this.cell);
    const workload = rows.workload === undefined ? null : this.workload(rows.workload[i]!);
    const checker: ObjectChecker = this.checker;
    checker.check(object, KINDS[section], standsForWorkload(object, workload), this.fits);
    // INVARIANT: no other row has this object, or its name would be there twice.
    if (workload !== null) (object as { workload?: unknown }).workload = workload;
    const origin = this.originOf(rows, i);
    const tree = rows.places?.[i] ?? 0;
    return tree === 0 ? new FixedResource(object, origin) : new LocatedResource(object, origin, this.places.of(tree, origin));
  }

  /** Objects that were given without a text are all in one place. */
  private originOf({ file, line, column }: RowsRead, i: number): Origin {
    const name = this.snapshot.values.text(file[i]!);
    const { last } = this;
    if (name !== last.file || line[i] !== last.line || column[i] !== last.column) {
      this.last = { file: name, line: line[i]!, column: column[i]! };
    }
    return this.last;
  }
}

interface Workload {
  readonly kind: string;
  readonly name: string;
}

function workloadFrom(value: unknown): Workload | null {
  if (value === null) return null;
  const { kind, name } = fieldsOf(value, 'a workload');
  return { kind: textOf(kind, 'a kind'), name: textOf(name, 'a name') };
}
