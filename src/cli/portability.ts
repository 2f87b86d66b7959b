/**
 * `netpolsim portability`: what the same policies mean under other data planes.
 */
import {
  type CniProfile,
  formatJson,
  formatPortability,
  formatPortabilityMarkdown,
  type PortabilityReport,
  PROFILE_NAMES,
  portability,
  portabilityDocument,
  profileOf,
} from '../index.ts';
import { EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { loadForProfiles, type ReadingFlags, type Session, withOrder } from './input.ts';

export interface PortabilityFlags extends ReadingFlags {
  readonly cni?: readonly string[];
  readonly baseline?: string;
  readonly limit?: number;
  readonly output?: 'table' | 'json' | 'markdown';
}

const DEFAULT_LIMIT = 20;

export async function portabilityCommand(flags: PortabilityFlags, session: Session): Promise<ExitCode> {
  const { cni = PROFILE_NAMES, baseline = 'spec', equalPriority, limit = DEFAULT_LIMIT, output = 'table', ...reading } = flags;
  const report = await loadForProfiles(reading, session, (manifests, domainNames) => {
    const chosen = (name: string): CniProfile => withOrder(profileOf(name), equalPriority);
    return portability(manifests, {
      cnis: cni.map(chosen),
      baseline: chosen(baseline),
      ...(domainNames === undefined ? {} : { domainNames }),
    });
  });
  await session.terminal.result(textOf(report, output, limit, session));
  if (report.differs) return EXIT_FINDING;
  return report.complete ? EXIT_OK : EXIT_INCOMPLETE;
}

function textOf(report: PortabilityReport, output: string, limit: number, { terminal }: Session): string {
  if (output === 'json') return formatJson(portabilityDocument(report));
  return output === 'markdown' ? formatPortabilityMarkdown(report, limit) : formatPortability(report, limit, terminal.paint);
}
