/**
 * The pairs of endpoints that a flow stands for, for filling flow batches: those of one family, and a pod with itself only when there is no other.
 */
import type { Directory } from '../../src/evaluate/directory.ts';
import type { FlowQuery } from '../../src/model/flow.ts';
import { ENDPOINT_HOST_POD, ENDPOINT_POD } from '../../src/tables/layout.ts';
import type { RuleTables } from '../../src/tables/rule-tables.ts';

/** Empty for the address of a Service, and where the ends have no family in common. */
export function pairsOf(
  tables: RuleTables,
  directory: Directory,
  { from, to, family }: FlowQuery,
): [source: number, destination: number][] {
  const { endpointFamily, endpointObject, endpointKind } = tables.columns;
  const [sources, destinations] = [directory.resolve(from), directory.resolve(to)];
  if (sources.owner !== undefined || destinations.owner !== undefined) return [];
  const all = Array.from(sources.endpoints).flatMap((source) =>
    Array.from(destinations.endpoints, (destination) => [source, destination] as [number, number]),
  );
  const possible = all.filter((pair) => {
    const families = pair.map((end) => endpointFamily[end]).filter((each) => each !== 0);
    return new Set(family === undefined ? families : [...families, family]).size <= 1;
  });
  // An address with several owners may be either of them.
  if ([sources, destinations].some(({ isAddress, endpoints }) => isAddress && endpoints.length > 1)) return possible;
  const isPod = (end: number) => endpointKind[end] === ENDPOINT_POD || endpointKind[end] === ENDPOINT_HOST_POD;
  const toOthers = possible.filter(([a, b]) => !(isPod(a) && isPod(b) && endpointObject[a] === endpointObject[b]));
  return toOthers.length > 0 ? toOthers : possible;
}
