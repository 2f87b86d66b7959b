/**
 * The ways that a flow can go through tiers, of which several exist where something is open: whether a peer matches, or which of two policies of one priority comes first.
 * Every way is followed to its end. In come the matches of each tier, out comes what is told. Specification: the comment of model/policy.ts.
 */
import type { DefaultReason, DirectionDecision, RuleReason } from '../model/decision.ts';

/** One way in which a rule matches. `open`: or perhaps it does not, because of what `because` says. */
export interface Match {
  readonly reason: RuleReason;
  readonly open: boolean;
  readonly because?: string;
}

/** Policies that stand beside each other, in the order in which they are told: the matches of their rules, rule by rule. */
export type Group = readonly (readonly (readonly Match[])[])[];

/**
 * `groups`: in order, the first rule that matches decides. `rest`: how everything ends that no rule decides; absent: the next tier is asked. `perhaps`: or it ends like that, because of what
 * these reasons tell.
 */
export interface Stage {
  readonly groups: readonly Group[];
  readonly perhaps?: { readonly ending: Ending; readonly reasons: readonly RuleReason[] } | undefined;
  readonly rest?: Ending | undefined;
}

export type Ending = Pick<DirectionDecision, 'verdict' | 'reasons' | 'default'>;
export type Told = Ending & Pick<DirectionDecision, 'passes'>;

/** `here`: in the tier that is being asked. `past`: on its way to the next. */
interface Way {
  readonly at: 'here' | 'past' | Ending;
  readonly passes: readonly RuleReason[];
}

const EQUAL_PRIORITY = 'another policy of the same priority says otherwise, and their order is not defined';
const OTHERWISE = 'it decides where the open matches before it do not match';

export function endByDefault(reason: DefaultReason): Ending {
  const denied = reason === 'isolated-no-rule-matches' || reason === 'unmatched';
  return { verdict: denied ? 'deny' : 'allow', reasons: [], default: reason };
}

/** What happens on the way through the stages to the last word. Where the ways do not agree it is unknown, because of the matches at which they part. */
export function follow(stages: readonly Stage[], lastWord: Ending): Told {
  // The main line is always the first.
  let ways: readonly Way[] = [{ at: 'here', passes: [] }];
  const partings: RuleReason[] = [];
  for (const { groups, perhaps, rest } of stages) {
    for (const group of groups) {
      if (!ways.some(({ at }) => at === 'here')) break;
      const { outcomes, parting } = meet(group);
      partings.push(...parting);
      ways = ways.flatMap((way) => (way.at === 'here' ? outcomes.map((outcome) => take(way, outcome)) : [way]));
    }
    if (perhaps !== undefined && ways.some(({ at }) => at === 'here')) {
      partings.push(...perhaps.reasons);
      ways = [...ways, { at: perhaps.ending, passes: [] }];
    }
    ways = ways.map((way) => (way.at === 'past' ? { ...way, at: 'here' } : way.at === 'here' ? { ...way, at: rest ?? 'here' } : way));
  }
  const ends = ways.map(({ at, passes }): Told => ({ ...(typeof at === 'string' ? lastWord : at), passes }));
  const main = ends[0] as Told;
  if (ends.every(({ verdict }) => verdict === main.verdict)) return main;
  return { verdict: 'unknown', reasons: partings, default: null, passes: main.passes };
}

/** The matches of a rule that may be the first of its policy: its certain ones when it has any. */
interface Candidate {
  /** Position of its policy in the group. */
  readonly policy: number;
  readonly certain: boolean;
  readonly matches: readonly Match[];
}

/**
 * What can come of a group: first the main line (undefined: no rule decides), in which no open match matches and the policies are in order; then the others that
 * say something else. `parting`: the matches of those that say different things.
 */
function meet(group: Group): { outcomes: (Candidate | undefined)[]; parting: readonly RuleReason[] } {
  const candidates = group.flatMap((rules, policy) => candidatesOf(rules).map((each) => ({ ...each, policy })));
  const main = candidates.find(({ certain }) => certain);
  const others = candidates.filter((each) => main === undefined || actionOf(each) !== actionOf(main));
  const parting = others.length === 0 ? [] : candidates.filter((each) => each === main || others.includes(each));
  const reasonsFor = ({ matches, policy }: Candidate): RuleReason[] => {
    // Those of other policies that part from a certain match say something else.
    const tied = parting.some((other) => other.policy !== policy);
    return matches.map(({ reason, open, because }) => {
      const why = open ? because : (reason.because ?? (tied ? EQUAL_PRIORITY : OTHERWISE));
      return why === undefined ? reason : { ...reason, because: why };
    });
  };
  return { outcomes: [main, ...others], parting: parting.flatMap(reasonsFor) };
}

/** The first rule that matches for certain, and before it those that match perhaps. */
function candidatesOf(rules: Group[number]): Omit<Candidate, 'policy'>[] {
  const matching = rules.filter((matches) => matches.length > 0);
  const certain = matching.findIndex((matches) => matches.some(({ open }) => !open));
  return matching.slice(0, certain === -1 ? undefined : certain + 1).map((matches, i) => {
    return i === certain ? { certain: true, matches: matches.filter(({ open }) => !open) } : { certain: false, matches };
  });
}

function actionOf({ matches }: Pick<Candidate, 'matches'>): RuleReason['action'] | undefined {
  return matches[0]?.reason.action;
}

function take(way: Way, outcome: Candidate | undefined): Way {
  if (outcome === undefined) return way;
  const reasons = outcome.matches.map(({ reason }) => reason);
  const action = actionOf(outcome);
  if (action === 'pass') return { at: 'past', passes: [...way.passes, ...reasons] };
  const verdict = action === 'allow' || action === 'deny' ? action : 'unknown';
  return { ...way, at: { verdict, reasons, default: null } };
}
