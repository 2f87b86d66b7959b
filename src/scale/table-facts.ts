/**
 * The size of tables: what they hold, and how much of it verdicts are read from.
 */
import { narrow } from '../lib/narrow.ts';
import { DIRECTIONS, type Direction } from '../model/protocol.ts';
import { PAGE_BITS, PAGE_CELLS_32 } from '../tables/layout.ts';
import type { Columns, RuleTables } from '../tables/rule-tables.ts';
import type { TableFacts } from './report.ts';

/** Both directions together. */
export interface Size {
  readonly bytes: number;
  readonly rows: number;
  readonly subjectClasses: number;
  readonly peerClasses: number;
}

export function factsOf(tables: RuleTables): TableFacts {
  const { columns } = tables;
  return {
    sizeBytes: tables.buffer.byteLength,
    verdictBytes: verdictBytes(columns),
    policies: columns.policyName.length,
    rules: columns.rulePolicy.length,
    endpoints: columns.endpointKind.length,
    portClasses: columns.portClassFirst.length,
    directions: { ingress: directionFacts(columns, 'ingress'), egress: directionFacts(columns, 'egress') },
  };
}

export function sizeOf(tables: RuleTables): Size {
  const { sizeBytes, directions } = factsOf(tables);
  const sum = (value: 'rows' | 'subjectClasses' | 'peerClasses'): number => directions.ingress[value] + directions.egress[value];
  return { bytes: sizeBytes, rows: sum('rows'), subjectClasses: sum('subjectClasses'), peerClasses: sum('peerClasses') };
}

function directionFacts(columns: Columns, direction: Direction): TableFacts['directions'][Direction] {
  const peerClasses = columns[`${direction}PeerMemberStart`].length - 1;
  return {
    subjectClasses: columns[`${direction}IsolatingStart`].length - 1,
    peerClasses,
    rows: Math.floor(columns[`${direction}DecisionGroup`].length / Math.max(1, Math.ceil(peerClasses / PAGE_CELLS_32 ** 2))),
    verdictRows: Math.floor(columns[`${direction}AllowPage`].length / Math.max(1, Math.ceil(peerClasses / PAGE_BITS))),
  };
}

/** The columns that `evaluate/kernel.ts` reads for every flow, at the width that it keeps them at. */
function verdictBytes(columns: Columns): number {
  const { endpointIngressSubject, endpointEgressSubject, endpointIngressPeer, endpointEgressPeer, portPage, portCell } = columns;
  const narrowed = [endpointIngressSubject, endpointEgressSubject, endpointIngressPeer, endpointEgressPeer, portPage, portCell];
  const whole: Uint32Array[] = [];
  for (const direction of DIRECTIONS) {
    narrowed.push(columns[`${direction}VerdictRowPage`], columns[`${direction}VerdictRowCell`]);
    narrowed.push(columns[`${direction}AllowPage`], columns[`${direction}UnknownPage`]);
    whole.push(columns[`${direction}AllowBits`], columns[`${direction}UnknownBits`]);
  }
  return [...narrowed.map(narrow), ...whole].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
