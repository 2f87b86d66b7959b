/**
 * Reading and building connectivity lists as netpol-analyzer prints them: which ports of which protocol are open between two ends.
 */
import { PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';

/** Ports `from..to`, inclusive. */
export interface PortInterval {
  readonly from: number;
  readonly to: number;
}

/** Open ports, by protocol. */
export type OpenPorts = Readonly<Record<Protocol, readonly PortInterval[]>>;

export const NO_PORTS: OpenPorts = { TCP: [], UDP: [], SCTP: [] };
const EVERY_PORT: OpenPorts = { TCP: [{ from: 1, to: 65535 }], UDP: [{ from: 1, to: 65535 }], SCTP: [{ from: 1, to: 65535 }] };

export interface Connection {
  /** `namespace/name[Kind]`, or `first-last[External]`. */
  readonly source: string;
  readonly destination: string;
  readonly open: OpenPorts;
}

/** The lines before any other part of the report. */
export function parseConnectivityList(text: string): Connection[] {
  const end = text.indexOf('Exposure Analysis Result');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const found = /^(\S+) => (\S+) : (.+)$/.exec(line);
      if (found === null) throw new TypeError(`not a line of a connectivity list: \`${line}\``);
      return { source: found[1] ?? '', destination: found[2] ?? '', open: parseOpenPorts(found[3] ?? '') };
    });
}

/** `All Connections`, or `TCP 80,90-100,UDP 53`. */
function parseOpenPorts(text: string): OpenPorts {
  if (text === 'All Connections') return EVERY_PORT;
  const open: Record<Protocol, PortInterval[]> = { TCP: [], UDP: [], SCTP: [] };
  let protocol: Protocol | undefined;
  for (const part of text.split(',')) {
    const found = /^(?:(TCP|UDP|SCTP) )?(\d+)(?:-(\d+))?$/.exec(part);
    protocol = (found?.[1] as Protocol | undefined) ?? protocol;
    if (found === null || protocol === undefined) throw new TypeError(`not a list of ports: \`${text}\``);
    open[protocol].push({ from: Number(found[2]), to: Number(found[3] ?? found[2]) });
  }
  return open;
}

/** First and last address of `first-last[External]`, as numbers; undefined for a workload. */
export function externalRange(end: string): { first: number; last: number } | undefined {
  const found = /^([\d.]+)-([\d.]+)\[External\]$/.exec(end);
  return found === null ? undefined : { first: addressNumber(found[1] ?? ''), last: addressNumber(found[2] ?? '') };
}

export function addressNumber(text: string): number {
  return text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function addressText4(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/**
 * Asks at the first port of every interval between `starts` and joins the open intervals. `starts` hold every port at which an answer can change; 1 is added.
 */
export function askOpenPorts(starts: ReadonlySet<number>, isOpen: (protocol: Protocol, port: number) => boolean): OpenPorts {
  const sorted = [...new Set([1, ...starts])].filter((port) => port >= 1 && port <= 65535).sort((a, b) => a - b);
  const open: Record<Protocol, PortInterval[]> = { TCP: [], UDP: [], SCTP: [] };
  for (const protocol of PROTOCOLS) {
    for (const [i, from] of sorted.entries()) {
      if (!isOpen(protocol, from)) continue;
      const to = (sorted[i + 1] ?? 65536) - 1;
      const previous = open[protocol].at(-1);
      if (previous !== undefined && previous.to === from - 1) open[protocol][open[protocol].length - 1] = { from: previous.from, to };
      else open[protocol].push({ from, to });
    }
  }
  return open;
}
