/**
 * Says which mutants the compiler refuses: they cannot be written, so no test has to notice them. Only survivors are asked about; Stryker's own checker asks for all, which takes longer than the tests.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

/** Where a mutant stands, counted from one as Stryker counts, and what it puts there. */
export interface MutantEdit {
  readonly file: string;
  readonly start: Place;
  readonly end: Place;
  readonly replacement: string;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a mutation leaves unused or unreachable is untidy, not wrong. */
const TIDINESS = new Set([6133, 6138, 6192, 6196, 6198, 6199, 7027, 7028]);

/** Whether the file with the edit has a type error. */
export function createTypeCheck(config = 'tsconfig.json'): (edit: MutantEdit) => boolean {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }: ts.Diagnostic) => fail(String(messageText)) };
  const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host);
  if (parsed === undefined) throw new TypeError(`${config} cannot be read`);
  let edited: { readonly file: string; readonly text: string } | undefined;
  let version = 0;
  const textOf = (file: string) => (edited?.file === file ? edited.text : ts.sys.readFile(file));
  const service = ts.createLanguageService({
    getCompilationSettings: () => parsed.options,
    getScriptFileNames: () => parsed.fileNames,
    getScriptVersion: (file) => (edited?.file === file ? String(version) : '0'),
    getScriptSnapshot: (file) => {
      const text = textOf(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: ts.sys.fileExists,
    readFile: textOf,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  return ({ file, start, end, replacement }) => {
    const path = resolve(file);
    const text = readFileSync(path, 'utf8');
    version++;
    edited = { file: path, text: text.slice(0, offsetOf(text, start)) + replacement + text.slice(offsetOf(text, end)) };
    const faults = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
    return faults.some(({ code, category }) => category === ts.DiagnosticCategory.Error && !TIDINESS.has(code));
  };
}

function offsetOf(text: string, { line, column }: Place): number {
  let offset = 0;
  for (let i = 1; i < line; i++) offset = text.indexOf('\n', offset) + 1;
  return offset + column - 1;
}

function fail(message: string): never {
  throw new TypeError(message);
}
