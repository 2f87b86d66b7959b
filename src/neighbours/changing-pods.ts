/**
 * The pods of a neighbour while mutations go over them. A pod keeps the name it had at first as its key; what is new gets names and addresses that nobody has.
 */
import { FixedResource } from '../input/located-resource.ts';
import { podAddresses } from '../input/pod-addresses.ts';
import { addressToNumber, numberToAddress } from '../lib/address-number.ts';
import { formatAddress, parseAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import { nameOfObject, namespaceOf } from '../model/object-names.ts';
import type { Container, Manifests, Maybe, ObjectMeta, PodObject, Resource } from '../model/resource.ts';
import { changeLabel } from './change-label.ts';
import { hasOwnAddress, labelsOf } from './vocabulary.ts';

export class ChangingPods {
  private readonly pods: Map<string, Resource<PodObject>>;
  private readonly names = new Set<string>();
  private readonly manifests: Manifests;
  private used: Set<string> | undefined;

  constructor(manifests: Manifests) {
    this.manifests = manifests;
    this.pods = new Map(manifests.pods.map((each) => [nameOfObject(each.object), each]));
    for (const { object } of manifests.pods) {
      this.names.add(nameOfObject(object));
      // A pod of the name of a workload would be meant wherever the workload is named.
      if (object.workload !== undefined) this.names.add(`${namespaceOf(object.metadata)}/${object.workload.name}`);
    }
    for (const { object } of manifests.context?.workloads ?? []) this.names.add(nameOfObject(object));
  }

  resources(): Resource<PodObject>[] {
    return [...this.pods.values()];
  }

  relabel(key: string, label: string, value: string | null): string | undefined {
    const pod = this.podOf(key);
    const labels = labelsOf(pod.object.metadata);
    const change = changeLabel(labels, label, value);
    if (change === undefined) return undefined;
    this.set(key, withMetadata(pod.object, { labels: Object.fromEntries(labels) }));
    return `pod ${nameOfObject(pod.object)} ${change}`;
  }

  move(key: string, namespace: string): string | undefined {
    const { object } = this.podOf(key);
    if (namespaceOf(object.metadata) === namespace) return undefined;
    const moved = this.inNamespace(object, namespace, object.metadata.name);
    this.set(key, moved);
    return `pod ${nameOfObject(object)} moves to the namespace ${namespace}${moved.metadata.name === object.metadata.name ? '' : `, as ${moved.metadata.name}`}`;
  }

  scale(key: string, more: number): string | undefined {
    const { object, origin } = this.podOf(key);
    const { workload } = object;
    const copies: string[] = [];
    for (let number = 0; number < more; number++) {
      const name = this.freeName(namespaceOf(object.metadata), `${object.metadata.name}-more`, true);
      const copy = this.newlyAddressed(withMetadata(object, { name }));
      if (copy === undefined) return undefined;
      this.pods.set(nameOfObject(copy), new FixedResource(copy, origin));
      copies.push(name);
    }
    const owner = workload === undefined ? '' : ` of ${workload.kind} ${workload.name}`;
    const pods = more === 1 ? '1 more pod' : `${more} more pods`;
    return `${pods}${owner} like ${nameOfObject(object)}: ${copies.join(', ')}`;
  }

  /** Its name there; undefined where it cannot be made. */
  copyTo(key: string, namespace: string): string | undefined {
    const { object, origin } = this.podOf(key);
    const copy = this.newlyAddressed(this.inNamespace(object, namespace, object.metadata.name));
    if (copy === undefined) return undefined;
    this.pods.set(nameOfObject(copy), new FixedResource(copy, origin));
    return nameOfObject(copy);
  }

  readdress(key: string, near: string): string | undefined {
    const { object } = this.podOf(key);
    const before = addressesOf(object);
    const wanted = addressesOf(this.podOf(near).object);
    const after = before.map((address) => this.freeAddress(wanted.find((each) => isSix(each) === isSix(address)) ?? address));
    if (after.length === 0 || after.includes(undefined)) return undefined;
    this.set(key, withAddresses(object, after as string[]));
    return `pod ${nameOfObject(object)} has the address ${after.join(', ')} in place of ${before.join(', ')}`;
  }

  addFamily(key: string): string | undefined {
    const { object } = this.podOf(key);
    const before = addressesOf(object);
    const missing = [false, true].filter((six) => !before.some((address) => isSix(address) === six));
    if (before.length === 0 || missing.length !== 1) return undefined;
    const address = this.freeAddress(this.exampleOf(missing[0]!));
    if (address === undefined) return undefined;
    this.set(key, withAddresses(object, [...before, address]));
    return `pod ${nameOfObject(object)} has the address ${address}, too`;
  }

  changePort(key: string, name: string, port: number | null): string | undefined {
    const { object } = this.podOf(key);
    let before: number | undefined;
    const changed = (containers: Maybe<readonly Container[]>): Maybe<readonly Container[]> =>
      containers?.map((container) => ({
        ...container,
        ports: (container.ports ?? []).flatMap((each) => {
          if (each.name !== name) return [each];
          before ??= each.containerPort;
          return port === null ? [] : [{ ...each, containerPort: port }];
        }),
      }));
    const spec = { ...object.spec, containers: changed(object.spec?.containers), initContainers: changed(object.spec?.initContainers) };
    if (before === undefined || before === port) return undefined;
    this.set(key, { ...object, spec });
    const pod = `pod ${nameOfObject(object)}`;
    return port === null
      ? `${pod} declares no port ${name} any more, which was ${before}`
      : `${pod} declares the port ${name} as ${port} in place of ${before}`;
  }

  private podOf(key: string): Resource<PodObject> {
    const pod = this.pods.get(key);
    if (pod === undefined) throw new RangeError(`there is no pod ${quote(key)}`);
    return pod;
  }

  private set(key: string, object: PodObject): void {
    this.names.add(nameOfObject(object));
    this.pods.set(key, new FixedResource(object, this.podOf(key).origin));
  }

  /** There it belongs to no workload. */
  private inNamespace(pod: PodObject, namespace: string, name: string): PodObject {
    const { workload: _, ...rest } = pod;
    return withMetadata(rest, { name: this.freeName(namespace, name, false), namespace, ownerReferences: null });
  }

  private freeName(namespace: string, wanted: string, numbered: boolean): string {
    const base = wanted.slice(0, 240).replace(/[-.]+$/, '');
    for (let number = numbered ? 1 : 0; ; number++) {
      const name = number === 0 ? wanted : `${base}-${number}`;
      if (this.names.has(`${namespace}/${name}`)) continue;
      this.names.add(`${namespace}/${name}`);
      return name;
    }
  }

  /** With free addresses next to its own; one on the host network keeps those of its node. */
  private newlyAddressed(pod: PodObject): PodObject | undefined {
    if (!hasOwnAddress(pod)) return pod;
    const addresses = addressesOf(pod).map((each) => this.freeAddress(each));
    return addresses.includes(undefined) ? undefined : withAddresses(pod, addresses as string[]);
  }

  /** The next one that is nobody's. */
  private freeAddress(near: string): string | undefined {
    this.used ??= usedAddresses(this.manifests);
    const { family, words } = parseAddress(near)!;
    const last = family === 4 ? 2n ** 32n : 2n ** 128n;
    for (let number = addressToNumber(words) + 1n; number < last; number++) {
      const address = formatAddress(numberToAddress(family, number));
      if (this.used.has(address)) continue;
      this.used.add(address);
      return address;
    }
    return undefined;
  }

  /** An address that a pod of the cluster has; where none has one of the family, the first of those for private networks. */
  private exampleOf(six: boolean): string {
    for (const { object } of this.manifests.pods) {
      const found = hasOwnAddress(object) ? addressesOf(object).find((each) => isSix(each) === six) : undefined;
      if (found !== undefined) return found;
    }
    return six ? 'fd00::' : '10.0.0.0';
  }
}

function usedAddresses({ pods, nodes, services, unreadableEnds }: Manifests): Set<string> {
  const texts: Maybe<string>[] = [
    ...pods.flatMap(({ object: { status } }) => [
      status?.podIP,
      status?.hostIP,
      ...[...(status?.podIPs ?? []), ...(status?.hostIPs ?? [])].map(({ ip }) => ip),
    ]),
    ...nodes.flatMap(({ object }) => (object.status?.addresses ?? []).map(({ address }) => address)),
    ...services.flatMap(({ object: { spec, status } }) => [
      spec?.clusterIP,
      ...(spec?.clusterIPs ?? []),
      ...(spec?.externalIPs ?? []),
      ...(status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip),
    ]),
    ...unreadableEnds.flatMap(({ addresses }) => addresses),
  ];
  const addresses = texts.flatMap((text) => (text ? (parseAddress(text) ?? []) : []));
  return new Set(addresses.map(formatAddress));
}

/** One of each family, as verdicts know them. */
function addressesOf({ status }: PodObject): string[] {
  const all = podAddresses(status).map(formatAddress);
  return [false, true].flatMap((six) => all.find((each) => isSix(each) === six) ?? []);
}

function isSix(address: string): boolean {
  return address.includes(':');
}

function withAddresses(pod: PodObject, addresses: readonly string[]): PodObject {
  return { ...pod, status: { ...pod.status, podIP: addresses[0] ?? null, podIPs: addresses.map((ip) => ({ ip })) } };
}

function withMetadata(pod: PodObject, fields: Partial<ObjectMeta>): PodObject {
  return { ...pod, metadata: { ...pod.metadata, ...fields } };
}
