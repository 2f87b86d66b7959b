/**
 * `generate`: what it writes is the cluster of the shape, in every format; whole or not at all; and what is refused.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { encodeSnapshot } from '../../src/input/snapshot/encode-snapshot.ts';
import { loadShape } from '../../src/shapes/load-shape.ts';
import { shapeObjects, shapeUpdates } from '../../src/shapes/shape.ts';
import { encodeTables } from '../../src/wire/tables.ts';
import { listening, preload, runCli, startCli } from '../support/cli.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const folder = temporaryFolder();
const SMALL = ['generate', 'kube-burner-example'];

async function generate(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCli(['generate', ...args, '-o', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document = JSON.parse(stdout) as Record<string, unknown>;
  expect(validatorOf('generate-report')(document)).toEqual([]);
  return document;
}

/** The bytes of the tables without places in files, which differ from format to format. */
async function tablesOf(path: string): Promise<Uint8Array> {
  const manifests = await loadManifests([path]);
  expect(manifests.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  return encodeTables(compile(withoutPlaces(manifests), { shared: false }).tables);
}

function withoutPlaces({ namespaces, nodes, pods, networkPolicies, adminPolicies }: Awaited<ReturnType<typeof loadManifests>>) {
  const objects = [...namespaces, ...nodes, ...pods, ...networkPolicies, ...adminPolicies].map(({ object }) => object);
  return manifestsFromObjects(objects.map((object) => ({ apiVersion: API_VERSIONS.get(object.kind), ...object })));
}

const API_VERSIONS = new Map([
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['ClusterNetworkPolicy', 'policy.networking.k8s.io/v1alpha2'],
  ['AdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1'],
  ['Namespace', 'v1'],
  ['Pod', 'v1'],
  ['Node', 'v1'],
]);

describe('what is written', () => {
  it.each(['field-replica', 'cidr-heavy'])('%s is the same cluster in every format', async (name) => {
    const scale = 0.004;
    const expected = encodeTables(compile(manifestsFromObjects([...shapeObjects(loadShape(name), { scale })]), { shared: false }).tables);
    for (const out of [`${name}`, `${name}.yaml`, `${name}.yml`, `${name}.json`, `${name}.ndjson`, `${name}.jsonl`]) {
      const path = join(folder, out);
      await generate([name, '--scale', String(scale), '--out', path]);
      expect(Buffer.from(await tablesOf(path)).equals(expected), out).toBe(true);
    }
  });

  it.each(['field-replica', 'cidr-heavy'])('%s is the same cluster in a snapshot, with the same verdicts', async (name) => {
    const scale = 0.004;
    const [path, manifests] = [join(folder, `${name}.NPS`), join(folder, `${name}-beside.ndjson`)];
    const document = await generate([name, '--scale', String(scale), '--out', path]);
    await generate([name, '--scale', String(scale), '--out', manifests]);
    const made = manifestsFromObjects([...shapeObjects(loadShape(name), { scale })]);
    expect(document).toMatchObject({ out: { path, files: 1, sizeBytes: statSync(path).size } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path).equals(encodeSnapshot(made))).toBe(true);
    expect(Buffer.from(await tablesOf(path)).equals(encodeTables(compile(made, { shared: false }).tables))).toBe(true);
    const verdicts = async (file: string) => {
      const { code, stdout } = await runCli(['simulate', '-f', file, '--flows', '20k', '--seed', '1', '-o', 'json']);
      expect(code).toBe(0);
      return (JSON.parse(stdout) as { verdicts: Record<string, number> }).verdicts;
    };
    const wanted = await verdicts(manifests);
    expect(Math.min(wanted.allow!, wanted.deny!)).toBeGreaterThan(0);
    expect(await verdicts(path)).toEqual(wanted);
  });

  it('is told: files, bytes, objects by kind', async () => {
    const out = join(folder, 'told');
    const document = await generate(['kube-burner-ocp', '--out', out]);
    const files = readdirSync(out).sort();
    expect(files).toEqual(['namespaces-001.yaml', 'nodes-001.yaml', 'pods-001.yaml', 'policies-001.yaml']);
    const sizeBytes = files.reduce((sum, file) => sum + statSync(join(out, file)).size, 0);
    expect(document).toMatchObject({ shape: 'kube-burner-ocp', seed: 1, scale: 1, out: { path: out, files: 4, sizeBytes } });
    expect(document.objects).toEqual([
      { kind: 'Namespace', objects: 10 },
      { kind: 'Node', objects: 3 },
      { kind: 'Pod', objects: 100 },
      { kind: 'NetworkPolicy', objects: 220 },
    ]);
    expect(statSync(out).mode & 0o777).toBe(0o700);
    for (const file of files) expect(statSync(join(out, file)).mode & 0o777).toBe(0o600);
  });

  it('has another file after 10,000 objects', async () => {
    const out = join(folder, 'many');
    await generate(['antrea-small', '--scale', '0.26', '--out', out]);
    expect(readdirSync(out).sort()).toEqual([
      'namespaces-001.yaml',
      'pods-001.yaml',
      'pods-002.yaml',
      'pods-003.yaml',
      'policies-001.yaml',
      'policies-002.yaml',
    ]);
    expect(readFileSync(join(out, 'pods-003.yaml'), 'utf8').match(/^---$/gm)).toHaveLength(6_000);
  });

  it('is the same for the same seed, another for another, and the default is that of the shape', async () => {
    const text = async (out: string, ...args: string[]): Promise<string> => {
      await generate(['cilium-netpol-100', '--scale', '0.05', '--out', join(folder, out), ...args]);
      return readFileSync(join(folder, out), 'utf8');
    };
    const first = await text('a.ndjson', '--seed', '1');
    expect(await text('b.ndjson')).toBe(first);
    expect(await text('c.ndjson', '--seed', '2')).not.toBe(first);
  });

  it('replaces a file and fills an empty folder', async () => {
    const file = writeText(folder, 'old.json', 'old');
    mkdirSync(join(folder, 'empty'));
    await generate(['kube-burner-example', '--out', file]);
    await generate(['kube-burner-example', '--out', `${join(folder, 'empty')}/`]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kind: 'List' });
    expect(readdirSync(join(folder, 'empty'))).toHaveLength(4);
  });

  it('comes with what changes afterwards, for a shape that changes', async () => {
    const updates = join(folder, 'updates.ndjson');
    const document = await generate([
      'cilium-churn',
      '--scale',
      '0.1',
      '--seed',
      '7',
      '--out',
      join(folder, 'churn.ndjson'),
      '--updates',
      updates,
    ]);
    const lines = readFileSync(updates, 'utf8').split('\n').slice(0, -1);
    const expected = [...shapeUpdates(loadShape('cilium-churn'), { scale: 0.1, seed: 7 })];
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
    expect(document.updates).toEqual({ path: updates, changes: expected.length, sizeBytes: statSync(updates).size });
    expect(expected.some((update) => 'remove' in update) && expected.some((update) => 'apply' in update)).toBe(true);
  });

  it('follows a specification of one’s own, in YAML as well', async () => {
    const shape = writeText(
      folder,
      'mine.yaml',
      `name: mine
generator: calico-tenants
about: three tenants
source: nowhere
seed: 3
published: { tenants: 3, podsPerTenant: 2, uniqueLabels: [5], binaryLabels: 0, environments: 1, tiers: 1, regions: 1, teams: 1, constantLabels: 0, services: 1, namespaceLabels: 0, dns: 10.96.0.10/32 }
assumed: { nodes: 1 }
`,
    );
    const document = await generate([shape, '--out', join(folder, 'mine.json')]);
    expect(document).toMatchObject({ shape: 'mine', seed: 3 });
    expect(document.objects).toEqual([
      { kind: 'Namespace', objects: 3 },
      { kind: 'Pod', objects: 6 },
      { kind: 'NetworkPolicy', objects: 3 },
    ]);
  });
});

