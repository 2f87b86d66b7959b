/**
 * Colours as a record of functions, so that reports are painted by whoever knows the terminal and are plain text otherwise.
 */

/** Each function returns its text, marked for a terminal or as it was. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const same = (text: string): string => text;

/** No colours. */
export const PLAIN: Paint = { bold: same, dim: same, red: same, green: same, yellow: same };
