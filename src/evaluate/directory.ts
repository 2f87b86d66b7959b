/**
 * Names and addresses -> endpoints. In come compiled tables and a flow end as a user writes it, out come the endpoints that it stands for, in order.
 */

import { append } from '../lib/append.ts';
import { isMappedIPv4, parseAddress } from '../lib/ip-address.ts';
import { nearest } from '../lib/nearest.ts';
import { type AddressIntervals, lookupAddress } from '../lib/prefix-table.ts';
import { quote } from '../lib/quote.ts';
import type { FlowEnd } from '../model/flow.ts';
import { addressIntervals } from '../tables/address-intervals.ts';
import { NONE_32 } from '../tables/layout.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { endpointName, type TableNames } from './names.ts';

/** What a flow end stands for. */
export interface ResolvedEnd {
  /** In order of pod name, then IPv4 before IPv6. Empty where `owner` is there. */
  readonly endpoints: ArrayLike<number>;
  /** Given as an address. */
  readonly isAddress: boolean;
  /** `kind namespace/name` of whom the address belongs to, when that is why there is no verdict: a Service, or an object that could not be read. */
  readonly owner: string | undefined;
  readonly unreadable: boolean;
}

interface NameIndex {
  /** `namespace/name` -> pod. */
  readonly pods: ReadonlyMap<string, number>;
  /** `namespace/name` -> workloads of that name; `namespace/kind/name`, kind in lower case -> the workload. */
  readonly workloads: ReadonlyMap<string, readonly number[]>;
  /** Pods of each workload, ascending. */
  readonly podsOfWorkload: readonly (readonly number[])[];
}

export class Directory {
  private readonly tables: RuleTables;
  private readonly names: TableNames;
  private readonly intervals: Readonly<Record<4 | 6, AddressIntervals>>;
  private index: NameIndex | undefined;

  constructor(tables: RuleTables, names: TableNames) {
    this.tables = tables;
    this.names = names;
    this.intervals = { 4: addressIntervals(tables.columns, 4), 6: addressIntervals(tables.columns, 6) };
  }

  /** @throws {RangeError} when nothing of that name is there, or the name is not clear */
  resolve(end: FlowEnd): ResolvedEnd {
    if (typeof end === 'string') {
      const pod = this.nameIndex().pods.get(end);
      if (pod !== undefined) return this.endpointsOfPods([pod]);
      if (end.includes(':') || parseAddress(end) !== undefined) return this.resolveAddress(end);
      return this.resolveName(end, 'pod or workload');
    }
    const kinds = typeof end === 'object' && end !== null ? Object.keys(end) : [];
    const kind = kinds[0];
    const text: unknown = kind === undefined ? undefined : end[kind as keyof FlowEnd];
    if (kinds.length !== 1 || typeof text !== 'string' || (kind !== 'ip' && kind !== 'pod' && kind !== 'workload')) {
      throw new RangeError(
        `expected a flow end: text, or an object with one of \`pod\`, \`workload\` and \`ip\`, got ${quote(JSON.stringify(end) ?? String(end))}`,
      );
    }
    if (kind === 'ip') return this.resolveAddress(text);
    // Nearly every question names its pods like this: no need to take the text apart.
    const pod = kind === 'pod' ? this.nameIndex().pods.get(text) : undefined;
    return pod === undefined ? this.resolveName(text, kind) : this.endpointsOfPods([pod]);
  }

  /** An endpoint as a person would call it. */
  nameOf(endpoint: number): string {
    return endpointName(this.tables.columns, this.names, endpoint);
  }

  /**
   * What an address with this lookup target stands for, as `createIPv4Lookup` and `createIPv6Lookup` give it.
   * @throws {RangeError} for a number that is no target: an IPv4 address in IPv6 notation
   */
  resolveTarget(target: number): ResolvedEnd {
    const { endpointKind, sharedStart, sharedEndpoint, sharedOwner, sharedUnreadable } = this.tables.columns;
    if (target < endpointKind.length) return { endpoints: [target], isAddress: true, owner: undefined, unreadable: false };
    const shared = target - endpointKind.length;
    const owner = sharedOwner[shared];
    if (owner === undefined) throw new RangeError(`there is no lookup target ${target}: an IPv4 address in IPv6 notation has none`);
    return {
      endpoints: sharedEndpoint.subarray(sharedStart[shared]!, sharedStart[shared + 1]!),
      isAddress: true,
      owner: owner === NONE_32 ? undefined : this.names.text(owner),
      unreadable: sharedUnreadable[shared] === 1,
    };
  }

