/**
 * `netpolsim can-reach`: one question, the verdict and every rule that made it.
 */
import {
  type Decision,
  type Engine,
  type FlowQuery,
  formatJson,
  formatReachability,
  policyPlaces,
  reachabilityDocument,
  type Verdict,
} from '../index.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, loadEngine, type Session } from './input.ts';
import { inNamespace } from './scope.ts';

export interface CanReachFlags extends InputFlags {
  readonly port: number;
  readonly protocol?: FlowQuery['protocol'];
  readonly family?: '4' | '6';
  readonly expect?: Verdict;
  readonly namespace?: string;
  readonly output?: 'table' | 'json';
}

export async function canReach(from: string, to: string, flags: CanReachFlags, session: Session): Promise<ExitCode> {
  const { engine } = await loadEngine(flags, 'go-on', session);
  const query: FlowQuery = {
    from: inNamespace(from, flags.namespace),
    to: inNamespace(to, flags.namespace),
    protocol: flags.protocol ?? 'TCP',
    port: flags.port,
    ...(flags.family === undefined ? {} : { family: flags.family === '4' ? 4 : 6 }),
  };
  const decision = ask(engine, query);
  const result = {
    query,
    decision,
    profile: engine.profileName,
    policyOrigin: policyPlaces(engine.tables),
    ...(flags.expect === undefined ? {} : { expected: flags.expect }),
  };
  await session.terminal.result(
    flags.output === 'json' ? formatJson(reachabilityDocument(result)) : formatReachability(result, session.terminal.paint),
  );
  return exitCodeOf(decision.verdict, flags.expect);
}

function ask(engine: Engine, query: FlowQuery): Decision {
  try {
    return engine.canReach(query);
  } catch (error) {
    // The engine says in this way that an end does not exist or is not clear.
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

function exitCodeOf(verdict: Verdict, expected: Verdict | undefined): ExitCode {
  if (verdict === expected) return EXIT_OK;
  if (verdict === 'unknown') return EXIT_INCOMPLETE;
  return expected === undefined ? EXIT_OK : EXIT_FINDING;
}
