/**
 * Domain names -> addresses, from the table that the user gives. Specification: NPEP-133 (npa 1.2, 1.8): `*` stands for one or more whole labels.
 */
import { type DomainNameTable, DomainNameTableError } from '../model/domain-names.ts';
import { addressBits, type Bits, isMapped } from './addresses.ts';

/** By name, in lower case and without the dot at the end. */
export type NameTable = ReadonlyMap<string, readonly Bits[]>;

const LABEL = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/;

/** @throws {DomainNameTableError} for a name that is none, and for an address that is none */
export function readNames(table: DomainNameTable = {}): NameTable {
  if (typeof table !== 'object' || table === null || Array.isArray(table))
    throw new DomainNameTableError('the table of domain names must map names to lists of addresses');
  const names = new Map<string, Bits[]>();
  for (const [name, addresses] of table instanceof Map ? table : Object.entries(table)) {
    const plain = plainName(String(name));
    const labels = (plain.startsWith('*.') ? plain.slice(2) : plain).split('.');
    if (!labels.every((label) => LABEL.test(label)))
      throw new DomainNameTableError(`the table of domain names has the key \`${name}\`, expected a name such as \`example.com\``);
    if (!Array.isArray(addresses))
      throw new DomainNameTableError(`the table of domain names must have a list of addresses for \`${plain}\``);
    const read = addresses.map((text: unknown) => {
      const bits = typeof text === 'string' ? addressBits(text) : undefined;
      if (bits !== undefined && !isMapped(bits)) return bits;
      throw new DomainNameTableError(`the table of domain names has \`${text}\` for \`${plain}\`, expected an IP address`);
    });
    names.set(plain, [...(names.get(plain) ?? []), ...read]);
  }
  return names;
}

/** What a pattern certainly stands for: its own addresses and those of the names below it. */
export function addressesOfName(names: NameTable, pattern: string): readonly Bits[] {
  const plain = plainName(pattern);
  const found = [...names].filter(([name]) => name === plain || (plain.startsWith('*.') && name.endsWith(plain.slice(1))));
  return found.flatMap(([, addresses]) => addresses);
}

/** Has the table an entry for the pattern itself? Otherwise it may stand for other addresses, too. */
export function isAnswered(names: NameTable, pattern: string): boolean {
  return names.has(plainName(pattern));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
