/**
 * What of a directory is read and what is left out, by which options, and that the reason is the true one.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { temporaryFolder, writeText } from '../support/folders.ts';

const root = temporaryFolder();
const podOf = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: x}\nspec: {containers: []}\n`;

/** A folder with one pod in `a.yaml`, below the folder of this file's tests. */
function folderWithPod(): string {
  const folder = mkdtempSync(join(root, 'run-'));
  writeText(folder, 'd/a.yaml', podOf('a'));
  return join(folder, 'd');
}

async function load(paths: readonly string[]): Promise<{ readonly pods: string[]; readonly found: string[] }> {
  const { pods, diagnostics } = await loadManifests(paths);
  return {
    pods: pods.map(({ object }) => object.metadata.name),
    found: diagnostics.map(({ severity, code, origin, message }) => `${severity} ${code} ${origin.file}: ${message}`),
  };
}

describe('what is no file', () => {
  it.each(['absolute', 'relative'])('a pipe in a directory with an %s path is left out at once, and this is said', async (kind) => {
    const folder = folderWithPod();
    execFileSync('mkfifo', [join(folder, 'b.yaml')]);
    const path = kind === 'absolute' ? folder : relative(process.cwd(), folder);
    expect(await load([path])).toEqual({
      pods: ['a'],
      found: [`warning not-a-file ${join(path, 'b.yaml')}: it is a pipe, a socket or a device: left out`],
    });
  });

  it('a link to a pipe is left out too', async () => {
    const folder = folderWithPod();
    mkdirSync(join(folder, 'c'));
    execFileSync('mkfifo', [join(folder, 'c/pipe')]);
    symlinkSync('c/pipe', join(folder, 'b.yaml'));
    const { pods, found } = await load([folder]);
    expect(pods).toEqual(['a']);
    expect(found).toEqual([expect.stringMatching(/^warning not-a-file .*b\.yaml: it is a pipe/)]);
  });
});

describe('names of files', () => {
  it('a link is read by its own name, as files are: one to a manifest under another name is not meant', async () => {
    const folder = folderWithPod();
    writeText(folder, 'c/c.yaml', podOf('c'));
    symlinkSync('c/c.yaml', join(folder, 'notes.txt'));
    symlinkSync('notes', join(folder, 'README'));
    expect(await load([folder])).toEqual({ pods: ['a', 'c'], found: [] });
  });

  it('a link to a directory is followed whatever its name, and one with the name of a manifest is read', async () => {
    const folder = folderWithPod();
    writeText(folder, '.data/c.yaml', podOf('c'));
    writeText(folder, '.more/d', podOf('d'));
    symlinkSync('.data', join(folder, 'current'));
    symlinkSync('.more/d', join(folder, 'd.yaml'));
    expect(await load([folder])).toEqual({ pods: ['a', 'c', 'd'], found: [] });
  });

  it('a pipe that has not the name of a manifest is not spoken of', async () => {
    const folder = folderWithPod();
    execFileSync('mkfifo', [join(folder, 'agent.sock')]);
    expect(await load([folder])).toEqual({ pods: ['a'], found: [] });
  });
});

describe('directories inside each other', () => {
  it('a directory whose only files have been read already is not said to hold none', async () => {
    const folder = mkdtempSync(join(root, 'run-'));
    writeText(folder, 'd/sub/a.yaml', podOf('a'));
    const { pods, found } = await load([join(folder, 'd/sub'), join(folder, 'd')]);
    expect(pods).toEqual(['a']);
    expect(found).toEqual([`warning directory-given-twice ${join(folder, 'd/sub')}: the directory has already been read: left out`]);
  });

  it('a directory that holds only a link to itself holds no files', async () => {
    const folder = mkdtempSync(join(root, 'run-'));
    symlinkSync('.', join(folder, 'again'));
    const { found } = await load([folder]);
    expect(found.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['warning directory-given-twice', 'error no-files']);
  });
});

describe('options of loadManifests', () => {
  it.each([
    [{ idleMs: 2 ** 31 }, 'idleMs must be a whole number from 0 to 2147483647, got `2147483648`'],
    [{ idleMs: -1 }, 'idleMs must be a whole number from 0 to 2147483647, got `-1`'],
    [{ idleMs: 0.5 }, 'got `0.5`'],
    [{ mostBytes: 0 }, 'mostBytes must be a whole number from 1 to 9007199254740991, got `0`'],
    [{ mostBytes: Number.NaN }, 'got `NaN`'],
  ])('%j is refused with its range', async (options, message) => {
    await expect(loadManifests([root], options)).rejects.toThrow(
      expect.objectContaining({ name: 'RangeError', message: expect.stringContaining(message) }),
    );
  });

  it.each([{ idleMs: 2 ** 31 - 1 }, { idleMs: 0 }, { mostBytes: Number.MAX_SAFE_INTEGER }])('%j is taken', async (options) => {
    const { pods } = await loadManifests([folderWithPod()], options);
    expect(pods).toHaveLength(1);
  });
});
