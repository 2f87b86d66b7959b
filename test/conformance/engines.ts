/**
 * Every engine behind one function: manifests and a profile in, a judge of flows out. The named cases and the corpora run through all of them.
 */

import { compile, engineFromTables } from '../../src/engine/engine.ts';
import { createDecisionKernel } from '../../src/evaluate/decision-kernel.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import type { CniProfile } from '../../src/model/profile.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { reference } from '../../src/reference/reference.ts';
import { createFlowBatch, type FlowBatch } from '../../src/tables/flow-batch.ts';
import { ALLOW, DENY } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';
import { pairsOf } from '../support/endpoint-pairs.ts';
import { verdictsOf } from '../support/verdicts-of.ts';

export interface EngineUnderTest {
  readonly name: string;
  /** Verdicts of all flows, in order. */
  judge(manifests: Manifests, profile: CniProfile, flows: readonly FlowQuery[]): Promise<Verdict[]>;
}

const VERDICTS: readonly Verdict[] = (() => {
  const names: Verdict[] = ['unknown', 'unknown', 'unknown'];
  names[DENY] = 'deny';
  names[ALLOW] = 'allow';
  return names;
})();

export const ENGINES: readonly EngineUnderTest[] = [
  {
    name: 'reference',
    judge: async (manifests, cni, flows) => {
      const { canReach } = reference(manifests, { cni });
      return flows.map((flow) => canReach(flow).verdict);
    },
  },
  {
    name: 'single query with reasons',
    judge: async (manifests, cni, flows) => {
      const engine = compile(manifests, { cni });
      return flows.map((flow) => engine.canReach(flow).verdict);
    },
  },
  {
    name: 'single query for the verdict',
    judge: async (manifests, cni, flows) => {
      const engine = compile(manifests, { cni });
      return flows.map((flow) => engine.verdict(flow));
    },
  },
  {
    name: 'batch of verdicts',
    judge: async (manifests, cni, flows) => throughBatch(compile(manifests, { cni }).tables, flows, verdictsOf),
  },
  {
    name: 'batch of decisions',
    judge: async (manifests, cni, flows) => throughBatch(compile(manifests, { cni }).tables, flows, verdictsOfDecisions),
  },
  {
    name: 'tables after a wire round trip',
    judge: async (manifests, cni, flows) => {
      const { encodeTables, decodeTables } = await import('../../src/wire/tables.ts');
      const engine = engineFromTables(decodeTables(encodeTables(compile(manifests, { cni }).tables)));
      return flows.map((flow) => engine.canReach(flow).verdict);
    },
  },
];

/** The verdict column of the decision kernel, after checking that it follows from the decisions beside it. */
function verdictsOfDecisions(tables: RuleTables, batch: FlowBatch): Uint8Array {
  const verdicts = new Uint8Array(batch.count);
  const egress = new Uint32Array(batch.count);
  const ingress = new Uint32Array(batch.count);
  createDecisionKernel(tables, batch, { egress, ingress, verdicts })(batch.count);
  const verdictOf = (decision: number | undefined) => VERDICTS[tables.columns.decisionVerdict[decision ?? -1] ?? -1];
  for (let i = 0; i < batch.count; i++) {
    const halves = [verdictOf(egress[i]), verdictOf(ingress[i])];
    const whole = halves.includes('deny') ? 'deny' : halves.includes('unknown') ? 'unknown' : 'allow';
    if (VERDICTS[verdicts[i] ?? -1] !== whole)
      throw new Error(`flow ${i}: verdict ${verdicts[i]}, but its halves are ${halves.join(' and ')}`);
  }
  return verdicts;
}

/** Encodes flows as endpoint columns: every pair that the ends stand for is one row, and what they do not agree on is unknown. */
function throughBatch(
  tables: RuleTables,
  flows: readonly FlowQuery[],
  run: (tables: RuleTables, batch: FlowBatch) => Uint8Array,
): Verdict[] {
  const directory = new Directory(tables, new TableNames(tables));
  const rows = flows.map((flow) => pairsOf(tables, directory, flow));
  const batch = createFlowBatch(rows.reduce((sum, pairs) => sum + pairs.length, 0));
  for (const [i, pairs] of rows.entries()) {
    for (const [source, destination] of pairs) {
      batch.source[batch.count] = source;
      batch.destination[batch.count] = destination;
      batch.protocol[batch.count] = PROTOCOLS.indexOf((flows[i] as FlowQuery).protocol);
      batch.port[batch.count] = (flows[i] as FlowQuery).port;
      batch.count++;
    }
  }
  const verdicts = run(tables, batch);
  let next = 0;
  return rows.map((pairs) => {
    const found = new Set(Array.from(verdicts.subarray(next, next + pairs.length), (verdict) => VERDICTS[verdict] as Verdict));
    next += pairs.length;
    return found.size === 1 ? ([...found][0] as Verdict) : 'unknown';
  });
}
