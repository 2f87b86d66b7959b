/**
 * The ports of a case at one destination, and the port classes that make them up: within a class no rule tells two ports apart, so one port of each answers for all.
 */
import { quote } from '../lib/quote.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { RuleTables } from '../tables/rule-tables.ts';
import { podsBehind, type TestedEnd } from './resolve-end.ts';
import type { TestPort } from './test-case.ts';
import type { TestedCluster } from './tested-cluster.ts';

/** Ports of one protocol that no rule tells apart. */
export interface PortSpan {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

export interface WantedPorts {
  readonly spans: readonly PortSpan[];
  /** Names that nobody gives a number to. */
  readonly missing: readonly string[];
  /** Equal for equal ports. */
  readonly key: string;
}

export class PortChooser {
  private readonly ports: readonly TestPort[];
  private readonly cluster: TestedCluster;
  private readonly classes: readonly (readonly PortSpan[])[];
  private readonly known = new Map<string, WantedPorts>();

  constructor(ports: readonly TestPort[], cluster: TestedCluster) {
    this.ports = ports;
    this.cluster = cluster;
    this.classes = classesOf(cluster.tables);
  }

  /** What is wanted of a destination. */
  of(end: TestedEnd): WantedPorts {
    const ranges: PortSpan[] = [];
    const missing: string[] = [];
    for (const port of this.ports) {
      if (!('name' in port.ports)) {
        const { first, last } = port.ports;
        for (const protocol of port.protocols) ranges.push({ protocol, first, last });
        continue;
      }
      const { name } = port.ports;
      for (const protocol of port.protocols) {
        const found = this.numbersOf(end, name, protocol);
        if (found.length === 0) missing.push(`${protocol}/${name}`);
        for (const number of found) ranges.push({ protocol, first: number, last: number });
      }
    }
    const key = JSON.stringify([ranges.map(({ protocol, first, last }) => [protocol, first, last]), missing]);
    let wanted = this.known.get(key);
    if (wanted === undefined) {
      wanted = { spans: this.split(ranges), missing, key };
      this.known.set(key, wanted);
    }
    return wanted;
  }

  /** Of an address with several owners, only what all of them give: no number otherwise. */
  private numbersOf(end: TestedEnd, name: string, protocol: Protocol): number[] {
    const pods = [...new Set(podsBehind(end, this.cluster))];
    if (pods.length === 0 || end.endpoints.length === 0) return [];
    const numbers = pods.map((pod) => {
      const ports = this.cluster.pods.get(pod)?.namedPorts ?? [];
      return [...new Set(ports.filter((port) => port.name === name && port.protocol === protocol).map(({ port }) => port))].sort(
        (a, b) => a - b,
      );
    });
    return numbers.every((each) => each.join() === numbers[0]!.join()) ? numbers[0]! : [];
  }

  /** The parts of ranges that are in one class each, ascending, every port once. */
  private split(ranges: readonly PortSpan[]): PortSpan[] {
    return PROTOCOLS.flatMap((protocol, p) => {
      const wanted = merge(ranges.filter((range) => range.protocol === protocol));
      return wanted.flatMap(({ first, last }) =>
        this.classes[p]!.filter((each) => each.first <= last && each.last >= first).map((each) => ({
          protocol,
          first: Math.max(each.first, first),
          last: Math.min(each.last, last),
        })),
      );
    });
  }
}

export function missingText(missing: readonly string[]): string {
  return `declares no port ${missing.map((each) => quote(each)).join(', ')}`;
}

function merge(ranges: readonly PortSpan[]): PortSpan[] {
  const merged: PortSpan[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before !== undefined && range.first <= before.last + 1)
      merged[merged.length - 1] = { ...before, last: Math.max(before.last, range.last) };
    else merged.push(range);
  }
  return merged;
}

/** Of each protocol, ascending. */
function classesOf({ columns }: RuleTables): PortSpan[][] {
  const { portClassFirst, portClassLast, portClassProtocol } = columns;
  return PROTOCOLS.map((protocol, p) =>
    Array.from(portClassFirst, (first, i) => ({ protocol, first, last: portClassLast[i]! }))
      .filter((_, i) => portClassProtocol[i] === p)
      .sort((a, b) => a.first - b.first),
  );
}
