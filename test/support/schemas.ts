/**
 * The shipped JSON schemas as functions that name what is wrong.
 *
 * ajv makes code from strings, which tests run without: a process of its own compiles the schema to the text of a module, and the module is read like any other.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

interface Problem {
  readonly instancePath: string;
  readonly message?: string;
}

type Validate = ((document: unknown) => boolean) & { readonly errors?: readonly Problem[] | null };

const require = createRequire(import.meta.url);

const COMPILE = `
  import { readFileSync } from 'node:fs';
  const [file, ...modules] = process.argv.slice(1);
  const [{ Ajv2020 }, { default: standalone }] = await Promise.all(modules.map((path) => import(path)));
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, code: { source: true } });
  process.stdout.write(standalone.default(ajv, ajv.compile(schema)));
`;

/** `name` as in `schemas/<name>.schema.json`. The function returns what is wrong with a document, nothing when it is right. */
export function validatorOf(name: string): (document: unknown) => string[] {
  const validate = compileSchema(fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url)));
  return (document) => (validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));
}

function compileSchema(file: string): Validate {
  const modules = [require.resolve('ajv/dist/2020.js'), require.resolve('ajv/dist/standalone/index.js')];
  const code = execFileSync(process.execPath, ['--input-type=module', '-e', COMPILE, file, ...modules], { encoding: 'utf8' });
  const module: { exports: unknown } = { exports: {} };
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, require);
  return module.exports as Validate;
}
