/**
 * Ends of connections under their names.
 */
import { endpointName } from '../evaluate/names.ts';
import { type AddressRange, formatRange } from '../expectations/address-ranges.ts';
import { compareText } from '../lib/compare-text.ts';
import { ENDPOINT_NODE } from '../tables/layout.ts';
import type { Crossing } from './crossings.ts';
import type { ZoneConnections, ZoneEnds } from './report.ts';
import type { Atom, ZoneWorld } from './zone-world.ts';

function endsOf(atoms: readonly Atom[], { cluster: { tables, names }, nodeAddresses }: ZoneWorld): ZoneEnds {
  const { columns } = tables;
  const told = { pods: [] as string[], nodes: [] as string[] };
  for (const { endpoint, range } of atoms) {
    if (range !== undefined) continue;
    const name = endpointName(columns, names, endpoint);
    const address = nodeAddresses.get(endpoint);
    if (columns.endpointKind[endpoint] !== ENDPOINT_NODE) told.pods.push(name);
    else told.nodes.push(`${name.slice('node/'.length)}${address === undefined ? '' : ` (${address})`}`);
  }
  const inOrder = (list: readonly string[]): string[] => [...new Set(list)].sort(compareText);
  return { pods: inOrder(told.pods), nodes: inOrder(told.nodes), addresses: rangesOf(atoms).map(formatRange) };
}

/** Ranges as one where no address outside is between them. */
function rangesOf(atoms: readonly Atom[]): AddressRange[] {
  const outside = atoms.flatMap(({ range, place }) => (range === undefined || place === undefined ? [] : [{ range, place }]));
  const merged: { range: AddressRange; place: number }[] = [];
  for (const { range, place } of outside.sort((a, b) => a.place - b.place)) {
    const before = merged.at(-1);
    const isNext = before?.range.family === range.family && before.place + 1 >= place;
    if (isNext) merged[merged.length - 1] = { range: { ...before.range, last: range.last }, place };
    else merged.push({ range, place });
  }
  return merged.map(({ range }) => range);
}

export function connectionsOf({ from, to, ports, verdict, deciding }: Omit<Crossing, 'units'>, world: ZoneWorld): ZoneConnections {
  return { from: endsOf(from, world), to: endsOf(to, world), ports, verdict, deciding };
}
