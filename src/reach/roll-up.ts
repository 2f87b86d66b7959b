/**
 * Many ends in few words: pods as their workload or namespace, outside addresses as blocks. In come joint endpoints, out come names that stand for exactly them.
 */

import { TableNames } from '../evaluate/names.ts';
import { append } from '../lib/append.ts';
import { comparePrefixes, formatPrefix, type IpPrefix, prefixContains } from '../lib/ip-address.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { JointEndpoints } from './joint-endpoints.ts';
import { nodeAddresses } from './node-addresses.ts';

/** Ends under one name. `family`: only their addresses of that family are meant, although there are others. */
export type EndGroup = { readonly family: 4 | 6 | null } & (
  | { readonly kind: 'every-pod' | 'every-node' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'workload'; readonly namespace: string; readonly workloadKind: string; readonly name: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  /** `address`: only that one is meant, although the node has (or had) others. */
  | { readonly kind: 'node'; readonly name: string; readonly address: string | null }
  /** Addresses of the outside: of no pod, node or Service. */
  | { readonly kind: 'addresses'; readonly cidr: string; readonly except: readonly string[] }
);

/** What pods are told as at most. Default `cluster`: every pod, where all are meant. */
export type Coarsest = 'pod' | 'workload' | 'namespace' | 'cluster';

/** Which of two tables know an end. */
export type Presence = 'both' | 'before' | 'after';

/** A pod or node with its faces: those that are in the same tables. */
interface Owner {
  readonly namespace: string;
  readonly name: string;
  readonly workload: string;
  readonly workloadKind: string;
  readonly workloadName: string;
  readonly isNode: boolean;
  readonly presence: Presence;
  readonly faces: number[];
  /** Faces of the pod or node in other tables. */
  elsewhere: boolean;
}

export class RollUp {
  private readonly joint: JointEndpoints;
  private readonly ownerOf: (Owner | undefined)[] = [];
  private readonly owners: Owner[] = [];
  private readonly labels: (IpPrefix | undefined)[] = [];
  private readonly podsOfNamespace = new Map<string, number>();
  private readonly podsOfWorkload = new Map<string, number>();
  private readonly podCount = new Map<Presence, number>();
  private readonly nodeCount = new Map<Presence, number>();
  private readonly tables: readonly RuleTables[];
  private readonly coarsest: Coarsest;
  private readonly addresses: (ReadonlyMap<number, string> | undefined)[] = [];

  /** `tables`: those that were joined, in that order. */
  constructor(tables: readonly RuleTables[], joint: JointEndpoints, coarsest: Coarsest = 'cluster') {
    this.joint = joint;
    this.tables = tables;
    this.coarsest = coarsest;
    const known = new Map<string, Owner>();
    const names = tables.map((each) => new TableNames(each));
    for (let endpoint = 0; endpoint < joint.count; endpoint++) {
      const t = this.tableOf(endpoint);
      const number = joint.numbers[t]![endpoint]!;
      if (tables[t]!.columns.endpointKind[number] === ENDPOINT_PREFIX) {
        this.labels[endpoint] = narrowest(tables, joint, endpoint);
        continue;
      }
      const found: Owner = { ...readOwner(tables[t]!, names[t]!, number), presence: this.presence(endpoint), faces: [], elsewhere: false };
      const key = JSON.stringify([found.isNode, found.namespace, found.name, found.presence]);
      const owner = known.get(key) ?? found;
      if (owner === found) {
        known.set(key, owner);
        this.owners.push(owner);
      }
      owner.faces.push(endpoint);
      this.ownerOf[endpoint] = owner;
    }
    const parts = countBy(this.owners, partsKey);
    for (const owner of this.owners) {
      const { namespace, workload, isNode, presence } = owner;
      owner.elsewhere = parts.get(partsKey(owner))! > 1;
      count(isNode ? this.nodeCount : this.podCount, presence);
      if (isNode) continue;
      count(this.podsOfNamespace, `${presence} ${namespace}`);
      if (workload !== '') count(this.podsOfWorkload, `${presence} ${workload}`);
    }
  }

  presence(endpoint: number): Presence {
    const [before, after] = this.joint.numbers.map((numbers) => numbers[endpoint] !== NONE_32);
    if (after === false) return 'before';
    return before === false ? 'after' : 'both';
  }

  private tableOf(endpoint: number): number {
    return this.joint.numbers.findIndex((numbers) => numbers[endpoint] !== NONE_32);
  }

  /** The same for all faces of a pod or node. */
  ownerKey(endpoint: number): string {
    const owner = this.ownerOf[endpoint];
    return owner === undefined ? `address ${endpoint}` : String(owner.faces[0]);
  }

  /** Pods, then nodes, then addresses. What one name stands for is in the same tables: "every pod" of pods that one table lacks is every pod that it lacks. */
  groups(endpoints: Iterable<number>): EndGroup[] {
    const members = new Set(endpoints);
    const partOf = new Map<number, Owner[]>();
    const ofAddresses: EndGroup[] = [];
    for (const owner of new Set([...members].map((endpoint) => this.ownerOf[endpoint]))) {
      if (owner === undefined) continue;
      const faces = owner.faces.filter((face) => members.has(face));
      if (faces.length === owner.faces.length && !owner.elsewhere) {
        append(partOf, 0, owner);
        continue;
      }
      for (const [family, count] of countBy(faces, (face) => this.joint.family[face]!)) {
        const isWhole = count === countBy(owner.faces, (face) => this.joint.family[face]!).get(family);
        // A node that has other addresses in the other table is not told as if it came or went.
        if (isWhole && !(owner.isNode && owner.elsewhere)) append(partOf, family, owner);
        else ofAddresses.push(...faces.filter((face) => this.joint.family[face] === family).map((face) => this.addressOf(owner, face)));
      }
    }
    return [
      ...[0, 4, 6].flatMap((family) => this.ownerGroups(partOf.get(family) ?? [], familyOf(family))),
      ...ofAddresses,
      ...this.addressGroups(members),
    ];
  }

  /** One address of a node that has others: pods have one of each family. */
  private addressOf({ name }: Owner, face: number): EndGroup {
    const t = this.tableOf(face);
    this.addresses[t] ??= nodeAddresses(this.tables[t]!);
    const address = this.addresses[t].get(this.joint.numbers[t]![face]!) ?? null;
    return { kind: 'node', name, address, family: familyOf(this.joint.family[face]!) };
  }

  private ownerGroups(owners: readonly Owner[], family: 4 | 6 | null): EndGroup[] {
    return (['both', 'before', 'after'] as const).flatMap((presence) => {
      const present = owners.filter((owner) => owner.presence === presence);
      return present.length === 0 ? [] : this.presentGroups(present, presence, family);
    });
  }

  private presentGroups(owners: readonly Owner[], presence: Presence, family: 4 | 6 | null): EndGroup[] {
    const pods = owners.filter(({ isNode }) => !isNode);
    const nodes = owners.filter(({ isNode }) => isNode);
    const ofNodes: EndGroup[] =
      nodes.length > 1 && nodes.length === this.nodeCount.get(presence)
        ? [{ kind: 'every-node', family }]
        : nodes.map(({ name }) => ({ kind: 'node', name, address: null, family }));
    if (pods.length > 1 && pods.length === this.podCount.get(presence) && this.coarsest === 'cluster')
      return [{ kind: 'every-pod', family }, ...ofNodes];
    const inNamespace = new Map<string, number>();
    const inWorkload = new Map<string, number>();
    for (const { namespace, workload } of pods) {
      count(inNamespace, namespace);
      count(inWorkload, workload);
    }
    const said = new Set<string>();
    const once = (key: string, group: EndGroup): EndGroup[] => {
      if (said.has(key)) return [];
      said.add(key);
      return [group];
    };
    const ofPods = pods.flatMap(({ namespace, name, workload, workloadKind, workloadName }): EndGroup[] => {
      const inAll = this.podsOfNamespace.get(`${presence} ${namespace}`)!;
      const isCoarse = this.coarsest === 'cluster' || this.coarsest === 'namespace';
      if (isCoarse && inNamespace.get(namespace) === inAll && inAll > 1) {
        return once(`n ${namespace}`, { kind: 'namespace', namespace, family });
      }
      const ofWorkload = this.coarsest === 'pod' ? undefined : this.podsOfWorkload.get(`${presence} ${workload}`);
      if (workload !== '' && inWorkload.get(workload) === ofWorkload) {
        return once(`w ${workload}`, { kind: 'workload', namespace, workloadKind, name: workloadName, family });
      }
      return [{ kind: 'pod', namespace, name, family }];
    });
    return [...ofPods, ...ofNodes];
  }

  /** Blocks with exceptions. Each block and exception is one that some policy names, or everything. */
  private addressGroups(members: ReadonlySet<number>): EndGroup[] {
    const all = this.labels.flatMap((label, endpoint) => (label === undefined ? [] : [{ label, isIn: members.has(endpoint) }]));
    all.sort((a, b) => comparePrefixes(a.label, b.label));
    const open: { readonly label: IpPrefix; readonly isIn: boolean; readonly group: { readonly except: string[] } | undefined }[] = [];
    const groups: EndGroup[] = [];
    for (const { label, isIn } of all) {
      while (open.length > 0 && !prefixContains(open[open.length - 1]!.label, label)) open.pop();
      const around = open[open.length - 1];
      let group = around?.group;
      if (isIn && around?.isIn !== true) {
        const except: string[] = [];
        groups.push({ kind: 'addresses', cidr: formatPrefix(label), except, family: null });
        group = { except };
      } else if (!isIn && around?.isIn === true) {
        around.group?.except.push(formatPrefix(label));
      }
      open.push({ label, isIn, group });
    }
    return groups;
  }
}

function familyOf(family: number): 4 | 6 | null {
  return family === 4 || family === 6 ? family : null;
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** The longest prefix of those that the tables know the addresses by: they are nested. */
function narrowest(tables: readonly RuleTables[], { numbers }: JointEndpoints, endpoint: number): IpPrefix {
  const prefixes = tables.map(({ columns }, t): IpPrefix => {
    const prefix = columns.endpointObject[numbers[t]![endpoint]!]!;
    const family = columns.prefixFamily[prefix] === 4 ? 4 : 6;
    const words = Array.from(columns.prefixWords.subarray(prefix * 4, prefix * 4 + (family === 4 ? 1 : 4)));
    return { family, words, length: columns.prefixLength[prefix]! };
  });
  return prefixes.reduce((best, each) => (each.length > best.length ? each : best));
}

/** Equal for the owners that are one pod or node. */
function partsKey({ isNode, namespace, name }: Owner): string {
  return JSON.stringify([isNode, namespace, name]);
}

function readOwner({ columns }: RuleTables, names: TableNames, endpoint: number): Omit<Owner, 'presence' | 'faces' | 'elsewhere'> {
  const object = columns.endpointObject[endpoint]!;
  const none = { workload: '', workloadKind: '', workloadName: '' };
  if (columns.endpointKind[endpoint] === ENDPOINT_NODE) {
    return { ...none, namespace: '', name: names.text(columns.nodeName[object]!), isNode: true };
  }
  const { namespace = '', name } = names.pod(object);
  const number = columns.podWorkload[object]!;
  if (number === NONE_32) return { ...none, namespace, name, isNode: false };
  const workload = names.workload(number);
  const key = JSON.stringify([workload.kind, namespace, workload.name]);
  return { namespace, name, workload: key, workloadKind: workload.kind, workloadName: workload.name, isNode: false };
}
