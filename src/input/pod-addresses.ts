/**
 * The addresses that objects of the API name. Validation has accepted the texts; empty ones stand for "none yet".
 */
import { type IpAddress, parseAddress } from '../lib/ip-address.ts';
import type { Maybe, PodObject } from '../model/resource.ts';

const NO_ADDRESSES: readonly IpAddress[] = [];

/** `podIPs` where it is there, else `podIP`; IPv4 before IPv6. */
export function podAddresses(status: PodObject['status']): readonly IpAddress[] {
  if (!status) return NO_ADDRESSES;
  const { podIP, podIPs } = status;
  if (!podIPs?.length) return readAddress(podIP);
  if (podIPs.length === 1) return readAddress(podIPs[0]!.ip);
  return readAddresses(podIPs.map(({ ip }) => ip)).sort((a, b) => a.family - b.family);
}

/** `hostIP` and `hostIPs`, as often as they are named. */
export function hostAddresses(status: PodObject['status']): readonly IpAddress[] {
  const { hostIP, hostIPs } = status ?? {};
  if (!hostIPs?.length) return readAddress(hostIP);
  return readAddresses([hostIP, ...hostIPs.map(({ ip }) => ip)]);
}

export function readAddresses(texts: readonly Maybe<string>[]): IpAddress[] {
  return texts.flatMap(readAddress);
}

function readAddress(text: Maybe<string>): readonly IpAddress[] {
  const address = text ? parseAddress(text) : undefined;
  return address === undefined ? NO_ADDRESSES : [address];
}
