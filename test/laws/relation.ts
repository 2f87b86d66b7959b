/**
 * Relations between the tables of two worlds, and laws that are a change of a world with a relation.
 * Unknown stands between deny and allow: "up" is deny <= unknown <= allow flow by flow, for the verdict and for each half. So an unreadable policy takes part in laws
 * like any other thing that is known: adding a rule may make a denied flow unknown or allowed and an unknown one allowed, never the other way round.
 */
import type fc from 'fast-check';
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
function holds(lab: Lab, { before, after, options, relation: own }: Change, relation: Relation): boolean | 'moved' {
  const { count, worlds, flow } = lab.observe([before, after], options);
  const [one, other] = worlds as [Columns, Columns];
  for (let i = 0; i < count; i++) {
    if (!(own ?? relation)(one, other, i)) throw new LawBroken(describe([one, other], i, flow(i)));
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
  /** In place of the relation of the law, where that depends on the choices. */
  readonly relation?: Relation;
}

/** `undefined`: the precondition is void. */
export type MakeChange<D extends Draw = Draw> = (draw: D) => Change | undefined;

interface LawOfChange<D extends Draw> {
  readonly id: string;
  readonly law: string;
  readonly precondition: string;
  readonly relation: Relation;
  readonly change: MakeChange<D>;
  readonly foil: { readonly wrong: string; readonly change: MakeChange<D> };
}

export function lawOfChange(parts: LawOfChange<Draw>): Law<Draw> {
  return lawOfChangeIn(draws, parts);
}

/** As `lawOfChange`, of other draws. */
export function lawOfChangeIn<D extends Draw>(instance: fc.Arbitrary<D>, parts: LawOfChange<D>): Law<D> {
  const { relation } = parts;
  const checkOf = (make: MakeChange<D>): Check<D> => {
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
    instance,
    check: checkOf(change),
    foil: { wrong: foil.wrong, check: checkOf(foil.change) },
    moves: relation === up || relation === down,
    print: (draw) => {
      const made = change(draw);
      return `${printDraw({ ...draw, world: made?.before ?? draw.world })}\n${made === undefined ? '' : describeChange(made)}`;
    },
  };
}

function describeChange({ before, after }: Change): string {
  const lists = (['networkPolicies', 'adminPolicies', 'unreadable'] as const).filter((list) => before[list] !== after[list]);
  return lists.map((list) => `${list} after: ${JSON.stringify(after[list])}`).join('\n');
}
