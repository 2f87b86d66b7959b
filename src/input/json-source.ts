/**
 * Where an object of a JSON text stands, and its fields.
 */
import type { Origin } from '../model/origin.ts';
import { readKept } from './byte-store.ts';
import type { Source } from './findings.ts';
import { readJsonPlaces } from './json-places.ts';
import { JsonText } from './json-text.ts';
import type { PlaceKeeper } from './place-keeper.ts';
import type { PositionTable } from './position-table.ts';
import type { FieldPath } from './problem.ts';

/** Valid until the reader gets more text. */
export class JsonSource implements Source {
  readonly origin: Origin;
  private readonly json: JsonText;
  private readonly start: number;
  private readonly end: number;
  private readonly keeper: PlaceKeeper;
  private table: PositionTable | undefined;

  constructor(origin: Origin, json: JsonText, start: number, end: number, keeper: PlaceKeeper) {
    this.origin = origin;
    this.json = json;
    this.start = start;
    this.end = end;
    this.keeper = keeper;
  }

  locate(path: FieldPath): Origin {
    const { file, line, column } = this.origin;
    this.table ??= readJsonPlaces(this.json, this.start, line, column, this.keeper.writer);
    return { file, ...this.table.locate(path) };
  }

  keepPlaces(): (path: FieldPath) => Origin {
    const { origin, keeper } = this;
    // The codes tell places as well as the text does.
    const kept = keeper.store.keepBytes(this.json.codes, this.start, this.end);
    let table: PositionTable | undefined;
    return (path) => {
      if (table === undefined) {
        const json = new JsonText();
        json.advance(0, readKept(kept), undefined);
        table = readJsonPlaces(json, 0, origin.line, origin.column, keeper.writer);
      }
      return { file: origin.file, ...table.locate(path) };
    };
  }
}
