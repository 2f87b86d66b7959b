/**
 * Which rules, peers and ports of NetworkPolicies some verdict needs, in the cluster as it is. Tables hold every decision with all of its rules: one of them can go as long as each decision that it has a part in
 * keeps another. What is told here can go all together, and beside what `covers` tells.
 */
import { NONE_32, UNKNOWN } from '../tables/layout.ts';
import { isNetworkPolicy, type LintContext } from './context.ts';
import { coversOf, isNeededToIsolate, partsAreIndependent } from './covers.ts';

/** What can go: a rule, or a peer or port of it, by its index. */
export interface Dispensable {
  readonly ruleNumber: number;
  readonly peer: number | undefined;
  readonly port: number | undefined;
  /** Rules that allow the same, at most some of them. */
  readonly others: readonly number[];
}

export interface Needed {
  readonly dispensable: readonly Dispensable[];
  /** Rules that decide nothing anywhere. */
  isIdle(ruleNumber: number): boolean;
}

export const OPEN_VERDICTS = 'some verdicts are unknown, or depend on an order or a match that is open';

/** Does every decision tell all rules that had a part in it? Not where an order or a match is open: then it tells one of several ways. */
export function decisionsAreWhole({ policySet, engine: { tables } }: LintContext): boolean {
  const tied = policySet.tiers.some(({ policies }) => policies.some(({ rank }, i) => rank !== undefined && rank === policies[i + 1]?.rank));
  return !tied && !tables.columns.atomOpen.includes(1) && !tables.columns.decisionVerdict.includes(UNKNOWN);
}

const known = new WeakMap<LintContext, Needed>();

export function neededOf(context: LintContext): Needed {
  let needed = known.get(context);
  if (needed === undefined) {
    needed = findNeeded(context);
    known.set(context, needed);
  }
  return needed;
}

function findNeeded(context: LintContext): Needed {
  const { columns } = context.engine.tables;
  const { decisionAtom, decisionPass, atomRule } = columns;
  const active = new Uint8Array(columns.rulePolicy.length);
  for (const atom of decisionAtom) active[atomRule[atom]!] = 1;
  for (const atom of decisionPass) active[atomRule[atom]!] = 1;
  const decisions = new Decisions(context);
  const dispensable: Dispensable[] = [];
  if (partsAreIndependent(context)) {
    removeCovered(context, decisions);
    const take = (units: Map<string, Unit>): void => {
      // The narrow before the wide: what holds another thing is in all of its decisions. Of equal ones, the last.
      const order = [...units.values()].sort(
        (a, b) => a.decisions.length - b.decisions.length || b.ruleNumber - a.ruleNumber || b.order - a.order,
      );
      for (const unit of order) {
        if (!decisions.canGo(unit)) continue;
        decisions.remove(unit.atoms);
        dispensable.push({ ...unit, others: decisions.othersOf(unit) });
      }
    };
    for (const level of ['rule', 'peer', 'port'] as const) take(decisions.units(level));
  }
  return {
    dispensable: dispensable.sort(
      (a, b) => a.ruleNumber - b.ruleNumber || (a.peer ?? -1) - (b.peer ?? -1) || (a.port ?? -1) - (b.port ?? -1),
    ),
    isIdle: (ruleNumber) => active[ruleNumber] === 0,
  };
}

/** Atoms that go together. */
interface Unit {
  readonly ruleNumber: number;
  readonly peer: number | undefined;
  readonly port: number | undefined;
  readonly order: number;
  readonly atoms: number[];
  /** Decisions that some of the atoms are in, ascending. */
  readonly decisions: number[];
}

const MOST_OTHERS = 3;
const MOST_LOOKED_AT = 1000;

class Decisions {
  private readonly context: LintContext;
  private readonly isOfUnion: Uint8Array;
  private readonly removed: Uint8Array;

  constructor(context: LintContext) {
    const { columns } = context.engine.tables;
    this.context = context;
    this.removed = new Uint8Array(columns.atomRule.length);
    this.isOfUnion = Uint8Array.from(context.catalogue.rules, ({ rule, policy }, number) =>
      Number(isNetworkPolicy(context.catalogue.policies[policy]!.policy) && rule.action === 'allow' && !isNeededToIsolate(context, number)),
    );
  }

  /** Of the atoms that are left: rules, or peers or ports of rules that have several. */
  units(level: 'rule' | 'peer' | 'port'): Map<string, Unit> {
    const { decisionAtomStart, decisionAtom, atomRule, atomPeer, atomPort } = this.context.engine.tables.columns;
    const units = new Map<string, Unit>();
    const seen = new Set<number>();
    for (let decision = 0; decision + 1 < decisionAtomStart.length; decision++) {
      for (let i = decisionAtomStart[decision]!; i < decisionAtomStart[decision + 1]!; i++) {
        const atom = decisionAtom[i]!;
        const ruleNumber = atomRule[atom]!;
        if (this.removed[atom] === 1 || this.isOfUnion[ruleNumber] === 0) continue;
        const index = level === 'peer' ? atomPeer[atom]! : level === 'port' ? atomPort[atom]! : 0;
        if (index === NONE_32) continue;
        const key = `${ruleNumber} ${index}`;
        const unit = units.get(key) ?? {
          ruleNumber,
          peer: level === 'peer' ? index : undefined,
          port: level === 'port' ? index : undefined,
          order: index,
          atoms: [],
          decisions: [],
        };
        units.set(key, unit);
        if (unit.decisions.at(-1) !== decision) unit.decisions.push(decision);
        if (seen.has(atom)) continue;
        seen.add(atom);
        unit.atoms.push(atom);
      }
    }
    return units;
  }

  canGo({ atoms, decisions }: Unit): boolean {
    const own = new Set(atoms.filter((atom) => this.removed[atom] === 0));
    if (own.size === 0) return false;
    return decisions.every((decision) => this.atomsOf(decision).some((atom) => this.removed[atom] === 0 && !own.has(atom)));
  }

  remove(atoms: Iterable<number>): void {
    for (const atom of atoms) this.removed[atom] = 1;
  }

  /** Rules that hold what the unit held, now that it is gone. */
  othersOf({ decisions }: Unit): number[] {
    const { atomRule } = this.context.engine.tables.columns;
    const others = new Set<number>();
    for (const decision of decisions.slice(0, MOST_LOOKED_AT)) {
      const atom = this.atomsOf(decision).find((each) => this.removed[each] === 0);
      if (atom !== undefined && others.size < MOST_OTHERS) others.add(atomRule[atom]!);
    }
    return [...others];
  }

  private atomsOf(decision: number): number[] {
    const { decisionAtomStart, decisionAtom } = this.context.engine.tables.columns;
    return Array.from(decisionAtom.subarray(decisionAtomStart[decision]!, decisionAtomStart[decision + 1]!));
  }
}

/** What can go in any cluster has gone. */
function removeCovered(context: LintContext, decisions: Decisions): void {
  const { atomRule, atomPeer, atomPort } = context.engine.tables.columns;
  const { rules, peers, ports } = coversOf(context);
  const gone: number[] = [];
  for (let atom = 0; atom < atomRule.length; atom++) {
    const rule = atomRule[atom]!;
    if (rules.has(rule) || peers.get(rule)?.has(atomPeer[atom]!) || ports.get(rule)?.has(atomPort[atom]!)) gone.push(atom);
  }
  decisions.remove(gone);
}
