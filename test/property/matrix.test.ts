/**
 * The matrix is exact: for pods, workloads and namespaces, each row says what tables, engine and reference say about every pair that it stands for, and a pair without a row is denied.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { world } from '../../src/fuzz/world.ts';
import type { PodGranularity } from '../../src/matrix/matrix.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { reference } from '../../src/reference/reference.ts';
import { checkProperty } from '../support/check.ts';
import { type AskPair, askTables, edgePorts, queryOf, wrongInMatrix } from '../support/matrix.ts';

const file = 'test/property/matrix.test.ts';
const GRANULARITIES: readonly PodGranularity[] = ['pod', 'workload', 'namespace'];

describe('the matrix', () => {
  const seen = { flows: 0, rows: 0, some: 0, unknown: 0 };
  const asked = { engine: 0, reference: 0 };

  for (const preset of ['mixed', 'addresses', 'ports', 'tiers', 'unreadable'] as const) {
    it(`says what tables say (${preset})`, { timeout: 120_000 }, () => {
      checkProperty(
        world(PRESETS[preset]),
        (generated) => {
          const { tables } = compile(toManifests(generated), { cni: generated.profile, domainNames: generated.domainNames, shared: false });
          for (const by of GRANULARITIES) {
            const wrong = wrongInMatrix(tables, by, askTables(tables), edgePorts(tables), seen);
            if (wrong !== undefined) throw new Error(`by ${by}: ${wrong}`);
          }
        },
        { runs: 60, file, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
      );
    });
  }

  it('says what engine and reference say, asked by name and address', { timeout: 300_000 }, () => {
    checkProperty(
      fc.constantFrom('mixed', 'addresses', 'tiers').chain((preset) => world(PRESETS[preset as 'mixed'])),
      (generated) => {
        const manifests = toManifests(generated);
        const options = { cni: generated.profile, domainNames: generated.domainNames };
        const engine = compile(manifests, { ...options, shared: false });
        const definition = reference(manifests, options);
        const judges: readonly (readonly [keyof typeof asked, (query: FlowQuery) => Verdict])[] = [
          ['engine', (query) => engine.verdict(query)],
          ['reference', (query) => definition.canReach(query).verdict],
        ];
        for (const [name, judge] of judges) {
          const byTables = askTables(engine.tables);
          const known = new Map<string, Verdict>();
          const ask: AskPair = (from, to, protocol, port) => {
            const query = queryOf(from, to);
            if (query === undefined) return byTables(from, to, protocol, port);
            const key = `${from.endpoint} ${to.endpoint} ${protocol} ${port}`;
            const verdict = known.get(key) ?? judge({ ...query, protocol, port });
            if (!known.has(key)) asked[name]++;
            known.set(key, verdict);
            return verdict;
          };
          for (const by of GRANULARITIES) {
            const wrong = wrongInMatrix(engine.tables, by, ask, edgePorts(engine.tables), seen);
            if (wrong !== undefined) throw new Error(`${name}, by ${by}: ${wrong}`);
          }
        }
      },
      { runs: 12, file, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
    );
  });

  it('has met what it should', () => {
    for (const [what, count] of Object.entries({ ...seen, ...asked })) expect([what, count > 0]).toEqual([what, true]);
  });
});
