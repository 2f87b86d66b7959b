/**
 * Addresses without repetition, in order of first appearance.
 */
import { formatAddress, type IpAddress } from '../lib/ip-address.ts';

export class AddressSet {
  readonly addresses: IpAddress[] = [];
  private readonly seen = new Set<string>();

  /** Tells whether it was new. */
  add(address: IpAddress): boolean {
    // Often it is the object that was added before.
    if (address === this.addresses[0] || address === this.addresses[this.addresses.length - 1]) return false;
    const text = formatAddress(address);
    if (this.seen.has(text)) return false;
    this.seen.add(text);
    this.addresses.push(address);
    return true;
  }
}
