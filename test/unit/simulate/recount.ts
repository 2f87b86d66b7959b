/**
 * Counters the slow way: every flow of a report's columns asked of the engine by name, and counted in maps. Shares nothing with the counters of `simulate` but the tables' names.
 */
import type { Engine } from '../../../src/engine/engine.ts';
import { TableNames } from '../../../src/evaluate/names.ts';
import { formatAddress } from '../../../src/lib/ip-address.ts';
import type { Decision } from '../../../src/model/decision.ts';
import type { FlowEnd, FlowQuery } from '../../../src/model/flow.ts';
import type { ObjectRef } from '../../../src/model/origin.ts';
import { DIRECTIONS, PROTOCOLS } from '../../../src/model/protocol.ts';
import type { FlowColumns } from '../../../src/simulate/protocol.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../../../src/tables/layout.ts';
import type { RuleTables } from '../../../src/tables/rule-tables.ts';

/** Counts by a text that names what is counted. */
export type Tally = Map<string, number>;

export interface Recount {
  readonly verdicts: Tally;
  readonly protocols: Tally;
  readonly rules: Tally;
  readonly policies: Tally;
  readonly defaultDenials: Tally;
  readonly defaults: Tally;
  readonly deniedPairs: Tally;
}

export function policyText({ namespace, name }: ObjectRef): string {
  return `${namespace}/${name}`;
}

export function recount(engine: Engine, flows: FlowColumns): Recount {
  const tally: Recount = {
    verdicts: new Map(),
    protocols: new Map(),
    rules: new Map(),
    policies: new Map(),
    defaultDenials: new Map(),
    defaults: new Map(),
    deniedPairs: new Map(),
  };
  const names = new TableNames(engine.tables);
  for (let i = 0; i < flows.source.length; i++) {
    const query = queryOf(engine.tables, names, flows, i);
    const decision = engine.canReach(query);
    add(tally.verdicts, decision.verdict);
    add(tally.protocols, `${query.protocol} ${decision.verdict}`);
    countHalves(tally, decision);
    if (decision.verdict !== 'deny') continue;
    add(
      tally.deniedPairs,
      `${workloadText(engine.tables, names, flows.source[i]!)} -> ${workloadText(engine.tables, names, flows.destination[i]!)}`,
    );
  }
  return tally;
}

/** The question that a row of the columns is. */
function queryOf(tables: RuleTables, names: TableNames, flows: FlowColumns, row: number): FlowQuery {
  const { endpointFamily } = tables.columns;
  const source = flows.source[row]!;
  const destination = flows.destination[row]!;
  const family = endpointFamily[source] || endpointFamily[destination];
  return {
    from: endOf(tables, names, source),
    to: endOf(tables, names, destination),
    protocol: PROTOCOLS[flows.protocol[row]!]!,
    port: flows.port[row]!,
    ...(family === 4 || family === 6 ? { family } : {}),
  };
}

function countHalves(tally: Recount, decision: Decision): void {
  for (const direction of DIRECTIONS) {
    const half = decision[direction];
    const rules = new Set(half.reasons.map(({ policy, rule }) => `${policyText(policy)} ${direction} ${rule}`));
    for (const rule of rules) add(tally.rules, rule);
    for (const policy of new Set(half.reasons.map((reason) => policyText(reason.policy)))) add(tally.policies, policy);
    if (half.default !== null) add(tally.defaults, `${direction} ${half.default}`);
    if (half.default !== 'isolated-no-rule-matches') continue;
    for (const policy of half.isolatedBy) add(tally.defaultDenials, policyText(policy));
  }
}

function endOf({ columns }: RuleTables, names: TableNames, endpoint: number): FlowEnd {
  const kind = columns.endpointKind[endpoint]!;
  if (kind !== ENDPOINT_NODE && kind !== ENDPOINT_PREFIX) {
    const { namespace, name } = names.pod(columns.endpointObject[endpoint]!);
    return { pod: `${namespace}/${name}` };
  }
  // A node or an outside range goes by the first address that leads to it.
  const family = columns.endpointFamily[endpoint] === 4 ? 4 : 6;
  const words = family === 4 ? 1 : 4;
  const interval = columns[`lookup${family}Target`].indexOf(endpoint);
  if (interval < 0) throw new Error(`no address leads to endpoint ${endpoint}`);
  const start = columns[`lookup${family}Start`].subarray(interval * words, (interval + 1) * words);
  return { ip: formatAddress({ family, words: Array.from(start) }) };
}

function workloadText({ columns }: RuleTables, names: TableNames, endpoint: number): string {
  const object = columns.endpointObject[endpoint]!;
  if (columns.endpointKind[endpoint] === ENDPOINT_NODE) return `node/${names.text(columns.nodeName[object]!)}`;
  if (columns.endpointKind[endpoint] === ENDPOINT_PREFIX) return `prefix ${object}`;
  const pod = names.pod(object);
  const workload = columns.podWorkload[object]!;
  if (workload === NONE_32) return `${pod.namespace}/${pod.name}`;
  const { namespace, kind, name } = names.workload(workload);
  return `${namespace}/${kind.toLowerCase()}/${name}`;
}

function add(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}
