/**
 * Law X3 as a script: a cluster goes through states, each by updates, and after each flush the updated engine is asked what one is asked that was compiled anew. The states are expanded and
 * flushed in the ways of the test of Calico's calculation graph (felix `calc/calc_graph_fv_test.go`): six expansions, four flushes.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { compile, type Engine, engineFromTables } from '../../src/engine/engine.ts';
import { flowsOf } from '../../src/fuzz/flows.ts';
import { createRandom } from '../../src/fuzz/random.ts';
import type { ClusterSettings } from '../../src/fuzz/settings.ts';
import { type World, world } from '../../src/fuzz/world.ts';
import type { ManifestChanges } from '../../src/input/changes.ts';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { namespaceOf } from '../../src/model/object-names.ts';
import { UNREADABLE } from '../../src/model/origin.ts';
import type { Manifests } from '../../src/model/resource.ts';

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | null };
}

/** Everything there is, by kind, namespace and name. */
type State = ReadonlyMap<string, ApiObject>;

/** One object that differs between two states: undefined when it is gone. */
type Step = readonly [key: string, object: ApiObject | undefined];

export interface Script {
  /** Gives the profile, what cannot be read, and the flows. */
  readonly world: World;
  readonly states: readonly State[];
}

const LOCAL = new Set(['Namespace', 'Pod', 'NetworkPolicy']);

/** Two to four states, each of objects of two worlds. In most scripts only pods, namespaces and NetworkPolicies change; in some, the workloads of pods are there. */
export function scripts(settings: ClusterSettings): fc.Arbitrary<Script> {
  return fc
    .record({
      first: world(settings),
      second: world(settings),
      local: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
      workloads: fc.integer({ min: 0, max: 5 }).map((n) => n === 5),
      seeds: fc.array(fc.noShrink(fc.nat()), { minLength: 1, maxLength: 3 }),
    })
    .map(({ first, second, local, workloads, seeds }): Script => {
      const [one, two] = [first, second].map((each) => stateOf(each, workloads)) as [State, State];
      const states = seeds.map((seed): State => {
        const random = createRandom(seed);
        const state = new Map<string, ApiObject>();
        for (const key of new Set([...one.keys(), ...two.keys()])) {
          const pick = random.below(8);
          const a = one.get(key);
          const object = local && !LOCAL.has(key.slice(0, key.indexOf('/'))) ? a : pick < 4 ? a : pick < 7 ? two.get(key) : undefined;
          if (object !== undefined) state.set(key, object);
        }
        return state;
      });
      return { world: first, states: [one, ...states] };
    });
}

/** The objects of a world as the API has them, those that can be read. */
function stateOf(given: World, workloads: boolean): State {
  const pods = given.pods.map(({ workload, ...pod }) => ({
    ...pod,
    metadata: workload === undefined ? pod.metadata : { ...pod.metadata, ownerReferences: [{ ...workload, controller: true }] },
  }));
  const objects = [
    ...[...given.namespaces, ...given.nodes, ...pods, ...given.services].map((each) => ({ apiVersion: 'v1', ...each })),
    ...(workloads ? given.pods.flatMap(workloadOf) : []),
    ...given.networkPolicies.map((each, i) => ({
      apiVersion: 'networking.k8s.io/v1',
      ...each,
      metadata: { ...each.metadata, name: `policy-${i}` },
    })),
    ...given.adminPolicies.map((each) => {
      return { apiVersion: `policy.networking.k8s.io/${each.kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`, ...each };
    }),
  ].map((each) => JSON.parse(JSON.stringify(each)) as ApiObject);
  const isReadable = (object: ApiObject): boolean =>
    manifestsFromObjects([object]).diagnostics.every(({ severity }) => severity !== 'error');
  return new Map(
    objects.filter(isReadable).map((object) => [`${object.kind}/${namespaceOf(object.metadata)}/${object.metadata.name}`, object]),
  );
}

/** With the pod for a template. */
function workloadOf({ metadata: { namespace, labels = null }, spec, workload }: World['pods'][number]): ApiObject[] {
  if (workload === undefined) return [];
  const { kind, name } = workload;
  const rest = { spec: { selector: {}, template: { metadata: { labels }, spec } } };
  return [{ apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, metadata: { name, ...(namespace ? { namespace } : {}) }, ...rest }];
}

export const EXPANDERS: Readonly<Record<string, (states: readonly State[]) => readonly State[]>> = {
  identity: (states) => states,
  'steps reversed': (states) => states.map((state) => new Map([...state].reverse())),
  'states reversed': (states) => [...states].reverse(),
  'empty states between': (states) => states.flatMap((state, i) => (i === 0 ? [state] : [new Map(), state])),
  split: (states) =>
    states.flatMap((state, i) => {
      if (i === 0) return [state];
      const steps = difference(states[i - 1]!, state);
      return steps.map((_, count) => stepped(states[i - 1]!, steps.slice(0, count + 1)));
    }),
  squash: (states) => [states[0]!, states[states.length - 1]!],
};

