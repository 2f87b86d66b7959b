/**
 * A cluster as bytes, and back (proto/netpolsim/v1/cluster.proto). Decoding goes pod by pod, so that what is in memory at once is the cluster and one message.
 */
import type { Cluster, NamedPort, Namespace, Node, Pod, ServiceAddress, UnreadableAddress } from '../model/cluster.ts';
import type { Labels } from '../model/selector.ts';
import { checkCluster } from './check-cluster.ts';
import { type Types, v1 } from './messages.ts';
import {
  convertAll,
  fromAddressBytes,
  fromEnum,
  fromOrigin,
  PROTOCOL_VALUES,
  present,
  textsOf,
  toAddressBytes,
  toEnum,
  toOrigin,
  whole,
} from './parts.ts';
import { FORMAT_VERSION, forEachField, scanMessage } from './scan.ts';
import { CLUSTER } from './schema.ts';
import { TextReader, TextWriter } from './texts.ts';
import { WireFormatError } from './wire-error.ts';

const NO_LABELS: Labels = new Map();

/** Numbers of label sets: 0 is the empty one. Pods of one namespace share an object, which is looked at once. */
class LabelWriter {
  readonly messages: { pairs: number[] }[] = [];
  private readonly texts: TextWriter;
  private readonly numbers = new Map<Labels, number>();
  private readonly numberOfPairs = new Map<string, number>();

  constructor(texts: TextWriter) {
    this.texts = texts;
  }

  of(labels: Labels): number {
    if (labels.size === 0) return 0;
    let number = this.numbers.get(labels);
    if (number === undefined) {
      const pairs: number[] = [];
      for (const [key, value] of labels) pairs.push(this.texts.of(key), this.texts.of(value));
      number = this.numberOfPairs.get(pairs.join()) ?? this.messages.push({ pairs });
      this.numberOfPairs.set(pairs.join(), number);
      this.numbers.set(labels, number);
    }
    return number;
  }
}

/**
 * The bytes of a cluster.
 * @throws {WireFormatError} when it is not a cluster as `Cluster` describes it, so that what is written can always be read
 * @throws {RangeError} for texts that UTF-8 cannot hold
 */
export function encodeCluster(cluster: Cluster): Uint8Array {
  checkCluster(cluster);
  const texts = new TextWriter();
  const labels = new LabelWriter(texts);
  const message: Types.v1.Cluster.$Properties = {
    formatVersion: FORMAT_VERSION,
    namespaces: cluster.namespaces.map((each) => ({ name: texts.of(each.name), labelSet: labels.of(each.labels) })),
    pods: cluster.pods.map((pod) => podMessage(pod, texts, labels)),
    nodes: cluster.nodes.map((node) => nodeMessage(node, texts, labels)),
    serviceAddresses: cluster.serviceAddresses.map(({ namespace, name, ip }) => {
      return { namespace: texts.of(namespace), name: texts.of(name), ip: toAddressBytes(ip) };
    }),
    unreadableAddresses: cluster.unreadableAddresses.map(({ object: { kind, namespace, name }, ip }) => {
      const common = { kind: texts.of(kind), name: texts.of(name), ip: toAddressBytes(ip) };
      return namespace === undefined ? common : { ...common, namespace: texts.of(namespace) };
    }),
    strings: texts.strings,
    labelSets: labels.messages,
  };
  return v1.Cluster.encode(message).finish();
}

/**
 * The cluster in `bytes`.
 * @throws {WireFormatError} when the bytes are not a cluster, or one that contradicts itself
 */
export function decodeCluster(bytes: Uint8Array): Cluster {
  scanMessage(bytes, CLUSTER);
  const texts = new TextReader(textsOf(bytes));
  const labelSets: Labels[] = [NO_LABELS];
  forEachField(bytes, (number, start, end) => {
    if (number === 3) labelSets.push(labelsFrom(v1.LabelSet.decode(bytes.subarray(start, end)), texts));
  });
  const namespaces: Namespace[] = [];
  const pods: Pod[] = [];
  const nodes: Node[] = [];
  const serviceAddresses: ServiceAddress[] = [];
  const unreadableAddresses: UnreadableAddress[] = [];
  forEachField(bytes, (number, start, end) => {
    const part = bytes.subarray(start, end);
    if (number === 4) namespaces.push(namespaceFrom(v1.Namespace.decode(part), texts, labelSets));
    else if (number === 5) pods.push(podFrom(v1.Pod.decode(part), texts, labelSets));
    else if (number === 6) nodes.push(nodeFrom(v1.Node.decode(part), texts, labelSets));
    else if (number === 7) serviceAddresses.push(serviceAddressFrom(v1.ServiceAddress.decode(part), texts));
    else if (number === 8) unreadableAddresses.push(unreadableAddressFrom(v1.UnreadableAddress.decode(part), texts));
  });
  const cluster = { namespaces, pods, nodes, serviceAddresses, unreadableAddresses };
  checkCluster(cluster);
  return cluster;
}

