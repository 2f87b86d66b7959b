/**
 * Many ends in few words: pods as their workload or namespace, outside addresses as blocks. In come joint endpoints, out come names that stand for exactly them.
 */

import { TableNames } from '../evaluate/names.ts';
import { append } from '../lib/append.ts';
import { comparePrefixes, formatAddress, formatPrefix, type IpPrefix, prefixContains } from '../lib/ip-address.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { ENDPOINT_NODE, ENDPOINT_PREFIX, NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import type { JointEndpoints } from './joint-endpoints.ts';

/** Ends under one name. `family`: only their addresses of that family are meant, although there are others. */
export type EndGroup = { readonly family: 4 | 6 | null } & (
  | { readonly kind: 'every-pod' | 'every-node' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'workload'; readonly namespace: string; readonly workloadKind: string; readonly name: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  /** `address`: only that one is meant, although the node has others of the family. */
  | { readonly kind: 'node'; readonly name: string; readonly address: string | null }
  /** Addresses of the outside: of no pod, node or Service. */
  | { readonly kind: 'addresses'; readonly cidr: string; readonly except: readonly string[] }
);

/** A pod or node with its faces. */
interface Owner {
  readonly namespace: string;
  readonly name: string;
  readonly workload: string;
  readonly workloadKind: string;
  readonly workloadName: string;
  readonly isNode: boolean;
  readonly faces: number[];
}

export class RollUp {
  private readonly joint: JointEndpoints;
  private readonly ownerOf: (Owner | undefined)[] = [];
  private readonly owners: Owner[] = [];
  private readonly labels: (IpPrefix | undefined)[] = [];
  private readonly podsOfNamespace = new Map<string, number>();
  private readonly podsOfWorkload = new Map<string, number>();
  private readonly podCount: number;
  private readonly nodeCount: number;
  private readonly first: RuleTables;
  private addresses: ReadonlyMap<number, string> | undefined;

  /** `tables`: those that were joined, in that order. */
  constructor(tables: readonly RuleTables[], joint: JointEndpoints) {
    this.joint = joint;
    const known = new Map<string, Owner>();
    const first = tables[0]!;
    this.first = first;
    const names = new TableNames(first);
    for (let endpoint = 0; endpoint < joint.count; endpoint++) {
      const number = joint.numbers[0]![endpoint]!;
      if (first.columns.endpointKind[number] === ENDPOINT_PREFIX) {
        this.labels[endpoint] = narrowest(tables, joint, endpoint);
        continue;
      }
      const found = readOwner(first, names, number);
      const key = JSON.stringify([found.isNode, found.namespace, found.name]);
      const owner = known.get(key) ?? found;
      if (owner === found) {
        known.set(key, owner);
        this.owners.push(owner);
      }
      owner.faces.push(endpoint);
      this.ownerOf[endpoint] = owner;
    }
    const pods = this.owners.filter(({ isNode }) => !isNode);
    for (const { namespace, workload } of pods) {
      count(this.podsOfNamespace, namespace);
      if (workload !== '') count(this.podsOfWorkload, workload);
    }
    this.podCount = pods.length;
    this.nodeCount = this.owners.length - pods.length;
  }

  /** The same for all faces of a pod or node. */
  ownerKey(endpoint: number): string {
    const owner = this.ownerOf[endpoint];
    return owner === undefined ? `address ${endpoint}` : String(owner.faces[0]);
  }

  /** Pods, then nodes, then addresses. */
  groups(endpoints: Iterable<number>): EndGroup[] {
    const members = new Set(endpoints);
    const partOf = new Map<number, Owner[]>();
    const ofAddresses: EndGroup[] = [];
    for (const owner of new Set([...members].map((endpoint) => this.ownerOf[endpoint]))) {
      if (owner === undefined) continue;
      const faces = owner.faces.filter((face) => members.has(face));
      if (faces.length === owner.faces.length) {
        append(partOf, 0, owner);
        continue;
      }
      for (const [family, count] of countBy(faces, (face) => this.joint.family[face]!)) {
        const isWhole = count === countBy(owner.faces, (face) => this.joint.family[face]!).get(family);
        if (isWhole) append(partOf, family, owner);
        else ofAddresses.push(...faces.filter((face) => this.joint.family[face] === family).map((face) => this.addressOf(owner, face)));
      }
    }
    return [
      ...[0, 4, 6].flatMap((family) => this.ownerGroups(partOf.get(family) ?? [], familyOf(family))),
      ...ofAddresses,
      ...this.addressGroups(members),
    ];
  }

  /** One address of a node that has others of its family: pods have one of each. */
  private addressOf({ name }: Owner, face: number): EndGroup {
    this.addresses ??= addressesOf(this.first);
    const address = this.addresses.get(this.joint.numbers[0]![face]!) ?? null;
    return { kind: 'node', name, address, family: familyOf(this.joint.family[face]!) };
  }

  private ownerGroups(owners: readonly Owner[], family: 4 | 6 | null): EndGroup[] {
    const pods = owners.filter(({ isNode }) => !isNode);
    const nodes = owners.filter(({ isNode }) => isNode);
    const ofNodes: EndGroup[] =
      nodes.length > 1 && nodes.length === this.nodeCount
        ? [{ kind: 'every-node', family }]
        : nodes.map(({ name }) => ({ kind: 'node', name, address: null, family }));
    if (pods.length > 1 && pods.length === this.podCount) return [{ kind: 'every-pod', family }, ...ofNodes];
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
      if (inNamespace.get(namespace) === this.podsOfNamespace.get(namespace) && this.podsOfNamespace.get(namespace)! > 1) {
        return once(`n ${namespace}`, { kind: 'namespace', namespace, family });
      }
      if (workload !== '' && inWorkload.get(workload) === this.podsOfWorkload.get(workload)) {
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

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** Of each endpoint that is a node, where an address leads to it alone. */
function addressesOf({ columns }: RuleTables): Map<number, string> {
  const found = new Map<number, string>();
  for (const family of [4, 6] as const) {
    const { start, target, wordsPerAddress: size } = addressIntervals(columns, family);
    for (const [i, endpoint] of target.entries()) {
      if (columns.endpointKind[endpoint] !== ENDPOINT_NODE) continue;
      found.set(endpoint, formatAddress({ family, words: Array.from(start.subarray(i * size, (i + 1) * size)) }));
    }
  }
  return found;
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

function readOwner({ columns }: RuleTables, names: TableNames, endpoint: number): Owner {
  const object = columns.endpointObject[endpoint]!;
  const none = { workload: '', workloadKind: '', workloadName: '', faces: [] };
  if (columns.endpointKind[endpoint] === ENDPOINT_NODE) {
    return { ...none, namespace: '', name: names.text(columns.nodeName[object]!), isNode: true };
  }
  const { namespace = '', name } = names.pod(object);
  const number = columns.podWorkload[object]!;
  if (number === NONE_32) return { ...none, namespace, name, isNode: false };
  const workload = names.workload(number);
  return { namespace, name, workload: String(number), workloadKind: workload.kind, workloadName: workload.name, isNode: false, faces: [] };
}
