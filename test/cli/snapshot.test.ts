/**
 * `snapshot`, and snapshots where manifests are read: alone, beside manifests, from a pipe; refused when damaged or cut, with nothing written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { validatorOf } from '../support/schemas.ts';

const CLUSTER = ['-f', 'datasets/clusters/web-shop'];
const ASK = ['can-reach', 'shop/web', 'shop/cart', '--port', '7070', '-o', 'json'];
const folder = temporaryFolder();
const file = join(folder, 'cluster.nps');

beforeAll(async () => {
  expect(await runCli(['snapshot', ...CLUSTER, '--out', file])).toMatchObject({ code: 0, stderr: '' });
});

describe('a snapshot', () => {
  it('is told in JSON that its schema describes', async () => {
    const { code, stdout } = await runCli(['snapshot', ...CLUSTER, '--out', join(folder, 'other.nps'), '-o', 'json']);
    const document = JSON.parse(stdout) as { out: { sizeBytes: number } };
    expect(code).toBe(0);
    expect(validatorOf('snapshot-report')(document)).toEqual([]);
    expect(document.out.sizeBytes).toBe(readFileSync(file).length);
    expect(readFileSync(join(folder, 'other.nps')).equals(readFileSync(file))).toBe(true);
  });

  it('answers as its files do, from a file and from a pipe, under any profile', async () => {
    for (const cni of ['spec', 'cilium']) {
      const wanted = await runCli([...ASK, '--cni', cni, ...CLUSTER]);
      expect(wanted.stdout).toContain('"verdict"');
      expect(await runCli([...ASK, '--cni', cni, '-f', file])).toEqual(wanted);
      expect(await runCli([...ASK, '--cni', cni, '-f', '-'], { stdin: readFileSync(file) })).toEqual(wanted);
    }
  });

  it('stands beside a policy that changes the answer', async () => {
    const deny = join(folder, 'deny.yaml');
    const meta = 'metadata: {name: deny}\nspec: {tier: Admin, priority: 0, subject: {namespaces: {}}';
    writeFileSync(
      deny,
      `apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\n${meta}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}\n`,
    );
    expect((await runCli([...ASK, '-f', file])).stdout).toContain('"verdict": "allow"');
    expect((await runCli([...ASK, '-f', file, '-f', deny])).stdout).toContain('"verdict": "deny"');
  });

  it.each([
    ['damaged', (bytes: Buffer) => bytes.fill(0x55, bytes.length - 8), 'the file is damaged'],
    ['cut', (bytes: Buffer) => bytes.subarray(0, 100), 'the snapshot cannot be used'],
    ['followed by something', (bytes: Buffer) => Buffer.concat([bytes, bytes]), 'is there twice'],
  ])('is refused when it is %s', async (_, change, says) => {
    const wrong = join(folder, 'wrong.nps');
    const out = join(folder, 'none.npt');
    writeFileSync(wrong, change(readFileSync(file)));
    const { code, stderr, stdout } = await runCli(['compile', '-f', wrong, '--out', out]);
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false });
    expect(stderr).toContain(says);
  });

  it('is not written of what has errors, unless asked to', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(
      broken,
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x, namespace: shop}\nspec: {podselector: {}}\n',
    );
    const out = join(folder, 'broken.nps');
    expect(await runCli(['snapshot', ...CLUSTER, '-f', broken, '--out', out])).toMatchObject({ code: 2 });
    expect(existsSync(out)).toBe(false);
    expect(await runCli(['snapshot', ...CLUSTER, '-f', broken, '--out', out, '--keep-going'])).toMatchObject({ code: 3 });
    expect(await runCli(['compile', '-f', out, '--out', join(folder, 'x.npt')])).toMatchObject({ code: 2 });
  });
});
