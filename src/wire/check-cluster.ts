/**
 * What holds for every cluster and the types cannot say. Checked before one is written and after one is read.
 */
import { quote } from '../lib/quote.ts';
import type { Cluster, NamedPort, Pod } from '../model/cluster.ts';
import { WireFormatError } from './wire-error.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** @throws {WireFormatError} for what contradicts the description of `Cluster` */
export function checkCluster({ namespaces, pods, nodes }: Cluster): void {
  const names = new Set<string>();
  let previous: string | undefined;
  for (const { name, labels } of namespaces) {
    if (previous !== undefined && name <= previous) {
      throw new WireFormatError(`namespace ${quote(name)} comes after ${quote(previous)}, expected ascending names`);
    }
    if (labels.get(NAME_LABEL) !== name) throw new WireFormatError(`namespace ${quote(name)} has no label \`${NAME_LABEL}\` with its name`);
    names.add(name);
    previous = name;
  }
  for (const [i, pod] of pods.entries()) {
    if (!names.has(pod.namespace)) throw new WireFormatError(`pod ${podName(pod)} is in a namespace that is not there`);
    const before = pods[i - 1];
    if (before !== undefined && !isAfter(pod, before)) {
      throw new WireFormatError(`pod ${podName(pod)} comes after ${podName(before)}, expected ascending names`);
    }
    checkPod(pod);
  }
  const nodeNames = new Set(nodes.map(({ name }) => name));
  if (nodeNames.size !== nodes.length) throw new WireFormatError(`there are ${nodes.length} nodes with ${nodeNames.size} names`);
}

function checkPod(pod: Pod): void {
  for (const port of pod.namedPorts) {
    if (!isPort(port))
      throw new WireFormatError(`pod ${podName(pod)} gives port ${port.port} the name ${quote(port.name)}, expected 1 to 65535`);
  }
}

function isPort({ port }: NamedPort): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

function isAfter(pod: Pod, before: Pod): boolean {
  return pod.namespace === before.namespace ? pod.name > before.name : pod.namespace > before.namespace;
}

function podName({ namespace, name }: Pod): string {
  return quote(`${namespace}/${name}`);
}