/** How the steps from state to state become updates. */
export const FLUSHES: Readonly<Record<string, (steps: readonly (readonly Step[])[]) => readonly (readonly Step[])[]>> = {
  'each step': (steps) => steps.flatMap((state) => state.map((step) => [step])),
  'each step twice': (steps) => steps.flatMap((state) => state.flatMap((step) => (step[1] === undefined ? [[step]] : [[step], [step]]))),
  'each state': (steps) => steps,
  'at the end': (steps) => [[...new Map(steps.flat()).entries()]],
};

/** Every expander with every flush. */
export const WAYS: readonly (readonly [expander: string, flush: string])[] = Object.keys(EXPANDERS).flatMap((expander) =>
  Object.keys(FLUSHES).map((flush) => [expander, flush] as const),
);

export function printScript({ world: { profile }, states }: Script): string {
  return `profile: ${JSON.stringify(profile)}\n${states.map((state, i) => `state ${i}: ${JSON.stringify([...state.values()])}`).join('\n')}`;
}

/** Drives a script. `flows`: how many questions after the last update; after each other one a tenth. @throws {Error} for the first answer that differs */
export function checkUpdates(
  { world: given, states }: Script,
  expander: string,
  flush: string,
  flows: number,
  spoil: (changes: ManifestChanges) => ManifestChanges = (changes) => changes,
): void {
  const expanded = EXPANDERS[expander]!(states);
  const first = expanded[0]!;
  const steps = expanded.slice(1).map((state, i) => difference(expanded[i]!, state));
  const options = { cni: given.profile, domainNames: given.domainNames, shared: false };
  let engine = compile(manifestsOf(first, given), options);
  let state = first;
  const updates = FLUSHES[flush]!(steps);
  const next = flowsOf(given);
  for (const [i, update] of updates.entries()) {
    const there = state;
    const needed = update.filter(([key, object]) => object !== undefined || there.has(key));
    if (needed.length === 0) continue;
    engine = engine.update(spoil(changesOf(needed, there)));
    state = stepped(state, needed);
    const count = i === updates.length - 1 ? flows : Math.ceil(flows / 10);
    const anew = compile(manifestsOf(state, given), options);
    for (let n = 0; n < count; n++) compareAnswers(engine, anew, next());
  }
  // What batches read.
  const [fromTables, anew] = [engineFromTables(engine.tables), compile(manifestsOf(state, given), options)];
  for (let n = 0; n < Math.ceil(flows / 10); n++) compareAnswers(fromTables, anew, next());
}

function compareAnswers(engine: Engine, anew: Engine, flow: Parameters<Engine['canReach']>[0]): void {
  const [got, expected] = [engine, anew].map((each) => answerOf(each, flow));
  if (!isDeepStrictEqual(got, expected)) {
    throw new Error(`${JSON.stringify(flow)}: updated ${JSON.stringify(got, null, 1)}\ncompiled anew ${JSON.stringify(expected, null, 1)}`);
  }
}

/** The whole decision and the verdict alone, or the kind of error. */
function answerOf(engine: Engine, flow: Parameters<Engine['canReach']>[0]): unknown {
  try {
    return [engine.canReach(flow), engine.verdict(flow)];
  } catch (error) {
    if (error instanceof RangeError) return 'RangeError';
    throw error;
  }
}

/**
 * What may be any policy makes reading distrust others; here it is a NetworkPolicy, so that what cannot be read can be added after reading. It has a name of its own: reading never gives it
 * beside something readable of its name, and a change of that would change it, too.
 */
function manifestsOf(state: State, { unreadable, unreadableEnds }: World): Manifests {
  const named = unreadable.map((each) => ({
    ...each,
    ...(each.kind === UNREADABLE ? { kind: 'NetworkPolicy' } : {}),
    ...(each.name === undefined ? {} : { name: `${each.name}-unread` }),
  }));
  return { ...manifestsFromObjects([...state.values()]), unreadable: named, unreadableEnds };
}

function difference(from: State, to: State): Step[] {
  const gone = [...from.keys()].filter((key) => !to.has(key)).map((key): Step => [key, undefined]);
  return [...gone, ...[...to].filter(([key, object]) => from.get(key) !== object)];
}

function stepped(state: State, steps: readonly Step[]): State {
  const next = new Map(state);
  for (const [key, object] of steps) {
    next.delete(key);
    if (object !== undefined) next.set(key, object);
  }
  return next;
}

function changesOf(steps: readonly Step[], state: State): ManifestChanges {
  return {
    apply: steps.flatMap(([, object]) => object ?? []),
    remove: steps
      .flatMap(([key, object]) => (object === undefined ? state.get(key)! : []))
      .map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata })),
  };
}
