/**
 * `netpolsim can-reach`: one question, the verdict and every rule that made it. A Service or a host at an end makes it one question for each backend or address.
 */
import {
  canReachNamed,
  type Decision,
  type Engine,
  type FlowQuery,
  formatJson,
  formatNamedReachability,
  formatReachability,
  type NamedQuery,
  type NamedReachability,
  type NamedVerdict,
  namedReachabilityDocument,
  policyPlaces,
  reachabilityDocument,
  readNamedEnd,
} from '../index.ts';
import { checkEnds, checkPortOfEnd } from './check-ends.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, type LoadedEngine, loadEngine, type Session } from './input.ts';
import { inNamespace } from './scope.ts';

export interface CanReachFlags extends InputFlags {
  readonly port?: number;
  readonly protocol?: FlowQuery['protocol'];
  readonly family?: '4' | '6';
  readonly expect?: NamedVerdict;
  readonly namespace?: string;
  readonly output?: 'table' | 'json';
}

export async function canReach(source: string, destination: string, flags: CanReachFlags, session: Session): Promise<ExitCode> {
  const from = inNamespace(source, flags.namespace);
  const to = inNamespace(destination, flags.namespace);
  const isNamed = asking(() => [from, to].some((end) => readNamedEnd(end).kind !== 'given'));
  const loaded = await loadEngine(flags, 'go-on', session);
  checkEnds(loaded.manifests, [from, to], flags.namespace);
  if (isNamed) return await askByName(loaded, from, to, flags, session);
  const { engine } = loaded;
  const query: FlowQuery = {
    from,
    to,
    protocol: flags.protocol ?? 'TCP',
    port: flags.port ?? 0,
    ...familyOf(flags),
  };
  const decision = asking(() => engine.canReach(query));
  // The cluster address of a Service, at one of its ports, is that Service; some ports of nodes lead on.
  const byAddress = to.includes('/') ? undefined : atAddress(loaded, from, to, flags);
  if (byAddress !== undefined) return await tell(byAddress, engine, flags, session);
  return await tellDecision(query, decision, engine, flags, session);
}

/** Can a question to this end do without `--port`? */
export function mayNamePort(to: string, namespace: string | undefined): boolean {
  const end = inNamespace(to, namespace);
  const isNamed = asking(() => readNamedEnd(end).kind !== 'given');
  if (!isNamed) checkPortOfEnd(end);
  return isNamed;
}

export function namedQuery(from: string, to: string, flags: Pick<CanReachFlags, 'port' | 'protocol' | 'family'>): NamedQuery {
  const { port, protocol } = flags;
  return { from, to, ...(port === undefined ? {} : { port }), ...(protocol === undefined ? {} : { protocol }), ...familyOf(flags) };
}

function familyOf({ family }: Pick<CanReachFlags, 'family'>): Pick<FlowQuery, 'family'> {
  return family === undefined ? {} : { family: family === '4' ? 4 : 6 };
}

/** The library says in this way that an end does not exist or is not clear. */
export function asking<T>(question: () => T): T {
  try {
    return question();
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

async function askByName(loaded: LoadedEngine, from: string, to: string, flags: CanReachFlags, session: Session): Promise<ExitCode> {
  const { engine, manifests, compiledWith } = loaded;
  if (manifests === undefined) throw new CliError('compiled tables hold neither Services nor names of hosts: give the manifests with `-f`');
  const { domainNames } = compiledWith ?? {};
  const reachability = asking(() => canReachNamed(engine, manifests, namedQuery(from, to, flags), { domainNames }));
  return await tell(reachability, engine, flags, session);
}

function atAddress(
  { engine, manifests, compiledWith }: LoadedEngine,
  from: string,
  to: string,
  flags: CanReachFlags,
): NamedReachability | undefined {
  if (manifests === undefined) return undefined;
  const { domainNames } = compiledWith ?? {};
  const reachability = asking(() => canReachNamed(engine, manifests, namedQuery(from, to, flags), { domainNames }));
  return reachability.to.kind === 'service' || reachability.unknown !== null ? reachability : undefined;
}

async function tell(reachability: NamedReachability, engine: Engine, flags: CanReachFlags, session: Session): Promise<ExitCode> {
  const result = {
    reachability,
    profile: engine.profileName,
    policyOrigin: policyPlaces(engine.tables),
    ...(flags.expect === undefined ? {} : { expected: flags.expect }),
  };
  await session.terminal.result(
    flags.output === 'json' ? formatJson(namedReachabilityDocument(result)) : formatNamedReachability(result, session.terminal.paint),
  );
  return exitCodeOf(reachability.verdict, flags.expect);
}

async function tellDecision(
  query: FlowQuery,
  decision: Decision,
  engine: Engine,
  flags: CanReachFlags,
  session: Session,
): Promise<ExitCode> {
  const { expect } = flags;
  if (expect === 'mixed') throw new CliError('`--expect mixed` is for a Service or a host: one connection has one verdict');
  const result = {
    query,
    decision,
    profile: engine.profileName,
    policyOrigin: policyPlaces(engine.tables),
    ...(expect === undefined ? {} : { expected: expect }),
  };
  await session.terminal.result(
    flags.output === 'json' ? formatJson(reachabilityDocument(result)) : formatReachability(result, session.terminal.paint),
  );
  return exitCodeOf(decision.verdict, expect);
}

function exitCodeOf(verdict: NamedVerdict, expected: NamedVerdict | undefined): ExitCode {
  if (verdict === expected) return EXIT_OK;
  if (verdict === 'unknown') return EXIT_INCOMPLETE;
  return expected === undefined ? EXIT_OK : EXIT_FINDING;
}
