/**
 * The corpora beside the repository: cases with the answers that others give. Tests read them in place and skip aloud when they are not there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FlowQuery } from '../../src/model/flow.ts';

/** `../shared/corpora` beside the repository, or what NETPOLSIM_CORPORA names. */
const ROOT = process.env.NETPOLSIM_CORPORA ?? fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

type ApiObject = { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } };

interface StepFile {
  readonly name: string;
  readonly objects: readonly ApiObject[];
  readonly steps: readonly {
    readonly title?: string;
    readonly apply?: readonly ApiObject[];
    readonly delete?: readonly ObjectName[];
    readonly probes: readonly (FlowQuery & { readonly expect: 'allow' | 'deny' })[];
  }[];
}

/** One step with the objects that are there after it. */
export interface CorpusStep {
  readonly file: string;
  readonly step: number;
  readonly title: string;
  readonly objects: readonly ApiObject[];
  readonly probes: StepFile['steps'][number]['probes'];
}

export function hasCorpus(name: string): boolean {
  const found = existsSync(`${ROOT}/${name}`);
  if (!found) console.warn(`SKIPPED: corpus ${name} is not at ${ROOT}`);
  return found;
}

export function corpusPath(name: string): string {
  return `${ROOT}/${name}`;
}

/** Every step of every file of a corpus of steps. Steps are cumulative: what one changes stays so. */
export function readSteps(corpus: string): CorpusStep[] {
  const files = readdirSync(`${ROOT}/${corpus}`)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return files.flatMap((name) => {
    const file = JSON.parse(readFileSync(`${ROOT}/${corpus}/${name}`, 'utf8')) as StepFile;
    const objects = new Map(file.objects.map((object) => [keyOf(object.kind, object.metadata), object]));
    return file.steps.map((step, i): CorpusStep => {
      for (const object of step.apply ?? []) objects.set(keyOf(object.kind, object.metadata), object);
      for (const gone of step.delete ?? []) {
        if (!objects.delete(keyOf(gone.kind, gone)))
          throw new Error(`${name}: step ${i} deletes ${gone.kind} ${gone.name}, which is not there`);
      }
      return { file: name, step: i, title: step.title ?? '', objects: [...objects.values()], probes: step.probes };
    });
  });
}

function keyOf(kind: string, { namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return JSON.stringify([kind, namespace ?? '', name]);
}
