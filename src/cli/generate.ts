/**
 * `netpolsim generate`: a cluster of a shape as manifests, in a folder or in one file. Objects are written while others are made: memory does not grow with the cluster, unless it becomes a snapshot, which is
 * made of all objects at once.
 */
import {
  CLUSTER_ENDINGS,
  clusterFormatOf,
  encodeCluster,
  encodeFolder,
  encodeUpdates,
  type FolderPiece,
  formatGeneration,
  formatJson,
  formatShapeList,
  type GenerateResult,
  generateDocument,
  manifestsFromObjects,
  parseShape,
  type Shape,
  ShapeError,
  type ShapeOptions,
  type ShapeUpdate,
  shapeListDocument,
  shapeObjects,
  shapeUpdates,
} from '../index.ts';
import { loadShape, shapeNames } from '../node.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_INCOMPLETE, EXIT_OK, type ExitCode, systemErrorText } from './exit.ts';
import type { Session } from './input.ts';
import { readDocument } from './read-document.ts';
import { snapshotBytes } from './snapshot.ts';
import { checkTarget, writeFileWhole } from './write-file.ts';
import { checkFolder, type FolderBytes, writeFolderWhole } from './write-folder.ts';

export interface GenerateFlags {
  readonly list?: true;
  readonly out?: string;
  readonly seed?: number;
  readonly scale?: number;
  /** A file. */
  readonly updates?: string;
  readonly output?: 'table' | 'json';
}

/** More than anyone writes by hand. */
const MOST_SHAPE_BYTES = 2 ** 22;
const PIECE_BYTES = 65_536;

/** `name`: of a bundled shape, or a file that holds a specification. */
export async function generateCommand(name: string, flags: GenerateFlags & { readonly out: string }, session: Session): Promise<ExitCode> {
  const { out, seed, scale = 1, updates } = flags;
  const format = formatOf(out);
  if (updates !== undefined) checkTarget(updates);
  if (format === undefined) checkFolder(out);
  else checkTarget(out);
  const shape = await shapeOf(name);
  if (updates !== undefined && !shape.changes) throw new CliError(`\`--updates\`: nothing changes in the shape \`${shape.name}\``);
  const options: ShapeOptions = { scale, ...(seed === undefined ? {} : { seed }) };
  const counts = new Map<string, number>();
  const objects = counted(made(shapeObjects(shape, options)), ({ kind }) => kind, counts);
  const snapshot = format === 'snapshot' ? snapshotBytes(manifestsFromObjects([...objects])) : undefined;
  session.signals.listen();
  const written = { sizeBytes: snapshot?.length ?? 0 };
  let files = 1;
  if (snapshot !== undefined) await writeFileWhole(out, snapshot);
  else if (format === undefined) files = await writeFolderWhole(out, folderBytes(encodeFolder(objects), written));
  else if (format !== 'snapshot') await writeFileWhole(out, bytesOf(encodeCluster(objects, format), written));
  const changes = updates === undefined ? undefined : await writeUpdates(updates, shapeUpdates(shape, options));
  const result: GenerateResult = {
    shape: shape.name,
    source: shape.source,
    seed: seed ?? shape.seed,
    scale,
    out: { path: out, files, sizeBytes: written.sizeBytes },
    objects: [...counts].map(([kind, count]) => ({ kind, objects: count })),
    ...(changes === undefined ? {} : { updates: changes }),
  };
  const { terminal } = session;
  await terminal.result(flags.output === 'json' ? formatJson(generateDocument(result)) : formatGeneration(result, terminal.paint));
  return EXIT_OK;
}

export async function listShapes({ output }: GenerateFlags, { terminal }: Session): Promise<ExitCode> {
  const shapes = bundled(() => shapeNames().map(loadShape));
  await terminal.result(output === 'json' ? formatJson(shapeListDocument(shapes)) : formatShapeList(shapes, terminal.paint));
  return EXIT_OK;
}

/** Names of shapes, for completion. */
export function bundledShapes(): readonly string[] {
  return bundled(shapeNames);
}

async function shapeOf(name: string): Promise<Shape> {
  // Names of shapes have neither.
  if (!/[./]/.test(name)) return bundled(() => loadShape(name));
  const document = await readDocument(name, 'SHAPE', 'specification of a shape', MOST_SHAPE_BYTES);
  try {
    return parseShape(document);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new CliError(`\`${name}\` is no specification of a shape`, EXIT_BAD_INPUT, error.problems);
  }
}

/** What reads netpolsim's own folder of shapes. */
function bundled<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError)
      throw new CliError(error.problems.join('; '), EXIT_BAD_INPUT, ['(`netpolsim generate --list` shows all)']);
    throw new CliError(`the shapes of netpolsim cannot be read: ${systemErrorText(error)}`, EXIT_INCOMPLETE);
  }
}

/** The format of a file; undefined for a folder. A name that ends as a file's does and is none that is known is more likely a mistake than a folder. */
function formatOf(out: string): ReturnType<typeof clusterFormatOf> | 'snapshot' {
  if (out === '-') throw new CliError('`--out -`: clusters are not written to stdout, the name of a file or folder is needed');
  const format = clusterFormatOf(out);
  if (format !== undefined) return format;
  if (out.toLowerCase().endsWith(SNAPSHOT_ENDING)) return 'snapshot';
  if (/\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(out)) throw new CliError(`\`${out}\`: expected a folder, or a file ending in ${ENDINGS}`);
  return undefined;
}

const SNAPSHOT_ENDING = '.nps';
const ENDINGS = [...CLUSTER_ENDINGS, SNAPSHOT_ENDING].join(', ');

async function writeUpdates(file: string, updates: Iterable<ShapeUpdate>): Promise<NonNullable<GenerateResult['updates']>> {
  const written = { sizeBytes: 0 };
  const counts = new Map<string, number>();
  await writeFileWhole(file, bytesOf(encodeUpdates(counted(made(updates), () => 'changes', counts)), written));
  return { path: file, changes: counts.get('changes') ?? 0, sizeBytes: written.sizeBytes };
}

/** A specification may ask for more than there is (different CIDRs, pods that a selector could name): that shows while objects are made. */
function* made<T>(objects: Iterable<T>): Generator<T> {
  try {
    yield* objects;
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`the cluster cannot be made: ${error.message}`);
    throw error;
  }
}

function* counted<T>(objects: Iterable<T>, nameOf: (object: T) => string, counts: Map<string, number>): Generator<T> {
  for (const object of objects) {
    const name = nameOf(object);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    yield object;
  }
}

/** Text in larger pieces, and their bytes counted. */
function* bytesOf(pieces: Iterable<string>, written: { sizeBytes: number }): Generator<Uint8Array> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_BYTES) continue;
    yield encoded(text, written);
    text = '';
  }
  yield encoded(text, written);
}

function* folderBytes(pieces: Iterable<FolderPiece>, written: { sizeBytes: number }): Generator<FolderBytes> {
  let file = '';
  let text = '';
  for (const piece of pieces) {
    if (piece.file !== file || text.length >= PIECE_BYTES) {
      if (text !== '') yield { file, bytes: encoded(text, written) };
      [file, text] = [piece.file, ''];
    }
    text += piece.text;
  }
  if (text !== '') yield { file, bytes: encoded(text, written) };
}

function encoded(text: string, written: { sizeBytes: number }): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  written.sizeBytes += bytes.length;
  return bytes;
}
