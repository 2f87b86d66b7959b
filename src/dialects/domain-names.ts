/**
 * Domain names -> addresses, from the table that the user gives. Specification: NPEP-133, domainNames of ClusterNetworkPolicy v1alpha2: `*` stands for one or more whole labels.
 */
import { hostPrefix, type IpPrefix, isMappedIPv4, parseAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import { type DomainNameTable, DomainNameTableError } from '../model/domain-names.ts';

/** Addresses as prefixes, by name in lower case without the dot at the end. */
export type ResolvedNames = ReadonlyMap<string, readonly IpPrefix[]>;

/** Labels as in the API's pattern, which has `_` inside them, and at most 63 characters long. */
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/;

/** @throws {DomainNameTableError} for something that is no table, a name that is none, or an address that is none */
export function readDomainNames(table: DomainNameTable | undefined): ResolvedNames {
  const resolved = new Map<string, IpPrefix[]>();
  if (table === undefined) return resolved;
  if (typeof table !== 'object' || table === null || Array.isArray(table))
    throw new DomainNameTableError('the table of domain names must map names to lists of addresses');
  for (const [name, addresses] of table instanceof Map ? table : Object.entries(table)) {
    const key = canonicalName(String(name));
    if (!NAME.test(key))
      throw new DomainNameTableError(
        `the table of domain names has the key ${quote(String(name))}, expected a name such as \`example.com\``,
      );
    if (!Array.isArray(addresses))
      throw new DomainNameTableError(`the table of domain names must have a list of addresses for ${quote(key)}`);
    resolved.set(key, [...(resolved.get(key) ?? []), ...addresses.map((text: unknown) => readAddress(key, text))]);
  }
  return resolved;
}

function readAddress(name: string, text: unknown): IpPrefix {
  const address = typeof text === 'string' ? parseAddress(text) : undefined;
  if (address === undefined || isMappedIPv4(address)) {
    throw new DomainNameTableError(`the table of domain names has ${quote(String(text))} for ${quote(name)}, expected an IP address`);
  }
  return hostPrefix(address);
}

/** The addresses that a pattern certainly stands for, and whether these are all: the table has an entry for the pattern itself. Names below a `*` may always have others beside them. */
export function addressesOf(pattern: string, table: ResolvedNames): { known: readonly IpPrefix[]; isComplete: boolean } {
  const name = canonicalName(pattern);
  const below = name.startsWith('*.') ? [...table].filter(([key]) => key !== name && key.endsWith(name.slice(1))) : [];
  return { known: [...(table.get(name) ?? []), ...below.flatMap(([, addresses]) => addresses)], isComplete: table.has(name) };
}

function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
