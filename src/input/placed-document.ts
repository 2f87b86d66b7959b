/**
 * One YAML or JSON document that is no manifest, with the places of its fields: what users write beside manifests and want to be corrected in by line and column.
 */
import type { Origin } from '../model/origin.ts';
import { Fault, placeOf } from './fault.ts';
import { looksLikeJson } from './json-reader.ts';
import { INCOMPLETE, JsonError } from './json-skip.ts';
import { JsonSource } from './json-source.ts';
import { JsonText } from './json-text.ts';
import { JsonTokens } from './json-tokens.ts';
import { PlaceKeeper } from './place-keeper.ts';
import type { FieldPath } from './problem.ts';
import { labels } from './shape.ts';
import { parseYaml } from './yaml-parse.ts';
import { YamlSource } from './yaml-source.ts';

export interface PlacedDocument {
  /** Scalars with an odd spelling are OddScalar. */
  readonly value: unknown;
  /** The place of a field, or of the nearest one above it that is there. */
  locate(path: FieldPath): Origin;
}

/** @throws {Fault} with line and column, for text that is not one document */
export function readPlacedDocument(text: string, file: string): PlacedDocument {
  const whole = text.startsWith('\ufeff') ? text.slice(1) : text;
  const start = whole.search(/\S/);
  if (start >= 0 && looksLikeJson(whole, start)) return readJson(whole, start, file);
  const value = parseYaml(whole, 1);
  const source = new YamlSource({ file, line: 1, column: 1 }, whole, 1, false, new PlaceKeeper());
  return { value, locate: (path) => source.locate(path) };
}

function readJson(text: string, start: number, file: string): PlacedDocument {
  const json = new JsonText();
  // A number ends where something else begins.
  json.advance(0, `${text}\n`, undefined);
  const tokens = new JsonTokens(json, start);
  const place = placeOf(text, start, 1);
  let value: unknown;
  try {
    value = tokens.readValue(labels, 1);
    const rest = text.slice(tokens.at).search(/\S/);
    if (rest >= 0) throw new JsonError('json-syntax', 'something stands where the document should end', tokens.at + rest);
  } catch (error) {
    throw faultOf(error, text);
  }
  const source = new JsonSource({ file, ...place }, json, start, tokens.at, new PlaceKeeper());
  return { value, locate: (path) => source.locate(path) };
}

function faultOf(error: unknown, text: string): unknown {
  if (error === INCOMPLETE) {
    const { line, column } = placeOf(text, text.trimEnd().length, 1);
    return new Fault('truncated', 'the text ends in the middle of a value', line, column);
  }
  if (!(error instanceof JsonError)) return error;
  const { line, column } = placeOf(text, error.offset, 1);
  const first = error.first === undefined ? undefined : placeOf(text, error.first, 1);
  return new Fault(
    error.code,
    first === undefined ? error.message : `${error.message}, first at ${first.line}:${first.column}`,
    line,
    column,
  );
}
