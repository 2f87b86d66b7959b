/**
 * Loading: a file of the field replica, by `loadManifests` and by nothing but the parser: the same bytes, read from the same disk cache. And a snapshot of the Kubernetes maximum.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { loadManifests } from '../../src/input/load-manifests.ts';
import { encodeSnapshot } from '../../src/input/snapshot/encode-snapshot.ts';
import type { Manifests } from '../../src/model/resource.ts';
import { median } from '../../src/scale/statistics.ts';
import { digest } from '../support/digest.ts';
import { type Measurement, oneCallMs, peakMemoryMb, sink } from '../support/measure.ts';
import { fieldReplica, loadWorkload } from '../workloads/clusters.ts';
import { writeText } from '../workloads/text.ts';
import type { TextForm } from '../workloads/text-forms.ts';
import type { SubjectContext } from './subject.ts';

export function textFile(form: TextForm, { folder }: SubjectContext): string {
  return join(folder, `field-replica.${form}`);
}

export function prepareText(form: TextForm, context: SubjectContext): void {
  const file = textFile(form, context);
  if (existsSync(file)) return;
  writeText(fieldReplica(context.quick), form, file);
}

export async function measureLoad(form: TextForm, context: SubjectContext): Promise<Measurement[]> {
  const file = textFile(form, context);
  let policies = 0;
  const samples = await repeat(context, 'loadManifests', async () => {
    const manifests = await loadManifests([file]);
    policies = manifests.networkPolicies.length;
    if (manifests.unreadable.length > 0 || manifests.diagnostics.some(({ severity }) => severity === 'error'))
      throw new Error('the generated file is not read without errors');
  });
  const expected = policiesIn(readFileSync(file, 'utf8'));
  if (policies !== expected) throw new Error(`loaded ${policies} policies of ${expected}, nothing was measured`);
  return report(file, samples);
}

export async function measureBareParser(form: TextForm, context: SubjectContext): Promise<Measurement[]> {
  const file = textFile(form, context);
  return report(file, await repeat(context, 'parser', () => parseBare(form, readFileSync(file, 'utf8'))));
}

const SNAPSHOT = 'kubernetes-maximum.nps';
const SNAPSHOT_COUNTS = 'kubernetes-maximum.json';

export async function prepareSnapshot({ quick, folder }: SubjectContext): Promise<void> {
  if (existsSync(join(folder, SNAPSHOT))) return;
  const manifests = await loadWorkload('kubernetes-maximum', quick);
  writeFileSync(join(folder, SNAPSHOT), encodeSnapshot(manifests));
  writeFileSync(join(folder, SNAPSHOT_COUNTS), JSON.stringify(countsOf(manifests)));
}

export async function measureSnapshot(context: SubjectContext): Promise<Measurement[]> {
  const file = join(context.folder, SNAPSHOT);
  let counts = '';
  const samples = await repeat(context, 'loadManifests', async () => {
    counts = JSON.stringify(countsOf(await loadManifests([file])));
  });
  const expected = readFileSync(join(context.folder, SNAPSHOT_COUNTS), 'utf8');
  if (counts !== expected) throw new Error(`loaded ${counts}, the snapshot was made of ${expected}, nothing was measured`);
  return report(file, samples);
}

function countsOf({ namespaces, pods, nodes, services, networkPolicies, unreadable }: Manifests): number[] {
  return [namespaces, pods, nodes, services, networkPolicies, unreadable].map(({ length }) => length);
}

function policiesIn(text: string): number {
  return text.match(/"?kind"?: ?"?NetworkPolicy\b"?/g)?.length ?? 0;
}

function parseBare(form: TextForm, text: string): void {
  if (form === 'yaml') sink.value += loadAll(text).length;
  else if (form === 'json') sink.value += (JSON.parse(text) as { items: unknown[] }).items.length;
  else for (const line of text.split('\n')) if (line !== '') sink.value += (JSON.parse(line) as { kind: string }).kind.length;
}

/** Three calls in one process: the first is a user's, the median is comparable with other parsers' figures. */
async function repeat({ quick }: SubjectContext, name: string, call: () => unknown): Promise<{ firstMs: number; medianMs: number }> {
  const durations: number[] = [];
  for (let i = 0; i < (quick ? 1 : 3); i++) durations.push(await oneCallMs(`${name} ${i}`, call, true));
  return { firstMs: durations[0]!, medianMs: median(durations) };
}

function report(file: string, { firstMs, medianMs }: { firstMs: number; medianMs: number }): Measurement[] {
  const peakMb = peakMemoryMb();
  const sizeMb = statSync(file).size / 1e6;
  const details = { sizeMb: Math.round(sizeMb * 10) / 10, fileSha256: digest(readFileSync(file)) };
  return [
    { metric: 'time', value: firstMs, unit: 'ms', better: 'lower', details },
    { metric: 'throughput', value: sizeMb / (medianMs / 1000), unit: 'MB/s', better: 'higher', details },
    { metric: 'peak memory', value: peakMb, unit: 'MB', better: 'lower', details },
  ];
}
