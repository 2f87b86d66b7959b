/**
 * Objects as text, piece by piece: one file in any of the formats, or the files of a folder. Nothing holds more than one piece.
 */
import type { ShapeUpdate } from './generator.ts';
import type { KubernetesObject } from './objects.ts';
import { toYaml } from './to-yaml.ts';

/** A form that a cluster is written in. A format to come has its line in `FORMATS`. */
export type ClusterFormat = 'yaml' | 'json' | 'ndjson';

interface Format {
  readonly endings: readonly string[];
  readonly encode: (objects: Iterable<KubernetesObject>) => Iterable<string>;
}

const FORMATS: Readonly<Record<ClusterFormat, Format>> = {
  yaml: { endings: ['.yaml', '.yml'], encode: yamlPieces },
  json: { endings: ['.json'], encode: jsonPieces },
  ndjson: { endings: ['.ndjson', '.jsonl'], encode: ndjsonPieces },
};

/** Endings of file names, of all formats. */
export const CLUSTER_ENDINGS: readonly string[] = Object.values(FORMATS).flatMap(({ endings }) => endings);

/** The format of a file by the ending of its name. */
export function clusterFormatOf(file: string): ClusterFormat | undefined {
  const names = Object.keys(FORMATS) as ClusterFormat[];
  return names.find((name) => FORMATS[name].endings.some((ending) => file.toLowerCase().endsWith(ending)));
}

export function encodeCluster(objects: Iterable<KubernetesObject>, format: ClusterFormat): Iterable<string> {
  return FORMATS[format].encode(objects);
}

/** Changes, one a line. */
export function* encodeUpdates(updates: Iterable<ShapeUpdate>): Generator<string> {
  for (const update of updates) yield `${JSON.stringify(update)}\n`;
}

/** A piece of a file of a folder. All pieces of a file come together. */
export interface FolderPiece {
  readonly file: string;
  readonly text: string;
}

const MOST_OBJECTS_A_FILE = 10_000;
const FILE_OF_KIND: Readonly<Record<string, string>> = { Namespace: 'namespaces', Node: 'nodes', Pod: 'pods' };

/** YAML in few files: `namespaces-001.yaml`, `nodes-001.yaml`, `pods-001.yaml`, `policies-001.yaml`, … */
export function* encodeFolder(objects: Iterable<KubernetesObject>): Generator<FolderPiece> {
  let [current, count, part] = ['', 0, 0];
  for (const object of objects) {
    const kind = FILE_OF_KIND[object.kind] ?? 'policies';
    if (kind !== current) [current, count, part] = [kind, 0, 0];
    if (count++ % MOST_OBJECTS_A_FILE === 0) part++;
    yield { file: `${kind}-${String(part).padStart(3, '0')}.yaml`, text: `---\n${toYaml(object)}` };
  }
}

function* yamlPieces(objects: Iterable<KubernetesObject>): Generator<string> {
  for (const object of objects) yield `---\n${toYaml(object)}`;
}

function* jsonPieces(objects: Iterable<KubernetesObject>): Generator<string> {
  yield '{"apiVersion":"v1","kind":"List","items":[';
  let separator = '\n';
  for (const object of objects) {
    yield `${separator}${JSON.stringify(object)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

function* ndjsonPieces(objects: Iterable<KubernetesObject>): Generator<string> {
  for (const object of objects) yield `${JSON.stringify(object)}\n`;
}
