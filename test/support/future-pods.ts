/**
 * Pods that do not exist yet, drawn at random, and what rows of an exposure say about them.
 */
import { addressText, isAddress } from '../../src/fuzz/addresses.ts';
import { edgesOf, type World } from '../../src/fuzz/world.ts';
import type { FuturePods, LabelRequirement, MatrixRow, PodCondition } from '../../src/matrix/matrix.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import type { NamespaceObject, PodObject } from '../../src/model/resource.ts';
import { addressBits, inBlock } from '../../src/reference/addresses.ts';

export interface FuturePod {
  readonly pod: PodObject;
  /** Of a namespace that is not there. */
  readonly namespace: NamespaceObject | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly namespaceLabels: ReadonlyMap<string, string>;
  readonly ips: Readonly<Record<4 | 6, string>>;
  readonly ports: readonly { readonly name: string; readonly protocol: Protocol; readonly containerPort: number }[];
}

export interface Vocabulary {
  readonly namespaces: readonly string[];
  readonly labelKeys: readonly string[];
  readonly labelValues: readonly string[];
  readonly ports: readonly number[];
  readonly portNames: readonly string[];
}

/** `random` gives a number from 0 up to, and without, its argument. */
export function drawPods(world: World, count: number, vocabulary: Vocabulary, random: (below: number) => number): FuturePod[] {
  const addresses = [...edgesOf(world).addresses].map((text) => text.split(':'));
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const labels = (): Record<string, string> => {
    const keys = vocabulary.labelKeys.filter((key) => key !== 'kubernetes.io/metadata.name' && random(3) > 0);
    return Object.fromEntries(keys.map((key) => [key, pick([...vocabulary.labelValues, 'fresh'])]));
  };
  const address = (family: 4 | 6): string => {
    const [, value] = pick([[family, family === 4 ? '3405803785' : '1'], ...addresses.filter(([own]) => own === String(family))]);
    const number = BigInt(value ?? 0) + BigInt(random(3) - 1);
    const isFit = isAddress(family, number) && !(family === 6 && number >> 32n === 0xffffn);
    return addressText(family, isFit ? number : 1n);
  };
  return Array.from({ length: count }, (_, i): FuturePod => {
    const isNew = random(2) === 0;
    const name = isNew ? `new-${i}` : pick(vocabulary.namespaces);
    const given = world.namespaces.find(({ metadata }) => metadata.name === name);
    const own = isNew ? labels() : undefined;
    const entries: [string, string][] = Object.entries(own ?? given?.metadata.labels ?? {}).map(([key, value]) => [key, value ?? '']);
    const podLabels = labels();
    const ports = vocabulary.portNames
      .filter(() => random(2) === 0)
      .map((port) => ({ name: port, protocol: pick<Protocol>(['TCP', 'TCP', 'UDP']), containerPort: pick(vocabulary.ports) }));
    const ips = { 4: address(4), 6: address(6) };
    return {
      pod: {
        kind: 'Pod',
        metadata: { namespace: name, name: `future-${i}`, labels: podLabels },
        spec: { containers: [{ ports }] },
        status: { podIPs: [{ ip: ips[4] }, { ip: ips[6] }] },
      },
      namespace: isNew ? { kind: 'Namespace', metadata: { name, labels: own ?? {} } } : undefined,
      labels: new Map(Object.entries(podLabels)),
      namespaceLabels: new Map([...entries, ['kubernetes.io/metadata.name', name]]),
      ips,
      ports,
    };
  });
}

/** Is the pod one of those that the row is about? */
export function isMeant({ matching, except }: FuturePods, pod: FuturePod, family: 4 | 6): boolean {
  return matching.every((each) => meets(each, pod, family)) && !except.some((each) => meets(each, pod, family));
}

function meets(condition: PodCondition, { labels, namespaceLabels, ips }: FuturePod, family: 4 | 6): boolean {
  if (condition.kind === 'labels') return selects(condition.namespace, namespaceLabels) && selects(condition.pod, labels);
  const bits = addressBits(ips[family]) ?? '';
  return inBlock(bits, condition.cidr) && !condition.except.some((cidr) => inBlock(bits, cidr));
}

function selects(requirements: readonly LabelRequirement[], labels: ReadonlyMap<string, string>): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = labels.get(key);
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return (value !== undefined) === (operator === 'Exists');
  });
}

/** What the rows that mean the pod say about a port of it, or of the other end. */
export function claimed(rows: readonly MatrixRow[], pod: FuturePod, protocol: Protocol, port: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { ports } of rows) {
    for (const verdict of ['allow', 'unknown'] as const)
      if (ports[verdict].some((span) => span.protocol === protocol && span.from <= port && port <= span.to)) found.add(verdict);
    for (const { name, protocol: own, verdicts } of ports.named ?? []) {
      const isIt = pod.ports.some((each) => each.name === name && each.protocol === protocol && each.containerPort === port);
      if (own === protocol && isIt) for (const verdict of verdicts) found.add(verdict);
    }
  }
  return found;
}
