/**
 * The checks of the internet: addresses of no pod, node or Service that reach the zone, or that it reaches. Those over listed paths are told.
 */

import type { CheckParts } from './check-parts.ts';
import { unlistedFinding } from './check-paths.ts';
import type { Crossing } from './crossings.ts';
import { connectionsOf } from './ends.ts';
import type { ZoneWorld } from './zone-world.ts';

export function checkInternet(way: 'in' | 'out', found: readonly Crossing[], world: ZoneWorld): CheckParts {
  const side = way === 'in' ? 'from' : 'to';
  const ofInternet = found.flatMap((crossing) => {
    const outside = crossing[side].filter(({ range }) => range !== undefined);
    return outside.length === 0 ? [] : [{ ...crossing, [side]: outside }];
  });
  const where = way === 'in' ? 'to addresses outside' : 'towards addresses outside';
  const ranges = world.outside.filter(({ range }) => range !== undefined).length;
  return {
    judged: `${world.pods.size} pods of the zone with ${ranges} ranges of addresses that make up everything outside, at every port`,
    findings: ofInternet.filter(({ units }) => units.length === 0).map((crossing) => unlistedFinding(crossing, where, world)),
    warnings: wideText(way, world),
    told: ofInternet.filter(({ units }) => units.length > 0).map((crossing) => connectionsOf(crossing, world)),
  };
}

/** Listed paths for every address there is: they are listed, and hardly a list. */
function wideText(way: 'in' | 'out', { units }: ZoneWorld): string[] {
  const wide = units.filter((unit) => {
    const { ranges } = way === 'in' ? unit.from : unit.to;
    return unit.way === way && unit.path !== undefined && ranges.some(({ family, first, last }) => first === 0n && last >= MOST[family]);
  });
  const lines = [...new Set(wide.map(({ path }) => path!.origin.line))];
  return lines.map((line) => `the listed path in line ${line} is for every address of a family`);
}

/** IPv6 ends before the addresses of IPv4 in its notation begin, or goes on behind them. */
const MOST = { 4: 2n ** 32n - 1n, 6: 0xfffen } as const;
