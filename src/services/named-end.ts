/**
 * Ends of a question as a user writes them: pods, workloads and addresses, which the engine knows, and beside them Services and hosts. Text in, form out; no cluster is asked.
 */
import { faultOfDnsLabel, LAST_PORT } from '../input/name-syntax.ts';
import { parseAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';

/** A Service by namespace and name, and one of its ports by name or number. */
export interface ServiceReference {
  readonly namespace: string;
  readonly name: string;
  /** Left out: its only port. */
  readonly port?: string | number;
}

export type NamedEnd =
  /** What the engine resolves itself. */
  | { readonly kind: 'given'; readonly text: string }
  | ({ readonly kind: 'service' } & ServiceReference)
  /** A domain name, in lower case, without the dot at the end. */
  | { readonly kind: 'host'; readonly host: string; readonly port?: number };

const SERVICE_KINDS: ReadonlySet<string> = new Set(['svc', 'service', 'services']);
const HOST = /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const SERVICE_PORT_NAME = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LONGEST_HOST = 253;

/**
 * `svc/NAMESPACE/NAME[:PORT]`, `NAMESPACE/service/NAME[:PORT]`, `NAME.NAMESPACE.svc[.cluster.local][:PORT]`, a host name with a dot in it, and whatever the engine takes.
 * @throws {RangeError} for the beginning of one of these forms with something wrong in it
 */
export function readNamedEnd(text: string): NamedEnd {
  const parts = text.split('/');
  if (parts.length > 1) {
    const [first = '', second = '', third] = parts;
    if (SERVICE_KINDS.has(first.toLowerCase())) {
      // `svc/cart` may be a workload of the namespace `svc`.
      return parts.length === 3 ? serviceEnd(second, third ?? '', text) : { kind: 'given', text };
    }
    return parts.length === 3 && SERVICE_KINDS.has(second.toLowerCase()) ? serviceEnd(first, third ?? '', text) : { kind: 'given', text };
  }
  return readDomainName(text);
}

function readDomainName(text: string): NamedEnd {
  const [written, port] = splitPort(text);
  if (parseAddress(text) !== undefined || text.split(':').length > 2) return { kind: 'given', text };
  if (parseAddress(written) !== undefined)
    throw new RangeError(`${quote(text)} is an address with a port: write the address alone, and give the port with it (\`--port\`)`);
  const host = written.toLowerCase().replace(/\.$/, '');
  const labels = host.split('.');
  const isService = labels[2] === 'svc' && ['', 'cluster.local'].includes(labels.slice(3).join('.'));
  if (isService) return serviceEnd(labels[1] ?? '', `${labels[0]}${port === undefined ? '' : `:${port}`}`, text);
  if (/\.svc(\.cluster\.local)?$/.test(host))
    throw new RangeError(
      `${quote(text)} is no name of a Service, which is \`NAME.NAMESPACE.svc\`: a pod behind a Service is named \`namespace/pod\``,
    );
  if (host.length > LONGEST_HOST || !HOST.test(host)) return { kind: 'given', text };
  if (port === undefined) return { kind: 'host', host };
  const number = portNumber(port);
  if (number === undefined) throw new RangeError(`the port of ${quote(text)} must be a whole number from 1 to ${LAST_PORT}`);
  return { kind: 'host', host, port: number };
}

function serviceEnd(namespace: string, rest: string, text: string): NamedEnd {
  const [name, port] = splitPort(rest);
  const fault = faultOfDnsLabel(namespace) ?? faultOfDnsLabel(name);
  if (fault !== undefined) throw new RangeError(`${quote(text)} does not name a Service, as in \`svc/namespace/name:port\`: ${fault}`);
  if (port === undefined) return { kind: 'service', namespace, name };
  if (/^\d+$/.test(port)) {
    const number = portNumber(port);
    if (number !== undefined) return { kind: 'service', namespace, name, port: number };
  } else if (SERVICE_PORT_NAME.test(port)) return { kind: 'service', namespace, name, port };
  throw new RangeError(`the port of ${quote(text)} must be the name of a port, or a whole number from 1 to ${LAST_PORT}`);
}

/** At the last colon. */
function splitPort(text: string): [name: string, port: string | undefined] {
  const colon = text.lastIndexOf(':');
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}

function portNumber(text: string): number | undefined {
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= LAST_PORT ? number : undefined;
}

/** `svc/namespace/name`. */
export function serviceName({ namespace, name }: Pick<ServiceReference, 'namespace' | 'name'>): string {
  return `svc/${namespace}/${name}`;
}
