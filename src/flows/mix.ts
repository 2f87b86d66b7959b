/**
 * A traffic mix: what a user says about the traffic of the cluster. In comes a document that was parsed already (from JSON or YAML, elsewhere), out comes the mix, checked,
 * with every problem named at once. Names stay names here.
 *
 *   { "apiVersion": "netpolsim/v1", "kind": "TrafficMix",
 *     "shares": { "aimed": 1, "mix": 8, "uniform": 1 },                              relative to each other; left out: 5, 3, 2
 *     "entries": [
 *       { "from": "shop/web", "to": "shop/cart", "port": 7070, "weight": 20 },       weight: default 1
 *       { "from": { "cidr": "0.0.0.0/0" }, "to": "shop/web", "port": 443 },
 *       { "from": "shop/*", "to": ["kube-system/coredns"], "protocol": "UDP", "ports": [53, "8000-8010"], "zipf": 1.1 } ] }
 *
 * An end is text (an address, a CIDR, `namespace/*` for every pod of a namespace, `*` for every pod, or the name of a pod or workload as `can-reach` takes it), an object with one
 * of `pod`, `workload`, `namespace`, `ip`, `cidr`, or a list of those. A CIDR stands for the address ranges inside it that policies tell apart and that are outside the
 * cluster. `zipf` is the exponent of Zipf's law over what the ends stand for, in the order named: the workloads of a namespace, the pods of a workload, the ranges
 * of a CIDR. 0, the default, is uniform.
 */
import { formatPrefix, type IpPrefix, parsePrefix } from '../lib/ip-address.ts';
import { nearest } from '../lib/nearest.ts';
import { quote } from '../lib/quote.ts';
import type { FlowEnd } from '../model/flow.ts';
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import type { FlowShares } from './flow-plan.ts';

/** An end of traffic: a flow end, all pods of a namespace, all pods, or the outside addresses of a CIDR. */
export type MixEnd = { readonly end: FlowEnd } | { readonly namespace: string } | { readonly everyPod: true } | { readonly cidr: IpPrefix };

interface MixPorts {
  readonly first: number;
  readonly last: number;
}

export interface MixEntry {
  readonly from: readonly MixEnd[];
  readonly to: readonly MixEnd[];
  readonly protocol: Protocol;
  readonly ports: readonly MixPorts[];
  readonly weight: number;
  readonly zipf: number;
}

export interface TrafficMix {
  /** Weights relative to each other; undefined where the document leaves it open. */
  readonly shares: FlowShares | undefined;
  readonly entries: readonly MixEntry[];
}

/** Thrown for a mix that cannot be used. One line for each problem: where in the document, what was found, what is expected. */
export class TrafficMixError extends Error {
  override readonly name = 'TrafficMixError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the traffic mix cannot be used: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** More than anyone writes by hand; a bound for documents from elsewhere. */
const MOST_ENTRIES = 100_000;
const MOST_PROBLEMS = 20;

/**
 * Reads a mix document.
 * @throws {TrafficMixError} with every problem that was found
 */
export function parseTrafficMix(document: unknown): TrafficMix {
  const reader = new MixReader();
  const mix = reader.mix(document);
  if (reader.problems.length > 0) throw new TrafficMixError(reader.problems.slice(0, MOST_PROBLEMS));
  return mix;
}

class MixReader {
  readonly problems: string[] = [];

  mix(document: unknown): TrafficMix {
    const fields = this.fields(document, 'mix', ['apiVersion', 'kind', 'shares', 'entries']);
    if (fields.get('apiVersion') !== 'netpolsim/v1') this.expected('apiVersion', '`netpolsim/v1`', fields.get('apiVersion'));
    if (fields.get('kind') !== 'TrafficMix') this.expected('kind', '`TrafficMix`', fields.get('kind'));
    const shares = fields.get('shares');
    const entries = fields.get('entries');
    if (!Array.isArray(entries) || entries.length === 0 || entries.length > MOST_ENTRIES) {
      this.expected('entries', `a list of 1 to ${MOST_ENTRIES} entries`, entries);
      return { shares: undefined, entries: [] };
    }
    return {
      shares: shares === undefined ? undefined : this.shares(shares),
      entries: entries.map((entry: unknown, i) => this.entry(entry, `entries[${i}]`)),
    };
  }

  private shares(value: unknown): FlowShares {
    const fields = this.fields(value, 'shares', ['aimed', 'mix', 'uniform']);
    const part = (name: string): number => this.number(fields.get(name) ?? 0, `shares.${name}`);
    const shares = { aimed: part('aimed'), mix: part('mix'), uniform: part('uniform') };
    if (shares.aimed + shares.mix + shares.uniform === 0) this.expected('shares', 'a share above 0', value);
    return shares;
  }

