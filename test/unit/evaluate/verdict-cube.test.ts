/**
 * The cube of verdicts: what it holds, and when there is none. The kernel over it is held to single reads in `kernel-layouts.test.ts`.
 */
import { expect, test } from 'vitest';
import { combine, TableReader } from '../../../src/evaluate/reader.ts';
import { buildVerdictCube } from '../../../src/evaluate/verdict-cube.ts';
import { ALLOW, DENY, UNKNOWN } from '../../../src/tables/layout.ts';
import { randomTables } from '../../support/random-tables.ts';
import { SEED } from '../../support/seed.ts';

const tables = randomTables(
  { ingressPeers: 40, egressPeers: 30, portClasses: 17, unknown: ['ingress', 'egress'], judged: false, switches: [1, 1] },
  SEED,
);
const { columns } = tables;
const reader = new TableReader(tables);
const ends = [...columns.endpointKind.keys()];
const distinct = (...parts: readonly Uint32Array[]) => new Set(ends.map((end) => parts.map((part) => part[end]).join())).size;
const sources = distinct(columns.endpointEgressSubject, columns.endpointIngressPeer);
const destinations = distinct(columns.endpointIngressSubject, columns.endpointEgressPeer);
const cells = sources * destinations * 17;

test(`a verdict for every class of sources, of destinations and of ports (seed ${SEED})`, () => {
  const { verdicts, sourceCell, destinationCell, layer } = buildVerdictCube(reader)!;
  expect(verdicts).toHaveLength(cells);
  expect(layer).toBe(sources * destinations);
  expect(new Set(verdicts)).toEqual(new Set([DENY, ALLOW, UNKNOWN]));
  for (let port = 0; port < 17; port++) {
    for (const from of ends) {
      const egressRow = reader.verdictRow('egress', columns.endpointEgressSubject[from]!, port);
      for (const to of ends) {
        const ingressRow = reader.verdictRow('ingress', columns.endpointIngressSubject[to]!, port);
        const egress = reader.rowVerdict('egress', egressRow, columns.endpointEgressPeer[to]!);
        const ingress = reader.rowVerdict('ingress', ingressRow, columns.endpointIngressPeer[from]!);
        expect(verdicts[port * layer + sourceCell[from]! + destinationCell[to]!]).toBe(combine(egress, ingress));
      }
    }
  }
});

test('none where more verdicts than asked for would be needed', () => {
  expect(sources).toBeLessThan(destinations * 17);
  expect(buildVerdictCube(reader, cells)).toBeDefined();
  expect(buildVerdictCube(reader, cells - 1)).toBeUndefined();
  // Too many classes of sources by themselves.
  expect(buildVerdictCube(reader, sources * 17 - 1)).toBeUndefined();
});
