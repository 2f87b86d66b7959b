/**
 * The ways on which a flow can go through the tiers, for the judge of tiers: one way as long as everything is certain, and several after an open match or policies of one rank that
 * disagree (model/policy.ts). At any moment the ways that have not ended are in two places at most: in the current tier, or past it. The main line is the one that is told.
 */
import type { Action, Tier } from '../model/policy.ts';
import { DEFAULT_VERDICTS, ISOLATED_NO_RULE, type NOT_ISOLATED, OWN_NODE, type UNMATCHED } from '../tables/decisions.ts';
import { ALLOW, DENY, UNKNOWN } from '../tables/layout.ts';
import type { DecisionTable } from './decisions.ts';

/** An atom that matches, and what its rule says. */
export interface Match {
  readonly atom: number;
  readonly rule: number;
  readonly policy: number;
  /** The group that its policy stands in. */
  readonly group: number;
  readonly tier: number;
  readonly action: Action;
  /** Is it open whether the peers match? */
  readonly open: boolean;
}

type Place = 'here' | 'past' | 'ended';

/** A rule that may be the first of its policy to match. */
export interface Candidate {
  readonly action: Action;
  /** Does some atom match for certain? Then `atoms` are those. */
  readonly certain: boolean;
  readonly atoms: readonly number[];
}

/** What holds when no tier decides: the number of a default. `OWN_NODE` also ends every tier that matches all: NetworkPolicies do not stand between a pod and its node. */
export type LastWord = typeof NOT_ISOLATED | typeof UNMATCHED | typeof OWN_NODE;

/** The rules of a group's policies that may be the first to match, of its matches `from..to-1`: of each policy up to the first that matches for certain. */
export function candidatesOf(matches: readonly Match[], from: number, to: number): Candidate[] {
  const candidates: Candidate[] = [];
  let decided = -1;
  for (let i = from, past = from; i < to; i = past) {
    const { rule, policy, action } = matches[i]!;
    let certain = false;
    for (; past < to && matches[past]!.rule === rule; past++) certain ||= !matches[past]!.open;
    if (policy === decided) continue;
    const atoms: number[] = [];
    // A match that is certain makes the open ones of its rule meaningless.
    for (let at = i; at < past; at++) if (matches[at]!.open !== certain) atoms.push(matches[at]!.atom);
    candidates.push({ action, certain, atoms });
    if (certain) decided = policy;
  }
  return candidates;
}

/** Of one flow: for each tier its groups, or all of its matches, and `endTier`; then `decision`. */
export class Ways {
  private readonly lastWord: LastWord;
  private readonly decisions: DecisionTable;
  private main: Place = 'here';
  /** Where the main line ended: its verdict, and the default or the atoms that decided. */
  private verdict = UNKNOWN;
  private byDefault: number | undefined;
  private atoms: readonly number[] = NONE;
  /** The atoms that passed the main line on. */
  private passes: readonly number[] = NONE;
  /** In a tier that matches all: the atoms that the line in it has met. */
  private allowing: readonly number[] = NONE;
  private doubtful: readonly number[] = NONE;
  /** Is there a way in the tier, or past it, where the main line is not? */
  private otherHere = false;
  private otherPast = false;
  /** The verdicts of the other ways that have ended, as bits. */
  private otherVerdicts = 0;
  /** The atoms at which ways parted. */
  private readonly partings: number[] = [];

  constructor(lastWord: LastWord, decisions: DecisionTable) {
    this.lastWord = lastWord;
    this.decisions = decisions;
  }

  /** Is there a way that what stands in the tier can still meet? */
  areInTier(): boolean {
    return this.main === 'here' || this.otherHere;
  }

  /** Have all ways ended, so that nothing can change them? */
  haveEnded(): boolean {
    return this.main === 'ended' && !this.otherHere && !this.otherPast;
  }

  /** The ways in a tier in which the first match counts meet the candidates of a group. */
  meetGroup(candidates: readonly Candidate[]): void {
    const chosen = candidates.find(({ certain }) => certain);
    const others = candidates.filter(({ action }) => action !== chosen?.action);
    if (others.length > 0) this.part(chosen, others);
    if (chosen !== undefined) this.lineMeets(chosen);
  }

  /** The ways in a tier in which every match counts meet what matches there. */
  meetAll(matches: readonly Match[]): void {
    const allowing: number[] = [];
    const doubtful: number[] = [];
    for (const { action, atom } of matches) (action === 'allow' ? allowing : doubtful).push(atom);
    this.allowing = allowing;
    this.doubtful = doubtful;
  }

