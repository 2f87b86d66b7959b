/**
 * Text -> Manifests: YAML with any number of documents, JSON, NDJSON, lists of objects. Runs anywhere.
 */
import type { Manifests } from '../model/resource.ts';
import { createCollector } from './collector.ts';
import type { InputOptions } from './input-options.ts';
import { readInto } from './text-reader.ts';

/** Readers look at a piece at a time. */
const PIECE = 256 * 1024;

export interface ParseOptions extends InputOptions {
  /** What diagnostics call the text; `<text>` when left out. */
  readonly file?: string;
}

/**
 * What cannot be read is a diagnostic, never an exception.
 * @throws {TypeError} when `text` is not a string
 * @throws {RangeError} when an option is not what it must be
 */
export function parseManifests(text: string, options: ParseOptions = {}): Manifests {
  if (typeof text !== 'string') throw new TypeError(`expected text, got ${text === null ? 'null' : typeof text}`);
  const collector = createCollector(options);
  const name = options.file ?? '<text>';
  const file = collector.openFile(name);
  const reader = readInto(name, file);
  for (let start = 0; start < text.length; start += PIECE) reader.push(text.slice(start, start + PIECE));
  reader.end();
  file.end();
  return collector.finish();
}
