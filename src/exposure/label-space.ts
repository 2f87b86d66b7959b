/**
 * Which labels are possible under requirements, for objects that do not exist yet: the values are endless, so all but some of them can never be used up.
 */
import type { Requirement } from '../model/selector.ts';

/** What one label may be. */
interface Allowed {
  readonly absent: boolean;
  /** Undefined: every value but those of `not`. */
  readonly only: readonly string[] | undefined;
  readonly not: readonly string[];
}

/** By key. A key without entry may be anything. */
export type LabelSpace = ReadonlyMap<string, Allowed>;

const ANYTHING: Allowed = { absent: true, only: undefined, not: [] };

export const ALL_LABELS: LabelSpace = new Map();

/** The space in which the requirements hold, too; undefined when there are no such labels. */
export function narrow(space: LabelSpace, requirements: readonly Requirement[]): LabelSpace | undefined {
  if (requirements.length === 0) return space;
  const narrowed = new Map(space);
  for (const requirement of requirements) {
    const allowed = narrowOne(narrowed.get(requirement.key) ?? ANYTHING, requirement);
    if (!allowed.absent && allowed.only?.length === 0) return undefined;
    narrowed.set(requirement.key, allowed);
  }
  return narrowed;
}

function narrowOne({ absent, only, not }: Allowed, { operator, values }: Requirement): Allowed {
  switch (operator) {
    case 'in':
      return { absent: false, only: (only ?? values).filter((value) => values.includes(value) && !not.includes(value)), not: [] };
    case 'notIn':
      if (only !== undefined) return { absent, only: only.filter((value) => !values.includes(value)), not };
      return { absent, only, not: [...new Set([...not, ...values])] };
    case 'exists':
      return { absent: false, only, not };
    case 'doesNotExist':
      return { absent, only: [], not: [] };
  }
}

/** Do the requirements hold for all labels of the space? */
export function holds(space: LabelSpace, requirements: readonly Requirement[]): boolean {
  return requirements.every((requirement) => holdsAlways(space.get(requirement.key) ?? ANYTHING, requirement));
}

function holdsAlways({ absent, only, not }: Allowed, { operator, values }: Requirement): boolean {
  switch (operator) {
    case 'in':
      return !absent && only !== undefined && only.every((value) => values.includes(value));
    case 'notIn':
      return only === undefined ? values.every((value) => not.includes(value)) : !only.some((value) => values.includes(value));
    case 'exists':
      return !absent;
    case 'doesNotExist':
      return only?.length === 0;
  }
}

/** The values that a label can have, where they are few: it is never absent. */
export function fewValues(space: LabelSpace, key: string): readonly string[] | undefined {
  const allowed = space.get(key);
  return allowed === undefined || allowed.absent ? undefined : allowed.only;
}
