/**
 * A text in pieces -> objects in a collector: YAML or JSON, by its first characters.
 */
import type { FileCollector } from './collector.ts';
import { Fault } from './fault.ts';
import { createJsonReader, looksLikeJson } from './json-reader.ts';
import { createYamlReader } from './yaml-reader.ts';

export interface TextReader {
  /**
   * `bytes`: the chunk in UTF-8, when it is at hand.
   * @throws {Fault} when the text cannot be read
   */
  push(chunk: string, bytes?: Uint8Array): void;
  /** @throws {Fault} when the text cannot be read */
  end(): void;
}

/** Enough to tell the format by. */
const SHORTEST_START = 1024;

/** Reads a file into the collector; a text that cannot be read is refused there, and what follows is left out. */
export function readInto(file: string, collector: FileCollector): TextReader {
  let reader: TextReader | undefined;
  let start = '';
  const begin = (): void => {
    if (start.startsWith('\ufeff')) start = start.slice(1);
    const first = start.search(/\S/);
    const toYaml = (line: number): TextReader => createYamlReader(file, collector, line);
    reader = first >= 0 && looksLikeJson(start, first) ? createJsonReader(file, collector, 1, toYaml) : toYaml(1);
    reader.push(start);
    start = '';
  };
  const guarded = (action: () => void): void => {
    if (collector.isRefused()) return;
    try {
      action();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      collector.refuseFault(error, file);
    }
  };
  return {
    push: (chunk, bytes) =>
      guarded(() => {
        if (reader !== undefined) return reader.push(chunk, bytes);
        start += chunk;
        if (start.length >= SHORTEST_START) begin();
      }),
    end: () =>
      guarded(() => {
        if (reader === undefined) begin();
        reader!.end();
      }),
  };
}
