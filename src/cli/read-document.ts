/**
 * Small documents that users write beside manifests: JSON or YAML. A file that begins as JSON does and is none may be YAML in flow style. Messages of parsers would quote the file: they are put into other words.
 */
import { parseYaml } from '../index.ts';
import { CliError } from './exit.ts';
import { readRegularFile } from './read-file.ts';

/** @throws {CliError} when the file cannot be read, is no document, or holds nothing. `flag` names the file, `what` what it should hold. */
export async function readDocument(file: string, flag: string, what: string, mostBytes: number): Promise<unknown> {
  if (file === '-')
    throw new CliError(`\`${flag} -\` cannot be read: standard input is for manifests (\`-f -\`), put the ${what} into a file`);
  const bytes = await readRegularFile(file, mostBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`\`${file}\` cannot be read: it is not UTF-8 text`);
  }
  const document = parse(text, file);
  // A run without it is not what somebody who names a file wants.
  if (document === undefined || document === null) throw new CliError(`\`${file}\` holds no ${what}`);
  return document;
}

function parse(text: string, file: string): unknown {
  let jsonError: unknown;
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch (error) {
      jsonError = error;
    }
  }
  try {
    return parseYaml(text, 1);
  } catch (error) {
    throw new CliError(
      jsonError === undefined ? `\`${file}\` is not YAML${yamlPlace(error)}` : `\`${file}\` is not JSON${jsonPlace(jsonError)}`,
    );
  }
}

function jsonPlace(error: unknown): string {
  const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined ? '' : ` (at character ${position})`;
}

function yamlPlace(error: unknown): string {
  return error instanceof Error && 'line' in error ? ` (line ${String(error.line)}: ${error.message})` : '';
}
