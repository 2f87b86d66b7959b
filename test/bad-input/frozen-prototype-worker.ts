/**
 * A thread whose `Object.prototype` is frozen: it cannot be thawed, so not in the process of the tests. In come objects and questions, out go, for each way to read the objects, what was wrong with them and the verdicts.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { compile } from '../../src/engine/engine.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';
import type { FlowQuery } from '../../src/model/flow.ts';

export interface FrozenWork {
  readonly objects: readonly object[];
  readonly ndjson: string;
  readonly questions: readonly FlowQuery[];
}

export interface FrozenResult {
  readonly isFrozen: boolean;
  readonly diagnostics: readonly string[];
  readonly verdicts: readonly string[];
}

const { objects, ndjson, questions } = workerData as FrozenWork;
Object.freeze(Object.prototype);
const ways = [() => parseManifests(ndjson), () => parseManifests(JSON.stringify(objects, null, 2)), () => manifestsFromObjects(objects)];
const results = ways.map((read): FrozenResult => {
  const manifests = read();
  const engine = compile(manifests, { shared: false });
  return {
    isFrozen: Object.isFrozen(Object.prototype),
    diagnostics: manifests.diagnostics.map(({ message }) => message),
    verdicts: questions.map((question) => engine.canReach(question).verdict),
  };
});
parentPort?.postMessage(results);
