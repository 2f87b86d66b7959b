/**
 * The C loop that the kernel is measured against says what the kernel says, in every branch of it; without gcc there is none.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { kernelBytes, kernelColumns, prepareCLoop } from '../../bench/support/c-loop.ts';
import { makeFlows } from '../../bench/workloads/flows.ts';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { createKernel } from '../../src/evaluate/kernel.ts';
import { toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS, type PresetName } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { createFlowBatch, type FlowBatch } from '../../src/tables/flow-batch.ts';
import { UNKNOWN } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { manifestsInBlocks } from '../support/blocks-world.ts';
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

function bothVerdicts(tables: RuleTables): { c: Uint8Array; kernel: Uint8Array } {
  const flows = flowsOf(tables);
  const kernel = new Uint8Array(flows.count);
  createKernel(tables, flows, kernel)(flows.count);
  const { passesNs, verdicts } = prepareCLoop(tables, flows, folder)!(0);
  expect(passesNs).toHaveLength(1);
  expect(passesNs[0]).toBeGreaterThan(0);
  return { c: new Uint8Array(verdicts), kernel };
}

describe.skipIf(!HAS_GCC)('the C loop', () => {
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
    const { c, kernel } = bothVerdicts(make());
    expect(new Set(kernel).size).toBeGreaterThan(1);
    expect(c).toEqual(kernel);
  });

  it('meets unknown verdicts', () => {
    expect(bothVerdicts(generated('unreadable', hasBothUnknown)).kernel.includes(UNKNOWN)).toBe(true);
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
    expect(prepareCLoop(tables, flowsOf(tables), folder)).toBeUndefined();
  });
});

describe('the columns of the kernel', () => {
  it('are counted as it reads them, numbers that fit in 16 bits', () => {
    const tables = tablesOf(wideWorld(1));
    const columns = kernelColumns(tables);
    expect(columns.get('portPage')!.BYTES_PER_ELEMENT).toBe(2);
    expect(columns.get('egressAllowBits')!.BYTES_PER_ELEMENT).toBe(4);
    expect(columns.has('decisionVerdict')).toBe(false);
    expect(kernelBytes(tables)).toBe([...columns.values()].reduce((sum, column) => sum + column.byteLength, 0));
    expect(kernelBytes(tables)).toBeLessThan(tables.buffer.byteLength);
  });
});