describe('--list', () => {
  it('shows every shape with its sizes and source', async () => {
    const { code, stdout } = await runCli(['generate', '--list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^SHAPE +NAMESPACES +PODS +POLICIES +SOURCE\n/);
    expect(stdout).toMatch(/^antrea-small +25,000 +100,000 +75,000 +https:\/\/github.com\/antrea-io\/antrea/m);
    expect(stdout).toMatch(/^kubernetes-maximum +10,000 +150,000 +50,000 /m);
  });

  it('has a JSON form', async () => {
    const document = JSON.parse((await runCli(['generate', '--list', '-o', 'json'])).stdout) as { shapes: { name: string }[] };
    expect(validatorOf('shape-list')(document)).toEqual([]);
    expect(document.shapes.find(({ name }) => name === 'field-replica')).toMatchObject({ seed: 604, sizes: { pods: 5413 } });
  });
});

describe('what is refused', () => {
  const out = ['--out', join(folder, 'refused')];

  it.each<[string, readonly string[], number, string]>([
    ['no shape', ['generate', ...out], 2, 'missing required argument `SHAPE`'],
    ['no target', SMALL, 2, 'missing required option `--out`'],
    ['a mistyped shape', ['generate', 'feild-replica', ...out], 2, 'there is no shape `feild-replica`: did you mean `field-replica`?'],
    ['a shape that is none', ['generate', 'zzz', ...out], 2, 'there is no shape `zzz`: there are antrea-cluster-scoped, '],
    ['a mistyped flag', [...SMALL, ...out, '--sed', '1'], 2, 'unknown option `--sed`'],
    [
      'a seed that is no number',
      [...SMALL, ...out, '--seed', 'x'],
      2,
      '`--seed` must be a whole number from 0 to 9,007,199,254,740,991, got `x`',
    ],
    ['a negative seed', [...SMALL, ...out, '--seed=-1'], 2, '`--seed` must be a whole number'],
    ...['0', '1.5', '-0.1', 'half', '1e-1', '', '0.0'].map((scale): [string, string[], number, string] => [
      `scale \`${scale}\``,
      [...SMALL, ...out, `--scale=${scale}`],
      2,
      `\`--scale\` must be a decimal number above 0 and at most 1, got \`${scale}\``,
    ]),
    ['two targets', [...SMALL, ...out, '--out', 'x'], 2, '`--out` is given twice with different values'],
    ['stdout', [...SMALL, '--out', '-'], 2, 'clusters are not written to stdout'],
    [
      'an ending that is not known',
      [...SMALL, '--out', 'x.jsn'],
      2,
      '`x.jsn`: expected a folder, or a file ending in .yaml, .yml, .json, .ndjson, .jsonl, .nps',
    ],
    [
      'updates of a shape that does not change',
      [...SMALL, ...out, '--updates', 'u.ndjson'],
      2,
      '`--updates`: nothing changes in the shape `kube-burner-example`',
    ],
    ['updates into a folder', ['generate', 'cilium-churn', ...out, '--updates', folder], 3, 'cannot be written: it is a directory'],
    ['a list with a shape', [...SMALL, '--list'], 2, '`--list` goes with nothing but `--output`'],
    ['a list with a seed', ['generate', '--list', '--seed', '1'], 2, '`--list` goes with nothing but `--output`'],
    ['a file that is not there', ['generate', 'none.json', ...out], 2, '`none.json` cannot be read: no such file or directory (ENOENT)'],
    ['a folder that is not there', [...SMALL, '--out', join(folder, 'none/x')], 3, 'no such file or directory (ENOENT)'],
  ])('%s', async (_, args, code, says) => {
    const before = readdirSync(folder).sort();
    const result = await runCli(args);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) });
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('a folder that holds something, and leaves it alone', async () => {
    const full = join(folder, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'mine.yaml'), 'mine');
    expect(await runCli([...SMALL, '--out', full])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('a directory that is not empty'),
    });
    expect(readdirSync(full)).toEqual(['mine.yaml']);
  });

  it('a link to a folder, a file as a folder, and the working directory', async () => {
    const [place, link] = [join(folder, 'place'), join(folder, 'link')];
    mkdirSync(place);
    symlinkSync(place, link);
    const file = writeText(folder, 'file', 'x');
    for (const target of [link, file])
      expect(await runCli([...SMALL, '--out', target])).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('it is there and not a directory'),
      });
    expect(await runCli([...SMALL, '--out', '.'], { cwd: place })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('working directory'),
    });
    expect(readdirSync(place)).toEqual([]);
  });

  it('a specification with mistakes, all of them at once', async () => {
    const shape = { name: 'x', generator: 'kube-burnr', about: '', source: 's', seed: -1, extra: 1 };
    const file = writeText(folder, 'wrong.json', JSON.stringify(shape));
    const { code, stderr } = await runCli(['generate', file, ...out]);
    expect(code).toBe(2);
    for (const problem of [
      '`about`: expected text that is not empty',
      '`seed`: expected',
      'unknown field `extra`',
      'there is no generator `kube-burnr`: did you mean `kube-burner`?',
    ])
      expect(stderr).toContain(problem);
  });

  it('a specification that asks for more than there is, and writes nothing', async () => {
    const shape = JSON.parse(readFileSync('datasets/shapes/cidr-heavy.json', 'utf8')) as { assumed: object };
    const file = writeText(
      folder,
      'greedy.json',
      JSON.stringify({ ...shape, assumed: { ...shape.assumed, ipv4Lengths: { 4: 1 }, ipv6Lengths: { 8: 1 } } }),
    );
    const target = join(folder, 'greedy');
    expect(await runCli(['generate', file, '--out', target])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot find a block that is not taken'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('greedy') || name.startsWith('.netpolsim'))).toEqual(['greedy.json']);
  });
});

describe('a run that fails', () => {
  it.each(['open', 'write', 'sync', 'close', 'rename'])('leaves nothing behind when %s fails', async (step) => {
    const before = readdirSync(folder).sort();
    for (const name of ['failed', 'failed.ndjson']) {
      const result = await runCli([...SMALL, '--out', join(folder, name)], { env: preload('fail-file', { FAIL_STEP: step }) });
      expect(result).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('no space left on the device (ENOSPC)') });
    }
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const before = readdirSync(folder).sort();
    const { child, result } = startCli(['generate', 'kubernetes-maximum', '--out', join(folder, 'stopped')], {
      env: preload('tell-listening'),
    });
    await listening(child);
    setTimeout(() => child.kill('SIGTERM'), 500);
    expect(await result).toMatchObject({ code: 3, stderr: expect.stringContaining('stopped by SIGTERM') });
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