  private resolveName(text: string, wanted: 'pod' | 'workload' | 'pod or workload'): ResolvedEnd {
    const parts = text.split('/');
    if (parts.length < 2 || parts.length > 3 || parts.includes('')) {
      throw new RangeError(`expected \`namespace/name\`, \`namespace/kind/name\` or an IP address, got ${quote(text)}`);
    }
    const kind = parts.length === 3 ? parts[1]!.toLowerCase() : undefined;
    const plain = `${parts[0]}/${parts[parts.length - 1]}`;
    const { pods, workloads, podsOfWorkload } = this.nameIndex();
    if (wanted !== 'workload' && (kind === undefined || kind === 'pod')) {
      const pod = pods.get(plain);
      if (pod !== undefined) return this.endpointsOfPods([pod]);
    }
    if (wanted !== 'pod' && kind !== 'pod') {
      const found = workloads.get(kind === undefined ? plain : `${parts[0]}/${kind}/${parts[2]}`) ?? [];
      if (found.length > 1)
        throw new RangeError(`${quote(text)} could be ${found.map((each) => quote(this.fullName(each))).join(' or ')}: name the kind`);
      if (found.length === 1) return this.endpointsOfPods(podsOfWorkload[found[0]!]!);
    }
    const candidates = [...(wanted === 'workload' ? [] : pods.keys()), ...(wanted === 'pod' ? [] : workloads.keys())];
    const near = nearest(text, candidates);
    throw new RangeError(`there is no ${wanted} ${quote(text)}${near === undefined ? '' : `: did you mean ${quote(near)}?`}`);
  }

  private resolveAddress(text: string): ResolvedEnd {
    const address = parseAddress(text);
    if (address === undefined) throw new RangeError(`${quote(text)} is not an IP address`);
    if (isMappedIPv4(address)) throw new RangeError(`${quote(text)} is an IPv4 address in IPv6 notation: write it as IPv4`);
    return this.resolveTarget(lookupAddress(this.intervals[address.family], address.words));
  }

  private endpointsOfPods(pods: readonly number[]): ResolvedEnd {
    const { podEndpoint } = this.tables.columns;
    const endpoints: number[] = [];
    for (const pod of pods) {
      for (let endpoint = podEndpoint[pod]!; endpoint < podEndpoint[pod + 1]!; endpoint++) endpoints.push(endpoint);
    }
    return { endpoints, isAddress: false, owner: undefined, unreadable: false };
  }

  private fullName(workload: number): string {
    const { namespace, kind, name } = this.names.workload(workload);
    return `${namespace}/${kind.toLowerCase()}/${name}`;
  }

  /** Made on first use: a run that names nobody does not pay for it. */
  private nameIndex(): NameIndex {
    this.index ??= this.buildIndex();
    return this.index;
  }

  private buildIndex(): NameIndex {
    const { podName, podWorkload, workloadName } = this.tables.columns;
    const pods = new Map<string, number>();
    const podsOfWorkload = Array.from(workloadName, (): number[] => []);
    for (let pod = 0; pod < podName.length; pod++) {
      const { namespace, name } = this.names.pod(pod);
      pods.set(`${namespace}/${name}`, pod);
      if (podWorkload[pod] !== NONE_32) podsOfWorkload[podWorkload[pod]!]!.push(pod);
    }
    const workloads = new Map<string, number[]>();
    for (const workload of workloadName.keys()) {
      const { namespace, name } = this.names.workload(workload);
      const plain = `${namespace}/${name}`;
      append(workloads, plain, workload);
      append(workloads, this.fullName(workload), workload);
    }
    return { pods, workloads, podsOfWorkload };
  }
}
