/**
 * Addresses without repetition, in order of first appearance.
 */
import { formatAddress, type IpAddress } from '../lib/ip-address.ts';

export class AddressSet {
  readonly addresses: IpAddress[] = [];
  private readonly seen = new Set<string>();

  add(address: IpAddress | undefined): void {
    if (address === undefined) return;
    const text = formatAddress(address);
    if (this.seen.has(text)) return;
    this.seen.add(text);
    this.addresses.push(address);
  }
}
