/**
 * The bundled clusters say what their authors mean: `datasets/flows/*.json` holds flows with the verdict that a careful reader of the manifests expects, written
 * down before any engine was asked. The reference and the engine both have to agree.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { loadManifests } from '../../src/input/load-manifests.ts';
import type { Decision, Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { reference } from '../../src/reference/reference.ts';

interface ExpectedFlow extends FlowQuery {
  readonly from: string;
  readonly to: string;
  readonly expect: Verdict;
  readonly why: string;
}

const DATASETS = join(import.meta.dirname, '../../datasets');
const clusters = readdirSync(join(DATASETS, 'clusters')).sort();

function flowsOf(cluster: string): ExpectedFlow[] {
  return JSON.parse(readFileSync(join(DATASETS, 'flows', `${cluster}.json`), 'utf8')) as ExpectedFlow[];
}

function queryOf({ from, to, protocol, port, family }: ExpectedFlow): FlowQuery {
  return { from, to, protocol, port, ...(family === undefined ? {} : { family }) };
}

function describeFlow(flow: ExpectedFlow): string {
  const family = flow.family === undefined ? '' : ` over IPv${flow.family}`;
  return `${flow.expect}: ${flow.from} -> ${flow.to} ${flow.protocol} ${flow.port}${family} (${flow.why})`;
}

/** The sentence about an unknown verdict is for people; its cause is what has to agree. */
function withoutSentence({ unknown, ...decision }: Decision): unknown {
  return { ...decision, cause: unknown?.cause };
}

describe('the bundled clusters', () => {
  it('are the ones that have flows', () => {
    expect(readdirSync(join(DATASETS, 'flows')).sort()).toEqual(clusters.map((name) => `${name}.json`));
    expect(clusters).toEqual(['guardrails', 'platform', 'three-tier', 'web-shop']);
  });
});

describe.each(clusters)('cluster %s', async (cluster) => {
  const manifests = await loadManifests([join(DATASETS, 'clusters', cluster)]);
  const flows = flowsOf(cluster);
  const judges = { reference: reference(manifests), engine: compile(manifests) };

  it('is read without a complaint', () => {
    expect(manifests.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(judges.engine.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(manifests.unreadable).toEqual([]);
    expect([...manifests.skipped.keys()]).toEqual([]);
  });

  it('has flows that are allowed, flows that are denied, and no flow twice', () => {
    expect(flows.filter(({ expect }) => expect === 'allow').length).toBeGreaterThanOrEqual(10);
    expect(flows.filter(({ expect }) => expect === 'deny').length).toBeGreaterThanOrEqual(10);
    expect(new Set(flows.map((flow) => JSON.stringify(queryOf(flow)))).size).toBe(flows.length);
  });

  describe.each(['reference', 'engine'] as const)('through the %s', (name) => {
    it.each(flows.map((flow) => [describeFlow(flow), flow] as const))('%s', (_, flow) => {
      expect(judges[name].canReach(queryOf(flow)).verdict).toBe(flow.expect);
    });
  });

  it('gets the same decision from both, reasons included, for every flow', () => {
    for (const flow of flows) {
      const { engine, reference: oracle } = judges;
      expect(withoutSentence(engine.canReach(queryOf(flow))), describeFlow(flow)).toEqual(withoutSentence(oracle.canReach(queryOf(flow))));
    }
  });

  it('gets the same answer from the verdict alone', () => {
    for (const flow of flows) expect(judges.engine.verdict(queryOf(flow)), describeFlow(flow)).toBe(flow.expect);
  });
});
