/**
 * The addresses that objects of the API name. Validation has accepted the texts; empty ones stand for "none yet".
 */
import { type IpAddress, parseAddress, parseIPv4 } from '../lib/ip-address.ts';
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

/** The word of the address of a pod that has one alone, of IPv4; -1 for others. */
export function onlyIPv4(status: PodObject['status']): number {
  if (!status) return -1;
  const { podIP, podIPs } = status;
  if (!podIPs?.length) return podIP ? parseIPv4(podIP) : -1;
  return podIPs.length === 1 ? parseIPv4(podIPs[0]!.ip) : -1;
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
