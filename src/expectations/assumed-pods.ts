/**
 * Pods that do not exist yet -> clusters that have them. A pod without address changes no verdict about other ends, so that those of many cases share a cluster; where it would, a case has one of its own.
 */
import { type CompileOptions, compile, type Engine } from '../engine/engine.ts';
import { applyChanges } from '../input/changes.ts';
import type { InputOptions } from '../input/input-options.ts';
import { nameOfObject } from '../model/object-names.ts';
import type { CniProfile } from '../model/profile.ts';
import type { Manifests } from '../model/resource.ts';
import type { AssumedPod } from './plan-end.ts';
import { TestedCluster } from './tested-cluster.ts';

/** A cluster with assumed pods, and the `namespace/name` that each got. */
export interface AssumedCluster {
  readonly cluster: TestedCluster;
  readonly names: ReadonlyMap<AssumedPod, string>;
}

/** How a cluster is read and compiled. */
export interface ClusterOptions {
  readonly compile: CompileOptions;
  readonly input: InputOptions;
  readonly profile: CniProfile;
}

/** Which pods can be in one cluster: lists of cases, by their place. Cases without assumed pods are in none. */
export function shareClusters(cases: readonly (readonly AssumedPod[])[], { namedPorts }: CniProfile): number[][] {
  const shared: { readonly members: number[]; readonly labels: Map<string, string> }[] = [];
  const alone: number[][] = [];
  for (const [i, pods] of cases.entries()) {
    if (pods.length === 0) continue;
    const ownPorts = namedPorts === 'open-when-unresolved' && pods.some(({ end }) => end.containerPorts.length > 0);
    if (ownPorts || pods.some(({ end }) => end.ips.length > 0)) {
      alone.push([i]);
      continue;
    }
    const labels = newNamespaces(pods);
    let room = shared.find((each) => [...labels].every(([name, text]) => (each.labels.get(name) ?? text) === text));
    if (room === undefined) {
      room = { members: [], labels: new Map() };
      shared.push(room);
    }
    room.members.push(i);
    for (const [name, text] of labels) room.labels.set(name, text);
  }
  return [...shared.map(({ members }) => members), ...alone];
}

function newNamespaces(pods: readonly AssumedPod[]): Map<string, string> {
  return new Map(
    pods.flatMap(({ namespace, namespaceLabels }) => (namespaceLabels === undefined ? [] : [[namespace, keyOf(namespaceLabels)] as const])),
  );
}

/** Equal for equal labels. */
function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Does one of these say other labels of a new namespace than another? */
export function disagree(pods: readonly AssumedPod[]): string | undefined {
  const labels = newNamespaces(pods);
  return pods.find(({ namespace, namespaceLabels }) => namespaceLabels !== undefined && labels.get(namespace) !== keyOf(namespaceLabels))
    ?.namespace;
}

/** @throws {RangeError} when a pod cannot be made, with the reason */
export function assumePods(manifests: Manifests, pods: readonly AssumedPod[], options: ClusterOptions): AssumedCluster {
  const taken = new Set(manifests.pods.map(({ object }) => nameOfObject(object)));
  const names = new Map<AssumedPod, string>();
  const objects: unknown[] = [];
  const namespaces = new Set<string>();
  let number = 0;
  for (const pod of pods) {
    const { namespace, namespaceLabels, end } = pod;
    let name: string;
    do name = `assumed-${++number}`;
    while (taken.has(`${namespace}/${name}`));
    names.set(pod, `${namespace}/${name}`);
    objects.push({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, labels: end.labels },
      spec: {
        containers: [
          {
            name: 'main',
            ports: end.containerPorts.map((port) => ({ name: port.name, containerPort: port.port, protocol: port.protocol })),
          },
        ],
      },
      status: { podIPs: end.ips.map((ip) => ({ ip })) },
    });
    if (namespaceLabels === undefined || namespaces.has(namespace)) continue;
    namespaces.add(namespace);
    objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: namespaceLabels } });
  }
  const changed = applyChanges(manifests, { apply: objects }, options.input);
  const engine: Engine = compile(changed, options.compile);
  return { cluster: new TestedCluster(changed, engine, options.profile), names };
}