function podMessage(pod: Pod, texts: TextWriter, labels: LabelWriter): Types.v1.Pod.$Properties {
  return {
    namespace: texts.of(pod.namespace),
    name: texts.of(pod.name),
    labelSet: labels.of(pod.labels),
    ips: pod.ips.map(toAddressBytes),
    namedPorts: pod.namedPorts.map(({ name, port, protocol }) => {
      return { name: texts.of(name), port: whole(port, 'port'), protocol: toEnum(PROTOCOL_VALUES, protocol) };
    }),
    hostNetwork: pod.hostNetwork,
    origin: toOrigin(pod.origin, texts),
    ...(pod.node === undefined ? {} : { node: texts.of(pod.node) }),
    ...(pod.workload === undefined ? {} : { workload: { kind: texts.of(pod.workload.kind), name: texts.of(pod.workload.name) } }),
  };
}

function podFrom(message: Types.v1.Pod.$Properties, texts: TextReader, labelSets: readonly Labels[]): Pod {
  const { node, workload } = message;
  return {
    namespace: texts.at(present(message.namespace), 'a pod'),
    name: texts.at(present(message.name), 'a pod'),
    labels: labelsAt(labelSets, present(message.labelSet)),
    ips: convertAll(message.ips, fromAddressBytes),
    namedPorts: convertAll(message.namedPorts, (port) => namedPortFrom(port, texts)),
    hostNetwork: present(message.hostNetwork),
    node: node === null || node === undefined ? undefined : texts.at(node, 'a pod'),
    workload:
      workload === null || workload === undefined
        ? undefined
        : { kind: texts.at(present(workload.kind), 'a workload'), name: texts.at(present(workload.name), 'a workload') },
    origin: fromOrigin(message.origin, texts),
  };
}

function namedPortFrom({ name, port, protocol }: Types.v1.NamedPort.$Properties, texts: TextReader): NamedPort {
  return { name: texts.at(present(name), 'a port'), port: present(port), protocol: fromEnum(PROTOCOL_VALUES, present(protocol)) };
}

function namespaceFrom({ name, labelSet }: Types.v1.Namespace.$Properties, texts: TextReader, labelSets: readonly Labels[]): Namespace {
  return { name: texts.at(present(name), 'a namespace'), labels: labelsAt(labelSets, present(labelSet)) };
}

function nodeMessage({ name, labels, ips }: Node, texts: TextWriter, writer: LabelWriter): Types.v1.Node.$Properties {
  const message = { name: texts.of(name), ips: ips.map(toAddressBytes) };
  return labels === undefined ? message : { ...message, labelSet: writer.of(labels) };
}

function nodeFrom({ name, ips, labelSet }: Types.v1.Node.$Properties, texts: TextReader, labelSets: readonly Labels[]): Node {
  return {
    name: texts.at(present(name), 'a node'),
    labels: labelSet === null || labelSet === undefined ? undefined : labelsAt(labelSets, labelSet),
    ips: convertAll(ips, fromAddressBytes),
  };
}

function serviceAddressFrom({ namespace, name, ip }: Types.v1.ServiceAddress.$Properties, texts: TextReader): ServiceAddress {
  return {
    namespace: texts.at(present(namespace), 'a service'),
    name: texts.at(present(name), 'a service'),
    ip: fromAddressBytes(present(ip)),
  };
}

function unreadableAddressFrom(
  { kind, namespace, name, ip }: Types.v1.UnreadableAddress.$Properties,
  texts: TextReader,
): UnreadableAddress {
  const named = { kind: texts.at(present(kind), 'an object'), name: texts.at(present(name), 'an object') };
  const object = namespace === null || namespace === undefined ? named : { ...named, namespace: texts.at(namespace, 'an object') };
  return { object, ip: fromAddressBytes(present(ip)) };
}

function labelsFrom({ pairs }: Types.v1.LabelSet.$Properties, texts: TextReader): Labels {
  const numbers = present(pairs);
  if (numbers.length % 2 !== 0) throw new WireFormatError(`a label set has ${numbers.length} strings, expected pairs`);
  const labels = new Map<string, string>();
  for (let i = 0; i < numbers.length; i += 2)
    labels.set(texts.at(numbers[i] as number, 'a label'), texts.at(numbers[i + 1] as number, 'a label'));
  if (labels.size !== numbers.length / 2) throw new WireFormatError('a label set has one key twice');
  return labels;
}

function labelsAt(labelSets: readonly Labels[], number: number): Labels {
  const labels = labelSets[number];
  if (labels === undefined) throw new WireFormatError(`label set ${number} does not exist, there are ${labelSets.length - 1}`);
  return labels;
}