  private entry(value: unknown, path: string): MixEntry {
    const fields = this.fields(value, path, ['from', 'to', 'protocol', 'port', 'ports', 'weight', 'zipf']);
    const protocol = fields.get('protocol') ?? 'TCP';
    if (!PROTOCOLS.includes(protocol as Protocol)) this.expected(`${path}.protocol`, '`TCP`, `UDP` or `SCTP`', protocol);
    const weight = this.number(fields.get('weight') ?? 1, `${path}.weight`);
    if (weight === 0) this.expected(`${path}.weight`, 'a number above 0', weight);
    return {
      from: this.ends(fields.get('from'), `${path}.from`),
      to: this.ends(fields.get('to'), `${path}.to`),
      protocol: protocol as Protocol,
      ports: this.portsOf(fields, path),
      weight,
      zipf: this.number(fields.get('zipf') ?? 0, `${path}.zipf`),
    };
  }

  private portsOf(fields: ReadonlyMap<string, unknown>, path: string): MixPorts[] {
    const port = fields.get('port');
    const ports = fields.get('ports');
    if ((port === undefined) === (ports === undefined)) {
      this.problems.push(`\`${path}\`: expected either \`port\` or \`ports\`, got ${port === undefined ? 'neither' : 'both'}`);
      return [];
    }
    if (port !== undefined) return this.portRange(port, `${path}.port`);
    if (Array.isArray(ports) && ports.length > 0) return ports.flatMap((each: unknown, i) => this.portRange(each, `${path}.ports[${i}]`));
    this.expected(`${path}.ports`, 'a list of ports', ports);
    return [];
  }

  /** A whole number, or `first-last`. */
  private portRange(value: unknown, path: string): MixPorts[] {
    const [, from, to] = (typeof value === 'string' && /^([1-9]\d{0,4})-([1-9]\d{0,4})$/.exec(value)) || [];
    const first = from === undefined ? value : Number(from);
    const last = to === undefined ? value : Number(to);
    if (isPort(first) && isPort(last) && first <= last) return [{ first, last }];
    this.expected(path, 'a port in 1..65535, or a range such as `8000-8010`', value);
    return [];
  }

  private ends(value: unknown, path: string): MixEnd[] {
    if (!Array.isArray(value)) return this.end(value, path);
    if (value.length === 0) this.expected(path, 'at least one end', value);
    return value.flatMap((each: unknown, i) => this.end(each, `${path}[${i}]`));
  }

  private end(value: unknown, path: string): MixEnd[] {
    if (typeof value === 'string') return this.endOfText(value, path);
    if (!isRecord(value)) {
      this.expected(path, 'an end: text, an object with one of `pod`, `workload`, `namespace`, `ip`, `cidr`, or a list of ends', value);
      return [];
    }
    const fields = this.fields(value, path, ['pod', 'workload', 'namespace', 'ip', 'cidr']);
    const [only, ...others] = fields;
    if (only === undefined || others.length > 0 || typeof only[1] !== 'string') {
      this.expected(path, 'exactly one of `pod`, `workload`, `namespace`, `ip`, `cidr`, as text', value);
      return [];
    }
    const [name, text] = only as [string, string];
    if (name === 'cidr') return this.cidr(text, path);
    if (name === 'namespace') return [{ namespace: text }];
    if (name === 'pod') return [{ end: { pod: text } }];
    return [{ end: name === 'workload' ? { workload: text } : { ip: text } }];
  }

  private endOfText(text: string, path: string): MixEnd[] {
    if (text === '*') return [{ everyPod: true }];
    if (text.endsWith('/*') && text.indexOf('/') === text.length - 2) return [{ namespace: text.slice(0, -2) }];
    if (parsePrefix(text) !== undefined) return this.cidr(text, path);
    return [{ end: text }];
  }

  private cidr(text: string, path: string): MixEnd[] {
    const parsed = parsePrefix(text);
    if (parsed !== undefined && !parsed.hostBits) return [{ cidr: parsed.prefix }];
    this.expected(
      path,
      parsed === undefined ? 'a CIDR such as `10.0.0.0/8` or `2001:db8::/32`' : `\`${formatPrefix(parsed.prefix)}\``,
      text,
    );
    return [];
  }

  private number(value: unknown, path: string): number {
    if (typeof value === 'number' && value >= 0 && value <= 1e15) return value;
    this.expected(path, 'a number that is not negative', value);
    return 1;
  }

  /** The fields of an object, after complaining about those that are not known. Fields that are null count as left out. */
  private fields(value: unknown, path: string, known: readonly string[]): ReadonlyMap<string, unknown> {
    if (!isRecord(value)) {
      this.expected(path, 'an object', value);
      return new Map();
    }
    const entries = Object.entries(value);
    for (const [name] of entries) {
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      this.problems.push(`\`${path}\`: unknown field ${quote(name)}${near === undefined ? '' : `: did you mean \`${near}\`?`}`);
    }
    return new Map(entries.filter(([, each]) => each !== null && each !== undefined));
  }

  private expected(path: string, what: string, found: unknown): void {
    this.problems.push(`\`${path}\`: expected ${what}, got ${describe(found)}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return quote(String(value));
}
