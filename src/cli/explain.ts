/**
 * `netpolsim explain`: the walk along a connection, and the line to change.
 */
import { formatJson, formatTroubleshooting, troubleshoot, troubleshootingDocument } from '../index.ts';
import { asking, type CanReachFlags, namedQuery } from './can-reach.ts';
import { checkEnds } from './check-ends.ts';
import { CliError, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { loadEngine, type Session } from './input.ts';
import { inNamespace } from './scope.ts';

export type ExplainFlags = Omit<CanReachFlags, 'expect' | 'tables'>;

export async function explainCommand(source: string, destination: string, flags: ExplainFlags, session: Session): Promise<ExitCode> {
  const from = inNamespace(source, flags.namespace);
  const to = inNamespace(destination, flags.namespace);
  const { engine, manifests, compiledWith } = await loadEngine(flags, 'go-on', session);
  if (manifests === undefined)
    throw new CliError('the objects are needed, and compiled tables do not hold them: give the manifests with `-f`');
  checkEnds(manifests, [from, to], flags.namespace);
  const query = namedQuery(from, to, flags);
  const { domainNames } = compiledWith ?? {};
  const troubleshooting = asking(() => troubleshoot(engine, manifests, query, { domainNames }));
  const result = { query, troubleshooting, profile: engine.profileName };
  await session.terminal.result(
    flags.output === 'json' ? formatJson(troubleshootingDocument(result)) : formatTroubleshooting(result, session.terminal.paint),
  );
  return troubleshooting.outcome === 'unknown' ? EXIT_INCOMPLETE : EXIT_OK;
}
