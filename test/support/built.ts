/**
 * Files that are built before the tests, which start them as processes and threads: never such as are older than the sources.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

let newest: { readonly file: string; readonly ms: number } | undefined;

/** The path of a file in `dist` or `dist-tools`, given relative to the repository. @throws {Error} when it is not there, or older than a source */
export function builtFile(path: string): string {
  const command = path.startsWith('dist-tools') ? 'npm run build:tools' : 'npm run build';
  const file = join(ROOT, path);
  if (!existsSync(file)) throw new Error(`${path} is not built: \`${command}\``);
  newest ??= newestSource();
  if (statSync(file).mtimeMs < newest.ms) throw new Error(`${path} is older than ${newest.file}: \`${command}\``);
  return file;
}

function newestSource(): { file: string; ms: number } {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const all = sources.map((name) => ({ file: join('src', name), ms: statSync(join(ROOT, 'src', name)).mtimeMs }));
  return all.reduce((newer, each) => (each.ms > newer.ms ? each : newer));
}
