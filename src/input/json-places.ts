/**
 * Places of the fields of one JSON object whose text is known to be good.
 */
import type { JsonText } from './json-text.ts';
import { JsonTokens } from './json-tokens.ts';
import type { PositionTable, PositionWriter } from './position-table.ts';

/** The object begins at `start` of the text, at `line` and `column` of the file. */
export function readJsonPlaces(json: JsonText, start: number, line: number, column: number, writer: PositionWriter): PositionTable {
  const { text } = json;
  const tokens = new JsonTokens(json, start);
  writer.reset();
  let lineStart = start + 1 - column;
  let newline = text.indexOf('\n', start);
  const enter = (part: string | number, at: number): void => {
    for (; newline >= 0 && newline < at; newline = text.indexOf('\n', newline + 1)) {
      line++;
      lineStart = newline + 1;
    }
    writer.enter(part, line, at - lineStart + 1);
  };
  const follow = (depth: number): void => {
    const c = tokens.peek();
    if (c === 0x7b) {
      if (!tokens.open(0x7d)) return;
      do {
        tokens.peek();
        const at = tokens.at;
        // What was skipped as nobody reads it may hold halves of characters.
        enter(tokens.readKey(false), at);
        follow(depth + 1);
        writer.leave();
      } while (tokens.more(0x7d));
    } else if (c === 0x5b) {
      if (!tokens.open(0x5d)) return;
      let i = 0;
      do {
        tokens.peek();
        enter(i++, tokens.at);
        follow(depth + 1);
        writer.leave();
      } while (tokens.more(0x5d));
    } else tokens.skipValue(depth);
  };
  enter(0, start);
  follow(1);
  writer.leave();
  return writer.finish();
}
