/**
 * Rows 1 to 21 and 61 of the catalogue: the command line and files.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { preload, runCli, startCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { CLUSTER, POD, POLICY, podOf } from './inputs.ts';
import { badInput, CANARY, covers, OUT, type Row, span } from './row.ts';

const COMPILE = ['compile', '-f', 'input.yaml', '--out', OUT];
const FILES = { 'input.yaml': CLUSTER };

const flagged = (row: number, args: readonly string[], says: Row['says']): Row => ({
  row,
  title: `\`${args.join(' ')}\``,
  files: FILES,
  args,
  exit: 2,
  says: says ?? [],
});

const USAGE: readonly Row[] = [
  flagged(1, [], /^usage: netpolsim can-reach FROM TO --port N/),
  flagged(1, ['--'], 'a command is missing'),
  flagged(2, [...COMPILE, '--ot', 'x.npt'], ['unknown option `--ot`', 'Did you mean --out?']),
  flagged(2, ['simulate', '-f', 'input.yaml', '--worker', '2'], ['unknown option `--worker`', 'Did you mean --workers?']),
  flagged(2, ['complie', '-f', 'input.yaml'], ['unknown command `complie`', 'Did you mean compile?']),
  flagged(2, ['help', 'bogus'], ['unknown command `bogus`', 'usage: netpolsim can-reach']),
  flagged(3, [...COMPILE, '--out', 'other.npt'], '`--out` is given twice with different values: `out.npt` and `other.npt`'),
  flagged(
    3,
    ['inspect', '-f', 'input.yaml', '-o', 'json', '-o', 'table'],
    '`--output` is given twice with different values: `json` and `table`',
  ),
  flagged(3, ['simulate', '-f', 'input.yaml', '--seed', '1', '--seed=2'], '`--seed` is given twice with different values: `1` and `2`'),
  flagged(3, ['inspect', '-f', '-', '-f', '/dev/stdin'], '`-f -` and `-f /dev/stdin` are the same: standard input can be read once'),
  flagged(3, ['inspect', '-f', '-', '-f', '-'], '`-f -` is given twice: standard input can be read once'),
  ...['0', '-1', '1e9', 'abc', '2.5', '', '1025', '0x2', ' 2', '２'].map((workers) =>
    flagged(
      4,
      ['simulate', '-f', 'input.yaml', `--workers=${workers}`],
      `\`--workers\` must be a whole number from 1 to 1,024, got \`${workers}\``,
    ),
  ),
  ...['0', '-1', '1e13', 'abc', '2.5', '١'].map((flows) =>
    flagged(4, ['simulate', '-f', 'input.yaml', `--flows=${flows}`], ['from 1 to 1,000,000,000,000', `got \`${flows}\``]),
  ),
  ...['-1', 'x', '1e3', '86401'].map((seconds) =>
    flagged(4, [...COMPILE, `--read-timeout=${seconds}`], `\`--read-timeout\` must be a whole number from 0 to 86,400, got \`${seconds}\``),
  ),
  ...['0', '4', '100', '1e1', ''].map((rounds) =>
    flagged(4, ['bench', '-f', 'input.yaml', `--rounds=${rounds}`], `\`--rounds\` must be a whole number from 5 to 99, got \`${rounds}\``),
  ),
  flagged(2, ['bench', '-f', 'input.yaml', '--agianst', 'input.yaml'], ['unknown option `--agianst`', 'Did you mean --against?']),
  flagged(2, ['bench', '--quick'], 'there is no input: give manifests with `-f PATH`'),
  flagged(2, ['bench', '-f', 'input.yaml', '--tables', 'x.npt'], 'unknown option `--tables`'),
  flagged(3, ['bench', '-f', '-', '--against', '-'], '`-f -` is given twice: standard input can be read once'),
  flagged(4, ['bench', '-f', 'input.yaml', '--against='], 'the path after `--against` is empty'),
  flagged(4, ['bench', '-f', 'input.yaml', '-o', 'html'], '`--output` must be one of `table`, `json`, `markdown`, `svg`, got `html`'),
  ...['report', 'report.html', '-', 'report.JSON', 'a.svg/b'].map((file) =>
    flagged(4, ['bench', '-f', 'input.yaml', '--out', file], [`\`--out ${file}\` must end in \`.json\`, \`.md\` or \`.svg\``]),
  ),
  flagged(4, ['simulate', '-f', 'input.yaml', '--mix', '-'], ['`--mix -` cannot be read', 'put the traffic mix into a file']),
];

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const bomb = gzipSync(Buffer.alloc(1_000_000));
const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0, 0, 0, 8, 0]);
const noManifests = { 'dir/notes.txt': 'x', 'dir/.hidden.yaml': POD };
const isRoot = process.getuid?.() === 0;

const PATHS: readonly Row[] = [
  {
    row: 5,
    title: 'a path that is not there',
    args: ['compile', '-f', './a/../none.yaml', '--out', OUT],
    exit: 2,
    says: ['./a/../none.yaml: error: cannot be read: there is no such file or directory', 'the input has an error'],
  },
  {
    row: 6,
    title: 'a directory without manifests',
    files: noManifests,
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 2,
    says: 'dir: error: the directory holds no files that end in .yaml, .yml, .json, .ndjson or .jsonl, 2 of 2 entries were left out',
  },
  {
    row: 6,
    title: 'an empty directory',
    prepare: (folder) => mkdirSync(join(folder, 'dir')),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 2,
    says: 'dir: error: the directory holds no files',
  },
  {
    row: 6,
    title: 'a directory of pipes only',
    prepare: (folder) => {
      mkdirSync(join(folder, 'dir'));
      execFileSync('mkfifo', [join(folder, 'dir/a.yaml')]);
    },
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 2,
    says: 'dir: error: the directory holds no files',
  },
  {
    row: 7,
    title: 'a file that nobody may read',
    files: FILES,
    env: preload('fail-open', { FAIL_OPEN: 'input.yaml', FAIL_CODE: 'EACCES' }),
    exit: 2,
    says: 'input.yaml: error: cannot be read: permission denied',
  },
  ...(isRoot
    ? []
    : [
        {
          row: 7,
          title: 'a file without the right to read it',
          files: FILES,
          prepare: (folder: string) => chmodSync(join(folder, 'input.yaml'), 0),
          exit: 2 as const,
          says: 'input.yaml: error: cannot be read: permission denied',
        },
      ]),
  {
    row: 8,
    title: 'a pattern that matches nothing',
    files: FILES,
    args: ['compile', '-f', 'policies/*.yaml', '--out', OUT],
    exit: 2,
    says: ['policies/*.yaml: error: cannot be read: there is no such file or directory; patterns are for the shell to expand'],
  },
  {
    row: 9,
    title: 'an empty file',
    files: { 'input.yaml': '' },
    exit: 2,
    says: ['input.yaml:1:1: warning: no objects were found', 'there is nothing to work with in `input.yaml`'],
    mended: FILES,
  },
  ...['\n\n', '# nothing\n', '---\n---\n', '\ufeff', '[]', 'null\n'].map(
    (text): Row => ({
      row: 9,
      title: `a file with nothing in it (${JSON.stringify(text)})`,
      files: { 'input.yaml': text },
      exit: 2,
      says: ['input.yaml:1:1: warning: no objects were found', 'there is nothing to work with in `input.yaml`'],
    }),
  ),
  {
    row: 9,
    title: 'an empty standard input',
    args: ['compile', '-f', '-', '--out', OUT],
    stdin: '',
    exit: 2,
    says: 'nothing to work with in <stdin>',
  },
  {
    row: 10,
    title: 'a file of 3 GiB',
    files: FILES,
    prepare: (folder) => truncateSync(join(folder, 'input.yaml'), 3 * 1024 ** 3),
    exit: 3,
    says: 'input.yaml: error: the file has 3,221,225,472 bytes, at most 2,147,483,648 bytes of one input are read; split it',
  },
  {
    row: 11,
    title: 'a pipe that nobody writes to',
    prepare: (folder) => execFileSync('mkfifo', [join(folder, 'pipe.yaml')]),
    args: ['compile', '-f', 'pipe.yaml', '--out', OUT, '--read-timeout', '1'],
    exit: 3,
    says: 'pipe.yaml: error: nothing has come for 1 s, and not the end either',
  },
  {
    row: 12,
    // It is recognised by its first bytes, long before any bound.
    title: '/dev/zero',
    args: ['compile', '-f', '/dev/zero', '--out', OUT],
    exit: 2,
    says: '/dev/zero:1:1: error: the file is binary data, expected UTF-8 text',
  },
  { row: 12, title: '/dev/null', args: ['compile', '-f', '/dev/null', '--out', OUT], exit: 2, says: 'nothing to work with in `/dev/null`' },
];

const CONTENTS: readonly Row[] = [
  {
    row: 13,
    title: 'a picture',
    files: { 'input.yaml': PNG },
    exit: 2,
    says: 'input.yaml:1:1: error: the file is binary data, expected UTF-8 text',
    mended: FILES,
  },
  ...(['utf16le', 'utf16be'] as const).map((encoding): Row => {
    const bytes = Buffer.from(`\ufeff${CLUSTER}`, 'utf16le');
    const content = encoding === 'utf16le' ? bytes : bytes.swap16();
    return {
      row: 13,
      title: `text in ${encoding}`,
      files: { 'input.yaml': content },
      exit: 2,
      says: 'input.yaml:1:1: error: the file is UTF-16 text, expected',
    };
  }),
  {
    row: 14,
    title: 'a gzip file',
    files: { 'input.yaml': gzipSync(CLUSTER) },
    exit: 2,
    says: 'input.yaml:1:1: error: the file is gzip data, expected text; decompress it first',
    mended: FILES,
  },
  ...[
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ].map(
    ([name, bytes]): Row => ({
      row: 14,
      title: `a ${name} file`,
      files: { 'input.yaml': Uint8Array.from(bytes as number[]) },
      exit: 2,
      says: `the file is ${name} data, expected text; decompress it first`,
    }),
  ),
  // Nothing is decompressed, so that nothing expands.
  { row: 15, title: 'a gzip bomb', files: { 'input.yaml': bomb }, exit: 2, says: 'the file is gzip data, expected text' },
  {
    row: 15,
    title: 'a zip archive',
    files: { 'input.yaml': zip },
    exit: 2,
    says: 'the file is a zip archive, expected text; unpack it first',
  },
  {
    row: 15,
    title: 'a gzip bomb on standard input',
    args: ['compile', '-f', '-', '--out', OUT],
    stdin: bomb,
    exit: 2,
    says: '<stdin>:1:1: error: the file is gzip data, expected text; decompress it first',
  },
];

const MANY: readonly Row[] = [
  // The catalogue makes an error of every repetition. Equal content is a warning here: dumps of several namespaces overlap (Namespaces and Nodes are in each), and what is
  // written twice means the same as once. Other content under one name, where it cannot be known which is meant, is the error; row 71 is the same.
  {
    row: 16,
    title: 'the same file twice',
    files: FILES,
    args: [...COMPILE, '-f', './input.yaml'],
    exit: 0,
    says: './input.yaml: warning: the file has already been read as `input.yaml`: left out',
    stdout: '1 NetworkPolicy, 1 Pod',
  },
  {
    row: 16,
    title: 'the same object in two files',
    files: { 'a.yaml': CLUSTER, 'b.yaml': POD },
    exit: 0,
    says: 'b.yaml:1:1: warning: the object is also at a.yaml:1:1, with the same content (Pod shop/web, metadata.name)',
    stdout: '1 NetworkPolicy, 1 Pod',
  },
  {
    row: 16,
    title: 'two policies of one name in two files',
    files: { 'a.yaml': CLUSTER, 'b.yaml': POLICY.replace('port: 80', 'port: 443') },
    exit: 2,
    says: 'b.yaml:1:1: error: another object of this name with other content is at a.yaml:6:1; neither is used (NetworkPolicy shop/cart, metadata.name)',
    mended: { 'b.yaml': POLICY.replace('port: 80', 'port: 443').replace('name: cart', 'name: other') },
  },
  {
    row: 17,
    title: 'a link that leads to itself',
    files: { 'dir/a.yaml': CLUSTER },
    prepare: (folder) => symlinkSync('loop.yaml', join(folder, 'dir/loop.yaml')),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 0,
    says: 'dir/loop.yaml: warning: symbolic links lead in a circle: left out',
  },
  {
    row: 17,
    title: 'a link to a directory above',
    files: { 'dir/a.yaml': CLUSTER, 'dir/below/b.yaml': podOf('b') },
    prepare: (folder) => symlinkSync('..', join(folder, 'dir/below/up')),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 0,
    says: 'dir/below/up: warning: the directory has already been read: left out',
    stdout: '1 NetworkPolicy, 2 Pod',
  },
  {
    row: 17,
    title: 'a named link that leads to itself',
    prepare: (folder) => symlinkSync('loop.yaml', join(folder, 'loop.yaml')),
    args: ['compile', '-f', 'loop.yaml', '--out', OUT],
    exit: 2,
    says: 'loop.yaml: error: cannot be read: symbolic links lead in a circle',
  },
  {
    row: 18,
    title: 'a link out of the directory',
    files: { 'dir/a.yaml': CLUSTER, 'secret.yaml': `${podOf('b')}# ${CANARY}\n` },
    prepare: (folder) => symlinkSync('../secret.yaml', join(folder, 'dir/b.yaml')),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 0,
    says: 'dir/b.yaml: warning: the link leads out of the directory that was named: left out',
    stdout: '1 NetworkPolicy, 1 Pod',
  },
  {
    row: 18,
    title: 'a link to a directory beside that begins with the same letters',
    files: { 'dir/a.yaml': CLUSTER, 'dir-2/b.yaml': podOf('b') },
    prepare: (folder) => symlinkSync('../dir-2', join(folder, 'dir/c')),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 0,
    says: 'dir/c: warning: the link leads out of the directory that was named: left out',
    stdout: '1 NetworkPolicy, 1 Pod',
  },
  {
    row: 18,
    title: 'a link to nothing, which may be meant to hold a policy,',
    files: { 'dir/a.yaml': CLUSTER },
    prepare: (folder) => symlinkSync('none.yaml', join(folder, 'dir/b.yaml')),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 2,
    says: 'dir/b.yaml: error: cannot be read: there is no such file or directory',
  },
  {
    row: 19,
    title: 'a file that is written to while it is read',
    files: FILES,
    env: preload('change-file', { CHANGE_FILE: 'input.yaml' }),
    exit: 3,
    says: 'input.yaml: error: the file was changed while it was read; run it again',
    writes: ['input.yaml'],
  },
  {
    row: 61,
    title: 'a line of 18 MB',
    files: { 'input.ndjson': `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${'x'.repeat(18_000_000)}"}}\n` },
    exit: 3,
    says: 'input.ndjson:1:1: error: one object or line has more than 16777216 characters',
  },
];

const escaped = '\\u{1b}[2J\\u{202e}\\u{a}';
const NAMES: readonly Row[] = [
  ...[
    'a\u001b[2J\u202e\n.yaml',
    'dir\u001b]8;;x\u0007/a\u009b31m.yaml',
    '$(touch x)`id`;a b\'".yaml',
    '-n.yaml',
    '=HYPERLINK.yaml',
    '%s%n.yaml',
  ].map(
    (name): Row => ({
      row: 21,
      title: `the file name ${JSON.stringify(name)}`,
      files: { [name]: `${CLUSTER}---\nkind: [` },
      args: ['compile', `--file=${name}`, '--out', OUT],
      exit: 2,
      says: /^\S.*\.yaml:15:1: error: /,
    }),
  ),
  {
    row: 21,
    title: 'a file name with control characters and nothing else wrong',
    files: { 'a\u001b[2J\u202e\n.yaml': CLUSTER },
    exit: 0,
  },
  {
    row: 21,
    title: 'the name of an output with control characters',
    files: FILES,
    args: ['compile', '-f', 'input.yaml', '--out', 'none\u001b[2J\u202e\n/x.npt'],
    exit: 3,
    says: `\`none${escaped.replace('\\u{a}', '')}`,
  },
  {
    row: 21,
    title: 'a path that is not there, with control characters',
    args: ['compile', '-f', '\u001b[2J\u202e\n', '--out', OUT],
    exit: 2,
    says: `${escaped}: error: cannot be read`,
  },
  {
    row: 21,
    title: 'a file name that is not UTF-8',
    files: { 'dir/a.yaml': CLUSTER },
    prepare: (folder) => writeFileSync(Buffer.concat([Buffer.from(`${folder}/dir/b`), Buffer.of(0xff, 0x1b), Buffer.from('.yaml')]), POD),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 2,
    says: 'dir/b\\xff\\u{1b}.yaml: error: the name of the file is not UTF-8 text; rename it',
  },
  {
    row: 21,
    title: 'a file name that is not UTF-8 and not that of a manifest',
    files: { 'dir/a.yaml': CLUSTER },
    prepare: (folder) => writeFileSync(Buffer.concat([Buffer.from(`${folder}/dir/b`), Buffer.of(0xff)]), POD),
    args: ['compile', '-f', 'dir', '--out', OUT],
    exit: 0,
  },
];

const ROWS = [...USAGE, ...PATHS, ...CONTENTS, ...MANY, ...NAMES];

badInput('a command line', ROWS);

describe('inputs without end', () => {
  const folder = temporaryFolder();

  it('11: a standard input that is never closed ends the run at the deadline, with 3', async () => {
    const out = writeText(folder, 'old.npt', 'old');
    const { child, result } = startCli(['compile', '-f', '-', '--out', out, '--read-timeout', '1']);
    child.stdin?.write(`${CLUSTER}---\n`);
    const { code, stdout, stderr } = await result;
    expect(stderr).toContain('<stdin>: error: nothing has come for 1 s, and not the end either');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(readFileSync(out, 'utf8')).toBe('old');
  });

  it('11: a standard input that is slow, and closed in the end, is read', async () => {
    const { child, result } = startCli(['inspect', '-f', '-', '--read-timeout', '2']);
    for (const part of [POD, '---\n', POLICY, '# the end\n']) {
      child.stdin?.write(part);
      await new Promise((done) => setTimeout(done, 700));
    }
    child.stdin?.end();
    expect(await result).toMatchObject({ code: 0, stderr: '' });
  });

  it('12: a standard input without end is stopped, with 3', async () => {
    const { child, result } = startCli(['inspect', '-f', '-']);
    const chunk = '# text without an end\n'.repeat(5000);
    const feed = (): void => {
      while (child.stdin?.writable && child.stdin.write(chunk));
    };
    child.stdin?.on('drain', feed);
    feed();
    const { code, stdout, stderr } = await result;
    expect(stderr).toContain('<stdin>:1:1: error: one document or list item has more than 16777216 characters');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  it('12: documents without end are stopped at the bound on bytes, which is in the message', async () => {
    const pipe = join(folder, 'endless.yaml');
    writeFileSync(pipe, `${CLUSTER}---\n`.repeat(100));
    const { diagnostics, counts } = await loadManifests([pipe], { mostBytes: 10_000 });
    expect(diagnostics).toMatchObject([{ code: 'file-too-large', severity: 'error', origin: { file: pipe } }]);
    expect(diagnostics[0]?.message).toMatch(/^the file has \d\d,\d{3} bytes, at most 10,000 bytes of one input are read$/);
    expect(counts.size).toBe(0);
    // A device has no size that could be known before.
    const zero = await loadManifests(['/dev/zero'], { mostBytes: 10_000 });
    expect(zero.diagnostics).toMatchObject([
      { code: 'file-too-large', message: 'it does not end, at most 10,000 bytes of one input are read' },
    ]);
  });

  it.each([{ idleMs: -1 }, { idleMs: 2 ** 31 }, { mostBytes: 0 }, { mostBytes: 1.5 }, { mostBytes: Number.NaN }])(
    'the bounds %j are refused',
    async (options) => {
      await expect(loadManifests(['x'], options)).rejects.toThrow(RangeError);
    },
  );
});

describe('many files', () => {
  // Not 100,000, which take a minute to write and to read: files that stayed open would be too many at 128 already, and more files tell no more.
  it('20: 3,000 of them are read with 128 open files', async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 3000; i++) writeText(folder, `in/${i % 10}/${i}.yaml`, podOf(`p${i}`));
    writeText(folder, 'in/policy.yaml', POLICY);
    const { code, stdout, stderr } = await runCli(['compile', '-f', 'in', '--out', OUT], { cwd: folder, shell: 'ulimit -n 128' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 NetworkPolicy, 3,000 Pod');
  });
});

covers(ROWS, [...span(1, 21), 61], {}, [20]);
