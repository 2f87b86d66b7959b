/**
 * How much of anything is read, in one place. Each bound is far above what clusters hold and far below what hurts.
 */

/** Collections inside collections, in YAML and in JSON. */
export const DEEPEST_NESTING = 64;
/** One file, or all that comes through one pipe, in bytes. The largest cluster that Kubernetes supports takes half of it. */
export const LARGEST_FILE_BYTES = 2 * 1024 ** 3;
/** One document, one item of a list, or one line of NDJSON, in UTF-16 code units. */
export const LARGEST_OBJECT = 16 * 1024 * 1024;
/** Keys of one mapping. */
export const MOST_KEYS = 100_000;
/** Length of a text in which no mapping has more keys, in UTF-16 code units: a key takes two characters and a line end or comma. */
export const LONGEST_WITHOUT_TOO_MANY_KEYS = 3 * MOST_KEYS;
/** `*alias` in one document. */
export const MOST_ALIASES = 100;
/** Nodes of one document after its aliases are expanded. */
export const MOST_EXPANDED_NODES = 1_000_000;
/** Items of a list that do not say of which kind they are, before the list says it, in UTF-16 code units. */
export const MOST_WAITING = 64 * 1024 * 1024;
/** No name, label or address is longer; a longer text is a mistake or an attack. */
export const LONGEST_TEXT = 1024;
/** Problems that are listed of one object; a wrong object is wrong all over. */
export const MOST_PROBLEMS = 100;

/** Codes of diagnostics that say: this is larger than what is read, came too slowly, or changed meanwhile. Nothing need be wrong with it. */
export const INCOMPLETE_INPUT_CODES: ReadonlySet<string> = new Set([
  'file-too-large',
  'read-timeout',
  'file-changed',
  'object-too-large',
  'too-many-keys',
  'too-many-aliases',
  'alias-expansion',
]);
