/**
 * Which files of a directory are read. A file that is named is read whatever its name.
 */
const MANIFEST_NAME = /\.(?:ya?ml|json|ndjson|jsonl)$/i;

/** Is a file of this name, or a link, read where a directory is? Hidden ones are not: editors' copies, version control, the targets of mounted ConfigMaps. */
export function isManifestName(name: string): boolean {
  return !name.startsWith('.') && MANIFEST_NAME.test(name);
}
