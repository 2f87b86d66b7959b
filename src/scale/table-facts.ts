/**
 * The size of tables: what they hold, and how much of it verdicts are read from.
 */
import { narrow } from '../lib/narrow.ts';
import { DIRECTIONS } from '../model/protocol.ts';
import { countRows } from '../tables/count-rows.ts';
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
    sizeBytes: tables.sizeBytes,
    verdictBytes: verdictBytes(columns),
    policies: columns.policyName.length,
    rules: columns.rulePolicy.length,
    endpoints: columns.endpointKind.length,
    portClasses: columns.portClassFirst.length,
    directions: { ingress: countRows(columns, 'ingress'), egress: countRows(columns, 'egress') },
  };
}

export function sizeOf(tables: RuleTables): Size {
  const { sizeBytes, directions } = factsOf(tables);
  const sum = (value: 'rows' | 'subjectClasses' | 'peerClasses'): number => directions.ingress[value] + directions.egress[value];
  return { bytes: sizeBytes, rows: sum('rows'), subjectClasses: sum('subjectClasses'), peerClasses: sum('peerClasses') };
}

/** The columns that `evaluate/kernel.ts` reads for every flow, at the width that it keeps them at. */
function verdictBytes(columns: Columns): number {
  const { endpointIngressSubject, endpointEgressSubject, endpointIngressPeer, endpointEgressPeer, portPage, portCell } = columns;
  const narrowed = [endpointIngressSubject, endpointEgressSubject, endpointIngressPeer, endpointEgressPeer, portPage, portCell];
  const whole: Uint32Array[] = [];
  for (const direction of DIRECTIONS) {
    narrowed.push(columns[`${direction}VerdictRowBlock`], columns[`${direction}VerdictRowPage`], columns[`${direction}VerdictRowCell`]);
    narrowed.push(columns[`${direction}AllowBlock`], columns[`${direction}AllowPage`]);
    narrowed.push(columns[`${direction}UnknownBlock`], columns[`${direction}UnknownPage`]);
    whole.push(columns[`${direction}AllowBits`], columns[`${direction}UnknownBits`]);
  }
  return [...narrowed.map(narrow), ...whole].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
