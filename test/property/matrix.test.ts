/**
 * The matrix is exact: for pods, workloads and namespaces, each row says what tables, engine and reference say about every pair that it stands for, and a pair without a row is denied.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/engine.ts';
import { printObjects, toManifests } from '../../src/fuzz/manifests.ts';
import { PRESETS } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import { type MatrixOptions, type MatrixRow, type PodGranularity, reachabilityMatrix } from '../../src/matrix/matrix.ts';
import type { Verdict } from '../../src/model/decision.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { PROTOCOLS } from '../../src/model/protocol.ts';
import { reference } from '../../src/reference/reference.ts';
import { checkProperty } from '../support/check.ts';
import { type AskPair, askTables, edgePorts, endText, queryOf, verdictsAt, wrongInMatrix } from '../support/matrix.ts';

const file = 'test/property/matrix.test.ts';
const GRANULARITIES: readonly PodGranularity[] = ['pod', 'workload', 'namespace'];

describe('the matrix', () => {
  const seen = { flows: 0, rows: 0, some: 0, unknown: 0 };
  const asked = { engine: 0, reference: 0, focus: 0 };

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
        { runs: 40, file, print: (each) => `profile: ${JSON.stringify(each.profile)}\n${printObjects(each)}` },
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

  it('tells of a focus, a direction and a port what the whole matrix says', { timeout: 120_000 }, () => {
    checkProperty(
      world(PRESETS.mixed),
      (generated) => {
        const engine = compile(toManifests(generated), { cni: generated.profile, domainNames: generated.domainNames, shared: false });
        const told = (options: MatrixOptions): string[] =>
          [...reachabilityMatrix(engine, options).rows()].map((row) => JSON.stringify(row)).sort();
        for (const by of GRANULARITIES) {
          const rows = [...reachabilityMatrix(engine, { by, nodes: true }).rows()];
          const ends = new Map(rows.map(({ from }) => [endText(from), from]));
          for (const [focus, end] of ends) {
            if (end.kind === 'nodes' || end.kind === 'addresses') continue;
            const [from, to] = [rows.filter((row) => endText(row.from) === focus), rows.filter((row) => endText(row.to) === focus)];
            const text = (list: readonly MatrixRow[]): string[] => list.map((row) => JSON.stringify(row)).sort();
            expect(told({ by, focus, nodes: true, direction: 'egress' })).toEqual(text(from));
            expect(told({ by, focus, nodes: true, direction: 'ingress' })).toEqual(text(to));
            expect(told({ by, focus, nodes: true })).toEqual(text([...new Set([...from, ...to])]));
            asked.focus++;
          }
          for (const port of [1, 80, 443, 8080]) {
            const expected = PROTOCOLS.flatMap((protocol) =>
              rows.flatMap((row) => {
                const verdicts = verdictsAt(row.ports, protocol, port).join();
                const isOfPods = [row.from, row.to].every(({ kind }) => kind !== 'addresses' && kind !== 'nodes');
                return !isOfPods || verdicts === 'deny' ? [] : [`${endText(row.from)} ${endText(row.to)} ${protocol} ${verdicts}`];
              }),
            );
            const got = PROTOCOLS.flatMap((protocol) =>
              [...reachabilityMatrix(engine, { by, port, protocol, peers: 'pods' }).rows()].map(
                (row) => `${endText(row.from)} ${endText(row.to)} ${protocol} ${verdictsAt(row.ports, protocol, port).join()}`,
              ),
            );
            expect(got).toEqual(expected);
          }
        }
      },
      { runs: 60, file, print: printObjects },
    );
  });

  it('is the same whatever the order of the input', () => {
    checkProperty(
      world(PRESETS.mixed),
      (generated) => {
        const { pods, networkPolicies, adminPolicies, nodes } = generated;
        const turned = {
          ...generated,
          pods: [...pods].reverse(),
          networkPolicies: [...networkPolicies].reverse(),
          adminPolicies: [...adminPolicies].reverse(),
          nodes: [...nodes].reverse(),
        };
        const told = (order: World): string[] => {
          const engine = compile(toManifests(order), { cni: generated.profile, domainNames: generated.domainNames, shared: false });
          return [...reachabilityMatrix(engine, { nodes: true }).rows()].map((row) => JSON.stringify(row));
        };
        expect(told(turned)).toEqual(told(generated));
      },
      { runs: 60, file, print: printObjects },
    );
  });

  it('has met what it should', () => {
    for (const [what, count] of Object.entries({ ...seen, ...asked })) expect([what, count > 0]).toEqual([what, true]);
  });
});
