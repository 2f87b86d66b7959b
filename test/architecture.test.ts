/**
 * The map of the rooms: who may import whom, as data. A new arrow is a decision, made here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../src');

/** Room -> rooms it may import. `index` and `node` are the entry files. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  model: ['lib'],
  cni: ['model'],
  tables: ['lib'],
  reference: ['model', 'cni'],
  neighbours: ['model', 'lib', 'input', 'shapes'],
  invariants: [
    'model',
    'cni',
    'lib',
    'input',
    'dialects',
    'tables',
    'evaluate',
    'reach',
    'engine',
    'reference',
    'expectations',
    'neighbours',
  ],
  fuzz: ['model', 'cni', 'lib', 'invariants', 'neighbours', 'report'],
  input: ['model', 'lib', 'wire'],
  dialects: ['model', 'lib'],
  compile: ['model', 'lib', 'tables'],
  evaluate: ['model', 'lib', 'tables'],
  reach: ['model', 'lib', 'tables', 'evaluate'],
  matrix: ['model', 'lib', 'tables', 'evaluate', 'reach'],
  diff: ['model', 'lib', 'dialects', 'tables', 'evaluate', 'reach', 'matrix', 'engine'],
  exposure: ['model', 'cni', 'lib', 'input', 'dialects', 'tables', 'evaluate', 'matrix', 'engine'],
  flows: ['model', 'lib', 'tables'],
  shapes: ['model', 'lib'],
  engine: ['model', 'cni', 'lib', 'input', 'dialects', 'compile', 'tables', 'evaluate'],
  portability: ['model', 'cni', 'lib', 'dialects', 'tables', 'evaluate', 'reach', 'engine'],
  expectations: ['model', 'cni', 'lib', 'input', 'dialects', 'tables', 'evaluate', 'engine'],
  // Compiles the policies of a zone without what they allow, and reads files as expectations does.
  compliance: ['model', 'cni', 'lib', 'input', 'dialects', 'compile', 'tables', 'evaluate', 'reach', 'engine', 'expectations'],
  // Looks at objects, at who selects whom, and at compiled decisions.
  lint: ['model', 'cni', 'lib', 'input', 'dialects', 'compile', 'tables', 'evaluate', 'matrix', 'engine'],
  services: ['model', 'lib', 'input', 'dialects', 'engine'],
  troubleshoot: ['model', 'lib', 'input', 'engine', 'services'],
  simulate: ['model', 'lib', 'tables', 'flows', 'evaluate'],
  // Measures the whole pipeline, and its answers against the reference's.
  scale: ['model', 'cni', 'lib', 'input', 'dialects', 'compile', 'tables', 'flows', 'evaluate', 'engine', 'reference'],
  report: [
    'model',
    'lib',
    'tables',
    'evaluate',
    'reach',
    'matrix',
    'diff',
    'portability',
    'expectations',
    'invariants',
    'compliance',
    'lint',
    'simulate',
    'scale',
    'services',
    'troubleshoot',
  ],
  wire: ['model', 'lib', 'tables', 'simulate'],
  index: [
    'model',
    'cni',
    'lib',
    'input',
    'engine',
    'evaluate',
    'tables',
    'flows',
    'report',
    'wire',
    'simulate',
    'shapes',
    'reach',
    'matrix',
    'diff',
    'exposure',
    'portability',
    'expectations',
    'neighbours',
    'invariants',
    'compliance',
    'lint',
    'scale',
    'services',
    'troubleshoot',
  ],
  node: ['input', 'expectations', 'invariants', 'compliance', 'simulate', 'shapes', 'scale', 'index'],
  cli: ['index', 'node', 'fuzz'],
};

/** Package -> the room that uses it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['input'],
  piscina: ['simulate'],
  'protobufjs/minimal.js': ['wire'],
  commander: ['cli'],
  'fast-check': ['fuzz'],
  picocolors: ['cli'],
};

/** Where files, threads or the process are touched. Everything else also runs in a browser page. */
const MAY_USE_NODE = [
  'cli',
  'node',
  'simulate',
  'input/load-manifests.ts',
  'input/read-bytes.ts',
  'shapes/load-shape.ts',
  'expectations/load-tests.ts',
  'invariants/load-invariants.ts',
  'scale/run-job.ts',
  'scale/machine.ts',
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = (readdirSync(SOURCE, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.startsWith('wire/gen/'))
  .flatMap((file) => importsOf(file.replaceAll('\\', '/')));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s(?<type>type\s)?(?:[^'";]*?\sfrom\s)?'(?<target>[^']+)';/gm);
  const dynamic = text.matchAll(/\bimport\(\s*['"`](?<target>[^'"`]+)['"`]/g);
  return [
    ...[...statements].map(({ groups }) => ({ file, target: groups!.target!, typeOnly: groups!.type !== undefined })),
    ...[...dynamic].map(({ groups }) => ({ file, target: groups!.target!, typeOnly: false })),
  ];
}

function roomOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, '');
}

function targetFile({ file, target }: Import): string {
  return relative(SOURCE, resolve(SOURCE, dirname(file), target)).replaceAll('\\', '/');
}

describe('the map of imports', () => {
  it('sees the imports that are there', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.some(({ file, target }) => file === 'engine/engine.ts' && target === '../compile/compile.ts')).toBe(true);
  });

  it('has every room', () => {
    expect(new Set(imports.map(({ file }) => roomOf(file)))).toEqual(
      new Set(
        Object.keys(ROOMS).filter((room) => (room !== 'cni' && room !== 'model') || imports.some(({ file }) => roomOf(file) === room)),
      ),
    );
  });

  it('is kept by every import inside the project', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .map((each) => ({ from: roomOf(each.file), to: roomOf(targetFile(each)), ...each }))
      .filter(({ from, to }) => from !== to && !ROOMS[from]?.includes(to));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('has each package in its room', () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'))
      .filter(({ file, target }) => !PACKAGES[target]?.includes(roomOf(file)));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('keeps node:* to where files, threads and the process are touched', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('node:'))
      .filter(({ file }) => !MAY_USE_NODE.some((place) => place === file || place === roomOf(file)));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('has no cycle between files, types aside', () => {
    const edges = new Map<string, string[]>();
    for (const each of imports) {
      if (each.target.startsWith('.') && !each.typeOnly) edges.set(each.file, [...(edges.get(each.file) ?? []), targetFile(each)]);
    }
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error(`import cycle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of edges.keys()) visit(file, []);
    expect(done.size).toBeGreaterThan(30);
  });
});

describe('what a worker loads', () => {
  it('holds no YAML, no protobuf, no compiler and no policy model', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const each of imports) {
        if (each.file !== file || each.typeOnly) continue;
        if (each.target.startsWith('.')) visit(targetFile(each).replace(/\.js(\?.*)?$/, '.ts'));
        else reached.add(each.target);
      }
    };
    visit('simulate/worker.ts');
    const rooms = new Set([...reached].filter((file) => file.endsWith('.ts')).map(roomOf));
    for (const room of ['input', 'compile', 'dialects', 'wire', 'engine', 'reference']) expect(rooms).not.toContain(room);
    expect([...reached].filter((file) => ['js-yaml', 'protobufjs/minimal.js', 'piscina'].includes(file))).toEqual([]);
  });
});
