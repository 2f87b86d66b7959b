/**
 * The named cases through worker threads: a traffic mix of exactly the cases' flows, and the verdict columns that come back.
 */
import { describe, expect, test } from 'vitest';
import { spec } from '../../src/cni/spec.ts';
import { compile } from '../../src/engine/engine.ts';
import { Directory } from '../../src/evaluate/directory.ts';
import { VERDICTS } from '../../src/evaluate/explain.ts';
import { TableNames } from '../../src/evaluate/names.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { parseProbe } from '../conformance/cases/case.ts';
import { CASES } from '../conformance/cases.ts';
import { pairsOf } from '../support/endpoint-pairs.ts';

/** Far more than there are flows in any case, so that each is generated. */
const FLOWS = 30_000;

describe('workers', () => {
  test.each(CASES)('agree on: $title', async ({ objects, profile, probes }) => {
    const { tables } = compile(manifestsFromObjects(objects), { cni: { ...spec, ...profile, name: 'varied' } });
    const directory = new Directory(tables, new TableNames(tables));
    const cases = probes
      .map((probe) => ({ probe, ...parseProbe(probe) }))
      .map((each) => ({ ...each, pairs: pairsOf(tables, directory, each.flow) }));
    const entries = cases
      .filter(({ pairs }) => pairs.length > 0)
      .map(({ flow: { from, to, protocol, port } }) => ({ from, to, protocol, port }));
    const mix = { apiVersion: 'netpolsim/v1', kind: 'TrafficMix', shares: { aimed: 0, mix: 1, uniform: 0 }, entries };
    const { columns } = await simulate({ tables }, { flows: FLOWS, seed: 1, workers: 2, mix, counters: 'verdicts', verdictColumns: true });
    const verdictOf = new Map<string, string>();
    for (let i = 0; i < FLOWS; i++) {
      const { source, destination, protocol, port, verdicts } = columns!;
      verdictOf.set(`${source[i]} ${destination[i]} ${protocol[i]} ${port[i]}`, VERDICTS[verdicts[i]!]!);
    }
    for (const { probe, flow, expect: expected, pairs } of cases) {
      const found = pairs.map(([source, destination]) => {
        return verdictOf.get(`${source} ${destination} ${PROTOCOLS.indexOf(flow.protocol)} ${flow.port}`) ?? 'was not generated';
      });
      const verdict = new Set(found).size === 1 ? found[0] : found.includes('was not generated') ? 'was not generated' : 'unknown';
      expect(`${probe}: ${verdict ?? 'unknown'}`).toBe(`${probe}: ${expected}`);
    }
  });
});
