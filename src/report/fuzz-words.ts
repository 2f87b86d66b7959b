/**
 * What a search for counterexamples found, in words that every format shares. Nothing here is escaped: each format does that in its own way.
 */
import type { FuzzCounterexample, FuzzedInvariant, FuzzReport } from '../invariants/fuzz-report.ts';
import type { BrokenFlow } from '../invariants/invariant.ts';
import { type FlowEnd, textOfEnd } from '../model/flow.ts';
import { formatCount } from './numbers.ts';
import { decidingText, portText } from './test-words.ts';
import { plural } from './words.ts';

const MOST_REASONS = 5;
const MOST_FLOWS = 5;

/** `holds` is never said: not to have found anything is no proof. */
export function resultOf({ counterexample, original, unknownNeighbours }: FuzzedInvariant): 'BROKEN' | 'unknown' | 'not broken' {
  if (counterexample !== null) return 'BROKEN';
  return original === 'unknown' || unknownNeighbours > 0 ? 'unknown' : 'not broken';
}

/** Where it was broken, or where it was not. */
export function whereOf({ counterexample, original, unknownNeighbours }: FuzzedInvariant): string {
  if (counterexample !== null) {
    return counterexample.path === null ? 'as the cluster is' : plural(formatCount(counterexample.mutations.length), 'change');
  }
  if (original === 'unknown') return 'some verdict is unknown, as the cluster is';
  return unknownNeighbours > 0 ? `some verdict is unknown in ${plural(formatCount(unknownNeighbours), 'neighbour')}` : '';
}

/** What was looked for, and in how much. */
export function sumText({ invariants, neighbours, runs, path, cut, seed, ok }: FuzzReport): string {
  const found = invariants.filter(({ counterexample }) => counterexample !== null).length;
  const what = found === 0 ? 'no counterexample' : plural(formatCount(found), 'counterexample');
  const doubtful = found === 0 && !ok ? ': not certain' : '';
  if (path !== null) return `${what} in the neighbour of seed ${seed} and path ${path}${doubtful}`;
  const cutShort = cut ? `, of ${formatCount(runs)}: time ran out` : '';
  const searched = neighbours === 0 && !cut ? ', as the cluster is' : ` in ${plural(formatCount(neighbours), 'neighbour')}${cutShort}`;
  return `${what}${searched}, seed ${seed}${doubtful}`;
}

/** What makes the answer less than it seems. */
export function caveatsOf({ notJudged, doubts, readWhole, invariants }: FuzzReport): string[] {
  return [
    ...(readWhole ? [] : ['the input could not be read whole: verdicts that depend on what is missing are unknown']),
    ...notJudged.map(
      ({ kind, policies }) =>
        `${plural(formatCount(policies), 'policy', 'policies')} of kind ${kind} ${policies === 1 ? 'is' : 'are'} not judged, and may open or close what is told here`,
    ),
    ...doubts,
    ...(invariants.some(({ counterexample }) => counterexample?.shrunk === false)
      ? ['time ran out before everything was tried that might make a counterexample smaller']
      : []),
  ];
}

/** Changes, then what they break, with who decided. */
export function counterexampleLines({ changes, path, broken, mutations }: FuzzCounterexample): string[] {
  const rest = broken.length - MOST_FLOWS;
  return [
    ...(path === null ? ['holds not even without a change'] : []),
    ...(path !== null && mutations.length === 0 ? ['the changes come to nothing'] : []),
    ...changes,
    ...broken.slice(0, MOST_FLOWS).flatMap(flowLines),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

function flowLines({ from, to, pairs, ports, verdict, expected, deciding, otherDeciding }: BrokenFlow): string[] {
  const alike = pairs > 1 ? ` (and ${plural(formatCount(pairs - 1), 'pair')} like it)` : '';
  const instead = otherDeciding.length === 0 ? `${verdict}, expected ${expected}` : `${verdict}, and ${expected} by the other policies`;
  return [
    `${from} → ${to} ${portText(ports)}: ${instead}${alike}`,
    ...deciding.slice(0, MOST_REASONS).map((each) => `  ${decidingText(each)}`),
    ...(otherDeciding.length === 0 ? [] : ['  the other policies:']),
    ...otherDeciding.slice(0, MOST_REASONS).map((each) => `    ${decidingText(each)}`),
  ];
}

/** Everything, for a message. */
export function fuzzLines(report: FuzzReport): string[] {
  return [
    sumText(report),
    ...report.invariants.flatMap((each) => {
      const result = resultOf(each);
      if (result === 'not broken') return [];
      const lines = each.counterexample === null ? [whereOf(each)] : counterexampleLines(each.counterexample);
      const again = each.counterexample?.path == null ? [] : [`again: seed ${report.seed}, path ${each.counterexample.path}`];
      const said = each.message === null ? [] : [each.message];
      return [`${result}: ${each.name}`, ...[...said, ...lines, ...again].map((line) => `  ${line}`)];
    }),
    ...caveatsOf(report),
  ];
}

/** Arguments of `can-reach` that ask about the connection. */
export function canReachArguments({ flow }: BrokenFlow): string[] | undefined {
  if (flow === null) return undefined;
  const { from, to, protocol, port, family } = flow;
  const isPod = (end: FlowEnd): boolean => typeof end === 'object' && 'pod' in end;
  const end = (each: FlowEnd): string => {
    const text = textOfEnd(each) ?? '';
    return isPod(each) ? text.replace('/', '/pod/') : text;
  };
  return [
    end(from),
    end(to),
    '--port',
    String(port),
    '--protocol',
    protocol,
    ...(family === undefined ? [] : ['--family', String(family)]),
  ];
}
