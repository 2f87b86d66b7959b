/**
 * The checks of listed paths: what is open over the boundary of the zone, or inside of it, and is not listed; and what is listed and is not open.
 */
import { describeEnd } from '../expectations/describe.ts';
import { quote } from '../lib/quote.ts';
import { policiesIn } from './check-default-deny.ts';
import type { CheckParts } from './check-parts.ts';
import type { Crossing } from './crossings.ts';
import { connectionsOf } from './ends.ts';
import type { ComplianceFinding, PathResult, PolicyEvidence } from './report.ts';
import type { ListedPath, Way } from './zone.ts';
import type { ZoneWorld } from './zone-world.ts';

const WHERE: Readonly<Record<Way, string>> = { in: 'into the zone', out: 'out of the zone', within: 'inside of the zone' };

export function checkPaths(way: Way, found: readonly Crossing[], paths: readonly PathResult[], world: ZoneWorld): CheckParts {
  const unlisted = found.filter(({ units }) => units.length === 0);
  const own = paths.filter((path) => path.way === way);
  return {
    judged: judgedText(way, world),
    findings: unlisted.map((crossing) => unlistedFinding(crossing, WHERE[way], world)),
    warnings: own.flatMap((path) => staleText(path)),
    evidence: own.flatMap(({ evidence }) => evidence),
  };
}

export function unlistedFinding(crossing: Crossing, where: string, world: ZoneWorld): ComplianceFinding {
  const isOpen = crossing.verdict === 'allow';
  return {
    status: isOpen ? 'fails' : 'cannot-be-shown',
    what: isOpen ? `open ${where}, and not listed` : `may be open ${where}, and is not listed`,
    connections: connectionsOf(crossing, world),
    evidence: [],
  };
}

function judgedText(way: Way, { pods, inside, outside }: ZoneWorld): string {
  const ranges = outside.filter(({ range }) => range !== undefined).length;
  const zone = `${pods.size} ${pods.size === 1 ? 'pod' : 'pods'} of the zone (${inside.length} by address family)`;
  if (way === 'within') return `${zone} with each other, at every port`;
  return `${zone} with ${outside.length - ranges} other pods and nodes and ${ranges} ranges of addresses that make up everything outside, at every port`;
}

function staleText({ ports, reason, origin, problem }: PathResult): string[] {
  const closed = ports.filter(({ open }) => open === 'no').map(({ port }) => quote(port));
  if (closed.length === 0 && problem === null) return [];
  const why = problem === null ? '' : `: ${problem}`;
  const what = closed.length === ports.length ? 'nothing of it is open' : `not open: ${closed.join(', ')}`;
  return [`the listed path in line ${origin.line} (${quote(reason)}): ${what}${why}`];
}

/** What became of each listed path. */
export function pathResults(world: ZoneWorld, found: readonly Crossing[]): PathResult[] {
  return world.zone.paths.map((path): PathResult => {
    const units = world.units.flatMap((unit, number) => (unit.path === path ? [{ unit, number }] : []));
    const ports = units.map(({ unit, number }) => {
      const verdicts = found.filter((crossing) => crossing.units.includes(number)).map(({ verdict }) => verdict);
      const open = verdicts.includes('allow') ? ('yes' as const) : verdicts.includes('unknown') ? ('unknown' as const) : ('no' as const);
      return { port: unit.port.text, open };
    });
    const [first] = units;
    const opening = found.filter((crossing) => units.some(({ number }) => crossing.units.includes(number)));
    return {
      way: path.way,
      ...endTexts(path),
      ports,
      reason: path.reason,
      origin: path.origin,
      problem: first?.unit.from.problem ?? first?.unit.to.problem ?? null,
      evidence: ruleEvidence(opening),
    };
  });
}

function endTexts({ from, to }: ListedPath): Pick<PathResult, 'from' | 'to'> {
  return { from: from === undefined ? 'the zone' : describeEnd(from), to: to === undefined ? 'the zone' : describeEnd(to) };
}

/** The rules that open connections, each once. */
export function ruleEvidence(found: readonly Crossing[]): PolicyEvidence[] {
  const rules = new Map<string, PolicyEvidence>();
  for (const { deciding, verdict } of found) {
    for (const named of policiesIn(deciding)) {
      const key = JSON.stringify(named);
      // What certainly opens something is said so, whatever else it may open.
      if (rules.get(key)?.what !== 'opens it') rules.set(key, { ...named, what: verdict === 'allow' ? 'opens it' : 'may open it' });
    }
  }
  return [...rules.values()];
}
