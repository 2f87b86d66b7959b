/**
 * The ways on which a flow can go through the tiers, for the judge of tiers: one way as long as everything is certain, and several after an open match or policies of one rank that
 * disagree (model/policy.ts). In comes what a flow has met, out comes the next state; states are values. At any moment the ways that have not ended are in two places at most: in the
 * current tier, or past it. The main line is the one that is told.
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
interface Candidate {
  readonly policy: number;
  readonly rule: number;
  readonly action: Action;
  /** Does some atom match for certain? Then `atoms` are those. */
  readonly certain: boolean;
  readonly atoms: readonly number[];
}

export interface Ways {
  readonly main: Place;
  /** Where the main line ended: its verdict, and the default or the atoms that decided. */
  readonly verdict: number;
  readonly byDefault: number | undefined;
  readonly atoms: readonly number[];
  /** The last rule that decided for the main line, or passed it on: its other atoms are reasons too. */
  readonly rule: number | undefined;
  readonly passes: readonly number[];
  /** In a tier that matches all: the atoms that the line in it has met. */
  readonly allowing: readonly number[];
  readonly doubtful: readonly number[];
  /** In a group of policies: the candidates so far. */
  readonly candidates: readonly Candidate[];
  /** Is there a way in the tier, or past it, where the main line is not? */
  readonly otherHere: boolean;
  readonly otherPast: boolean;
  /** The verdicts of the other ways that have ended, as bits. */
  readonly otherVerdicts: number;
  /** The atoms at which ways parted. */
  readonly partings: readonly number[];
}

const NONE: readonly never[] = [];

export const START: Ways = {
  main: 'here',
  verdict: UNKNOWN,
  byDefault: undefined,
  atoms: NONE,
  rule: undefined,
  passes: NONE,
  allowing: NONE,
  doubtful: NONE,
  candidates: NONE,
  otherHere: false,
  otherPast: false,
  otherVerdicts: 0,
  partings: NONE,
};

/** A matching atom of a policy that stands alone and matches for certain. */
export function meetAlone(ways: Ways, { atom, rule, action }: Match): Ways {
  if (isInTier(ways)) return lineMeets(ways, { rule, action, atoms: [atom] });
  if (ways.rule !== rule) return ways;
  return ways.main === 'past' ? { ...ways, passes: [...ways.passes, atom] } : { ...ways, atoms: [...ways.atoms, atom] };
}

/** Is there a way that what stands in the tier can still meet? */
export function isInTier({ main, otherHere }: Ways): boolean {
  return main === 'here' || otherHere;
}

/** Have all ways ended, so that nothing can change them but other atoms of the last rule? */
export function hasEnded({ main, otherHere, otherPast }: Ways): boolean {
  return main === 'ended' && !otherHere && !otherPast;
}

/** A matching atom of a policy that stands beside others, or whose matches are open. */
export function meet(ways: Ways, { atom, rule, policy, action, open }: Match): Ways {
  if (!isInTier(ways)) return ways;
  const { candidates } = ways;
  const last = candidates[candidates.length - 1];
  const certain = !open;
  if (last === undefined || last.policy !== policy)
    return { ...ways, candidates: [...candidates, { policy, rule, action, certain, atoms: [atom] }] };
  if (last.rule !== rule) {
    return last.certain ? ways : { ...ways, candidates: [...candidates, { policy, rule, action, certain, atoms: [atom] }] };
  }
  if (last.certain && open) return ways;
  // A match that is certain makes the open ones of its rule meaningless.
  const atoms = last.certain === certain ? [...last.atoms, atom] : [atom];
  return { ...ways, candidates: [...candidates.slice(0, -1), { ...last, certain, atoms }] };
}

/** All policies of a group have been met. */
export function endGroup(ways: Ways): Ways {
  const { candidates } = ways;
  if (candidates.length === 0) return ways;
  const chosen = candidates.find(({ certain }) => certain);
  const others = candidates.filter(({ action }) => action !== chosen?.action);
  const rest = { ...ways, candidates: NONE };
  const parted = others.length === 0 ? rest : part(rest, chosen, others);
  return chosen === undefined ? parted : lineMeets(parted, chosen);
}

/** Some ways go where the line in the tier does not. */
function part(ways: Ways, chosen: Candidate | undefined, others: readonly Candidate[]): Ways {
  const atoms = others.flatMap((other) => other.atoms);
  const passes = others.some(({ action }) => action === 'pass');
  return {
    ...ways,
    otherPast: ways.otherPast || passes,
    otherVerdicts: others.reduce((bits, { action }) => bits | bitOf(action), ways.otherVerdicts),
    partings: [...ways.partings, ...(chosen?.atoms ?? []), ...atoms],
  };
}