  /** The tier is over: what it has not decided, isolation does; what it leaves open, the next tier sees. */
  endTier(match: Tier['match'], isolated: boolean): void {
    const toOwnNode = match === 'all' && this.lastWord === OWN_NODE;
    if (toOwnNode && !isolated) this.perhapsIsolated();
    const here = toOwnNode ? (isolated ? REACHES_OWN_NODE : undefined) : this.endOfLine(isolated);
    const { main, otherPast } = this;
    if (main === 'past') {
      this.main = 'here';
      // What passed it on matched for certain, so that no other line has stayed.
      this.otherHere = false;
    } else if (main === 'here') {
      this.otherHere = here !== undefined && otherPast;
      if (here !== undefined) this.end(here);
    } else {
      if (this.otherHere) this.otherVerdicts |= bitOfEnd(here);
      this.otherHere = otherPast || (this.otherHere && here === undefined);
    }
    this.allowing = this.doubtful = NONE;
    this.otherPast = false;
  }

  /** The decision after the last tier. */
  decision(): number {
    const { lastWord, decisions, passes } = this;
    const hasEnded = this.main === 'ended';
    const bitUnmatched = 1 << DEFAULT_VERDICTS[lastWord]!;
    const main = hasEnded ? 1 << this.verdict : bitUnmatched;
    const all = main | this.otherVerdicts | (this.otherHere ? bitUnmatched : 0);
    if (all !== main) return decisions.ofRules(UNKNOWN, [...new Set(this.partings)], passes);
    if (!hasEnded) return decisions.ofDefault(lastWord, passes);
    if (this.byDefault !== undefined) return decisions.ofDefault(this.byDefault, passes);
    return decisions.ofRules(this.verdict, this.atoms, passes);
  }

  /** Some ways go where the line in the tier does not. */
  private part(chosen: Candidate | undefined, others: readonly Candidate[]): void {
    if (chosen !== undefined) this.partAt(chosen.atoms);
    for (const { action, atoms } of others) {
      if (action === 'pass') this.otherPast = true;
      this.otherVerdicts |= bitOf(action);
      this.partAt(atoms);
    }
  }

  private partAt(atoms: readonly number[]): void {
    for (const atom of atoms) this.partings.push(atom);
  }

  /** The line in the tier meets a rule that matches for certain. */
  private lineMeets({ action, atoms }: Candidate): void {
    if (this.main !== 'here') {
      // The main line has ended: nothing else leaves another line in the tier.
      this.otherHere = false;
      if (action === 'pass') this.otherPast = true;
      this.otherVerdicts |= bitOf(action);
    } else if (action === 'pass') {
      this.main = 'past';
      this.passes = [...this.passes, ...atoms];
    } else {
      this.end({ verdict: verdictOf(action), byDefault: undefined, atoms });
    }
  }

  /** The main line ends. */
  private end({ verdict, byDefault, atoms }: End): void {
    this.main = 'ended';
    this.verdict = verdict;
    this.byDefault = byDefault;
    this.atoms = atoms;
  }

  /** On the way to the own node: a policy that cannot be read isolates the pod, and the way ends there, or it does not. */
  private perhapsIsolated(): void {
    if (this.doubtful.length === 0) return;
    this.otherVerdicts |= 1 << ALLOW;
    this.partAt(this.doubtful);
  }

  /** How the line in the tier ends there, if it does. Only in a tier that matches all has it met something until now. */
  private endOfLine(isolated: boolean): End | undefined {
    const { allowing, doubtful } = this;
    if (allowing.length > 0) return { verdict: ALLOW, byDefault: undefined, atoms: allowing };
    if (doubtful.length > 0) return { verdict: UNKNOWN, byDefault: undefined, atoms: doubtful };
    return isolated ? ISOLATED : undefined;
  }
}

/** How a line ends: by a default or by atoms. */
interface End {
  readonly verdict: number;
  readonly byDefault: number | undefined;
  readonly atoms: readonly number[];
}

const NONE: readonly never[] = [];
const ISOLATED: End = { verdict: DENY, byDefault: ISOLATED_NO_RULE, atoms: NONE };
const REACHES_OWN_NODE: End = { verdict: ALLOW, byDefault: OWN_NODE, atoms: NONE };

function verdictOf(action: Action): number {
  return action === 'allow' ? ALLOW : action === 'deny' ? DENY : UNKNOWN;
}

/** `pass` ends nothing. */
function bitOf(action: Action): number {
  return action === 'pass' ? 0 : 1 << verdictOf(action);
}

function bitOfEnd(end: End | undefined): number {
  return end === undefined ? 0 : 1 << end.verdict;
}
