/**
 * Where an object of a YAML text stands, and its fields.
 */
import type { Origin } from '../model/origin.ts';
import { readKept } from './byte-store.ts';
import type { Source } from './findings.ts';
import type { PlaceKeeper } from './place-keeper.ts';
import type { PositionTable, PositionWriter } from './position-table.ts';
import type { FieldPath } from './problem.ts';
import { readYamlLinePlaces } from './yaml-line-places.ts';
import { listenToYaml } from './yaml-parse.ts';
import { readYamlPlaces } from './yaml-places.ts';

export class YamlSource implements Source {
  readonly origin: Origin;
  private readonly text: string;
  /** Line of the text's first character. */
  private readonly line: number;
  /** Is the first level plain block style? */
  private readonly plain: boolean;
  private readonly keeper: PlaceKeeper;
  private table: PositionTable | undefined;

  constructor(origin: Origin, text: string, line: number, plain: boolean, keeper: PlaceKeeper) {
    this.origin = origin;
    this.text = text;
    this.line = line;
    this.plain = plain;
    this.keeper = keeper;
  }

  locate(path: FieldPath): Origin {
    this.table ??= readPlaces(this.text, this.line, this.plain, this.keeper.writer);
    return { file: this.origin.file, ...this.table.locate(path) };
  }

  keepPlaces(): (path: FieldPath) => Origin {
    const { line, plain, keeper } = this;
    const { file } = this.origin;
    const kept = keeper.store.keepText(this.text);
    let table: PositionTable | undefined;
    return (path) => {
      table ??= readPlaces(readKept(kept), line, plain, keeper.writer);
      return { file, ...table.locate(path) };
    };
  }
}

function readPlaces(text: string, line: number, plain: boolean, writer: PositionWriter): PositionTable {
  const fromLines = plain ? readYamlLinePlaces(text, line, writer) : undefined;
  return fromLines ?? readYamlPlaces(text, line, writer, (listener) => listenToYaml(text, listener));
}
