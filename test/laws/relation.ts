/**
 * Relations between the tables of two worlds, and laws that are a change of a world with a relation.
 * Unknown stands between deny and allow: "up" is deny <= unknown <= allow flow by flow, for the verdict and for each half. So an unreadable policy takes part in laws
 * like any other thing that is known: adding a rule may make a denied flow unknown or allowed and an unknown one allowed, never the other way round.
 */
import type { World } from '../../src/fuzz/world.ts';
import type { Columns, Lab, ObserveOptions } from './lab.ts';
import { type Check, type Law, LawBroken } from './law.ts';
import { type Draw, draws, printDraw } from './worlds.ts';

export type Relation = (before: Columns, after: Columns, flow: number) => boolean;

const VERDICTS = ['verdict', 'egress', 'ingress'] as const;

/** Verdict, halves, and whether a default or a rule decided. */
export const equal: Relation = (before, after, flow) =>
  before.verdict[flow] === after.verdict[flow] &&
  before.egress[flow] === after.egress[flow] &&
  before.ingress[flow] === after.ingress[flow] &&
  before.egressBy[flow] === after.egressBy[flow] &&
  before.ingressBy[flow] === after.ingressBy[flow];

/** The verdict alone, and the halves' verdicts: who decided may differ. */
export const equalVerdicts: Relation = (before, after, flow) => VERDICTS.every((column) => before[column][flow] === after[column][flow]);

export const up: Relation = (before, after, flow) => VERDICTS.every((column) => before[column][flow]! <= after[column][flow]!);
export const down: Relation = (before, after, flow) => up(after, before, flow);

/** False: there is no flow to look at. */
function holds(lab: Lab, { before, after, options }: Change, relation: Relation): boolean | 'moved' {
  const { count, worlds, flow } = lab.observe([before, after], options);
  const [one, other] = worlds as [Columns, Columns];
  for (let i = 0; i < count; i++) {
    if (!relation(one, other, i)) throw new LawBroken(describe([one, other], i, flow(i)));
  }
  if (count === 0) return false;
  return VERDICTS.some((column) => one[column].some((verdict, i) => verdict !== other[column][i])) ? 'moved' : true;
}

export function describe(worlds: readonly Columns[], i: number, flow: unknown): string {
  const names = ['deny', 'unknown', 'allow'];
  const one = (columns: Columns) =>
    VERDICTS.map((column) => `${column} ${names[columns[column][i]!] ?? 'none'}`).join(', ') +
    ` (decided by ${columns.egressBy[i]} and ${columns.ingressBy[i]})`;
  return `the law does not hold on ${JSON.stringify(flow)}\n${worlds.map((each, k) => `world ${k}: ${one(each)}`).join('\n')}`;
}

/** Two worlds and how they must relate. */
export interface Change {
  readonly before: World;
  readonly after: World;
  readonly options?: ObserveOptions;
}

/** `undefined`: the precondition is void. */
export type MakeChange = (draw: Draw) => Change | undefined;

export function lawOfChange(parts: {
  readonly id: string;
  readonly law: string;
  readonly precondition: string;
  readonly relation: Relation;
  readonly change: MakeChange;
  readonly foil: { readonly wrong: string; readonly change: MakeChange };
}): Law<Draw> {
  const { relation } = parts;
  const checkOf = (make: MakeChange): Check<Draw> => {
    return (draw, lab) => {
      const change = make(draw);
      return change !== undefined && holds(lab, change, relation);
    };
  };
  const { id, law, precondition, change, foil } = parts;
  return {
    id,
    law,
    precondition,
    instance: draws,
    check: checkOf(change),
    foil: { wrong: foil.wrong, check: checkOf(foil.change) },
    moves: relation === up || relation === down,
    print: (draw) => {
      const made = change(draw);
      const after =
        made === undefined || made.after.networkPolicies === made.before.networkPolicies ? '' : JSON.stringify(made.after.networkPolicies);
      return `${printDraw({ ...draw, world: made?.before ?? draw.world })}\npolicies after: ${after}`;
    },
  };
}
