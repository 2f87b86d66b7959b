/**
 * User input inside messages.
 */

/** The text in backticks, with control and bidirectional characters escaped so that no terminal acts on them, cut when very long. */
export function quote(text: string): string {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return `\`${escapeControls(shown)}\``;
}

/** C0 and C1 controls, DEL, line separators and bidirectional controls as `\u{..}`. */
export function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}
