/**
 * What a simulation sends, in a form that threads share: which flow of a batch is of which kind, and columns to draw its ends and port from. Made once from compiled
 * tables and a traffic mix; the generator needs nothing else.
 */

import { sharedCopy } from '../lib/words.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { comparisonOrder, planAims } from './aim-targets.ts';

/** Flows of a batch. A batch is made from (seed, batch number) alone, so this number is part of what a seed means. */
export const BATCH_FLOWS = 65536;

/** Kinds of flows repeat with this period: the shares hold in every block of as many flows. */
export const BLOCK_FLOWS = 1024;

/** uint32 cells of a target: first member and number of members of the source, the same of the destination, protocol, first port, number of ports, 0. */
export const TARGET_CELLS = 8;

/** Combinations of sources, destinations and ports to draw from. Any source of a target goes with any destination of it: families agree. */
export interface FlowTargets {
  readonly cells: Uint32Array;
  /** Endpoints that targets refer to by position. */
  readonly members: Uint32Array;
}

/** Targets with weights: an alias table over targets, and one inside each range of members (positions relative to the range). */
export interface WeightedTargets extends FlowTargets {
  readonly targetThreshold: Uint32Array;
  readonly targetAlias: Uint32Array;
  readonly memberThreshold: Uint32Array;
  readonly memberAlias: Uint32Array;
}

/** Endpoints in an order in which those that go with a family stand side by side: IPv4, without address, IPv6. */
export interface SpreadEndpoints {
  readonly all: Uint32Array;
  readonly pods: Uint32Array;
  /** By family (0, 4, 6): the range of `all` that goes with it. */
  readonly start: Uint32Array;
  readonly length: Uint32Array;
}

/** How the flows are shared out between the kinds; the sum is 1. */
export interface FlowShares {
  /** At rules and their edges. */
  readonly aimed: number;
  /** As the user's mix describes. */
  readonly mix: number;
  /** Any pod and any endpoint, any protocol, any port. */
  readonly uniform: number;
}

export interface FlowPlan {
  readonly seed: number;
  /** What was meant; the positions hold it to 1 in 1024. A kind that has nothing to draw from has share 0. */
  readonly shares: FlowShares;
  /** Positions in a block of the flows of each kind. */
  readonly aimedPositions: Uint16Array;
  readonly mixPositions: Uint16Array;
  readonly uniformPositions: Uint16Array;
  readonly aims: FlowTargets;
  readonly mix: WeightedTargets | null;
  readonly spread: SpreadEndpoints;
}

const DEFAULT_SHARES: FlowShares = { aimed: 0.5, mix: 0.3, uniform: 0.2 };

/**
 * The plan for tables, a seed and, when the user describes traffic, the targets of the mix. `shares` are weights relative to each other.
 * @throws {RangeError} when the tables hold no endpoint
 */
export function planFlows(
  tables: RuleTables,
  seed: number,
  mix: WeightedTargets | null = null,
  shares: FlowShares = DEFAULT_SHARES,
): FlowPlan {
  if (tables.columns.endpointKind.length === 0)
    throw new RangeError('there is nothing to send traffic between: the tables hold no endpoint');
  const aims = planAims(tables);
  const settled = settleShares(shares, aims.cells.length > 0, mix !== null);
  const [aimed, mixed, uniform] = positionsOf(settled);
  return {
    seed,
    shares: settled,
    aimedPositions: sharedCopy(aimed),
    mixPositions: sharedCopy(mixed),
    uniformPositions: sharedCopy(uniform),
    aims: { cells: sharedCopy(aims.cells), members: sharedCopy(aims.members) },
    mix,
    spread: spreadEndpoints(tables),
  };
}

/** How many of the first `flows` flows are of each kind. */
export function countByKind(plan: FlowPlan, flows: number): FlowShares {
  const blocks = Math.floor(flows / BLOCK_FLOWS);
  const rest = flows - blocks * BLOCK_FLOWS;
  const count = (positions: Uint16Array): number => blocks * positions.length + positions.filter((position) => position < rest).length;
  return { aimed: count(plan.aimedPositions), mix: count(plan.mixPositions), uniform: count(plan.uniformPositions) };
}

/** Kinds that have nothing to draw from leave their share to the others; if nothing remains, all is uniform. */
function settleShares(shares: FlowShares, hasAims: boolean, hasMix: boolean): FlowShares {
  const aimed = hasAims ? shares.aimed : 0;
  const mix = hasMix ? shares.mix : 0;
  const uniform = shares.uniform + (shares.aimed - aimed) + (shares.mix - mix);
  const sum = aimed + mix + uniform;
  return { aimed: aimed / sum, mix: mix / sum, uniform: uniform / sum };
}

/** Shares out the positions of a block: as exactly as 1024 allow, at least one for a kind with a share, and spread evenly over the block. */
function positionsOf({ aimed, mix, uniform }: FlowShares): [Uint16Array, Uint16Array, Uint16Array] {
  const counts = [aimed, mix, uniform].map((part) => (part > 0 ? Math.max(1, Math.floor(part * BLOCK_FLOWS)) : 0));
  const largest = counts.indexOf(Math.max(...counts));
  counts[largest]! += BLOCK_FLOWS - counts[0]! - counts[1]! - counts[2]!;
  const positions: [number[], number[], number[]] = [[], [], []];
  for (let position = 0; position < BLOCK_FLOWS; position++) {
    const rank = reverseBits(position);
    positions[rank < counts[0]! ? 0 : rank < counts[0]! + counts[1]! ? 1 : 2].push(position);
  }
  return [Uint16Array.from(positions[0]), Uint16Array.from(positions[1]), Uint16Array.from(positions[2])];
}

/** The ten bits of a position, reversed: van der Corput's sequence, in which every prefix is spread evenly. */
function reverseBits(position: number): number {
  let reversed = 0;
  for (let bit = 1; bit < BLOCK_FLOWS; bit <<= 1) reversed = (reversed << 1) | (position & bit ? 1 : 0);
  return reversed;
}

function spreadEndpoints({ columns }: RuleTables): SpreadEndpoints {
  const { endpointFamily, podEndpoint } = columns;
  const podEndpoints = podEndpoint.length > 0 ? podEndpoint[podEndpoint.length - 1]! : 0;
  const all = comparisonOrder(Uint32Array.from(endpointFamily.keys()), endpointFamily);
  const of4 = endpointFamily.filter((family) => family === 4).length;
  const of6 = endpointFamily.filter((family) => family === 6).length;
  const start = new Uint32Array(7);
  const length = new Uint32Array(7).fill(all.length);
  length[4] = all.length - of6;
  start[6] = of4;
  length[6] = all.length - of4;
  const pods = podEndpoints > 0 ? all.filter((endpoint) => endpoint < podEndpoints) : all;
  return { all: sharedCopy(all), pods: sharedCopy(pods), start, length };
}
