/**
 * The C loop that the kernel is measured against says what the kernel says, in every branch of it; without gcc there is none.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Arrangement, arrangementOf, kernelBytes, kernelColumns, prepareCLoop } from '../../bench/support/c-loop.ts';
import { makeFlows } from '../../bench/workloads/flows.ts';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { buildStripEnds } from '../../src/evaluate/port-strips.ts';
import { TableReader } from '../../src/evaluate/reader.ts';
import { buildVerdictCube, type VerdictCube } from '../../src/evaluate/verdict-cube.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { createFlowBatch, type FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, UNKNOWN } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { manifestsInBlocks, manifestsOfManyPorts } from '../support/blocks-world.ts';
import { wideWorld } from '../support/wide-world.ts';

const HAS_GCC = (() => {
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netpolsim-test-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const tablesOf = (each: World): RuleTables => compile(toManifests(each), { cni: spec }).tables;

/** The first generated tables that have what is asked for. */
function generated(preset: PresetName, has: (tables: RuleTables) => boolean): RuleTables {
  for (const each of fc.sample(world(PRESETS[preset]), { seed: 1, numRuns: 200 })) {
    const tables = tablesOf(each);
    if (has(tables)) return tables;
  }
  throw new Error(`no world of ${preset} has it`);
}

/** Every pair of endpoints at a port of every port class, or, where that are too many, flows at what the rules speak of. */
function flowsOf(tables: RuleTables): FlowBatch {
  const { endpointKind, portClassFirst, portClassProtocol } = tables.columns;
  if (endpointKind.length > 100) return makeFlows(tables, 'aimed', 50_000, 1);
  const batch = createFlowBatch(endpointKind.length ** 2 * portClassFirst.length);
  for (let i = 0; i < batch.source.length; i++) {
    const pair = i % endpointKind.length ** 2;
    const portClass = Math.floor(i / endpointKind.length ** 2);
    batch.source[i] = pair % endpointKind.length;
    batch.destination[i] = Math.floor(pair / endpointKind.length);
    batch.protocol[i] = portClassProtocol[portClass]!;
    batch.port[i] = portClassFirst[portClass]!;
  }
  batch.count = batch.source.length;
  return batch;
}

function cubeOf(tables: RuleTables): VerdictCube | undefined {
  const arrangement = arrangementOf(tables);
  return arrangement !== undefined && 'cube' in arrangement ? arrangement.cube : undefined;
}

function bothVerdicts(tables: RuleTables, arrangement: Arrangement): { c: Uint8Array; kernel: Uint8Array } {
  const flows = flowsOf(tables);
  const kernel = new Uint8Array(flows.count);
  createKernel(tables, flows, kernel)(flows.count);
  const { passesNs, verdicts } = prepareCLoop(tables, flows, folder, arrangement)!(0);
  expect(passesNs).toHaveLength(1);
  expect(passesNs[0]).toBeGreaterThan(0);
  return { c: new Uint8Array(verdicts), kernel };
}

