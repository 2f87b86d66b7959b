/**
 * Generates the static protobuf code of `src/wire/gen` from `proto/`. In come the .proto files, out come the texts of the two committed files:
 * the code, and its types as one ambient namespace. Both are TypeScript, so that `tsc` stays the only build step.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

const PROTO_FILES = ['cluster', 'policy', 'tables', 'flow', 'report', 'snapshot'].map((name) => `proto/netpolsim/v1/${name}.proto`);
const OMITTED = ['--no-verify', '--no-convert', '--no-delimited', '--no-typeurl', '--no-service'];
const PBJS_OPTIONS = [
  '-t',
  'static-module',
  '-w',
  'es6',
  '-p',
  'proto',
  '-r',
  'netpolsim',
  '--dependency',
  'protobufjs/minimal.js',
  ...OMITTED,
];

const HEADER = '// Generated from proto/netpolsim/v1 by `npm run wire:generate`: do not edit.\n';

/** The text of `messages.ts` (code, unchecked: it is JavaScript) and `message-types.ts` (its types). */
export async function generateWireCode(repositoryRoot: string): Promise<{ code: string; types: string }> {
  // Types come from the comments of the code; the committed code has none.
  const [code, typed] = await Promise.all([pbjs(['--no-comments'], repositoryRoot), pbjsTypes(repositoryRoot)]);
  const lines = typed.split('\n').filter((line) => !line.startsWith('import Long'));
  return {
    code: `${HEADER}// @ts-nocheck\n${code.replace(/^\/\*eslint-disable.*\n/, '')}`,
    types:
      HEADER +
      lines
        .join('\n')
        .replace('export namespace', 'export declare namespace')
        .replace('import * as $protobuf from "protobufjs"', 'import type * as $$protobuf from "protobufjs/minimal.js"'),
  };
}

async function pbjs(options: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    [require.resolve('protobufjs-cli/bin/pbjs'), ...PBJS_OPTIONS, ...options, ...PROTO_FILES],
    {
      cwd,
      maxBuffer: 64 * 2 ** 20,
    },
  );
  return stdout;
}

async function pbjsTypes(cwd: string): Promise<string> {
  const source = await pbjs([], cwd);
  const pbts = require('protobufjs-cli/pbts.js') as {
    process(source: string, args: readonly string[], callback: (error: Error | null, output?: string) => void): void;
  };
  return await new Promise((resolve, reject) => {
    pbts.process(source, ['--no-comments'], (error, output) => (error === null ? resolve(output ?? '') : reject(error)));
  });
}
