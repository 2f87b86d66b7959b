/**
 * The addresses of a host, from the table of domain names that policies are judged with, too. An exact entry is asked for; one of `*.example.com` does not say what `a.example.com` has.
 */
import { addressesOf, readDomainNames } from '../dialects/domain-names.ts';
import { formatAddress } from '../lib/ip-address.ts';
import { quote } from '../lib/quote.ts';
import type { DomainNameTable } from '../model/domain-names.ts';

/** Addresses in the order of the table, each once; or why there are none. */
export interface HostAddresses {
  readonly addresses: readonly string[];
  readonly problem: string | undefined;
}

/** @throws {DomainNameTableError} for a table that is none */
export function addressesOfHost(host: string, table: DomainNameTable | undefined): HostAddresses {
  const { known, isComplete } = addressesOf(host, readDomainNames(table));
  const addresses = [...new Set(known.map(formatAddress))];
  if (!isComplete)
    return {
      addresses: [],
      problem: `the addresses of ${quote(host)} are not known: say them with a table of domain names (\`--domain-names\`)`,
    };
  return { addresses, problem: addresses.length === 0 ? `the table of domain names has no address for ${quote(host)}` : undefined };
}
