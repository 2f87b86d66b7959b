/**
 * `netpolsim compliance`: zones against manifests, and a report for an assessment.
 */
import {
  type ComplianceReport,
  complianceDocument,
  complianceReport,
  formatCompliance,
  formatComplianceMarkdown,
  formatJson,
  worstStatus,
} from '../index.ts';
import { loadComplianceZones, zoneInputs } from '../node.ts';
import { namedInputs, sayingWhatIsWrong } from './documents.ts';
import { CliError, EXIT_FINDING, EXIT_INCOMPLETE, EXIT_OK, type ExitCode } from './exit.ts';
import { type InputFlags, type LoadedEngine, loadEngine, refuseTwoStdins, type Session } from './input.ts';

export interface ComplianceFlags extends Omit<InputFlags, 'tables'> {
  readonly date?: string;
  readonly output?: 'table' | 'json' | 'md';
}

const CANNOT_JUDGE = 'the zones cannot be judged';

export async function complianceCommand(files: readonly string[], flags: ComplianceFlags, session: Session): Promise<ExitCode> {
  if (files.includes('-')) throw new CliError('zones are read from files: standard input is for manifests (`-f -`)');
  refuseTwoStdins(flags.file ?? []);
  const zones = await sayingWhatIsWrong(session, CANNOT_JUDGE, () => loadComplianceZones(files));
  const inputs = await sayingWhatIsWrong(session, CANNOT_JUDGE, () =>
    Promise.all(zones.map((zone) => flags.file ?? namedInputs(zone, zoneInputs))),
  );
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

function textOf(reports: readonly ComplianceReport[], { date, output = 'table' }: ComplianceFlags, { terminal }: Session): string {
  if (output === 'json') return formatJson(complianceDocument(reports, date));
  if (output === 'md') return formatComplianceMarkdown(reports, date);
  return formatCompliance(reports, { paint: terminal.paint, ...(date === undefined ? {} : { date }) });
}
