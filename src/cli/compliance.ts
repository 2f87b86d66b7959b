/**
 * `netpolsim compliance`: zones against manifests, and a report for an assessment.
 */
import {
  type ComplianceReport,
  type ComplianceZone,
  ComplianceZoneError,
  complianceDocument,
  complianceReport,
  formatCompliance,
  formatComplianceMarkdown,
  formatDiagnostics,
  formatJson,
  worstStatus,
} from '../index.ts';
import { loadComplianceZones, zoneInputs } from '../node.ts';
import { CliError, EXIT_BAD_INPUT, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, type LoadedEngine, loadEngine, refuseTwoStdins, type Session } from './input.ts';

export interface ComplianceFlags extends Omit<InputFlags, 'tables'> {
  readonly date?: string;
  readonly output?: 'table' | 'json' | 'md';
}

export async function complianceCommand(files: readonly string[], flags: ComplianceFlags, session: Session): Promise<ExitCode> {
  if (files.includes('-')) throw new CliError('zones are read from files: standard input is for manifests (`-f -`)');
  refuseTwoStdins(flags.file ?? []);
  const zones = await sayingWhatIsWrong(session, () => loadComplianceZones(files));
  const inputs = await sayingWhatIsWrong(session, () => Promise.all(zones.map((zone) => flags.file ?? inputsOf(zone))));
  // Zones of the same manifests are judged together: they are read and compiled once.
  const loaded = new Map<string, LoadedEngine>();
  const reports: ComplianceReport[] = [];
  for (const [i, zone] of zones.entries()) {
    const key = JSON.stringify(inputs[i]);
    const { engine, manifests, compiledWith = {} } = loaded.get(key) ?? (await loadEngine({ ...flags, file: inputs[i]! }, 'stop', session));
    loaded.set(key, { engine, manifests, compiledWith });
    reports.push(complianceReport(manifests!, zone, { ...compiledWith, engine }));
  }
  await session.terminal.result(textOf(reports, flags, session));
  const status = worstStatus(reports);
  return status === 'fails' ? EXIT_FINDING : status === 'holds' ? EXIT_OK : EXIT_INCOMPLETE;
}

async function inputsOf(zone: ComplianceZone): Promise<readonly string[]> {
  const paths = await zoneInputs(zone);
  if (paths.length > 0) return paths;
  throw new CliError(`\`${zone.file}\` names no \`inputs\`: give manifests with \`-f PATH\``);
}

async function sayingWhatIsWrong<T>({ terminal }: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ComplianceZoneError)) throw error;
    for (const line of formatDiagnostics(error.diagnostics, { paint: terminal.errorPaint })) terminal.line(line);
    const count = error.diagnostics.length;
    throw new CliError(`the zones cannot be judged: ${count === 1 ? 'an error' : `${count} errors`} in them`, EXIT_BAD_INPUT);
  }
}

function textOf(reports: readonly ComplianceReport[], { date, output = 'table' }: ComplianceFlags, { terminal }: Session): string {
  if (output === 'json') return formatJson(complianceDocument(reports, date));
  if (output === 'md') return formatComplianceMarkdown(reports, date);
  return formatCompliance(reports, { paint: terminal.paint, ...(date === undefined ? {} : { date }) });
}
