/**
 * The process that measures one set once: a job comes as a message, what was measured goes back as one. Nothing is printed.
 */
import { loadManifests } from '../input/load-manifests.ts';
import type { Manifests } from '../model/resource.ts';
import { received } from './copy-of-manifests.ts';
import type { Job, Outcome } from './job.ts';
import { measureSet, StageClock, type StageTime } from './measure.ts';
import { replicateCluster } from './replicate-cluster.ts';
import { replicatePolicies } from './replicate-policies.ts';

process.once('message', (job: Job) => {
  run(job)
    .catch((error: unknown): Outcome => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((outcome) => process.send?.(outcome, () => process.disconnect()));
});

async function run({ input, replicate, options }: Job): Promise<Outcome> {
  let loading: StageTime | undefined;
  let manifests: Manifests;
  if ('paths' in input) {
    const clock = new StageClock();
    clock.begin('load');
    manifests = await loadManifests(input.paths, input.load);
    [loading] = clock.end();
  } else {
    manifests = received(input.manifests);
  }
  const { what, factor, seed } = replicate;
  const grown = what === 'cluster' ? replicateCluster(manifests, factor, seed).manifests : replicatePolicies(manifests, factor, seed);
  return { measured: measureSet(grown, options, loading) };
}