/** The line in the tier meets a rule that matches for certain. */
function lineMeets(ways: Ways, { action, atoms, rule }: Pick<Candidate, 'action' | 'atoms' | 'rule'>): Ways {
  if (ways.main !== 'here') {
    // The main line has ended: nothing else leaves another line in the tier.
    const rest = { ...ways, otherHere: false };
    return action === 'pass' ? { ...rest, otherPast: true } : { ...rest, otherVerdicts: ways.otherVerdicts | bitOf(action) };
  }
  if (action === 'pass') return { ...ways, main: 'past', rule, passes: [...ways.passes, ...atoms] };
  return { ...ways, main: 'ended', verdict: verdictOf(action), atoms, rule };
}

/** What holds when no tier decides: the number of a default. `OWN_NODE` also ends every tier that matches all: NetworkPolicies do not stand between a pod and its node. */
export type LastWord = typeof NOT_ISOLATED | typeof UNMATCHED | typeof OWN_NODE;

/** The tier is over: what it has not decided, isolation does; what it leaves open, the next tier sees. */
export function endTier(before: Ways, match: Tier['match'], isolated: boolean, lastWord: LastWord): Ways {
  const toOwnNode = match === 'all' && lastWord === OWN_NODE;
  const ways = toOwnNode && !isolated ? perhapsIsolated(before) : before;
  if (hasEnded(ways)) return ways;
  const here = toOwnNode ? (isolated ? REACHES_OWN_NODE : undefined) : endOfLine(ways, isolated);
  const { rule, passes, candidates, partings } = ways;
  let { main, verdict, byDefault, atoms, otherHere, otherVerdicts } = ways;
  if (main === 'past') {
    main = 'here';
    // What passed it on matched for certain, so that no other line has stayed.
    otherHere = false;
  } else if (main === 'here') {
    otherHere = here !== undefined && ways.otherPast;
    if (here !== undefined) {
      main = 'ended';
      ({ verdict, byDefault, atoms } = here);
    }
  } else {
    if (otherHere) otherVerdicts |= bitOfEnd(here);
    otherHere = ways.otherPast || (otherHere && here === undefined);
  }
  // Written out: copying with a spread took a fifth of a compilation.
  const [allowing, doubtful, otherPast] = [NONE, NONE, false];
  return { main, verdict, byDefault, atoms, rule, passes, allowing, doubtful, candidates, otherHere, otherPast, otherVerdicts, partings };
}

/** How a line ends: by a default or by atoms. */
interface End {
  readonly verdict: number;
  readonly byDefault: number | undefined;
  readonly atoms: readonly number[];
}

const ISOLATED: End = { verdict: DENY, byDefault: ISOLATED_NO_RULE, atoms: NONE };
const REACHES_OWN_NODE: End = { verdict: ALLOW, byDefault: OWN_NODE, atoms: NONE };

/** On the way to the own node: a policy that cannot be read isolates the pod, and the way ends there, or it does not. */
function perhapsIsolated(ways: Ways): Ways {
  const { doubtful, partings, otherVerdicts } = ways;
  return doubtful.length === 0 ? ways : { ...ways, otherVerdicts: otherVerdicts | (1 << ALLOW), partings: [...partings, ...doubtful] };
}

/** How the line in the tier ends there, if it does. Only in a tier that matches all has it met something until now. */
function endOfLine({ allowing, doubtful }: Ways, isolated: boolean): End | undefined {
  if (allowing.length > 0) return { verdict: ALLOW, byDefault: undefined, atoms: allowing };
  if (doubtful.length > 0) return { verdict: UNKNOWN, byDefault: undefined, atoms: doubtful };
  return isolated ? ISOLATED : undefined;
}

/** The decision after the last tier. */
export function finalDecision(ways: Ways, lastWord: LastWord, decisions: DecisionTable): number {
  const bitUnmatched = 1 << DEFAULT_VERDICTS[lastWord]!;
  const main = ways.main === 'ended' ? 1 << ways.verdict : bitUnmatched;
  const all = main | ways.otherVerdicts | (ways.otherHere ? bitUnmatched : 0);
  if (all !== main) return decisions.ofRules(UNKNOWN, [...new Set(ways.partings)], ways.passes);
  if (ways.main !== 'ended') return decisions.ofDefault(lastWord, ways.passes);
  if (ways.byDefault !== undefined) return decisions.ofDefault(ways.byDefault, ways.passes);
  return decisions.ofRules(ways.verdict, ways.atoms, ways.passes);
}

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
