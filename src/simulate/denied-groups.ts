/**
 * Between whom denied flows are counted: the endpoints in groups, as fine as fits. The choice depends on the tables alone, so a report does not depend on the workers.
 */
import { StringInterner } from '../lib/interner.ts';
import { sharedCopy } from '../lib/words.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';

/**
 * `workload`: workloads, pods without one, nodes, address ranges, each by name. `namespace`: namespaces, the nodes as one, address ranges. `coarse`: as `namespace`, the outside as
 * one. `destination`: as `coarse`, for destinations only; every source is one.
 */
export type DeniedLevel = 'workload' | 'namespace' | 'coarse' | 'destination';

const LEVELS: readonly DeniedLevel[] = ['workload', 'namespace', 'coarse', 'destination'];

/** Most pairs that are counted: 32 MB for each worker. */
const MOST_PAIRS = 4_000_000;

/** Groups of endpoints, by endpoint. Sources have as many groups as destinations, or one. */
export interface DeniedGroups {
  readonly level: DeniedLevel;
  readonly sourceGroup: Uint32Array;
  readonly destinationGroup: Uint32Array;
  readonly sources: number;
  readonly destinations: number;
}

/** The finest level whose pairs number at most `mostPairs`. */
export function groupForDenials(tables: RuleTables, mostPairs = MOST_PAIRS): DeniedGroups {
  for (const level of LEVELS) {
    const keys = new StringInterner();
    const group = Uint32Array.from(tables.columns.endpointKind.keys(), (endpoint) => keys.intern(groupKey(tables, level, endpoint)));
    const count = keys.strings.length;
    const destinationGroup = sharedCopy(group);
    if (count * count <= mostPairs) return { level, sourceGroup: destinationGroup, destinationGroup, sources: count, destinations: count };
    if (level === 'destination') {
      return { level, sourceGroup: sharedCopy(new Uint32Array(group.length)), destinationGroup, sources: 1, destinations: count };
    }
  }
  throw new Error('no level of groups was left');
}

/** Equal for endpoints of one group: what they are, and their number among those. */
function groupKey({ columns }: RuleTables, level: DeniedLevel, endpoint: number): string {
  const object = columns.endpointObject[endpoint]!;
  const kind = columns.endpointKind[endpoint]!;
  const fine = level === 'workload';
  if (kind === ENDPOINT_NODE) return fine ? `node ${object}` : 'nodes';
  if (kind === ENDPOINT_PREFIX) return fine || level === 'namespace' ? `prefix ${object}` : 'outside';
  if (!fine) return `namespace ${columns.podNamespace[object]!}`;
  const workload = columns.podWorkload[object]!;
  return workload === NONE_32 ? `pod ${object}` : `workload ${workload}`;
}
