/**
 * Everything that netpolsim says of the bundled clusters and of some generated ones, as SHA-256 digests. A program of its own, so that it can be run with any Node, locale,
 * time zone and number of workers; prints JSON. Arguments: the folder of the repository, the number of workers.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { flowsOf, PRESETS, toManifests, world } from '../../src/fuzz/fuzz.ts';
import {
  compile,
  encodeTables,
  type FlowQuery,
  formatDiagnostics,
  formatInspection,
  formatJson,
  formatReachability,
  formatSimulation,
  inspectDocument,
  inspectTables,
  policyPlaces,
  reproduciblePart,
  type SimulationReport,
} from '../../src/index.ts';
import { loadManifests, simulate } from '../../src/node.ts';

/** What is digested, and its digest. */
export type Digests = Readonly<Record<string, string>>;

export interface DigestRun {
  /** What this process found around it: the proof that it ran in another environment. */
  readonly environment: { readonly node: string; readonly locale: string; readonly timeZone: string; readonly workers: number };
  /** By cluster. */
  readonly bundled: Readonly<Record<string, Digests>>;
  readonly generated: Digests;
}

const FLOWS = 150_000;
const GENERATED = 30;
const FLOWS_OF_GENERATED = 40;
const SEED = 7;

const [root = '.', workersText = '2'] = process.argv.slice(2);
const workers = Number(workersText);
process.chdir(root);

function sha256(...parts: readonly (string | NodeJS.ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** What reports say apart from speed. */
const SAME_RUN = { run: { workers: 1, durationMs: 1000, flowsPerSecond: 1000 } };

async function digestsOf(cluster: string): Promise<Digests> {
  const manifests = await loadManifests([`datasets/clusters/${cluster}`]);
  const engine = compile(manifests);
  const inspection = inspectTables(engine.tables);
  const report = await simulate(engine, { flows: FLOWS, seed: SEED, workers, verdictColumns: true, ...mixOf(cluster) });
  const answers = flowsIn(cluster).map((query) => {
    const decision = engine.canReach(query);
    return { query, decision, profile: engine.profileName, policyOrigin: policyPlaces(engine.tables) };
  });
  const same: SimulationReport = { ...report, ...SAME_RUN };
  return {
    tables: sha256(encodeTables(engine.tables)),
    inspection: sha256(formatJson(inspectDocument(inspection))),
    inspectionText: sha256(formatInspection(inspection)),
    simulation: sha256(formatJson(reproduciblePart(report))),
    simulationText: sha256(formatSimulation(same, 'again')),
    verdictColumns: sha256(...Object.values(report.columns ?? {})),
    decisions: sha256(JSON.stringify(answers.map(({ decision }) => decision))),
    decisionsText: sha256(...answers.map((answer) => formatReachability(answer))),
  };
}

function mixOf(cluster: string): { readonly mix?: unknown } {
  if (!readdirSync('datasets/mixes').includes(`${cluster}.json`)) return {};
  return { mix: JSON.parse(readFileSync(`datasets/mixes/${cluster}.json`, 'utf8')) as unknown };
}

function flowsIn(cluster: string): FlowQuery[] {
  const flows = JSON.parse(readFileSync(`datasets/flows/${cluster}.json`, 'utf8')) as FlowQuery[];
  return flows.map(({ from, to, protocol, port, family }) => ({ from, to, protocol, port, ...(family === undefined ? {} : { family }) }));
}

function digestsOfGenerated(): Digests {
  const tables: Uint8Array[] = [];
  const decisions: string[] = [];
  const diagnostics: string[] = [];
  for (const each of fc.sample(world(PRESETS.mixed), { seed: SEED, numRuns: GENERATED })) {
    const engine = compile(toManifests(each), { cni: each.profile, domainNames: each.domainNames });
    tables.push(encodeTables(engine.tables));
    diagnostics.push(...formatDiagnostics(engine.diagnostics, { severities: ['error', 'warning', 'info'] }));
    const next = flowsOf(each);
    for (let i = 0; i < FLOWS_OF_GENERATED; i++) decisions.push(JSON.stringify(engine.canReach(next())));
  }
  return { tables: sha256(...tables), decisions: sha256(...decisions), diagnostics: sha256(...diagnostics) };
}

const bundled: Record<string, Digests> = {};
for (const cluster of readdirSync('datasets/clusters').sort()) bundled[cluster] = await digestsOf(cluster);
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const run: DigestRun = {
  environment: { node: process.versions.node, locale, timeZone: timeZone ?? 'none', workers },
  bundled,
  generated: digestsOfGenerated(),
};
process.stdout.write(JSON.stringify(run));
