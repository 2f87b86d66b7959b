/**
 * Mistakes of the class of CVE-2025-48056 (control characters that reach a terminal) and of CVE-2024-37307 and its like (secrets that are said), which no verdict shows.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are texts of source files
import { type Mutant, mutant } from './mutant.ts';

const DIAGNOSTICS = 'src/report/diagnostics.ts';

export const OUTPUT_MUTANTS: readonly Mutant[] = [
  mutant(
    'output-controls',
    'nothing is escaped',
    'src/lib/quote.ts',
    'return text.replace(ESCAPED, ',
    'return text || text.replace(ESCAPED, ',
    ['no control characters'],
  ),
  mutant(
    'output-controls-place',
    'file names go out raw',
    DIAGNOSTICS,
    'paint.bold(escapeControls(placeText(origin)))',
    'paint.bold(placeText(origin))',
    ['no control characters'],
  ),
  mutant('output-controls-name', 'names of objects go out raw', DIAGNOSTICS, '(${escapeControls(about)})', '(${about})', [
    'no control characters',
  ]),
  mutant(
    'output-secrets-yaml',
    'errors of YAML quote the line',
    'src/input/yaml-parse.ts',
    'const [, code, message, hint] = reason;',
    'const [, code, , hint] = reason;\n  const { message } = error;',
    ['no secrets'],
  ),
  mutant(
    'output-secrets-json',
    'errors of JSON quote what is around them',
    'src/input/json-skip.ts',
    '`not valid JSON, expected ${what}`, at)',
    '`not valid JSON, expected ${what}, got ${text.slice(Math.max(0, at - 40), at)}`, at)',
    ['no secrets'],
  ),
];
