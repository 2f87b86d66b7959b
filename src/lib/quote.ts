/**
 * User input inside messages.
 */

/** The text in backticks, with control and bidirectional characters escaped so that no terminal acts on them, cut when very long. */
export function quote(text: string): string {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return `\`${escapeControls(shown)}\``;
}

const ESCAPED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** C0 and C1 controls, DEL, line separators, bidirectional controls and halves of characters as `\u{..}`. */
export function escapeControls(text: string): string {
  return text.replace(ESCAPED, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