describe.skipIf(!HAS_GCC)('the C loop', () => {
  it('says what the kernel says: pages of rows that are cut into blocks', () => {
    const tables = compile(manifestsOfManyPorts(), { cni: spec }).tables;
    expect(arrangementOf(tables)).toBeUndefined();
    const { c, kernel } = bothVerdicts(tables, undefined);
    // Every rule allows what it speaks of, and most others would deny it.
    expect([...new Set(kernel)]).toEqual([ALLOW]);
    expect(c).toEqual(kernel);
  });

  it.each([
    ['plain tables', () => generated('mixed', () => true)],
    ['unknown verdicts of ingress alone', () => generated('unreadable', ({ columns }) => onlyUnknown(columns, 'ingress'))],
    ['unknown verdicts of egress alone', () => generated('unreadable', ({ columns }) => onlyUnknown(columns, 'egress'))],
    ['unknown verdicts of both', () => generated('unreadable', hasBothUnknown)],
    ['rows that judge the way to the own node', () => generated('tiers', ({ columns }) => columns.egressOwnNode.length > 0)],
    ['the same where some are unknown', () => generated('unreadable', judgesInDoubt)],
    ['rows of several pages', () => tablesOf(wideWorld(1))],
    ['rows that are cut into blocks', () => compile(manifestsInBlocks({ tiers: true }), { cni: spec }).tables],
  ] as const)('says what the kernel says: %s', (_, make) => {
    const tables = make();
    const strips = buildStripEnds(new TableReader(tables))!;
    const { c, kernel } = bothVerdicts(tables, undefined);
    expect(new Set(kernel).size).toBeGreaterThan(1);
    expect(c).toEqual(kernel);
    rmSync(join(folder, 'flows.bin'));
    expect(bothVerdicts(tables, { strips }).c).toEqual(kernel);
  });

  it.each([
    ['plain tables', () => generated('mixed', () => true)],
    ['unknown verdicts', () => generated('unreadable', (tables) => hasBothUnknown(tables) && cubeOf(tables) !== undefined)],
  ] as const)('says what the kernel says, over a cube of verdicts: %s', (_, make) => {
    const tables = make();
    const cube = cubeOf(tables);
    expect(cube).toBeDefined();
    const { c, kernel } = bothVerdicts(tables, { cube: cube! });
    expect(new Set(kernel).size).toBeGreaterThan(1);
    expect(c).toEqual(kernel);
  });

  it('has no cube where rows judge the way to the own node', () => {
    const judged = generated('tiers', ({ columns }) => columns.egressOwnNode.length > 0);
    expect(buildVerdictCube(new TableReader(judged))).toBeDefined();
    expect(cubeOf(judged)).toBeUndefined();
  });

  it('meets unknown verdicts', () => {
    expect(bothVerdicts(generated('unreadable', hasBothUnknown), undefined).kernel.includes(UNKNOWN)).toBe(true);
  });
});

function onlyUnknown({ ingressUnknownPage, egressUnknownPage }: RuleTables['columns'], direction: 'ingress' | 'egress'): boolean {
  return direction === 'ingress'
    ? ingressUnknownPage.length > 0 && egressUnknownPage.length === 0
    : egressUnknownPage.length > 0 && ingressUnknownPage.length === 0;
}

function judgesInDoubt({ columns }: RuleTables): boolean {
  return columns.egressOwnNode.length > 0 && columns.egressUnknownPage.length > 0;
}

function hasBothUnknown({ columns }: RuleTables): boolean {
  return columns.ingressUnknownPage.length > 0 && columns.egressUnknownPage.length > 0;
}

describe('without gcc', () => {
  it('there is no C loop, and no failure', () => {
    vi.stubEnv('PATH', folder);
    const tables = tablesOf(wideWorld(1));
    expect(prepareCLoop(tables, flowsOf(tables), folder, undefined)).toBeUndefined();
  });
});

describe('the columns of the kernel', () => {
  it('are counted as it reads them, as narrow as their numbers are', () => {
    const tables = tablesOf(wideWorld(1));
    expect(cubeOf(tables)).toBeUndefined();
    const columns = kernelColumns(tables, undefined);
    expect(columns.get('portPage')!.BYTES_PER_ELEMENT).toBe(1);
    expect(columns.get('endpointEgressPeer')!.BYTES_PER_ELEMENT).toBe(2);
    expect(columns.get('egressAllowBits')!.BYTES_PER_ELEMENT).toBe(4);
    expect(columns.has('decisionVerdict')).toBe(false);
  });

  it('are those of strips where there is no cube', () => {
    const tables = tablesOf(wideWorld(1));
    const columns = kernelColumns(tables, arrangementOf(tables));
    expect(columns.get('sources')).toEqual(buildStripEnds(new TableReader(tables))!.sources);
    expect(columns.has('egressAllowBits')).toBe(false);
    expect(kernelBytes(tables)).toBe([...columns.values()].reduce((sum, column) => sum + column.byteLength, 0));
    expect(kernelBytes(tables)).toBeLessThan(tables.sizeBytes);
  });

  it('are those of the cube where there is one', () => {
    const tables = generated('mixed', () => true);
    const columns = kernelColumns(tables, arrangementOf(tables));
    expect(columns.get('verdictCell')).toEqual(cubeOf(tables)!.verdicts);
    expect(columns.has('egressAllowBits')).toBe(false);
    expect(kernelBytes(tables)).toBe([...columns.values()].reduce((sum, column) => sum + column.byteLength, 0));
  });
});
