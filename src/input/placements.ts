/**
 * Where pods say that they are.
 */
import { type IpAddress, parseIPv4 } from '../lib/ip-address.ts';
import type { CniProfile } from '../model/profile.ts';
import type { PodObject, Resource } from '../model/resource.ts';
import { hostAddresses, podAddresses } from './pod-addresses.ts';

/** What a pod says about where it is. */
export interface Placement {
  /** `spec.nodeName`. */
  readonly nodeName: string | undefined;
  /** `status.hostIP` and `hostIPs`. */
  readonly hosts: readonly IpAddress[];
  /** The pod's own addresses, when the profile treats it as its node. */
  readonly own: readonly IpAddress[];
}

const NOTHING: readonly IpAddress[] = [];

/** Pods on one node nearly always say the same: what they say is read and kept once. */
export class Placements {
  readonly list: Placement[] = [];
  private readonly profile: CniProfile;
  /** By `spec.nodeName`, that of the pod before of which the host is IPv4 or not known: the number of its placement, and its `hostWord`. */
  private readonly before = new Map<string | undefined, { readonly number: number; readonly host: number }>();
  /** Placements of other pods, by what they say. */
  private readonly others = new Map<string, number>();

  constructor(profile: CniProfile) {
    this.profile = profile;
  }

  /** The number in `list` of the placement of a pod that has not completed. */
  of({ spec, status }: PodObject): number {
    const nodeName = spec?.nodeName || undefined;
    if (isNodeLike(spec, this.profile)) return this.add(nodeName, status, podAddresses(status));
    const host = hostWord(status);
    const before = this.before.get(nodeName);
    if (before !== undefined && before.host === host) return before.number;
    if (host === OTHER_HOSTS) return this.ofOthers(nodeName, status);
    const number = this.add(nodeName, status, NOTHING);
    this.before.set(nodeName, { number, host });
    return number;
  }

  private ofOthers(nodeName: string | undefined, status: PodObject['status']): number {
    const key = JSON.stringify([nodeName, status?.hostIP, status?.hostIPs]);
    const number = this.others.get(key) ?? this.add(nodeName, status, NOTHING);
    this.others.set(key, number);
    return number;
  }

  private add(nodeName: string | undefined, status: PodObject['status'], own: readonly IpAddress[]): number {
    return this.list.push({ nodeName, hosts: hostAddresses(status), own }) - 1;
  }
}

const NO_HOST = -2;
const OTHER_HOSTS = -1;

/** The word of the host's address where it has one, of IPv4; NO_HOST where none is named, OTHER_HOSTS where there are others. */
function hostWord(status: PodObject['status']): number {
  if (!status) return NO_HOST;
  const { hostIP, hostIPs } = status;
  if (!hostIPs?.length) return hostIP ? parseIPv4(hostIP) : NO_HOST;
  if (hostIPs.length > 1) return OTHER_HOSTS;
  const word = parseIPv4(hostIPs[0]!.ip);
  return !hostIP || parseIPv4(hostIP) === word ? word : OTHER_HOSTS;
}

/** The placements of pods that have not completed, each at least once. */
export function placementsOf(pods: readonly Resource<PodObject>[], profile: CniProfile): Placement[] {
  const placements = new Placements(profile);
  for (const { object } of pods) placements.of(object);
  return placements.list;
}

/** Does the profile treat the pod as the node it runs on [50]? */
export function isNodeLike(spec: PodObject['spec'], profile: CniProfile): boolean {
  return spec?.hostNetwork === true && profile.hostNetwork === 'node';
}
