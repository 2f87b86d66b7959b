/**
 * "A cannot reach B": the walk along a connection, whether it is allowed or not, and the lines to change. The verdicts are the engine's, and so is the proof of every suggestion.
 */
import type { Engine } from '../engine/engine.ts';
import { quote } from '../lib/quote.ts';
import type { DomainNameTable } from '../model/domain-names.ts';
import type { Manifests } from '../model/resource.ts';
import { canReachNamed } from '../services/can-reach-named.ts';
import { readNamedEnd } from '../services/named-end.ts';
import type { NamedQuery, NamedReachability } from '../services/named-reachability.ts';
import { NoSuchPort } from '../services/service-ports.ts';
import { dnsStep } from './dns-step.ts';
import { halfStep } from './half-step.ts';
import { type JudgedPair, pairsOf, type Side } from './pairs.ts';
import { noSuchPortStep, portStep, serviceSuggestions } from './port-step.ts';
import { type Suggesting, suggestionsFor } from './suggest.ts';
import type { Step, StepDetail, Suggestion, Troubleshooting, WalkOutcome } from './troubleshooting.ts';

export interface TroubleshootOptions {
  /** Addresses of hosts, as the engine was compiled with. */
  readonly domainNames?: DomainNameTable | undefined;
}

/**
 * Why a connection can or cannot be made, step by step, and which changes were tried that open it. `engine`: compiled from these manifests.
 * @throws {RangeError} as `canReachNamed` does, other than for a port that a Service does not have
 */
export function troubleshoot(engine: Engine, manifests: Manifests, query: NamedQuery, options: TroubleshootOptions = {}): Troubleshooting {
  const { domainNames } = options;
  let reachability: NamedReachability;
  try {
    reachability = canReachNamed(engine, manifests, query, { domainNames });
  } catch (error) {
    if (!(error instanceof NoSuchPort)) throw error;
    const end = readNamedEnd(query.to);
    const asked = end.kind === 'service' ? { ...end, port: end.port ?? query.port ?? '' } : { namespace: '', name: '' };
    const step = noSuchPortStep(manifests, asked, error.message);
    return { outcome: 'blocked', steps: [step], suggestions: [], reachability: null };
  }
  const judging = (flows: Parameters<typeof pairsOf>[1]): JudgedPair[] =>
    pairsOf(manifests, flows).map((pair) => ({ ...pair, decision: engine.canReach(pair.query) }));
  const pairs = judging(reachability.flows.map((flow) => flow.query));
  const pair =
    pairs.find(({ decision }) => decision.verdict === 'deny') ?? pairs.find(({ decision }) => decision.verdict === 'unknown') ?? pairs[0];
  const asksDns = reachability.from.kind === 'given' && namesOf(reachability) && pair?.from.pod !== undefined;
  const dns = asksDns ? dnsStep(engine, manifests, query.from, query.family) : undefined;
  const steps = [
    endsStep(reachability, pairs, pair),
    ...(dns === undefined ? [] : [dns.step]),
    portStep(manifests, reachability, pair),
    ...(pair === undefined ? [] : [halfStep(manifests, 'egress', pair), halfStep(manifests, 'ingress', pair)]),
  ];
  const suggesting = { engine, manifests } as const;
  const suggestions = [
    ...(dns === undefined ? [] : bothHalves({ ...suggesting, step: 'dns' }, judging(dns.flows))),
    ...serviceSuggestions(engine, manifests, query, reachability, domainNames),
    ...bothHalves({ ...suggesting, step: 'egress' }, pairs),
  ];
  return { outcome: outcomeOf(reachability, steps), steps, suggestions, reachability };
}

/** Was the destination given by a name that DNS resolves? */
function namesOf({ query }: NamedReachability): boolean {
  return readNamedEnd(query.to).kind !== 'given';
}

function bothHalves({ engine, manifests, step }: Suggesting, pairs: readonly JudgedPair[]): Suggestion[] {
  return (['egress', 'ingress'] as const).flatMap((direction) => {
    const denied = pairs.filter(
      ({ decision }) => decision[direction].default === 'isolated-no-rule-matches' && decision[direction].verdict === 'deny',
    );
    const open = pairs.filter(({ decision }) => decision[direction].verdict === 'allow');
    return suggestionsFor({ engine, manifests, step: step === 'dns' ? step : direction }, direction, denied, open);
  });
}

function endsStep(
  { from, to, flows, unknown, query }: NamedReachability,
  pairs: readonly JudgedPair[],
  pair: JudgedPair | undefined,
): Step {
  const step = { topic: 'ends', details: [] } as const;
  if (pair === undefined || unknown !== null)
    return {
      ...step,
      outcome: unknown?.cause === 'no-backend' ? 'ok' : 'unknown',
      sentence: unknown?.message ?? 'there is nothing to look at',
    };
  const open = flows.find((flow) => flow.unknown !== null)?.unknown;
  const alike = pairs.filter(({ decision }) => decision.verdict === pair.decision.verdict).length;
  const told = pairs.length === 1 ? '' : `, as ${alike} of ${pairs.length} pairs`;
  const names = [from, to].flatMap(({ host, addresses }) =>
    host === null || addresses.length === 0 ? [] : [`${quote(host)} has ${addresses.join(', ')}`],
  );
  const details = [...names.map((sentence): StepDetail => ({ sentence, place: null })), ...[pair.from, pair.to].flatMap(sideDetail)];
  const sentence = `${quote(query.from)} to ${quote(query.to)} is ${quote(pair.from.name)} to ${quote(pair.to.name)}: ${VERDICTS[pair.decision.verdict]}${told}`;
  if (open !== undefined && open !== null)
    return { ...step, details: [...details, { sentence: open.message, place: null }], outcome: 'unknown', sentence };
  return { ...step, details, outcome: 'ok', sentence };
}

const VERDICTS = { allow: 'allowed', deny: 'denied', unknown: 'not known' } as const;

function sideDetail({ name, pod }: Side): StepDetail[] {
  if (pod === undefined) return [];
  const place = pod.origin;
  if (pod.object.spec?.hostNetwork === true)
    return [
      {
        sentence: `${quote(name)} is in the network of its node: most data planes do not apply policies to it, and see its traffic as the node's`,
        place,
      },
    ];
  return [];
}

function outcomeOf({ verdict, unknown }: NamedReachability, steps: readonly Step[]): WalkOutcome {
  if (verdict === 'deny' || unknown?.cause === 'no-backend') return 'blocked';
  if (verdict === 'mixed') return 'partly';
  // A name that cannot be resolved is never connected to.
  if (steps.some(({ topic, outcome }) => topic === 'dns' && outcome === 'blocked')) return 'blocked';
  return verdict === 'allow' ? 'reaches' : 'unknown';
}
